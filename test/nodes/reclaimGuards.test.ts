import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { staff } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { stages } from '../support/stage';
import type { Stage } from '../support/stage';
import {
	ACTS,
	ADA,
	added,
	BEN,
	contents,
	found,
	giveLicenses,
	reclaim,
	SEED,
	userId,
	userItem,
	writes,
} from './support/licenseDesk';

const stage = stages();
const DAY = 86_400_000;

const staffItems = (org: LocalOrg): IDataObject[] =>
	org
		.rows('User')
		.filter(({ Username }) => String(Username).endsWith('@staff.example'))
		.map(({ Id }) => ({ orgId: org.organizationId, user: { id: Id as string } }));

describe('Org ID', () => {
	const without = (org: LocalOrg): IDataObject => ({ user: { id: userId(org) } });

	it.each<[string, INodeParameters]>([
		['the item does not have', {}],
		['an expression gives as undefined', { orgId: '={{ $json.org?.id }}' }],
		['an expression gives as null', { orgId: '={{ null }}' }],
		['an expression gives as nothing', { orgId: "={{ '' }}" }],
		['an expression gives as blanks', { orgId: "={{ ' ' }}" }],
		['an expression gives as an empty list', { orgId: '={{ [] }}' }],
		['is an expression of nothing', { orgId: '=' }],
	])('that %s stops the run', async (_what, parameters) => {
		const { org, run } = await stage({ seed: SEED });
		const { error } = await run([userItem(org), without(org)], reclaim('deactivate', {}, parameters));
		expect(error?.message).toMatch(/^Item [01]: Org ID is an expression that gives no value$/);
		expect(writes(org)).toBe(0);
	});

	it.each<[string, unknown]>([
		['another', '00DLo0000000001MAA'],
		['a mistyped one', '00DLo00000000'],
		['what an expression makes of nothing', 'undefined'],
		['a name', 'Europe'],
	])('that is %s leaves the user alone', async (_what, orgId) => {
		const { org, run } = await stage({ seed: SEED });
		const { outputs } = await run([{ ...without(org), orgId: orgId as string }], reclaim('deactivate'));
		expect(added(outputs[1])).toMatchObject([{ result: 'skipped', reason: 'otherOrg' }]);
		expect(writes(org)).toBe(0);
	});

	it('that was cleared by hand is not compared, and one of 15 characters is the same', async () => {
		const { org, run } = await stage({ seed: SEED });
		const cleared = await run([without(org)], reclaim('freeze', {}, { orgId: '' }));
		expect(added(cleared.outputs[0])).toMatchObject([{ result: 'done' }]);
		const short = { ...userItem(org, BEN.Username), orgId: org.organizationId.slice(0, 15) };
		expect(added((await run([short], reclaim('freeze'))).outputs[0])).toMatchObject([{ result: 'done' }]);
	});
});

