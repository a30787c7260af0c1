import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import type { TestNode } from '../../test/support/engine';
import type { Scenario } from '../scenario';
import { each, reading, rowsBy } from '../work';
import type { Standing, Work } from '../work';

const CREATED = '2020-01-01T00:00:00.000Z';
const username = (place: number): string => `u-${place}@staff.example`;
const user = (place: number | string): Record<string, unknown> => ({
	Username: typeof place === 'number' ? username(place) : place,
	LastName: `U-${place}`,
	CreatedDate: CREATED,
});

/** So many licenses as nobody uses up. */
const ENOUGH = 3_000;

const PACKAGE = 'seatmap';
const SET_LICENSE = 'SalesUserPsl';

const org = ({ count }: Scenario): LocalOrgOptions => ({
	seed: {
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
	most: 60,
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

const reclaim = (operation: string, ends: Pick<Work, 'look' | 'ends'>, begin?: Work['begin']): Work => ({
	...common,
	begin:
		begin ??
		(async ({ org: at, scenario }) => {
			at.clock.advance(60_000);
			return await Promise.resolve(ofUsers(at, scenario));
		}),
	node: (): TestNode => ({
		type: 'salesforceReclaimLicense',
		parameters: { operation, dryRun: false, options: { atMost: 2_000 } },
	}),
	told: reading('reclaim', {
		written: ['done'],
		idle: ['alreadyFrozen', 'alreadyInactive', 'notHeld'],
		doubt: ['partlyDone'],
	}),
	...ends,
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

const packageLicense = reclaim(
	'removePackageLicense',
	{ look: assigned('UserPackageLicense', 'UserId', 'gone'), ends: 'gone' },
	withLicense('UserPackageLicense', 'PackageLicense', (UserId, PackageLicenseId) => ({ UserId, PackageLicenseId })),
);
const setLicense = reclaim(
	'removePermissionSetLicense',
	{ look: assigned('PermissionSetLicenseAssign', 'AssigneeId', 'gone'), ends: 'gone' },
	withLicense('PermissionSetLicenseAssign', 'PermissionSetLicense', (AssigneeId, PermissionSetLicenseId) => ({
		AssigneeId,
		PermissionSetLicenseId,
	})),
);
const freeze = reclaim('freeze', { look: byUser('UserLogin', ({ IsFrozen }) => IsFrozen === true), ends: 'there' });
const deactivate = reclaim('deactivate', { look: byUser('User', ({ IsActive }) => IsActive === false), ends: 'there' });

/** Takes back what a node did undisturbed. */
const undo = (act: Work, ends: Pick<Work, 'look' | 'ends'>): Work => ({
	...act,
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
	'deactivate users': deactivate,
	'remove package licenses': packageLicense,
	'remove permission set licenses': setLicense,
	'undo freezing': undo(freeze, { look: byUser('UserLogin', ({ IsFrozen }) => IsFrozen === false), ends: 'there' }),
	'undo deactivation': undo(deactivate, { look: byUser('User', ({ IsActive }) => IsActive === true), ends: 'there' }),
	'undo removals of package licenses': undo(packageLicense, {
		look: assigned('UserPackageLicense', 'UserId', 'there'),
		ends: 'there',
	}),
	'undo removals of permission set licenses': undo(setLicense, {
		look: assigned('PermissionSetLicenseAssign', 'AssigneeId', 'there'),
		ends: 'there',
	}),
};
