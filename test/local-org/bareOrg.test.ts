import { MOVE_FIELDS, bareOrg } from '../../local-org';
import type { LocalOrgOptions } from '../../local-org';
import { clientOf, openClient, withoutAttributes } from './support/client';
import type { Client } from './support/client';

let at: Client;
let admin: Client;

async function start(options: LocalOrgOptions): Promise<void> {
	at = await openClient(options);
	admin = await clientOf(at.org, at.org.admin);
}

afterEach(async () => {
	await at.org.close();
	expect(at.org.refused).toEqual([]);
});

const tooling = async (client: Client, soql: string) => {
	const { body } = await client.call<{ records: Record<string, unknown>[] }>(
		'GET',
		`tooling/query?q=${encodeURIComponent(soql)}`,
	);
	return body.records.map(withoutAttributes);
};
const fieldsOf = async (client: Client, sObject = 'Case') => {
	const { body } = await client.call<{ fields: { name: string; createable: boolean; updateable: boolean }[] }>(
		'GET',
		`sobjects/${sObject}/describe`,
	);
	return new Map(body.fields.map((field) => [field.name, field]));
};
const makeField = (client: Client, FullName: string, Metadata: object) =>
	client.call<{ id: string }>('POST', 'tooling/sobjects/CustomField', { FullName, Metadata });
const EXTERNAL_ID = { label: 'ExternalID', type: 'Text', length: 255, externalId: true, unique: true };
const apiUserId = () => at.org.rows('User').find((row) => row.Username === at.org.username)?.Id;

