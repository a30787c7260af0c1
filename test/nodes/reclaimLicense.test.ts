import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { staff } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { stages } from '../support/stage';
import { found, userId } from './support/licenseDesk';

const stage = stages();
const undo = { type: 'salesforceUndoReclaim' };
const reclaim = (operation: string, parameters: INodeParameters = {}) => ({
	type: 'salesforceReclaimLicense',
	parameters: { operation, dryRun: false, ...parameters },
});
const OPERATIONS = [
	'freeze',
	'unfreeze',
	'deactivate',
	'removePermissionSetLicense',
	'removePackageLicense',
	'changeProfile',
];

const CREATED = '2020-01-01T00:00:00.000Z';
const ADA = { Username: 'ada@staff.example', LastName: 'Ada', CreatedDate: CREATED };
const BEN = { Username: 'ben@staff.example', LastName: 'Ben', CreatedDate: CREATED };

/** Ada with a permission-set license that a permission set of hers needs, and a package license. */
const SEED = {
	PermissionSetLicense: [
		{
			DeveloperName: 'SalesUserPsl',
			MasterLabel: 'Sales User',
			PermissionSetLicenseKey: 'SalesUserPsl',
			TotalLicenses: 5,
			UsedLicenses: 0,
		},
	],
	PackageLicense: [{ NamespacePrefix: 'seatmap', AllowedLicenses: 5, UsedLicenses: 0 }],
	User: [ADA, BEN],
	PermissionSet: [{ Name: 'Seller', Label: 'Seller' }],
	UserPackageLicense: [{ User: { Username: ADA.Username }, PackageLicense: { NamespacePrefix: 'seatmap' } }],
};

function userItem(org: LocalOrg, username: string, license: IDataObject = {}): IDataObject {
	return {
		org: 'Europe',
		orgId: org.organizationId,
		user: { id: found(org, 'User', 'Username', username).Id as string },
		license,
	};
}

/** Everything that could be changed. */
function contents(org: LocalOrg): unknown {
	const objects = [
		'User',
		'UserLogin',
		'PermissionSetAssignment',
		'PermissionSetLicenseAssign',
		'UserPackageLicense',
		'UserLicense',
	];
	return objects.map((name) => org.rows(name));
}

const writes = (org: LocalOrg) =>
	org.calls.filter(({ method, path }) => path.includes('/composite/sobjects') || !['GET', 'POST'].includes(method));
const results = (items: IDataObject[] = []) => items.map((item) => item.reclaim as IDataObject);

