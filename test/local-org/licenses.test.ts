import { staff } from '../../local-org';
import { useOrg } from './support/client';

type Row = Record<string, unknown>;

const at = useOrg();
const rows = (sObject: string) => at.org.rows(sObject);
const named = (sObject: string, field: string, value: string): Row => {
	const row = rows(sObject).find((one) => one[field] === value);
	if (!row) throw new Error(`No ${sObject} whose ${field} is ${value}`);
	return row;
};
const used = (sObject: string, field: string, value: string) => named(sObject, field, value).UsedLicenses;
const patch = (sObject: string, id: unknown, fields: object) =>
	at.call('PATCH', `sobjects/${sObject}/${String(id)}`, fields);
const remove = (sObject: string, id: unknown) => at.call('DELETE', `sobjects/${sObject}/${String(id)}`);

/** One user with a Standard User's license. */
function seedUser(more: Row = {}): string {
	at.org.seed({ User: [{ Username: 'ada@example.com', FirstName: 'Ada', LastName: 'Lovelace', ...more }] });
	return String(named('User', 'Username', 'ada@example.com').Id);
}

const NEW_USER = {
	Username: 'new@example.com',
	LastName: 'New',
	Email: 'new@example.com',
	Alias: 'new',
	TimeZoneSidKey: 'Europe/Berlin',
	LocaleSidKey: 'en_US',
	EmailEncodingKey: 'UTF-8',
	LanguageLocaleKey: 'en_US',
};

describe('user licenses', () => {
	it('are taken by new users and freed by deactivation, not by freezing', async () => {
		const id = seedUser();
		expect(used('UserLicense', 'LicenseDefinitionKey', 'SFDC')).toBe(3);
		const [login] = await at.query<{ Id: string }>(`SELECT Id FROM UserLogin WHERE UserId = '${id}'`);
		expect((await patch('UserLogin', login?.Id, { IsFrozen: true })).status).toBe(204);
		expect(used('UserLicense', 'LicenseDefinitionKey', 'SFDC')).toBe(3);
		expect((await patch('User', id, { IsActive: false })).status).toBe(204);
		expect(used('UserLicense', 'LicenseDefinitionKey', 'SFDC')).toBe(2);
		await patch('User', id, { IsActive: true });
		expect(used('UserLicense', 'LicenseDefinitionKey', 'SFDC')).toBe(3);
	});

	it('run out', async () => {
		const ProfileId = named('Profile', 'Name', 'Minimum Access - API Only Integrations').Id;
		const create = (number: number) =>
			at.call('POST', 'sobjects/User', { ...NEW_USER, Username: `u${number}@example.com`, ProfileId });
		for (let number = 0; number < 5; number++) expect((await create(number)).status).toBe(201);
		const { status, body } = await create(5);
		expect(status).toBe(400);
		expect(body).toMatchObject([{ errorCode: 'LICENSE_LIMIT_EXCEEDED' }]);
		expect(rows('User').some(({ Username }) => Username === 'u5@example.com')).toBe(false);
	});

	it('follow the profile', async () => {
		const id = seedUser();
		await patch('User', id, { ProfileId: named('Profile', 'Name', 'Standard Platform User').Id });
		expect(used('UserLicense', 'LicenseDefinitionKey', 'SFDC')).toBe(2);
		expect(used('UserLicense', 'LicenseDefinitionKey', 'AUL')).toBe(1);
		const outside = await patch('User', id, { ProfileId: named('Profile', 'Name', 'Customer Community User').Id });
		expect(outside.body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
	});

	it('cannot be filtered by how many are used', async () => {
		await expect(at.query('SELECT Id FROM UserLicense WHERE UsedLicenses > 1')).rejects.toThrow('can not be filtered');
	});
});

describe('users', () => {
	it('need what the API asks for, and a name of their own', async () => {
		const ProfileId = named('Profile', 'Name', 'Standard User').Id;
		const { body } = await at.call('POST', 'sobjects/User', { LastName: 'x', ProfileId });
		expect(body).toMatchObject([{ errorCode: 'REQUIRED_FIELD_MISSING' }]);
		expect((await at.call('POST', 'sobjects/User', { ...NEW_USER, ProfileId })).status).toBe(201);
		const twice = await at.call('POST', 'sobjects/User', { ...NEW_USER, ProfileId, Username: 'NEW@example.com' });
		expect(twice.body).toMatchObject([{ errorCode: 'DUPLICATE_USERNAME', fields: ['Username'] }]);
		expect(named('User', 'Username', 'new@example.com')).toMatchObject({
			Name: 'New',
			UserType: 'Standard',
			IsActive: true,
		});
	});

	it('some must stay active', async () => {
		const id = seedUser();
		at.org.settings.keptActive = { [id]: 'default owner of cases' };
		expect((await patch('User', id, { IsActive: false })).body).toEqual([
			{
				message: 'You cannot deactivate this user. You cannot deactivate a user who is the default owner of cases',
				errorCode: 'FIELD_INTEGRITY_EXCEPTION',
				fields: [],
			},
		]);
		const self = named('User', 'Username', at.org.username).Id;
		expect((await patch('User', self, { IsActive: false })).status).toBe(400);
	});

	it('are managed only with the right to', async () => {
		const id = seedUser();
		at.org.settings.canManageUsers = false;
		for (const answer of [
			await patch('User', id, { Title: 'x' }),
			await patch('UserLogin', rows('UserLogin')[0]?.Id, { IsFrozen: true }),
		]) {
			expect(answer.body).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }]);
		}
	});

	it('of the system have a profile that nobody sees', async () => {
		const users = await at.query<Row>("SELECT Name, Profile.Name FROM User WHERE Name = 'Automated Process'");
		expect(users).toMatchObject([{ Profile: null }]);
	});
});