describe('a bare org', () => {
	beforeEach(() => start(bareOrg()));

	it('tells of its fields as they are after what was undone, and after what was made', async () => {
		const soql = "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Case'";
		const query = { method: 'GET', url: `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, referenceId: 'q' };
		const create = { method: 'POST', url: '/services/data/v66.0/sobjects/Case', body: { Nope: 1 }, referenceId: 'c' };
		await admin.call('POST', 'composite', { allOrNone: true, compositeRequest: [query, create] });
		const before = await admin.query(soql);
		expect(before.length).toBeGreaterThan(10);
		expect(await admin.query(soql)).toEqual(before);
		await makeField(admin, 'Case.ExternalID__c', EXTERNAL_ID);
		expect(await admin.query(soql)).toHaveLength(before.length + 1);
	});

	it('lets its API user sign in and see nothing of Cases', async () => {
		expect((await at.call('GET', 'limits')).status).toBe(200);
		expect((await at.call('GET', 'sobjects/Case/describe')).status).toBe(404);
		expect(await at.query('SELECT Name, UserLicense.Name, PermissionsApiUserOnly FROM Profile LIMIT 1')).toHaveLength(
			1,
		);
		const [user] = await at.query<{ Profile: object }>(
			`SELECT Profile.Name, Profile.UserLicense.Name FROM User WHERE Id = '${String(apiUserId())}'`,
		);
		expect(user?.Profile).toMatchObject({
			Name: 'Minimum Access - API Only Integrations',
			UserLicense: { Name: 'Salesforce Integration' },
		});
	});

	it('is open to its administrator, who finds no field of moves', async () => {
		const fields = await fieldsOf(admin);
		expect(fields.has('Subject')).toBe(true);
		expect(MOVE_FIELDS.filter((name) => fields.has(name.slice('Case.'.length)))).toEqual([]);
		expect(await tooling(admin, "SELECT Id FROM CustomField WHERE TableEnumOrId = 'Case'")).toEqual([]);
		expect((await at.call('GET', 'sobjects/Case/describe')).status).toBe(404);
	});

	it('gets a field once; the API user sees it when an assigned permission set shows it', async () => {
		expect((await makeField(at, 'Case.ExternalID__c', EXTERNAL_ID)).status).toBe(400);
		expect((await makeField(admin, 'Case.ExternalID__c', EXTERNAL_ID)).status).toBe(201);
		expect((await makeField(admin, 'Case.ExternalID__c', EXTERNAL_ID)).body).toMatchObject([
			{ errorCode: 'DUPLICATE_DEVELOPER_NAME', message: 'There is already a field named ExternalID on Case.' },
		]);
		const ParentId = await admin.create('PermissionSet', { Name: 'Ops', Label: 'Ops' });
		const rights = { PermissionsRead: true, PermissionsCreate: true, PermissionsEdit: true };
		await admin.create('ObjectPermissions', { ParentId, SobjectType: 'Case', ...rights });
		const psl = at.org.rows('PermissionSetLicense').find((row) => row.DeveloperName === 'SalesforceAPIIntegrationPsl');
		await admin.create('PermissionSetLicenseAssign', { PermissionSetLicenseId: psl?.Id, AssigneeId: apiUserId() });
		await admin.create('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: apiUserId() });
		const shown = async () => [...(await fieldsOf(at)).keys()];
		expect(await shown()).toEqual(expect.arrayContaining(['Status', 'OwnerId', 'CaseNumber']));
		expect(await shown()).not.toContain('ExternalID__c');
		expect(await shown()).not.toContain('Subject');
		expect((await at.call('POST', 'sobjects/Case', { Subject: 'x' })).body).toMatchObject([
			{ errorCode: 'INVALID_FIELD', message: "No such column 'Subject' on sobject of type Case" },
		]);
		for (const Field of ['Case.ExternalID__c', 'Case.Subject']) {
			const field = { ParentId, SobjectType: 'Case', Field, PermissionsRead: true, PermissionsEdit: true };
			await admin.create('FieldPermissions', field);
		}
		expect((await at.call('PATCH', 'sobjects/Case/ExternalID__c/a-1', { Subject: 'x' })).status).toBe(201);
		expect((await fieldsOf(admin)).has('ExternalID__c')).toBe(false);
	});

	it('loses a field again with its values and rights, and can get it anew', async () => {
		const { body } = await makeField(admin, 'Case.ExternalID__c', EXTERNAL_ID);
		const ParentId = await admin.create('PermissionSet', { Name: 'Ops', Label: 'Ops' });
		const AssigneeId = at.org.rows('User').find((row) => row.Username === at.org.admin.username)?.Id;
		await admin.create('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId });
		const right = {
			ParentId,
			SobjectType: 'Case',
			Field: 'Case.ExternalID__c',
			PermissionsRead: true,
			PermissionsEdit: true,
		};
		await admin.create('FieldPermissions', right);
		await admin.create('Case', { ExternalID__c: 'a' });
		const path = `tooling/sobjects/CustomField/${body.id}`;
		expect((await at.call('DELETE', path)).status).toBe(400);
		expect((await admin.call('DELETE', path)).status).toBe(204);
		expect((await fieldsOf(admin)).has('ExternalID__c')).toBe(false);
		expect(at.org.rows('FieldPermissions')).toEqual([]);
		expect((await admin.call('GET', path)).status).toBe(404);
		expect((await makeField(admin, 'Case.ExternalID__c', EXTERNAL_ID)).status).toBe(201);
		await admin.create('FieldPermissions', right);
		expect(await admin.query('SELECT ExternalID__c FROM Case')).toMatchObject([{ ExternalID__c: null }]);
	});

	it('refuses rights to a field that none can hide', async () => {
		const ParentId = await admin.create('PermissionSet', { Name: 'Ops', Label: 'Ops' });
		const field = { ParentId, SobjectType: 'Case', Field: 'Case.Status', PermissionsRead: true };
		expect((await admin.call('POST', 'sobjects/FieldPermissions', field)).body).toMatchObject([
			{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' },
		]);
	});
});

describe('an API user with some rights', () => {
	const rights = {
		profile: 'Minimum Access - API Only Integrations',
		permissions: ['ViewSetup'],
		objects: { Case: ['Read', 'Create'] },
		fields: { 'Case.Subject': 'edit', 'Case.Origin': 'read' },
	} as const;

	it('has those alone, by a permission set', async () => {
		await start({
			apiUser: { ...rights, permissions: [...rights.permissions], objects: { Case: ['Read', 'Create'] } },
		});
		const fields = await fieldsOf(at);
		expect(fields.get('Subject')).toMatchObject({ createable: true, updateable: true });
		expect(fields.get('Origin')).toMatchObject({ createable: false, updateable: false });
		expect([fields.has('ExternalID__c'), fields.has('Description')]).toEqual([false, false]);
		const id = await at.create('Case', { Subject: 'x' });
		expect((await at.call('PATCH', `sobjects/Case/${id}`, { Subject: 'y' })).status).toBe(400);
		expect(at.org.rows('PermissionSet').find((row) => row.Name === 'API_Access')).toMatchObject({
			PermissionsViewSetup: true,
		});
	});

	it('has no rights of Setup unless they are given', async () => {
		await start({ apiUser: { profile: 'Minimum Access - API Only Integrations' } });
		for (const sObject of ['FieldPermissions', 'DuplicateRule', 'ApexTrigger'])
			expect((await at.call('GET', `query?q=SELECT+Id+FROM+${sObject}`)).body).toMatchObject([
				{ errorCode: 'INVALID_TYPE' },
			]);
		expect((await at.call('POST', 'sobjects/PermissionSet', { Name: 'A', Label: 'A' })).body).toMatchObject([
			{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
		]);
		expect((await admin.call('POST', 'sobjects/PermissionSet', { Name: 'A', Label: 'A' })).status).toBe(201);
	});

	it.each([
		['AssignPermissionSets', 'PermissionSetAssignment'],
		['ManageInternalUsers', 'User'],
		['FreezeUsers', 'UserLogin'],
	])('%s is enough for %s', async (permission, what) => {
		for (const permissions of [['ViewSetup'], ['ViewSetup', permission]]) {
			await start({ apiUser: { profile: 'Minimum Access - API Only Integrations', permissions } });
			const idOf = (sObject: string, field: string, value: unknown) =>
				at.org.rows(sObject).find((row) => row[field] === value)?.Id;
			const admin = idOf('User', 'Username', at.org.admin.username);
			at.org.seed({ PermissionSet: [{ Name: 'Some', Label: 'Some' }] });
			const doIt: Record<string, () => Promise<{ status: number }>> = {
				PermissionSetAssignment: () =>
					at.call('POST', 'sobjects/PermissionSetAssignment', {
						PermissionSetId: idOf('PermissionSet', 'Name', 'Some'),
						AssigneeId: admin,
					}),
				User: () => at.call('PATCH', `sobjects/User/${String(admin)}`, { Title: 'T' }),
				UserLogin: () =>
					at.call('PATCH', `sobjects/UserLogin/${String(idOf('UserLogin', 'UserId', admin))}`, { IsFrozen: true }),
			};
			const status = (await doIt[what]?.())?.status ?? 0;
			expect(status < 300).toBe(permissions.includes(permission));
			if (permissions.length === 1) await at.org.close();
		}
	});

	it('takes the license of its profile', async () => {
		await start({ apiUser: { profile: 'Minimum Access - API Only Integrations' } });
		const used = (Name: string) => at.org.rows('UserLicense').find((row) => row.Name === Name)?.UsedLicenses;
		expect([used('Salesforce'), used('Salesforce Integration')]).toEqual([1, 1]);
	});

	it('is not hindered by settings where the administrator signs in', async () => {
		await start({ settings: { hiddenFields: ['Case.Subject'], hiddenObjects: ['Contact'], canDelete: false } });
		expect((await fieldsOf(at)).has('Subject')).toBe(false);
		expect((await fieldsOf(admin)).has('Subject')).toBe(true);
		expect((await fieldsOf(at)).has('Subject')).toBe(false);
		const id = await at.create('Case', {});
		expect((await at.call('DELETE', `sobjects/Case/${id}`)).status).toBe(400);
		expect((await admin.call('DELETE', `sobjects/Case/${id}`)).status).toBe(204);
		expect((await at.call('GET', 'sobjects/Contact/describe')).status).toBe(404);
		expect((await admin.call('GET', 'sobjects/Contact/describe')).status).toBe(200);
	});
});

describe('an org with fields of its own', () => {
	it('has them of another kind, or besides', async () => {
		await start({
			fields: {
				'Case.Team__c': { type: 'Checkbox' },
				'Case.NewSeat__c': { type: 'Text', length: 40 },
				'Case.Move_Key__c': { type: 'Text', length: 100, externalId: true, unique: true },
			},
		});
		const { body } = await at.call<{ fields: { name: string; type: string; length: number; unique: boolean }[] }>(
			'GET',
			'sobjects/Case/describe',
		);
		const field = (name: string) => body.fields.find((one) => one.name === name);
		expect(field('Team__c')).toMatchObject({ type: 'boolean' });
		expect(field('NewSeat__c')).toMatchObject({ type: 'string', length: 40 });
		expect(field('Move_Key__c')).toMatchObject({ unique: true });
		const id = await at.create('Case', { Team__c: true, Move_Key__c: 'a' });
		expect(await at.query(`SELECT Team__c FROM Case WHERE Id = '${id}'`)).toMatchObject([{ Team__c: true }]);
		expect((await at.call('POST', 'sobjects/Case', { Move_Key__c: 'A' })).body).toMatchObject([
			{ errorCode: 'DUPLICATE_VALUE' },
		]);
	});

	it('has them in its namespace, with those that are made later', async () => {
		await start({ namespace: 'acme', settings: { uniqueExternalId: true } });
		const fields = await fieldsOf(at);
		expect([fields.has('acme__ExternalID__c'), fields.has('ExternalID__c')]).toEqual([true, false]);
		await at.create('Case', { acme__ExternalID__c: 'a' });
		expect((await at.call('POST', 'sobjects/Case', { acme__ExternalID__c: 'A' })).status).toBe(400);
		expect((await makeField(admin, 'Case.Floor__c', { label: 'Floor', type: 'Text', length: 5 })).status).toBe(201);
		expect(await tooling(admin, "SELECT FullName FROM CustomField WHERE DeveloperName = 'Floor'")).toEqual([
			{ FullName: 'Case.acme__Floor__c' },
		]);
		expect((await makeField(admin, 'Case.acme__Floor__c', { label: 'Floor', type: 'Text', length: 5 })).status).toBe(
			400,
		);
		expect(await at.query('SELECT NamespacePrefix FROM Organization')).toMatchObject([{ NamespacePrefix: 'acme' }]);
	});
});

describe('the org as data', () => {
	beforeEach(() => start({ settings: { hiddenFields: ['Case.Team__c'], trackedFields: ['Case.Status'] } }));

	it('tells every field of an object, and which of them the user sees', async () => {
		const where = "EntityDefinition.QualifiedApiName = 'Case' AND QualifiedApiName IN ('Team__c', 'Status')";
		const definitions = `SELECT QualifiedApiName, DataType, IsFieldHistoryTracked FROM FieldDefinition WHERE ${where}`;
		expect((await at.query(`${definitions} ORDER BY QualifiedApiName`)).map(withoutAttributes)).toEqual([
			{ QualifiedApiName: 'Status', DataType: 'Picklist', IsFieldHistoryTracked: true },
			{ QualifiedApiName: 'Team__c', DataType: 'Text(255)', IsFieldHistoryTracked: false },
		]);
		const particles = `SELECT QualifiedApiName, DataType, IsUnique, IsCreatable FROM EntityParticle WHERE ${where}`;
		expect((await at.query(particles)).map(withoutAttributes)).toEqual([
			{ QualifiedApiName: 'Status', DataType: 'picklist', IsUnique: false, IsCreatable: true },
		]);
	});

	it('tells custom fields with their metadata, one at a time', async () => {
		const all = await tooling(admin, "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Case'");
		expect(all.map(({ DeveloperName }) => DeveloperName).sort()).toEqual(
			MOVE_FIELDS.map((name) => name.slice('Case.'.length, -'__c'.length)).sort(),
		);
		const again = await tooling(admin, "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Case'");
		expect(again).toEqual(all);
		const one = "SELECT Metadata FROM CustomField WHERE DeveloperName = 'EmployeeNotes' AND TableEnumOrId = 'Case'";
		expect(await tooling(admin, one)).toEqual([
			{ Metadata: expect.objectContaining({ type: 'LongTextArea', length: 1024, visibleLines: 2 }) as unknown },
		]);
		const { body } = await admin.call(
			'GET',
			`tooling/query?q=${encodeURIComponent('SELECT Metadata FROM CustomField')}`,
		);
		expect(body).toMatchObject([
			{ errorCode: 'MALFORMED_QUERY', message: expect.stringContaining('no more than one row') as unknown },
		]);
	});

	it('tells objects', async () => {
		const soql =
			"SELECT QualifiedApiName, KeyPrefix, IsApexTriggerable, IsEverCreatable FROM EntityDefinition WHERE QualifiedApiName = 'Case'";
		expect((await at.query(soql)).map(withoutAttributes)).toEqual([
			{ QualifiedApiName: 'Case', KeyPrefix: '500', IsApexTriggerable: true, IsEverCreatable: true },
		]);
	});
});

describe('signing in', () => {
	beforeEach(() => start({}));

	it('is done by each app for its own user, also by password and by assertion', async () => {
		const userOf = async (client: Client) =>
			(await client.call<{ preferred_username: string }>('GET', '/services/oauth2/userinfo')).body.preferred_username;
		expect([await userOf(at), await userOf(admin)]).toEqual([at.org.username, at.org.admin.username]);
		const { username, password, clientId, clientSecret } = at.org.admin;
		const body = new URLSearchParams({
			grant_type: 'password',
			client_id: clientId,
			client_secret: clientSecret,
			username,
			password,
		});
		const answer = await fetch(`${at.org.url}/services/oauth2/token`, { method: 'POST', body });
		expect(await answer.json()).toMatchObject({ id: expect.stringMatching(/005/) as unknown });
		const wrong = new URLSearchParams({ ...Object.fromEntries(body), password: at.org.password });
		expect((await fetch(`${at.org.url}/services/oauth2/token`, { method: 'POST', body: wrong })).status).toBe(400);
	});
});
