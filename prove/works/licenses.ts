import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import type { TestNode } from '../../test/support/engine';
import type { Scenario } from '../scenario';
import { each, reading, rowsBy, undoing } from '../work';
import type { Standing, Work } from '../work';

const CREATED = '2020-01-01T00:00:00.000Z';
const username = (place: number): string => `u-${place}@staff.example`;
/** The profile of every user of a run, and the one that some are moved to. */
const [USUAL, LEAST] = ['Desk', 'Guest'];
const user = (place: number | string): Record<string, unknown> => ({
	Username: typeof place === 'number' ? username(place) : place,
	LastName: `U-${place}`,
	Profile: { Name: USUAL },
	CreatedDate: CREATED,
});

/** So many licenses as nobody uses up. */
const ENOUGH = 3_000;

const PACKAGE = 'seatmap';
const SET_LICENSE = 'SalesUserPsl';

const org = ({ count }: Scenario): LocalOrgOptions => ({
	seed: {
		UserLicense: [{ Name: 'Seat', LicenseDefinitionKey: 'SEAT', TotalLicenses: ENOUGH, UsedLicenses: count }],
		Profile: [USUAL, LEAST].map((Name) => ({ Name, UserLicense: { Name: 'Seat' }, UserType: 'Standard' })),
		PackageLicense: [{ NamespacePrefix: PACKAGE, AllowedLicenses: ENOUGH, UsedLicenses: 0 }],
		PermissionSetLicense: [
			{
				DeveloperName: SET_LICENSE,
				MasterLabel: 'Sales User',
				PermissionSetLicenseKey: SET_LICENSE,
				TotalLicenses: ENOUGH,
				UsedLicenses: 0,
			},
		],
		User: [...each(count, user), user('xu-0@staff.example'), user('u-0@staff.example.org')],
	},
});

/** The users of the run, by their places. */
function users(at: LocalOrg, { count }: Scenario): Array<Record<string, unknown>> {
	const found = rowsBy(at, 'User', 'Username');
	return each(count, (place) => found.get(username(place))?.[0] ?? {});
}

const ofUsers = (at: LocalOrg, scenario: Scenario, more: IDataObject = {}): IDataObject[] =>
	users(at, scenario).map(({ Id }) => ({ orgId: at.organizationId, user: { id: Id as string }, ...more }));

/** How users stand by a field of theirs, or of what belongs to them. */
const byUser =
	(field: string, isDone: (row: Record<string, unknown>) => boolean) =>
	(at: LocalOrg, scenario: Scenario): Standing[] => {
		const logins = field === 'User' ? undefined : rowsBy(at, field, 'UserId');
		return users(at, scenario).map((one) => {
			const rows = logins === undefined ? [one] : (logins.get(String(one.Id)) ?? []);
			return { ids: rows.map(({ Id }) => String(Id)), done: rows.length > 0 && rows.every(isDone) };
		});
	};

/** How users stand by what was assigned to them. */
const assigned =
	(sObject: string, by: string, ends: 'there' | 'gone') =>
	(at: LocalOrg, scenario: Scenario): Standing[] => {
		const found = rowsBy(at, sObject, by);
		return users(at, scenario).map(({ Id }) => {
			const ids = (found.get(String(Id)) ?? []).map((row) => String(row.Id));
			return { ids, done: ids.length > 0 === (ends === 'there') };
		});
	};

const state = ({ Id, IsActive, ProfileId }: Record<string, unknown>): unknown => ({ Id, IsActive, ProfileId });

const common = {
	most: 2_000,
	org,
	keeps: {
		User: state,
		UserLogin: ({ Id, IsFrozen }) => ({ Id, IsFrozen }),
		UserPackageLicense: ({ Id }) => ({ Id }),
		PermissionSetLicenseAssign: ({ Id }) => ({ Id }),
	},
	shared: 'same',
	again: 'all',
} as const satisfies Partial<Work>;

type More = Pick<Work, 'look' | 'ends'> & Partial<Pick<Work, 'begin' | 'change' | 'mayGo'>>;

const reclaim = (operation: string, parameters: TestNode['parameters'], more: More): Work => ({
	...common,
	begin: async ({ org: at, scenario }) => {
		at.clock.advance(60_000);
		return await Promise.resolve(ofUsers(at, scenario));
	},
	node: (): TestNode => ({
		type: 'salesforceReclaimLicense',
		parameters: { operation, dryRun: false, options: { atMost: 2_000 }, ...parameters },
	}),
	told: reading('reclaim', {
		written: ['done'],
		idle: ['alreadyFrozen', 'notFrozen', 'alreadyInactive', 'notHeld', 'sameProfile'],
		doubt: ['partlyDone'],
	}),
	...more,
});