describe('Salesforce Reclaim License', () => {
	it.each(OPERATIONS)('does nothing to anyone unless told to: %s', async (operation) => {
		const { org, run } = await stage({ seed: SEED });
		org.seed({
			PermissionSetLicenseAssign: [
				{ Assignee: { Username: ADA.Username }, PermissionSetLicense: { DeveloperName: 'SalesUserPsl' } },
			],
		});
		const license = {
			id:
				operation === 'removePackageLicense'
					? found(org, 'PackageLicense', 'NamespacePrefix', 'seatmap').Id
					: found(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl').Id,
		} as IDataObject;
		// The session, which logs the API user in, is opened before.
		await run([{}], { type: 'salesforceDownloadConsumption' });
		const before = contents(org);
		const item = userItem(org, ADA.Username, license);
		const { outputs, error } = await run([item], {
			type: 'salesforceReclaimLicense',
			parameters: { operation, profile: 'Standard Platform User' },
		});
		expect(error).toBeUndefined();
		expect(results(outputs.flat())).toMatchObject([
			{ action: operation, dryRun: true, result: operation === 'unfreeze' ? 'skipped' : 'planned' },
		]);
		expect(results(outputs.flat())[0]).not.toHaveProperty('undo');
		expect(writes(org)).toEqual([]);
		expect(contents(org)).toEqual(before);
	});

	it('freezes without freeing the license, and thaws again', async () => {
		const { org, run } = await stage({ seed: SEED });
		const used = found(org, 'UserLicense', 'LicenseDefinitionKey', 'SFDC').UsedLicenses;
		const frozen = await run([userItem(org, ADA.Username)], reclaim('freeze'));
		const ada = userId(org, ADA.Username);
		expect(results(frozen.outputs[0])).toMatchObject([
			{ org: 'Local Org', result: 'done', undo: { action: 'freeze', userId: ada } },
		]);
		expect(found(org, 'UserLogin', 'UserId', ada).IsFrozen).toBe(true);
		expect(found(org, 'UserLicense', 'LicenseDefinitionKey', 'SFDC').UsedLicenses).toBe(used);
		const thawed = await run(frozen.outputs[0] ?? [], undo);
		expect(thawed.outputs[0]).toMatchObject([{ undoReclaim: { result: 'undone' } }]);
		expect(found(org, 'UserLogin', 'UserId', ada).IsFrozen).toBe(false);
		expect((await run(frozen.outputs[0] ?? [], undo)).outputs[0]).toMatchObject([
			{ undoReclaim: { result: 'alreadyUndone' } },
		]);
	});

	it('deactivates, which frees the license, and activates again', async () => {
		const { org, run } = await stage({ seed: SEED });
		const used = () => found(org, 'UserLicense', 'LicenseDefinitionKey', 'SFDC').UsedLicenses as number;
		const before = used();
		const gone = await run([userItem(org, ADA.Username)], reclaim('deactivate'));
		expect(found(org, 'User', 'Username', ADA.Username).IsActive).toBe(false);
		expect(used()).toBe(before - 1);
		await run(gone.outputs[0] ?? [], undo);
		expect(found(org, 'User', 'Username', ADA.Username).IsActive).toBe(true);
		expect(used()).toBe(before);
	});

	it('removes a permission-set license with the permission sets that need it, and gives both back', async () => {
		const { org, run } = await stage({ seed: SEED });
		const license = found(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl').Id as string;
		const ada = userId(org, ADA.Username);
		org.seed({ PermissionSet: [{ Name: 'Caller', Label: 'Caller', LicenseId: license }] });
		org.seed({
			PermissionSetAssignment: [
				{ AssigneeId: ada, PermissionSetId: found(org, 'PermissionSet', 'Name', 'Caller').Id },
				{ AssigneeId: ada, PermissionSetId: found(org, 'PermissionSet', 'Name', 'Seller').Id },
			],
		});
		const held = () => org.rows('PermissionSetLicenseAssign').filter(({ AssigneeId }) => AssigneeId === ada).length;
		const sets = () => org.rows('PermissionSetAssignment').filter(({ AssigneeId }) => AssigneeId === ada).length;
		expect([held(), sets()]).toEqual([1, 3]);
		const item = userItem(org, ADA.Username, { id: license });
		const kept = await run([item], reclaim('removePermissionSetLicense'));
		expect(results(kept.outputs[1])).toMatchObject([
			{
				result: 'skipped',
				reason: 'neededByPermissionSets',
				message: 'These permission sets of the user need the license: Caller',
			},
		]);
		const removed = await run([item], reclaim('removePermissionSetLicense', { withPermissionSets: true }));
		expect(results(removed.outputs[0])).toMatchObject([{ result: 'done' }]);
		expect([held(), sets()]).toEqual([0, 2]);
		const { error } = await run(removed.outputs[0] ?? [], undo);
		expect(error).toBeUndefined();
		expect([held(), sets()]).toEqual([1, 3]);
	});

	it('removes a package license and gives it back', async () => {
		const { org, run } = await stage({ seed: SEED });
		const used = () => found(org, 'PackageLicense', 'NamespacePrefix', 'seatmap').UsedLicenses;
		const item = userItem(org, ADA.Username, {
			id: found(org, 'PackageLicense', 'NamespacePrefix', 'seatmap').Id as string,
		});
		const removed = await run(
			[item, userItem(org, BEN.Username, item.license as IDataObject)],
			reclaim('removePackageLicense'),
		);
		expect(results(removed.outputs[0])).toMatchObject([{ result: 'done' }]);
		expect(results(removed.outputs[1])).toMatchObject([{ result: 'skipped', reason: 'notHeld' }]);
		expect(used()).toBe(0);
		await run(removed.outputs[0] ?? [], undo);
		expect(used()).toBe(1);
	});

	it('moves to a profile of a cheaper license and back, and not to one of outside users', async () => {
		const { org, run } = await stage({ seed: SEED });
		const profile = () => found(org, 'User', 'Username', ADA.Username).ProfileId;
		const before = profile();
		const to = (name: string) => reclaim('changeProfile', { profile: { __rl: true, mode: 'name', value: name } });
		const moved = await run([userItem(org, ADA.Username)], to('standard platform user'));
		expect(results(moved.outputs[0])).toMatchObject([
			{ result: 'done', undo: { action: 'changeProfile', changes: [{ before: { ProfileId: before } }] } },
		]);
		expect(profile()).toBe(found(org, 'Profile', 'Name', 'Standard Platform User').Id);
		const outside = await run([userItem(org, BEN.Username)], to('Partner Community User'));
		expect(results(outside.outputs[1])).toMatchObject([{ result: 'skipped', reason: 'otherUserType' }]);
		const unknown = await run([userItem(org, BEN.Username)], to('Nobody'));
		expect(results(unknown.outputs[1])).toMatchObject([{ result: 'skipped', reason: 'profileNotFound' }]);
		await run(moved.outputs[0] ?? [], undo);
		expect(profile()).toBe(before);
	});

	it('lists the profiles with the license of each', async () => {
		const { org, engine } = await stage();
		expect(await engine.choices(reclaim('changeProfile'), 'listSearch', 'searchProfiles', 'platform')).toEqual({
			results: [
				{
					name: 'Standard Platform User (Salesforce Platform)',
					value: found(org, 'Profile', 'Name', 'Standard Platform User').Id,
				},
			],
		});
		org.settings.hiddenObjects = ['Profile'];
		await expect(engine.choices(reclaim('changeProfile'), 'listSearch', 'searchProfiles')).rejects.toThrow('Profile');
	});

	it('reads users again and spares whoever came back since the download', async () => {
		const { org, run } = await stage({
			seed: { User: [{ ...ADA, LastLoginDate: new Date(Date.now() - 86_400_000).toISOString() }] },
		});
		const { outputs } = await run([userItem(org, ADA.Username)], reclaim('freeze'));
		expect(results(outputs[1])).toMatchObject([{ result: 'skipped', reason: 'recentlyActive' }]);
		expect(writes(org)).toEqual([]);
	});

	it('spares the connected user, the last administrator, system users, and users who are gone or listed twice', async () => {
		const { org, run } = await stage({ seed: SEED });
		const process = {
			orgId: org.organizationId,
			user: { id: found(org, 'User', 'Name', 'Automated Process').Id as string },
		};
		const gone = { orgId: org.organizationId, user: { id: '005Lo0000099999' } };
		const { outputs, error } = await run(
			[
				userItem(org, org.username),
				userItem(org, 'admin@local-org.example'),
				process,
				userItem(org, ADA.Username),
				userItem(org, ADA.Username),
				{ ...userItem(org, BEN.Username), orgId: '00Dxx0000000001AAA' },
				gone,
			],
			reclaim('deactivate', { newAccountDays: 0 }),
		);
		expect(error).toBeUndefined();
		expect(results(outputs[0])).toMatchObject([{ result: 'done' }]);
		expect(results(outputs[1]).map(({ reason }) => reason)).toEqual([
			'connectedUser',
			'lastAdministrator',
			'systemUser',
			'alreadyListed',
			'otherOrg',
			'notFound',
		]);
		expect(org.rows('User').filter(({ IsActive }) => IsActive === false)).toMatchObject([{ Username: ADA.Username }]);
	});

	it('spares whom the exclusions name', async () => {
		const { org, run } = await stage({ seed: SEED });
		const ada = userId(org, ADA.Username);
		org.seed({
			PermissionSetAssignment: [{ AssigneeId: ada, PermissionSetId: found(org, 'PermissionSet', 'Name', 'Seller').Id }],
		});
		const reasons = async (options: IDataObject) => {
			const { outputs } = await run(
				[userItem(org, ADA.Username)],
				reclaim('freeze', { options: options as INodeParameters }),
			);
			return results(outputs[1]).map(({ reason }) => reason);
		};
		expect(await reasons({ excludedUsers: 'ben@staff.example,\nADA@staff.example' })).toEqual(['excludedUser']);
		expect(await reasons({ excludedProfiles: 'Standard User' })).toEqual(['excludedProfile']);
		expect(await reasons({ excludedPermissionSets: 'seller' })).toEqual(['excludedPermissionSet']);
		expect(writes(org)).toEqual([]);
	});

	it('gives the reason why Salesforce keeps a user, and goes on with the others', async () => {
		const { org, run } = await stage({ seed: SEED });
		org.settings.keptActive = { [String(found(org, 'User', 'Username', ADA.Username).Id)]: 'default owner of cases' };
		const { outputs, error } = await run(
			[userItem(org, ADA.Username), userItem(org, BEN.Username)],
			reclaim('deactivate'),
		);
		expect(error).toBeUndefined();
		expect(results(outputs[0])).toMatchObject([{ result: 'done' }]);
		expect(results(outputs[1])).toMatchObject([
			{
				result: 'refused',
				message: expect.stringContaining('default owner of cases'),
				remedy: expect.stringContaining('give that role to somebody else'),
			},
		]);
	});

	it('names the right that is missing', async () => {
		const { org, run } = await stage({ seed: SEED, settings: { canManageUsers: false } });
		const { error } = await run([userItem(org, ADA.Username)], reclaim('freeze'));
		expect(error).toMatchObject({
			message: expect.stringContaining('Item 0'),
			description: expect.stringContaining('Salesforce Reclaim License needs the right "Manage Users"'),
		});
		org.settings.hiddenObjects = ['UserLogin'];
		const hidden = await run([userItem(org, ADA.Username)], reclaim('freeze'));
		expect(hidden.error).toMatchObject({
			message: 'Salesforce shows the API user no UserLogin',
			description: expect.stringContaining('the right "Manage Users"'),
		});
		org.settings.hiddenObjects = ['PermissionSetLicenseAssign'];
		const item = userItem(org, ADA.Username, { id: '0PLLo0000000001AAA' });
		expect((await run([item], reclaim('removePermissionSetLicense'))).error).toMatchObject({
			message: 'Salesforce shows the API user no PermissionSetLicenseAssign',
			description: expect.stringContaining('the right "View Setup and Configuration"'),
		});
	});

	it('acts on 1,000 users in a few calls each way', async () => {
		const { org, run } = await stage({ seed: staff({ users: 1_000 }) });
		const users = org.rows('User').filter(({ Username }) => String(Username).endsWith('@staff.example'));
		const items = users.map(({ Id }) => ({ orgId: org.organizationId, user: { id: Id as string } }));
		const { outputs, error } = await run(items, reclaim('freeze', { inactiveDays: 1, options: { atMost: 1_000 } }));
		expect(error).toBeUndefined();
		expect(outputs[0]?.length).toBeGreaterThan(900);
		expect(org.apiCalls).toBeLessThanOrEqual(13);
	});

	it('does not take an item without a user for one', async () => {
		const { org, run } = await stage();
		const { error } = await run([{ user: { id: '500000000000001AAA' } }], reclaim('freeze'));
		expect(error?.message).toContain('User ID is not the ID of a user');
		expect(org.calls).toEqual([]);
	});
});

describe('Salesforce Undo Reclaim', () => {
	it('passes on what nothing was done to, and refuses what is no result', async () => {
		const { org, run } = await stage({ seed: SEED });
		const planned = await run([userItem(org, ADA.Username)], {
			type: 'salesforceReclaimLicense',
			parameters: { operation: 'freeze' },
		});
		const { outputs } = await run(planned.outputs[0] ?? [], undo);
		expect(outputs[0]).toMatchObject([{ undoReclaim: { result: 'skipped', reason: 'nothingToUndo' } }]);
		const { error } = await run([{ reclaim: 'freeze' }], undo);
		expect(error?.message).toContain('Reclaim is not what Salesforce Reclaim License adds to an item');
	});

	it('says when no license is left to give back', async () => {
		const { org, run } = await stage({ seed: SEED });
		const item = userItem(org, ADA.Username, {
			id: found(org, 'PackageLicense', 'NamespacePrefix', 'seatmap').Id as string,
		});
		const removed = await run([item], reclaim('removePackageLicense'));
		org.seed({
			User: Array.from({ length: 5 }, (_, index) => ({ Username: `new${index}@staff.example` })),
			UserPackageLicense: Array.from({ length: 5 }, (_, index) => ({
				User: { Username: `new${index}@staff.example` },
				PackageLicense: { NamespacePrefix: 'seatmap' },
			})),
		});
		const { error } = await run(removed.outputs[0] ?? [], undo);
		expect(error).toMatchObject({
			message: expect.stringContaining('LICENSE_LIMIT_EXCEEDED'),
			description: expect.stringContaining('No license of this kind is free'),
		});
	});
});