describe('At Most', () => {
	it('stops a run of more users before anything is done, and says how many they were', async () => {
		const { org, run } = await stage({ seed: staff({ users: 120 }) });
		const before = contents(org);
		const items = staffItems(org);
		const { error } = await run(items, reclaim('freeze', {}, { inactiveDays: 1 }));
		const [, count] = /^(\d+) users would be acted on, and At Most allows 50$/.exec(error?.message ?? '') ?? [];
		expect(Number(count)).toBeGreaterThan(100);
		expect(error?.description).toContain('raise At Most in the options');
		expect(writes(org)).toBe(0);
		expect(contents(org)).toEqual(before);
		const exact = await run(items, reclaim('freeze', { atMost: Number(count) }, { inactiveDays: 1 }));
		expect(added(exact.outputs[0])).toHaveLength(Number(count));
	});

	it('fails every item of a run that goes on', async () => {
		const { org, run } = await stage({ seed: SEED });
		const node = { ...reclaim('freeze', { atMost: 1 }), onError: 'continueRegularOutput' as const };
		const { outputs } = await run([userItem(org), userItem(org, BEN.Username)], node);
		expect(outputs[0]?.map((item) => item.error)).toEqual([1, 2].map(() => expect.stringContaining('2 users would')));
		expect(writes(org)).toBe(0);
	});

	it('counts users, not licenses, and not those who are left alone', async () => {
		const { org, run } = await stage({ seed: SEED });
		const packages = ['seatmap', 'signdocs'].map((prefix) => ({
			NamespacePrefix: prefix,
			AllowedLicenses: 5,
			UsedLicenses: 0,
		}));
		org.seed({ PackageLicense: packages.slice(1) });
		org.seed({
			UserPackageLicense: packages.map(({ NamespacePrefix }) => ({
				User: { Username: ADA.Username },
				PackageLicense: { NamespacePrefix },
			})),
		});
		const items = packages.flatMap(({ NamespacePrefix }) => {
			const license = { id: found(org, 'PackageLicense', 'NamespacePrefix', NamespacePrefix).Id as string };
			return [userItem(org, ADA.Username, { license }), userItem(org, BEN.Username, { license })];
		});
		const { outputs, error } = await run(items, reclaim('removePackageLicense', { atMost: 1 }));
		expect(error).toBeUndefined();
		expect(added(outputs[0])).toHaveLength(2);
	});

	it.each<[string, unknown]>([
		['undefined', '={{ $json.nothing }}'],
		['null', '={{ null }}'],
		['nothing', "={{ '' }}"],
		['no number', '={{ "many" }}'],
		['zero', 0],
		['less', -1],
		['half a user', 1.5],
		['everybody', '={{ Infinity }}'],
	])('stops the run when it is %s', async (_what, atMost) => {
		const { org, run } = await stage({ seed: SEED });
		const { error } = await run([userItem(org)], reclaim('freeze', { atMost }));
		expect(error?.message).toContain('At Most is not a whole number of at least 1');
		expect(writes(org)).toBe(0);
	});

	it('stops the run where it is nothing for one item only', async () => {
		const { org, run } = await stage({ seed: SEED });
		const node = reclaim('freeze', { atMost: '={{ $json.most }}' });
		const items = [userItem(org), userItem(org, BEN.Username, { most: 5 })];
		const { outputs } = await run(items, { ...node, onError: 'continueRegularOutput' });
		expect(outputs[0]?.map((item) => item.error)).toEqual(
			items.map(() => expect.stringContaining('At Most is not a whole number') as string),
		);
		expect(writes(org)).toBe(0);
	});

	it('stops no dry run, which says that the run would be stopped', async () => {
		const { org, run } = await stage({ seed: SEED });
		const items = [userItem(org), userItem(org, BEN.Username)];
		const { outputs } = await run(items, reclaim('freeze', { atMost: 1 }, { dryRun: true }));
		expect(added(outputs[0])).toMatchObject(
			[1, 2].map(() => ({
				result: 'planned',
				message: '2 users would be acted on. At Most allows 1, so the run would stop without Dry Run',
			})),
		);
	});
});

describe('Dry Run', () => {
	it.each<[string, unknown]>([
		['undefined', '={{ $json.nothing }}'],
		['null', '={{ null }}'],
		['text', '={{ "no" }}'],
		['a list', '={{ [] }}'],
		['a number', '={{ 0 }}'],
	])('that is %s stops the run', async (_what, dryRun) => {
		const { org, run } = await stage({ seed: SEED });
		const { error } = await run([userItem(org)], reclaim('freeze', {}, { dryRun: dryRun as string }));
		expect(error).toBeDefined();
		expect(writes(org)).toBe(0);
	});
});

