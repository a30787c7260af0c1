import { staff } from '../../local-org';
import { stages } from '../support/stage';

const stage = stages();
const download = { type: 'salesforceDownloadSubscriptions' };
const withOptions = (options: Record<string, unknown>) => ({ ...download, parameters: { options: options as never } });

const CREATED = '2020-01-01T00:00:00.000Z';
const LICENSES = {
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
};

function daysAgo(days: number): string {
	return new Date(Date.now() - days * 86_400_000).toISOString();
}

describe('Salesforce Download Subscriptions', () => {
	it("gives one item for each license of a user, stamped with the org's display name", async () => {
		const { org, run } = await stage({
			seed: {
				...LICENSES,
				User: [
					{
						Username: 'ada@staff.example',
						FirstName: 'Ada',
						LastName: 'Abbot',
						Department: 'Sales',
						CreatedDate: CREATED,
						LastLoginDate: daysAgo(100),
						UserPermissionsSupportUser: true,
					},
				],
				PermissionSetLicenseAssign: [
					{ Assignee: { Username: 'ada@staff.example' }, PermissionSetLicense: { DeveloperName: 'SalesUserPsl' } },
				],
				UserPackageLicense: [
					{ User: { Username: 'ada@staff.example' }, PackageLicense: { NamespacePrefix: 'seatmap' } },
				],
			},
		});
		const { outputs, error } = await run([{}], { ...download, parameters: { orgName: 'Europe' } });
		expect(error).toBeUndefined();
		const ada = (outputs[0] ?? []).filter((item) => (item.user as { name: string }).name === 'Ada Abbot');
		expect(ada.map(({ license }) => license)).toMatchObject([
			{ kind: 'user', apiName: 'SFDC', family: 'Sales Cloud', assignedSince: null },
			{ kind: 'feature', apiName: 'UserPermissionsSupportUser', family: 'Service Cloud' },
			{
				kind: 'permissionSet',
				apiName: 'SalesUserPsl',
				name: 'Sales User',
				assignmentId: expect.stringMatching(/^2LA/),
			},
			{
				kind: 'package',
				apiName: 'seatmap',
				assignmentId: expect.stringMatching(/^051/),
				assignedSince: expect.any(String),
			},
		]);
		expect(ada[0]).toMatchObject({
			org: 'Europe',
			orgId: org.organizationId,
			user: {
				username: 'ada@staff.example',
				isActive: true,
				isFrozen: false,
				type: 'Standard',
				profile: 'Standard User',
				department: 'Sales',
				createdDate: CREATED,
			},
			daysInactive: 100,
			isInactive: true,
		});
	});

	it("leaves out the org's own users, and says never with null", async () => {
		const { run } = await stage();
		const { outputs } = await run([{}], withOptions({ onePerUser: true }));
		expect(outputs[0]).toMatchObject([
			{
				org: 'Local Org',
				user: { name: 'Admin User' },
				lastActivity: null,
				isInactive: true,
				licenses: [{ apiName: 'SFDC' }],
			},
			{ user: { name: 'API User' }, daysInactive: 0, isInactive: false },
		]);
		// Of the others the profile is not to be seen, and so no license either.
		const { outputs: all } = await run([{}], withOptions({ onePerUser: true, systemUsers: true }));
		expect(all[0]).toHaveLength(2);
	});

	it('reads 5,000 users with three licenses each in 9 calls', async () => {
		const { org, run } = await stage({ seed: staff({ users: 5_000 }) });
		const { outputs, error } = await run([{}], download);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(15_002);
		expect(org.apiCalls).toBeLessThanOrEqual(9);
	});

	it('finds what users hold who are no longer active', async () => {
		const { run } = await stage({
			seed: {
				...LICENSES,
				User: [{ Username: 'left@staff.example', IsActive: false, CreatedDate: CREATED }],
				PermissionSetLicenseAssign: [
					{ Assignee: { Username: 'left@staff.example' }, PermissionSetLicense: { DeveloperName: 'SalesUserPsl' } },
				],
			},
		});
		const { outputs } = await run([{}], withOptions({ licenses: 'Sales User' }));
		expect(outputs).toMatchObject([
			[{ user: { username: 'left@staff.example', isActive: false }, license: { apiName: 'SalesUserPsl' } }],
		]);
	});

	it.each([
		['nothing that the org has', 'Sales User, Salesforec', '"Salesforec"'],
		['a license of another kind', 'Salesforce', '"Salesforce"'],
		['several with another separator', 'Sales User; Salesforce', '"Sales User; Salesforce"'],
	])('refuses Licenses that name %s', async (_what, licenses, named) => {
		const { run } = await stage({
			seed: { PermissionSetLicense: [{ DeveloperName: 'SalesUserPsl', MasterLabel: 'Sales User', TotalLicenses: 5 }] },
		});
		const { error } = await run([{}], withOptions({ licenses, kinds: ['permissionSet'] }));
		expect(error?.message).toBe(`Item 0: Licenses: the org has no license ${named} of the kinds that are downloaded`);
	});

	it('downloads all kinds when the option is there and none is chosen', async () => {
		const { run } = await stage({ seed: staff({ users: 3 }) });
		const kindsOf = async (options: object) =>
			(await run([{}], withOptions({ ...options }))).outputs[0]?.map((item) => (item.license as { kind: string }).kind);
		const all = await kindsOf({});
		expect(all).toEqual(expect.arrayContaining(['user', 'permissionSet', 'package']));
		expect(await kindsOf({ kinds: [] })).toEqual(all);
	});

	it('counts the log-ins of the history, those that were refused apart', async () => {
		const { org, run } = await stage({ seed: { User: [{ Username: 'ada@staff.example', CreatedDate: CREATED }] } });
		const ada = org.rows('User').find(({ Username }) => Username === 'ada@staff.example')?.Id;
		const logIn = (days: number, Status: string) => ({ UserId: ada, LoginTime: daysAgo(days), Status });
		org.seed({
			LoginHistory: [logIn(2, 'Success'), logIn(9, 'Success'), logIn(1, 'Invalid Password'), logIn(50, 'Success')],
		});
		const { outputs, error } = await run([{}], withOptions({ logInDays: 30, onePerUser: true }));
		expect(error).toBeUndefined();
		const found = outputs[0]?.find((item) => (item.user as { id: unknown }).id === ada);
		expect(found?.logIns).toMatchObject({ days: 30, count: 2, refused: 1 });
		expect(outputs[0]?.[0]).toMatchObject({
			user: { name: 'Admin User' },
			logIns: { count: 0, last: null, refused: 0 },
		});
	});

	it('counts the log-ins of more users than one answer holds', async () => {
		const { org, run } = await stage({ seed: staff({ users: 2_500 }) });
		const users = org.rows('User').filter(({ Username }) => String(Username).endsWith('@staff.example'));
		org.seed({
			LoginHistory: users.flatMap(({ Id }) =>
				['Success', 'Invalid Password'].map((Status) => ({ UserId: Id, LoginTime: daysAgo(1), Status })),
			),
		});
		const { outputs, error } = await run([{}], withOptions({ logInDays: 7, onePerUser: true, kinds: ['user'] }));
		expect(error).toBeUndefined();
		const counted = (outputs[0] ?? []).filter(({ logIns }) => {
			const { count, refused } = logIns as { count: number; refused: number };
			return count === 1 && refused === 1;
		});
		expect(counted).toHaveLength(2_500);
	});

	it('names the right that is missing, and the node', async () => {
		const { run } = await stage({
			settings: { hiddenObjects: ['UserLicense', 'PermissionSetLicense', 'PackageLicense'] },
		});
		const { error } = await run([{}], download);
		expect(error).toMatchObject({
			message: 'Item 0: Salesforce shows the API user no UserLicense',
			description: expect.stringContaining(
				'Salesforce Download Subscriptions needs the right "View Setup and Configuration"',
			),
		});
	});

	it('does without a kind that the org does not have, unless it was asked for', async () => {
		const { run } = await stage({
			settings: { hiddenObjects: ['PermissionSetLicense', 'PermissionSetLicenseAssign'] },
		});
		const { outputs, error } = await run([{}], download);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2);
		const asked = await run([{}], withOptions({ kinds: ['permissionSet'] }));
		expect(asked.error).toMatchObject({ message: 'Item 0: Salesforce shows the API user no PermissionSetLicense' });
	});

	it('says that it does not know who is frozen where the API user may not', async () => {
		const { run } = await stage({ settings: { hiddenObjects: ['UserLogin'] } });
		const { outputs, error } = await run([{}], download);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([{ user: { isFrozen: null } }, { user: { isFrozen: null } }]);
	});

	it('says which parameter it cannot read', async () => {
		const { org, run } = await stage();
		const zone = await run([{}], withOptions({ timeZone: 'Middle-Earth' }));
		expect(zone.error?.message).toContain('Time Zone is not the name of a time zone');
		const since = await run([{}], withOptions({ changedSince: 'yesterday' }));
		expect(since.error?.message).toContain('Changed Since is not a date');
		expect(org.calls).toEqual([]);
	});
});