/** Gives every user of the run a license that the run takes away. */
const withLicense = (
	sObject: string,
	of: string,
	given: (user: unknown, license: unknown) => Record<string, unknown>,
) =>
	(async ({ org: at, scenario }) => {
		const license = at
			.rows(of)
			.find((row) => [PACKAGE, SET_LICENSE].includes(String(row.NamespacePrefix ?? row.DeveloperName)));
		at.seed({ [sObject]: users(at, scenario).map(({ Id }) => given(Id, license?.Id)) });
		at.clock.advance(60_000);
		return await Promise.resolve(ofUsers(at, scenario, { license: { id: license?.Id as string } }));
	}) satisfies Work['begin'];

/** Freezes every user of the run. */
const frozen: Work['begin'] = async ({ org: at, scenario }) => {
	const logins = rowsBy(at, 'UserLogin', 'UserId');
	for (const { Id } of users(at, scenario)) {
		for (const login of logins.get(String(Id)) ?? []) at.person().update(String(login.Id), { IsFrozen: true });
	}
	at.clock.advance(60_000);
	return await Promise.resolve(ofUsers(at, scenario));
};

/** A user is changed by somebody else, and never deleted. */
const ofUser = { change: { field: 'Department', value: 'Ours' }, mayGo: false };

/** What is to be so of every user of the run, in the end. */
const is = {
	frozen: { look: byUser('UserLogin', ({ IsFrozen }) => IsFrozen === true), ends: 'there' },
	thawed: { look: byUser('UserLogin', ({ IsFrozen }) => IsFrozen === false), ends: 'there' },
	inactive: { look: byUser('User', ({ IsActive }) => IsActive === false), ends: 'there', ...ofUser },
	active: { look: byUser('User', ({ IsActive }) => IsActive === true), ends: 'there', ...ofUser },
	withoutPackage: { look: assigned('UserPackageLicense', 'UserId', 'gone'), ends: 'gone', mayGo: true },
	withPackage: { look: assigned('UserPackageLicense', 'UserId', 'there'), ends: 'there' },
	withoutSet: { look: assigned('PermissionSetLicenseAssign', 'AssigneeId', 'gone'), ends: 'gone', mayGo: true },
	withSet: { look: assigned('PermissionSetLicenseAssign', 'AssigneeId', 'there'), ends: 'there' },
	ofProfile: (name: string) => ({
		look: (at: LocalOrg, scenario: Scenario): Standing[] => {
			const profile = at.rows('Profile').find(({ Name }) => Name === name)?.Id;
			return byUser('User', ({ ProfileId }) => ProfileId === profile)(at, scenario);
		},
		ends: 'there' as const,
		...ofUser,
	}),
} satisfies Record<string, More | ((name: string) => More)>;

const packageLicense = reclaim(
	'removePackageLicense',
	{},
	{
		...is.withoutPackage,
		begin: withLicense('UserPackageLicense', 'PackageLicense', (UserId, PackageLicenseId) => ({
			UserId,
			PackageLicenseId,
		})),
	},
);
const setLicense = reclaim(
	'removePermissionSetLicense',
	{},
	{
		...is.withoutSet,
		begin: withLicense('PermissionSetLicenseAssign', 'PermissionSetLicense', (AssigneeId, PermissionSetLicenseId) => ({
			AssigneeId,
			PermissionSetLicenseId,
		})),
	},
);
const freeze = reclaim('freeze', {}, is.frozen);
const unfreeze = reclaim('unfreeze', {}, { ...is.thawed, begin: frozen });
const deactivate = reclaim('deactivate', {}, is.inactive);
const changeProfile = reclaim(
	'changeProfile',
	{ profile: { __rl: true, mode: 'name', value: LEAST } },
	is.ofProfile(LEAST),
);

/** Takes back what a node did undisturbed. */
const undo = (act: Work, ends: More): Work => ({
	...act,
	mayGo: undefined,
	begin: async (ground) => {
		const done = await ground.run(await act.begin(ground), act.node(ground.scenario));
		ground.org.clock.advance(60_000);
		return done;
	},
	node: () => ({ type: 'salesforceUndoReclaim' }),
	told: reading('undoReclaim', { written: ['undone'], idle: ['alreadyUndone'] }),
	leavesChanged: true,
	...ends,
});

/** Licenses that are taken from people, and given back. */
export const LICENSES: Record<string, Work> = {
	'freeze users': freeze,
	'unfreeze users': unfreeze,
	'deactivate users': deactivate,
	'change profiles': changeProfile,
	'remove package licenses': packageLicense,
	'remove permission set licenses': setLicense,
	'undo freezing': undo(freeze, is.thawed),
	'undo unfreezing': undo(unfreeze, is.frozen),
	'undo deactivation': undo(deactivate, is.active),
	'undo changes of profiles': undo(changeProfile, is.ofProfile(USUAL)),
	'undo removals of package licenses': undo(packageLicense, is.withPackage),
	'undo removals of permission set licenses': undo(setLicense, is.withSet),
	'undo the undoing of freezing': undoing(undo(freeze, is.thawed), is.frozen),
	'undo the undoing of deactivation': undoing(undo(deactivate, is.active), is.inactive),
	'undo the undoing of removals': undoing(undo(packageLicense, is.withPackage), is.withoutPackage),
};