describe('the last administrator', () => {
	/** Ada and Ben may manage users by a permission set, alone or in a group, that needs a license. */
	async function desk(inGroup: boolean) {
		const opened = await stage({ seed: SEED });
		const { org } = opened;
		const LicenseId = found(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl').Id;
		org.seed({
			PermissionSet: [{ Name: 'Managers', Label: 'Managers', LicenseId, PermissionsManageUsers: true }],
			PermissionSetGroup: [{ DeveloperName: 'Managers_Group', MasterLabel: 'Managers' }],
		});
		const PermissionSetId = found(org, 'PermissionSet', 'Name', 'Managers').Id;
		const PermissionSetGroupId = found(org, 'PermissionSetGroup', 'DeveloperName', 'Managers_Group').Id;
		org.seed({ PermissionSetGroupComponent: [{ PermissionSetGroupId, PermissionSetId }] });
		org.seed({
			PermissionSetAssignment: [ADA, BEN].map(({ Username }) => ({
				AssigneeId: userId(org, Username),
				...(inGroup ? { PermissionSetGroupId } : { PermissionSetId }),
			})),
		});
		org
			.person({ userId: userId(org, org.username) })
			.update(userId(org, 'admin@local-org.example'), { IsActive: false });
		return { ...opened, license: { id: LicenseId as string } };
	}

	it.each<[string, boolean]>([
		['a permission set', false],
		['a group', true],
	])('keeps the right that comes with %s and goes with a license', async (_how, inGroup) => {
		const { org, run, license } = await desk(inGroup);
		const items = [ADA, BEN].map(({ Username }) => userItem(org, Username, { license }));
		const node = reclaim('removePermissionSetLicense', {}, { withPermissionSets: true });
		const { outputs, error } = await run(items, node);
		expect(error).toBeUndefined();
		expect(added(outputs[0])).toMatchObject([{ userId: userId(org), result: 'done' }]);
		expect(added(outputs[1])).toMatchObject([{ userId: userId(org, BEN.Username), reason: 'lastAdministrator' }]);
	});

	it.each<[string, INodeParameters]>([
		['freeze', {}],
		['deactivate', {}],
		['changeProfile', { profile: { __rl: true, mode: 'name', value: 'Standard Platform User' } }],
	])('is one of two whom one run would lock out: %s', async (operation, parameters) => {
		const { org, run } = await desk(false);
		const items = [ADA, BEN].map(({ Username }) => userItem(org, Username));
		const { outputs } = await run(items, reclaim(operation, {}, parameters));
		expect(added(outputs[0])).toHaveLength(1);
		expect(added(outputs[1])).toMatchObject([{ reason: 'lastAdministrator' }]);
	});

	it('is not the one who has the right for some days only', async () => {
		const { org, run } = await desk(false);
		const assignment = org
			.rows('PermissionSetAssignment')
			.find(
				({ AssigneeId, PermissionSetId }) =>
					AssigneeId === userId(org, BEN.Username) &&
					PermissionSetId === found(org, 'PermissionSet', 'Name', 'Managers').Id,
			);
		org.person().update(String(assignment?.Id), { ExpirationDate: new Date(Date.now() + 2 * DAY).toISOString() });
		const { outputs } = await run([userItem(org)], reclaim('freeze'));
		expect(added(outputs[1])).toMatchObject([{ reason: 'lastAdministrator' }]);
		expect(writes(org)).toBe(0);
	});

	/** What somebody may do to Ben, beside whom Ada is the last who can manage users for good. */
	it.each<[string, (org: LocalOrg, ben: string, set: string) => void]>([
		[
			'is frozen',
			(org, ben) => org.person().update(String(found(org, 'UserLogin', 'UserId', ben).Id), { IsFrozen: true }),
		],
		['has left', (org, ben) => org.person().update(ben, { IsActive: false })],
		[
			'was given the right in some sessions only',
			(org, ben, set) => {
				take(org, ben, set);
				org.seed({
					PermissionSet: [{ Name: 'Session', Label: 'S', PermissionsManageUsers: true, HasActivationRequired: true }],
				});
				give(org, ben, String(found(org, 'PermissionSet', 'Name', 'Session').Id));
			},
		],
		['lost the permission set', (org, ben, set) => take(org, ben, set)],
		[
			'lost the right, which went from the permission set',
			(org, _ben, set) => {
				org.seed({ PermissionSet: [{ Name: 'Own', Label: 'Own', PermissionsManageUsers: true }] });
				give(org, userId(org), String(found(org, 'PermissionSet', 'Name', 'Own').Id));
				org.person().update(set, { PermissionsManageUsers: false });
			},
		],
	])('is the one beside another who %s', async (_what, happen) => {
		const { org, run } = await desk(false);
		happen(org, userId(org, BEN.Username), String(found(org, 'PermissionSet', 'Name', 'Managers').Id));
		for (const [operation, parameters] of [
			['freeze', {}],
			['deactivate', {}],
			['changeProfile', { profile: { __rl: true, mode: 'name', value: 'Standard Platform User' } }],
		] as const) {
			const { outputs, error } = await run([userItem(org)], reclaim(operation, {}, parameters));
			expect(error).toBeUndefined();
			expect(added(outputs[1])).toMatchObject([{ reason: 'lastAdministrator' }]);
		}
		expect(writes(org)).toBe(0);
	});

	it.each<[string, (org: LocalOrg, ben: string, set: string) => void]>([
		[
			'has it by another permission set',
			(org, ben, set) => {
				org.seed({ PermissionSet: [{ Name: 'Own', Label: 'Own', PermissionsManageUsers: true }] });
				give(org, ben, String(found(org, 'PermissionSet', 'Name', 'Own').Id));
				take(org, ben, set);
			},
		],
		[
			'has it by the profile',
			(org, ben, set) => {
				take(org, ben, set);
				org.person().update(ben, { ProfileId: found(org, 'Profile', 'Name', 'System Administrator').Id });
			},
		],
	])('is not the one beside another who %s', async (_what, happen) => {
		const { org, run } = await desk(false);
		happen(org, userId(org, BEN.Username), String(found(org, 'PermissionSet', 'Name', 'Managers').Id));
		const { outputs } = await run([userItem(org)], reclaim('deactivate'));
		expect(added(outputs[0])).toMatchObject([{ result: 'done' }]);
	});
});

function give(org: LocalOrg, AssigneeId: string, PermissionSetId: string): void {
	org.person().create('PermissionSetAssignment', { AssigneeId, PermissionSetId });
}

function take(org: LocalOrg, AssigneeId: string, PermissionSetId: string): void {
	const own = org
		.rows('PermissionSetAssignment')
		.filter((one) => one.AssigneeId === AssigneeId && one.PermissionSetId === PermissionSetId);
	for (const { Id } of own) org.person().delete(String(Id));
}

describe('who cannot log in', () => {
	it('holds licenses for nothing, whenever they logged in last', async () => {
		const { org, run } = await stage({
			seed: {
				...SEED,
				User: [
					{
						...ADA,
						LastLoginDate: new Date(Date.now() - DAY).toISOString(),
						CreatedDate: new Date(Date.now() - 2 * DAY).toISOString(),
					},
					{ ...BEN, LastLoginDate: new Date(Date.now() - DAY).toISOString() },
				],
			},
		});
		org.seed({
			UserPackageLicense: [ADA, BEN].map(({ Username }) => ({
				User: { Username },
				PackageLicense: { NamespacePrefix: 'seatmap' },
			})),
		});
		const license = { id: found(org, 'PackageLicense', 'NamespacePrefix', 'seatmap').Id as string };
		const items = [ADA, BEN].map(({ Username }) => userItem(org, Username, { license }));
		const node = reclaim('removePackageLicense');
		expect(added((await run(items, node)).outputs[1]).map(({ reason }) => reason)).toEqual([
			'newAccount',
			'recentlyActive',
		]);
		org.person().update(userId(org), { IsActive: false });
		org.person().update(String(found(org, 'UserLogin', 'UserId', userId(org, BEN.Username)).Id), { IsFrozen: true });
		const idle = await run([{}], {
			type: 'salesforceDownloadSubscriptions',
			parameters: { options: { licenses: 'seatmap' } },
		});
		expect(idle.outputs[0]?.map(({ isInactive }) => isInactive)).toEqual([true, true]);
		expect(added((await run(items, node)).outputs[0])).toHaveLength(2);
	});
});

describe('Days by License', () => {
	const rows = (...list: Array<{ license: string; days: unknown }>) => ({ daysByLicense: { rows: list } });

	it('counts for the license that an act takes, and in the download', async () => {
		const { org, run } = await stage({
			seed: { ...SEED, User: [{ ...ADA, LastLoginDate: new Date(Date.now() - 100 * DAY).toISOString() }, BEN] },
		});
		const longer = rows({ license: 'salesforce', days: 200 });
		const { outputs } = await run([userItem(org)], reclaim('freeze', longer));
		expect(added(outputs[1])).toMatchObject([
			{ reason: 'recentlyActive', message: expect.stringContaining('200 days') },
		]);
		const download = async (options: object) => {
			const parameters = { options: { kinds: ['user', 'feature'], onePerUser: true, ...options } };
			const run1 = await run([{}], {
				type: 'salesforceDownloadSubscriptions',
				parameters: parameters as INodeParameters,
			});
			expect(run1.error).toBeUndefined();
			return run1.outputs[0]?.find(({ user }) => (user as IDataObject).username === ADA.Username);
		};
		expect(await download(longer)).toMatchObject({ isInactive: true, licenses: [{ isInactive: false }] });
		expect(await download({})).toMatchObject({ isInactive: true, licenses: [{ isInactive: true }] });
	});

	describe('spare whoever holds one of the licenses', () => {
		const lastThere = new Date(Date.now() - 100 * DAY).toISOString();
		const held = async (): Promise<Stage> => {
			const opened = await stage({
				seed: { ...SEED, User: [ADA, BEN].map((one) => ({ ...one, LastLoginDate: lastThere })) },
			});
			giveLicenses(opened.org);
			opened.org.person().update(userId(opened.org), { UserPermissionsSupportUser: true });
			return opened;
		};
		const both = (org: LocalOrg): IDataObject[] => [userItem(org), userItem(org, BEN.Username)];

		it.each(
			['freeze', 'deactivate', 'changeProfile'].flatMap((act) =>
				['Sales User', 'seatmap', 'UserPermissionsSupportUser'].map((license) => [act, license]),
			),
		)('from %s, by the days of %s', async (act = '', license = '') => {
			const { org, run } = await held();
			const [, , parameters = {}] = ACTS.find(([name]) => name === act) ?? [];
			const node = reclaim(act, rows({ license, days: 200 }), parameters as INodeParameters);
			const { outputs, error } = await run(both(org), node);
			expect(error).toBeUndefined();
			expect(added(outputs[0])).toMatchObject([{ result: 'done', userId: userId(org, BEN.Username) }]);
			expect(added(outputs[1])).toMatchObject([{ reason: 'recentlyActive', userId: userId(org) }]);
		});

		it('by the most days of all that they hold, of those that the item has', async () => {
			const { org, run } = await held();
			const shorter = rows({ license: 'Sales User', days: 10 }, { license: 'seatmap', days: 20 });
			const spared = await run([userItem(org)], reclaim('freeze', shorter, { inactiveDays: 120 }));
			expect(added(spared.outputs[1])).toMatchObject([{ reason: 'recentlyActive' }]);
			const own = rows({ license: '={{ $json.named }}', days: 30 });
			const items = [
				userItem(org, ADA.Username, { named: 'Salesforce' }),
				userItem(org, BEN.Username, { named: 'Sales User' }),
			];
			const { outputs } = await run(items, reclaim('freeze', own, { inactiveDays: 120 }));
			expect(added(outputs[0])).toMatchObject([{ result: 'done', userId: userId(org) }]);
			expect(added(outputs[1])).toMatchObject([{ reason: 'recentlyActive', userId: userId(org, BEN.Username) }]);
		});

		it('and not from losing another license', async () => {
			const { org, run } = await held();
			const [, item] = ACTS.find(([name]) => name === 'removePackageLicense') ?? [];
			const node = reclaim('removePackageLicense', rows({ license: 'Sales User', days: 200 }));
			const { outputs } = await run([item?.(org) ?? {}], node);
			expect(added(outputs[0])).toMatchObject([{ result: 'done' }]);
		});
	});

	it.each<[string, { license: string; days: unknown }, string]>([
		[
			'a license that the org does not have',
			{ license: 'Salesforse', days: 90 },
			'the org has no license "Salesforse"',
		],
		['no license', { license: '', days: 90 }, 'License is empty'],
		['an expression that gives none', { license: '={{ $json.nothing }}', days: 90 }, 'License is empty'],
		['no days', { license: 'Salesforce', days: '={{ $json.nothing }}' }, 'Days is not a whole number'],
		['zero days', { license: 'Salesforce', days: 0 }, 'Days is not a whole number'],
	])('stops the run when it names %s', async (_what, row, message) => {
		const { org, run } = await stage({ seed: SEED });
		const { error } = await run([userItem(org)], reclaim('freeze', rows(row)));
		expect(error?.message).toContain(message);
		expect(writes(org)).toBe(0);
	});

	it.each(['Salesforce', 'SFDC', 'Sales User', 'CallerPsl', 'seatmap', 'UserPermissionsSupportUser'])(
		'knows %s',
		async (license) => {
			const { org, run } = await stage({ seed: SEED });
			const { error } = await run([userItem(org)], reclaim('freeze', rows({ license, days: 90 })));
			expect(error).toBeUndefined();
		},
	);
});

describe('a long run', () => {
	it('reads users again right before anything is done, and spares whoever was acted on in between', async () => {
		const { org, run } = await stage({ seed: staff({ users: 400 }) });
		const items = staffItems(org);
		const node = reclaim('freeze', { atMost: 400 }, { inactiveDays: 80 });
		const planned = await run(items, { ...node, parameters: { ...node.parameters, dryRun: true } });
		const [first] = added(planned.outputs[0]);
		const readings = (): number => org.calls.filter(({ path }) => path.endsWith('/composite')).length;
		const before = readings();
		// Each look at the clock is six seconds after the last.
		const real = Date.now.bind(Date);
		let looks = 0;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + looks++ * 6_000);
		// While the second part of the users is read for the first time, somebody freezes one of the first.
		org.addFault({ path: /composite$/, skip: 2, delayMs: 100 });
		const somebody = setInterval(() => {
			if (readings() < before + 2) return;
			clearInterval(somebody);
			org.person().update(String(found(org, 'UserLogin', 'UserId', String(first?.userId)).Id), { IsFrozen: true });
		}, 1);
		try {
			const { outputs } = await run(items, node);
			const one = added(outputs.flat()).find(({ userId: id }) => id === first?.userId);
			expect(one).toMatchObject({ result: 'skipped', reason: 'alreadyFrozen' });
			expect(added(outputs[0]).length).toBe(added(planned.outputs[0]).length - 1);
		} finally {
			clock.mockRestore();
			clearInterval(somebody);
		}
	});

	it('leaves an administrator when somebody freezes the other one meanwhile', async () => {
		const { org, run } = await stage({ seed: staff({ users: 400 }) });
		const zoe = { Username: 'zoe@staff.example', LastName: 'Zimmer', CreatedDate: '2020-01-01T00:00:00.000Z' };
		const others = staffItems(org);
		org.seed({ User: [{ ...zoe, Profile: { Name: 'System Administrator' } }] });
		const items = [...others, userItem(org, zoe.Username)];
		const admin = found(org, 'User', 'Name', 'Admin User');
		const node = reclaim('freeze', { atMost: 400 }, { inactiveDays: 80 });
		const real = Date.now.bind(Date);
		let looks = 0;
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + looks++ * 6_000);
		// With the first users who are frozen.
		org.addFault({
			method: 'PATCH',
			path: /composite/,
			meanwhile: () =>
				org
					.person({ userId: String(admin.Id) })
					.update(String(found(org, 'UserLogin', 'UserId', String(admin.Id)).Id), { IsFrozen: true }),
		});
		try {
			const { outputs, error } = await run(items, node);
			expect(error).toBeUndefined();
			const one = added(outputs.flat()).find(({ userId: id }) => id === userId(org, zoe.Username));
			expect(one).toMatchObject({ result: 'skipped', reason: 'lastAdministrator' });
			expect(added(outputs[0]).length).toBeGreaterThan(50);
		} finally {
			clock.mockRestore();
		}
	});
});