describe('permission-set licenses', () => {
	const license = () => named('PermissionSetLicense', 'DeveloperName', 'SalesConsoleUser');

	it('are given once and taken back', async () => {
		const AssigneeId = seedUser();
		const pair = { AssigneeId, PermissionSetLicenseId: license().Id };
		const id = await at.create('PermissionSetLicenseAssign', pair);
		expect(license().UsedLicenses).toBe(1);
		expect((await at.call('POST', 'sobjects/PermissionSetLicenseAssign', pair)).body).toMatchObject([
			{ errorCode: 'DUPLICATE_VALUE' },
		]);
		expect((await remove('PermissionSetLicenseAssign', id)).status).toBe(204);
		expect(license().UsedLicenses).toBe(0);
	});

	it('stay while a permission set needs them, and go with the last that did', async () => {
		const AssigneeId = seedUser();
		const PermissionSetId = await at.create('PermissionSet', {
			Name: 'Console',
			Label: 'Console',
			LicenseId: license().Id,
		});
		const assignment = await at.create('PermissionSetAssignment', { AssigneeId, PermissionSetId });
		const [held] = rows('PermissionSetLicenseAssign');
		expect(held).toMatchObject({ AssigneeId });
		expect(license().UsedLicenses).toBe(1);
		expect((await remove('PermissionSetLicenseAssign', held?.Id)).status).toBe(400);
		expect((await remove('PermissionSetAssignment', assignment)).status).toBe(204);
		expect(rows('PermissionSetLicenseAssign')).toEqual([]);
		expect(license().UsedLicenses).toBe(0);
	});
});

describe('package licenses', () => {
	it('run out, except site licenses', async () => {
		at.org.seed({
			PackageLicense: [
				{ NamespacePrefix: 'few', AllowedLicenses: 1, UsedLicenses: 0 },
				{ NamespacePrefix: 'site', AllowedLicenses: -1, UsedLicenses: 0 },
			],
		});
		const [a, b] = [seedUser(), named('User', 'Username', at.org.username).Id];
		const give = (UserId: unknown, prefix: string) =>
			at.call<{ id: string }>('POST', 'sobjects/UserPackageLicense', {
				UserId,
				PackageLicenseId: named('PackageLicense', 'NamespacePrefix', prefix).Id,
			});
		const first = await give(a, 'few');
		expect((await give(b, 'few')).body).toMatchObject([{ errorCode: 'LICENSE_LIMIT_EXCEEDED' }]);
		expect((await remove('UserPackageLicense', first.body.id)).status).toBe(204);
		expect((await give(b, 'few')).status).toBe(201);
		for (const user of [a, b]) expect((await give(user, 'site')).status).toBe(201);
		expect(used('PackageLicense', 'NamespacePrefix', 'site')).toBe(2);
	});
});

describe('a seeded staff', () => {
	it('holds three licenses each, counted', async () => {
		at.org.seed(staff({ users: 60, now: new Date('2026-05-01T00:00:00Z') }));
		expect(rows('PermissionSetLicenseAssign')).toHaveLength(60);
		expect(used('PermissionSetLicense', 'DeveloperName', 'SalesPsl')).toBe(30);
		expect(used('PackageLicense', 'NamespacePrefix', 'seatmap')).toBe(30);
		const [held] = await at.query<Row>(
			"SELECT Id, Profile.UserLicense.LicenseDefinitionKey, Manager.Name, (SELECT PermissionSetLicense.MasterLabel FROM PermissionSetLicenseAssignments) FROM User WHERE Username = 'user11@staff.example'",
		);
		expect(held).toMatchObject({
			Profile: { UserLicense: { LicenseDefinitionKey: 'PID_CHATTER_FREE' } },
			Manager: { Name: expect.any(String) },
			PermissionSetLicenseAssignments: { totalSize: 1 },
		});
		expect(
			await at.query("SELECT Id FROM User WHERE LastLoginDate = null AND Username LIKE '%@staff.example'"),
		).toHaveLength(10);
	});
});
