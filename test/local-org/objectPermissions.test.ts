import { MANAGE_USERS, useOrg } from './support/client';

const at = useOrg();
const READ = { PermissionsRead: true };
const EDIT = { ...READ, PermissionsEdit: true };
const DELETE = { ...EDIT, PermissionsDelete: true };
const ALL = { ...DELETE, PermissionsViewAllRecords: true, PermissionsModifyAllRecords: true };

const profileId = (name: string) => at.org.rows('Profile').find((row) => row.Name === name)?.Id;
const apiUser = () => at.org.rows('User').find((row) => row.Username === at.org.username);

/** Gives the API user a permission set with these object permissions and returns its ID. */
async function permissionSet(
	objects: Record<string, object>,
	rights: object = {},
	fields: string[] = [],
): Promise<string> {
	const ParentId = await at.create('PermissionSet', { Name: 'Moves', Label: 'Moves', ...rights });
	await at.create('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: apiUser()?.Id });
	for (const [SobjectType, permissions] of Object.entries(objects)) {
		await at.create('ObjectPermissions', { ParentId, SobjectType, ...permissions });
	}
	for (const Field of fields) {
		await at.create('FieldPermissions', { ParentId, SobjectType: Field.split('.')[0], Field, ...EDIT });
	}
	return ParentId;
}

/** Makes the API user an integration user, who may do what the permission set says. */
async function integrationUser(
	objects: Record<string, object> = {},
	rights: object = {},
	fields: string[] = [],
): Promise<void> {
	await permissionSet(objects, rights, fields);
	const ProfileId = profileId('Minimum Access - API Only Integrations');
	expect((await at.call('PATCH', `sobjects/User/${String(apiUser()?.Id)}`, { ProfileId })).status).toBe(204);
}

const account = () => at.create('Account', { Name: 'A' });
const query = (soql: string) => at.call('GET', `query?q=${encodeURIComponent(soql)}`);
const NOT_FOUND = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }];
const READ_ONLY = [
	{ message: 'insufficient access rights on object id', errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', fields: [] },
];

describe('an object without Read', () => {
	it('is as if it were not there', async () => {
		const id = await account();
		await integrationUser();
		expect((await query('SELECT Id FROM Account')).body).toMatchObject([
			{
				errorCode: 'INVALID_TYPE',
				message: expect.stringContaining("sObject type 'Account' is not supported.") as unknown,
			},
		]);
		for (const path of ['describe', id])
			expect((await at.call('GET', `sobjects/Account/${path}`)).body).toEqual(NOT_FOUND);
		expect((await at.call('POST', 'sobjects/Account', { Name: 'B' })).body).toEqual(NOT_FOUND);
		const { body } = await at.call<{ sobjects: { name: string }[] }>('GET', 'sobjects');
		const names = body.sobjects.map(({ name }) => name);
		expect(names).not.toContain('Account');
		expect(names).not.toContain('CaseComment');
		expect(names).toEqual(expect.arrayContaining(['User', 'UserLicense']));
	});

	it('cannot be reached over another object, or by its IDs', async () => {
		const id = await account();
		await integrationUser({ Case: EDIT });
		expect((await query('SELECT Account.Name FROM Case')).body).toMatchObject([{ errorCode: 'INVALID_FIELD' }]);
		const { body } = await at.call('DELETE', `composite/sobjects?ids=${id}`);
		expect(body).toMatchObject([{ success: false, errors: [{ statusCode: 'INVALID_CROSS_REFERENCE_KEY' }] }]);
		const element = { attributes: { type: 'Account' }, Name: 'B' };
		const created = await at.call('POST', 'composite/sobjects', { records: [element] });
		expect(created.body).toMatchObject([{ success: false, errors: [{ statusCode: 'INVALID_TYPE' }] }]);
	});

	it('cannot be pointed to', async () => {
		const AccountId = await account();
		await integrationUser({ Case: { ...EDIT, PermissionsCreate: true } }, {}, ['Case.AccountId']);
		const { body } = await at.call('POST', 'sobjects/Case', { AccountId });
		expect(body).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' }]);
	});

	it('fails its Bulk job', async () => {
		await integrationUser();
		const { body } = await at.call('POST', 'jobs/ingest', { object: 'Account', operation: 'insert' });
		expect(body).toMatchObject([{ errorCode: 'INVALIDENTITY' }]);
	});
});

describe('each right', () => {
	it('is needed for what it is named after, and shown by describe', async () => {
		const id = await account();
		await integrationUser({ Account: READ });
		expect((await query('SELECT Id FROM Account')).body).toMatchObject({ totalSize: 1 });
		expect((await at.call('GET', 'sobjects/Account/describe')).body).toMatchObject({
			createable: false,
			updateable: false,
			deletable: false,
		});
		expect((await at.call('POST', 'sobjects/Account', { Name: 'B' })).body).toEqual([
			{
				message: 'entity type cannot be inserted: Account',
				errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
				fields: [],
			},
		]);
		expect((await at.call('PATCH', `sobjects/Account/${id}`, { Name: 'B' })).body).toEqual(READ_ONLY);
		expect((await at.call('DELETE', `sobjects/Account/${id}`)).body).toEqual(READ_ONLY);
	});

	it('lets do it, but delete only what is one’s own', async () => {
		const admin = at.org.rows('User').find((row) => row.Username === 'admin@local-org.example');
		const own = await account();
		const other = await at.create('Account', { Name: 'O', OwnerId: admin?.Id });
		await integrationUser({ Account: { ...DELETE, PermissionsCreate: true } });
		expect((await at.call('POST', 'sobjects/Account', { Name: 'B' })).status).toBe(201);
		expect((await at.call('PATCH', `sobjects/Account/${other}`, { Name: 'P' })).status).toBe(204);
		expect((await at.call('DELETE', `sobjects/Account/${own}`)).status).toBe(204);
		expect((await at.call('DELETE', `sobjects/Account/${other}`)).body).toEqual(READ_ONLY);
	});

	it('of Modify All deletes what others own', async () => {
		const admin = at.org.rows('User').find((row) => row.Username === 'admin@local-org.example');
		const other = await at.create('Account', { Name: 'O', OwnerId: admin?.Id });
		await integrationUser({ Account: ALL });
		expect((await at.call('DELETE', `sobjects/Account/${other}`)).status).toBe(204);
	});
});

describe('user permissions', () => {
	it('View All Data opens every object to read, and upserts by what is not unique', async () => {
		await integrationUser({ Case: { ...EDIT, PermissionsCreate: true } }, {}, ['Case.ExternalID__c']);
		expect((await at.call('PATCH', 'sobjects/Case/ExternalID__c/a', {})).status).toBe(404);
		at.org.seed({ PermissionSet: [{ Name: 'V', Label: 'V', PermissionsViewAllData: true }] });
		const PermissionSetId = at.org.rows('PermissionSet').find((row) => row.Name === 'V')?.Id;
		at.org.seed({ PermissionSetAssignment: [{ PermissionSetId, AssigneeId: apiUser()?.Id }] });
		expect((await query('SELECT Id FROM Account')).status).toBe(200);
		expect((await at.call('POST', 'sobjects/Account', { Name: 'A' })).status).toBe(400);
		expect((await at.call('PATCH', 'sobjects/Case/ExternalID__c/a', {})).status).toBe(201);
	});

	it('without which users and fields stay as they are', async () => {
		await integrationUser();
		expect((await at.call('PATCH', `sobjects/User/${String(apiUser()?.Id)}`, { Title: 'T' })).status).toBe(204);
		const other = at.org.rows('User').find((row) => row.Username === 'admin@local-org.example');
		expect((await at.call('PATCH', `sobjects/User/${String(other?.Id)}`, { Title: 'T' })).body).toEqual(READ_ONLY);
		const field = { FullName: 'Case.X__c', Metadata: { label: 'X', type: 'Text', length: 5 } };
		expect((await at.call('POST', 'tooling/sobjects/CustomField', field)).status).toBe(400);
	});

	it('without API Enabled no call is let in', async () => {
		const ProfileId = profileId('Standard Platform User');
		expect(
			(await at.call('PATCH', `sobjects/Profile/${String(ProfileId)}`, { PermissionsApiEnabled: false })).status,
		).toBe(204);
		await at.call('PATCH', `sobjects/User/${String(apiUser()?.Id)}`, { ProfileId });
		expect((await at.call('GET', 'limits')).status).toBe(403);
	});
});

describe('object permissions', () => {
	const add = (ParentId: string, SobjectType: string, rights: object) =>
		at.call('POST', 'sobjects/ObjectPermissions', { ParentId, SobjectType, ...rights });
	const messageOf = async (...args: Parameters<typeof add>) =>
		((await add(...args)).body as { message: string }[])[0]?.message;

	it('need each other', async () => {
		const set = await permissionSet({});
		expect(await messageOf(set, 'Case', { PermissionsEdit: true })).toBe(
			'Permission Edit Case depends on permission(s): Read Case',
		);
		expect(await messageOf(set, 'Case', { ...READ, PermissionsDelete: true })).toContain(
			'depends on permission(s): Edit Case',
		);
		expect(await messageOf(set, 'Asset', READ)).toBe('Permission Read Asset depends on permission(s): Read Account');
		expect((await add(set, 'Account', READ)).status).toBe(201);
		expect((await add(set, 'Asset', READ)).status).toBe(201);
	});

	it('go with their permission set', async () => {
		await integrationUser({ Account: READ, Contact: READ }, MANAGE_USERS);
		expect((await query('SELECT Id FROM Contact')).status).toBe(200);
		const set = at.org.rows('PermissionSet').find((row) => row.Name === 'Moves');
		expect((await at.call('DELETE', `sobjects/PermissionSet/${String(set?.Id)}`)).status).toBe(204);
		expect((await query('SELECT Id FROM Contact')).status).toBe(400);
	});

	it('give something, once, to an object that takes them', async () => {
		const set = await permissionSet({ Case: READ });
		expect(await add(set, 'Account', {})).toMatchObject({
			status: 400,
			body: [{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }],
		});
		expect(await add(set, 'Case', READ)).toMatchObject({ status: 400, body: [{ errorCode: 'DUPLICATE_VALUE' }] });
		for (const name of ['User', 'Nothing__c']) {
			expect(await add(set, name, READ)).toMatchObject({
				status: 400,
				body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['SobjectType'] }],
			});
		}
	});
});