describe('what goes with a user who is deactivated', () => {
	/** Ada is in a queue, a group, teams and a territory, and a Case was shared with her; Ben is in nothing. */
	function join(org: LocalOrg): void {
		const own = userId(org);
		const queue = found(org, 'Group', 'DeveloperName', 'Workplace').Id;
		org.seed({
			Group: [{ Name: 'Readers', DeveloperName: 'Readers', Type: 'Regular' }],
			Account: [{ Name: 'Acme' }],
			Case: [{ Subject: 'Chair' }, { Subject: 'Desk' }],
		});
		const [chair, desk] = org.rows('Case').map(({ Id }) => Id);
		const AccountId = org.rows('Account')[0]?.Id;
		org.seed({
			Opportunity: [{ Name: 'Seats', StageName: 'Prospecting', CloseDate: '2027-01-01', AccountId }],
			GroupMember: [queue, found(org, 'Group', 'DeveloperName', 'Readers').Id].map((GroupId) => ({
				GroupId,
				UserOrGroupId: own,
			})),
		});
		org.seed({
			AccountTeamMember: [{ AccountId, UserId: own }],
			OpportunityTeamMember: [{ OpportunityId: org.rows('Opportunity')[0]?.Id, UserId: own }],
			CaseTeamMember: [chair, desk].map((ParentId) => ({ ParentId, MemberId: own })),
			UserTeamMember: [{ OwnerId: userId(org, BEN.Username), UserId: own }],
			UserAccountTeamMember: [{ OwnerId: userId(org, BEN.Username), UserId: own }],
			UserTerritory2Association: [{ UserId: own, Territory2Id: '0MI5g0000004AbCGAU' }],
			CaseShare: [
				{ CaseId: chair, UserOrGroupId: own, CaseAccessLevel: 'Read', RowCause: 'Manual' },
				{ CaseId: desk, UserOrGroupId: own, CaseAccessLevel: 'Read', RowCause: 'Rule' },
			],
		});
	}

	const all = {
		queues: ['Workplace'],
		groups: ['Readers'],
		territories: 1,
		accountTeams: 1,
		opportunityTeams: 1,
		caseTeams: 2,
		defaultTeams: 2,
		sharedRecords: 1,
	};

	it('is told where it can be read, before and after', async () => {
		const { org, run } = await stage({ seed: SEED });
		join(org);
		const items = [userItem(org), userItem(org, BEN.Username)];
		for (const dryRun of [true, false]) {
			const { outputs, error } = await run(items, reclaim('deactivate', {}, { dryRun }));
			expect(error).toBeUndefined();
			expect(added(outputs[0])[0]?.memberships).toEqual(all);
			expect(added(outputs[0])[1]).not.toHaveProperty('memberships');
		}
		for (const gone of ['UserTeamMember', 'UserAccountTeamMember', 'UserTerritory2Association']) {
			expect(org.rows(gone)).toEqual([]);
		}
		expect(org.rows('CaseShare')).toHaveLength(1);
	});

	it('is left out where the API user may not read it', async () => {
		const permissions = ['ManageUsers', 'ViewSetup', 'ViewRoles'];
		const { org, run } = await stage({
			seed: SEED,
			apiUser: { profile: 'Minimum Access - API Only Integrations', permissions },
		});
		join(org);
		const { outputs, error } = await run([userItem(org)], reclaim('deactivate'));
		expect(error).toBeUndefined();
		const { accountTeams, opportunityTeams, caseTeams, sharedRecords, ...seen } = all;
		expect([accountTeams, opportunityTeams, caseTeams, sharedRecords]).toEqual([1, 1, 2, 1]);
		expect(added(outputs[0])[0]?.memberships).toEqual(seen);
	});
});

describe('the days without activity', () => {
	it.each<[string, number, string]>([
		['behind', -365, 'recentlyActive'],
		['ahead', 365, 'done'],
	])("are counted by Salesforce's clock where it is %s of n8n's", async (_what, days, expected) => {
		const { org, run } = await stage({ seed: SEED });
		org.clock.advance(days * DAY);
		const now = org.clock.now().getTime();
		org.seed({
			User: [
				{
					Username: 'cleo@staff.example',
					LastName: 'Costa',
					CreatedDate: '2020-01-01T00:00:00.000Z',
					LastLoginDate: new Date(now - (days < 0 ? 10 : 100) * DAY).toISOString(),
				},
			],
		});
		const { outputs } = await run([userItem(org, 'cleo@staff.example')], reclaim('freeze'));
		expect(added(outputs.flat())).toMatchObject([expected === 'done' ? { result: 'done' } : { reason: expected }]);
	});
});
