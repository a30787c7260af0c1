import { MANAGE_USERS, useOrg } from './support/client';

type Row = Record<string, unknown>;

const at = useOrg(() => ({ customObjects: { Seat__c: { label: 'Seat' } } }));
const rows = (sObject: string) => at.org.rows(sObject);
const idOf = (sObject: string, field: string, value: string) =>
	String(rows(sObject).find((one) => one[field] === value)?.Id);

const permissionSet = (Name: string, more: Row = {}) => at.create('PermissionSet', { Name, Label: Name, ...more });
const group = () => at.create('PermissionSetGroup', { DeveloperName: 'Movers', MasterLabel: 'Movers' });
const put = (PermissionSetGroupId: string, PermissionSetId: string) =>
	at.create('PermissionSetGroupComponent', { PermissionSetGroupId, PermissionSetId });

function seedUser(Username = 'ada@example.com'): string {
	at.org.seed({ User: [{ Username, LastName: 'Lovelace' }] });
	return idOf('User', 'Username', Username);
}

const managers = () =>
	at.query<{ AssigneeId: string }>(
		'SELECT AssigneeId, PermissionSetGroupId FROM PermissionSetAssignment WHERE PermissionSet.PermissionsManageUsers = true',
	);

describe('permission-set groups', () => {
	it('give their users what their permission sets add up to', async () => {
		const AssigneeId = seedUser();
		const id = await group();
		const member = await permissionSet('Managing', MANAGE_USERS);
		await put(id, member);
		await put(id, await permissionSet('Viewing', { PermissionsViewSetup: true, PermissionsViewRoles: true }));
		await at.create('PermissionSetAssignment', { AssigneeId, PermissionSetGroupId: id });
		const [own] = await at.query<Row>(
			`SELECT Type, PermissionsManageUsers, PermissionsViewSetup, PermissionsApiEnabled FROM PermissionSet WHERE PermissionSetGroupId = '${id}'`,
		);
		expect(own).toMatchObject({
			Type: 'Group',
			PermissionsManageUsers: true,
			PermissionsViewSetup: true,
			PermissionsApiEnabled: false,
		});
		expect(await managers()).toContainEqual(expect.objectContaining({ AssigneeId, PermissionSetGroupId: id }));
		await at.call('PATCH', `sobjects/PermissionSet/${member}`, { PermissionsManageUsers: false });
		expect((await managers()).map((one) => one.AssigneeId)).not.toContain(AssigneeId);
	});

	it('open objects and fields to the connected user', async () => {
		const profile = idOf('Profile', 'Name', 'Minimum Access - API Only Integrations');
		const me = idOf('User', 'Username', at.org.username);
		const id = await group();
		const member = await permissionSet('Seats');
		await put(id, member);
		await at.create('PermissionSetAssignment', { AssigneeId: me, PermissionSetGroupId: id });
		at.org.seed({ PermissionSet: [{ Name: 'Keys', Label: 'Keys', PermissionsManageUsers: true }] });
		await at.create('PermissionSetAssignment', {
			AssigneeId: me,
			PermissionSetId: idOf('PermissionSet', 'Name', 'Keys'),
		});
		expect((await at.call('PATCH', `sobjects/User/${me}`, { ProfileId: profile })).status).toBe(204);
		expect((await at.call('GET', 'sobjects/Seat__c')).status).toBe(404);
		const right = await at.create('ObjectPermissions', {
			ParentId: member,
			SobjectType: 'Seat__c',
			PermissionsRead: true,
		});
		expect((await at.call('GET', 'sobjects/Seat__c')).status).toBe(200);
		await at.call('DELETE', `sobjects/ObjectPermissions/${right}`);
		expect((await at.call('GET', 'sobjects/Seat__c')).status).toBe(404);
	});

	it('give the licenses that their permission sets need, and take them back', async () => {
		const AssigneeId = seedUser();
		const LicenseId = idOf('PermissionSetLicense', 'DeveloperName', 'SalesConsoleUser');
		const id = await group();
		await put(id, await permissionSet('Console', { LicenseId }));
		const assignment = await at.create('PermissionSetAssignment', { AssigneeId, PermissionSetGroupId: id });
		const [held] = rows('PermissionSetLicenseAssign');
		expect(held).toMatchObject({ AssigneeId, PermissionSetLicenseId: LicenseId });
		expect((await at.call('DELETE', `sobjects/PermissionSetLicenseAssign/${String(held?.Id)}`)).body).toMatchObject([
			{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
		]);
		await at.call('DELETE', `sobjects/PermissionSetAssignment/${assignment}`);
		expect(rows('PermissionSetLicenseAssign')).toEqual([]);
	});

	it('go with their own permission set and their assignments', async () => {
		const AssigneeId = seedUser();
		const id = await group();
		const member = await permissionSet('Viewing');
		await put(id, member);
		await at.create('PermissionSetAssignment', { AssigneeId, PermissionSetGroupId: id });
		expect((await at.call('DELETE', `sobjects/PermissionSetGroup/${id}`)).status).toBe(204);
		expect(rows('PermissionSetGroupComponent')).toEqual([]);
		expect(rows('PermissionSetAssignment').filter((one) => one.PermissionSetGroupId !== null)).toEqual([]);
		expect(rows('PermissionSet').map((one) => one.Id)).toContain(member);
	});

	it('are named once, hold a permission set once, and no profile’s', async () => {
		const id = await group();
		const again = await at.call('POST', 'sobjects/PermissionSetGroup', { DeveloperName: 'movers', MasterLabel: 'x' });
		expect(again.body).toMatchObject([{ errorCode: 'DUPLICATE_VALUE' }]);
		const member = await permissionSet('Viewing');
		await put(id, member);
		const post = (fields: Row) => at.call('POST', 'sobjects/PermissionSetGroupComponent', fields);
		expect((await post({ PermissionSetGroupId: id, PermissionSetId: member })).status).toBe(400);
		const ofProfile = rows('PermissionSet').find((one) => one.Type === 'Profile')?.Id;
		expect((await post({ PermissionSetGroupId: id, PermissionSetId: ofProfile })).body).toMatchObject([
			{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
		]);
		const both = await at.call('POST', 'sobjects/PermissionSetAssignment', {
			AssigneeId: seedUser(),
			PermissionSetId: member,
			PermissionSetGroupId: id,
		});
		expect(both.body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
	});
});

describe('setup entity access', () => {
	it('names what a permission set opens', async () => {
		const ParentId = await permissionSet('Classes');
		await at.create('SetupEntityAccess', { ParentId, SetupEntityId: '01p000000000001AAA' });
		expect(await at.query('SELECT SetupEntityType, Parent.Name FROM SetupEntityAccess')).toMatchObject([
			{ SetupEntityType: 'ApexClass', Parent: { Name: 'Classes' } },
		]);
		await at.call('DELETE', `sobjects/PermissionSet/${ParentId}`);
		expect(rows('SetupEntityAccess')).toEqual([]);
	});
});

describe('assignments that go together', () => {
	it.each([
		[49, 0],
		[50, 50],
	])('free the licenses of %i users but for %i', async (users, kept) => {
		const LicenseId = idOf('PermissionSetLicense', 'DeveloperName', 'SalesConsoleUser');
		at.org.seed({
			PermissionSetLicense: [
				{
					DeveloperName: 'Many',
					MasterLabel: 'Many',
					PermissionSetLicenseKey: 'Many',
					TotalLicenses: 60,
					UsedLicenses: 0,
				},
			],
		});
		expect(LicenseId).toMatch(/^0PL/);
		const many = idOf('PermissionSetLicense', 'DeveloperName', 'Many');
		const set = await permissionSet('Many', { LicenseId: many });
		at.org.seed({
			User: Array.from({ length: users }, (_, number) => ({ Username: `u${number}@example.com`, LastName: 'x' })),
		});
		at.org.seed({
			PermissionSetAssignment: Array.from({ length: users }, (_, number) => ({
				AssigneeId: idOf('User', 'Username', `u${number}@example.com`),
				PermissionSetId: set,
			})),
		});
		const ids = rows('PermissionSetAssignment').flatMap((one) => (one.PermissionSetId === set ? [String(one.Id)] : []));
		const { status } = await at.call('DELETE', `composite/sobjects?ids=${ids.join()}`);
		expect(status).toBe(200);
		expect(rows('PermissionSetLicenseAssign')).toHaveLength(kept);
	});
});
