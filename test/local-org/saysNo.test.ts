import { staff } from '../../local-org';
import { openClient, send, signIn, useOrg } from './support/client';

type Row = Record<string, unknown>;

const at = useOrg();
const rows = (sObject: string) => at.org.rows(sObject);
const idOf = (sObject: string, field: string, value: string) =>
	String(rows(sObject).find((one) => one[field] === value)?.Id);
const post = (path: string, body: unknown) => at.call<Row[]>('POST', path, body);
const patch = (path: string, body: unknown) => at.call<Row[]>('PATCH', path, body);
const ask = (soql: string) =>
	at.call<{ message: string; errorCode: string }[]>('GET', `query?q=${encodeURIComponent(soql)}`);

function seedUser(more: Row = {}): string {
	at.org.seed({ User: [{ Username: 'ada@example.com', FirstName: 'Ada', LastName: 'Lovelace', ...more }] });
	return idOf('User', 'Username', 'ada@example.com');
}

describe('owners', () => {
	it('are active', async () => {
		const OwnerId = seedUser({ IsActive: false });
		const refused = {
			message: `operation performed with inactive user [${OwnerId.slice(0, 15)}] as owner of case`,
			errorCode: 'INACTIVE_OWNER_OR_USER',
			fields: [],
		};
		expect((await post('sobjects/Case', { OwnerId })).body).toEqual([refused]);
		const id = await at.create('Case', {});
		expect((await patch(`sobjects/Case/${id}`, { OwnerId })).body).toEqual([refused]);
		at.org.settings.assignmentRule = { ownerId: OwnerId };
		expect((await post('sobjects/Case', {})).body).toEqual([refused]);
	});

	it('may be inactive where they are already', async () => {
		at.org.seed({ User: [{ Username: 'gone@example.com', LastName: 'Gone', IsActive: false }] });
		const OwnerId = idOf('User', 'Username', 'gone@example.com');
		at.org.seed({ Case: [{ OwnerId }] });
		const [{ Id } = {}] = rows('Case');
		expect((await patch(`sobjects/Case/${String(Id)}`, { Subject: 'x', OwnerId })).status).toBe(204);
	});

	it('are queues of the object, not any group', async () => {
		const queue = idOf('Group', 'DeveloperName', 'Workplace');
		expect((await post('sobjects/Case', { OwnerId: queue })).status).toBe(201);
		const group = await at.create('Group', { Name: 'Readers', Type: 'Regular' });
		for (const [object, OwnerId] of [
			['Case', group],
			['Lead', queue],
		] as const) {
			const { body } = await post(`sobjects/${object}`, { OwnerId, LastName: 'x', Company: 'x' });
			expect(body).toMatchObject([{ errorCode: object === 'Lead' ? 'INVALID_OPERATION' : 'INVALID_FIELD' }]);
		}
		const { body } = await post('sobjects/Case', { OwnerId: group });
		expect(body).toEqual([
			{ message: 'Queue not associated with this SObject type', errorCode: 'INVALID_OPERATION', fields: ['OwnerId'] },
		]);
	});
});

describe('permission sets', () => {
	const set = (Name: string, more: Row = {}) => at.create('PermissionSet', { Name, Label: Name, ...more });
	const give = (AssigneeId: string, PermissionSetId: string) =>
		post('sobjects/PermissionSetAssignment', { AssigneeId, PermissionSetId });
	const open = (ParentId: string, SobjectType: string) =>
		at.create('ObjectPermissions', { ParentId, SobjectType, PermissionsRead: true });

	it('stay within the user’s license', async () => {
		const user = seedUser({ Profile: { Name: 'Standard Platform User' } });
		const managing = await set('Managing', { PermissionsFreezeUsers: true });
		expect((await give(user, managing)).body).toEqual([
			{
				message:
					'Can\'t assign permission set "Managing" to user "Ada Lovelace". The user license doesn\'t allow the permission: Freeze Users',
				errorCode: 'FIELD_INTEGRITY_EXCEPTION',
				fields: [],
			},
		]);
		const selling = await set('Selling');
		await open(selling, 'Lead');
		expect((await give(user, selling)).body).toMatchObject([
			{ message: expect.stringContaining("doesn't allow the permission: Read Leads") },
		]);
		const plain = await set('Plain');
		expect((await give(user, plain)).status).toBe(201);
		const later = await post('sobjects/ObjectPermissions', {
			ParentId: plain,
			SobjectType: 'Lead',
			PermissionsRead: true,
		});
		expect(later.body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
		expect((await patch(`sobjects/PermissionSet/${plain}`, { PermissionsFreezeUsers: true })).status).toBe(400);
	});

	it('open objects to an integration user with the license for it', async () => {
		const user = seedUser({ Profile: { Name: 'Minimum Access - API Only Integrations' } });
		const reading = await set('Reading');
		await open(reading, 'Case');
		expect((await give(user, reading)).body).toMatchObject([
			{ message: expect.stringContaining("doesn't allow the permission: Read Cases") },
		]);
		await at.create('PermissionSetLicenseAssign', {
			AssigneeId: user,
			PermissionSetLicenseId: idOf('PermissionSetLicense', 'DeveloperName', 'SalesforceAPIIntegrationPsl'),
		});
		expect((await give(user, reading)).status).toBe(201);
	});

	it('of another user license are not given', async () => {
		const LicenseId = idOf('UserLicense', 'LicenseDefinitionKey', 'AUL');
		const other = await set('Platform', { LicenseId });
		expect((await give(seedUser(), other)).body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
	});
});

describe('usernames', () => {
	const NEW = {
		Username: 'new@example.com',
		LastName: 'New',
		Email: 'new@example.com',
		Alias: 'new',
		TimeZoneSidKey: 'Europe/Berlin',
		LocaleSidKey: 'en_US',
		EmailEncodingKey: 'UTF-8',
		LanguageLocaleKey: 'en_US',
	};

	it('are addresses that nobody else has, as nicknames are', async () => {
		const user = { ...NEW, ProfileId: idOf('Profile', 'Name', 'Standard User'), CommunityNickname: 'new' };
		await at.create('User', user);
		const again = await post('sobjects/User', { ...user, CommunityNickname: 'other' });
		expect(again.body).toMatchObject([
			{
				errorCode: 'DUPLICATE_USERNAME',
				message: expect.stringMatching(/^Duplicate Username\./),
				fields: ['Username'],
			},
		]);
		const nickname = await post('sobjects/User', { ...user, Username: 'other@example.com' });
		expect(nickname.body).toMatchObject([{ errorCode: 'DUPLICATE_COMM_NICKNAME', fields: ['CommunityNickname'] }]);
		const plain = await post('sobjects/User', { ...user, Username: 'plain', CommunityNickname: 'plain' });
		expect(plain.body).toMatchObject([{ errorCode: 'INVALID_EMAIL_ADDRESS', fields: ['Username'] }]);
	});
});

describe('queries', () => {
	it.each([
		[
			'SELECT Id FROM Contact WHERE Id IN (SELECT WhoId FROM Task)',
			"Entity 'Task' is not supported for semi join inner selects",
		],
		['SELECT Id FROM Contact WHERE Id NOT IN (SELECT WhoId FROM Event)', "Entity 'Event' is not supported"],
		['SELECT Id, COUNT(Id) FROM Case GROUP BY Id', 'Grouped field should not be aggregated: Id'],
		[
			'SELECT Status FROM Case GROUP BY Status HAVING COUNT(Status) > 1',
			'Grouped field should not be aggregated: Status',
		],
		['SELECT Status FROM Case GROUP BY Status ORDER BY COUNT_DISTINCT(Status)', 'should not be aggregated: Status'],
		[
			'SELECT DataType FROM FieldDefinition',
			'FieldDefinition: a filter on a reified column is required [EntityDefinitionId, DurableId]',
		],
		["SELECT DataType FROM FieldDefinition WHERE QualifiedApiName = 'Team__c'", 'a filter on a reified column'],
	])('%s', async (soql, message) => {
		const { status, body } = await ask(soql);
		expect(status).toBe(400);
		expect(body).toMatchObject([{ errorCode: 'MALFORMED_QUERY', message: expect.stringContaining(message) }]);
	});

	it.each([
		['SELECT COUNT() FROM EntityDefinition', 'The requested operation is not yet supported'],
		["SELECT KeyPrefix FROM EntityDefinition WHERE QualifiedApiName != 'Case'", 'Only equals comparisons permitted'],
		["SELECT KeyPrefix FROM EntityDefinition WHERE KeyPrefix = '1' OR KeyPrefix = '2'", 'Disjunctions not supported'],
	])('%s', async (soql, message) => {
		expect((await ask(soql)).body).toMatchObject([{ message: expect.stringContaining(message) }]);
	});

	it('of definitions pass over LIMIT, and are answered with their filter', async () => {
		expect((await at.query('SELECT QualifiedApiName FROM EntityDefinition LIMIT 1')).length).toBeGreaterThan(10);
		const named = "SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName IN ('Case')";
		expect((await at.query(named)).length).toBeGreaterThan(10);
		expect(await at.query("SELECT Label FROM FieldDefinition WHERE DurableId = 'Case.Team__c'")).toHaveLength(1);
	});

	it('group one field and count another', async () => {
		at.org.seed({ Case: [{ Status: 'New' }, { Status: 'New' }] });
		const soql = 'SELECT Status, COUNT(Id) n FROM Case GROUP BY Status HAVING COUNT(Id) > 1';
		expect(await at.query(soql)).toMatchObject([{ Status: 'New', n: 2 }]);
	});

	it('read metadata one record at a time', async () => {
		for (const name of ['A__c', 'B__c'])
			await post('tooling/sobjects/CustomField', {
				FullName: `Case.${name}`,
				Metadata: { label: name, type: 'Text', length: 10 },
			});
		const tooling = (soql: string) => at.call<Row>('GET', `tooling/query?q=${encodeURIComponent(soql)}`);
		expect((await tooling('SELECT Id, Metadata FROM CustomField')).body).toMatchObject([
			{ errorCode: 'MALFORMED_QUERY', message: expect.stringContaining('no more than one row') },
		]);
		expect((await tooling("SELECT Metadata FROM CustomField WHERE DeveloperName = 'A'")).status).toBe(200);
		expect((await tooling('SELECT Id FROM CustomField')).status).toBe(200);
	});
});

describe('custom fields', () => {
	const make = (Metadata: Row) =>
		post('tooling/sobjects/CustomField', { FullName: 'Case.New__c', Metadata: { label: 'New', ...Metadata } });

	it.each([
		[{ type: 'Number' }, "Must specify 'precision' for a CustomField of type Number"],
		[{ type: 'Currency', precision: 18 }, "Must specify 'scale' for a CustomField of type Currency"],
		[{ type: 'Percent', scale: 2, formula: '1' }, "Must specify 'precision' for a CustomField of type Percent"],
		[{ type: 'Number', precision: 19, scale: 0 }, 'Precision must be between 1 and 18'],
		[{ type: 'Number', precision: 4, scale: 5 }, 'Precision must be between 1 and 18'],
		[{ type: 'Number', precision: 'many', scale: 0 }, 'Precision must be between 1 and 18'],
		[{ type: 'Checkbox' }, "Must specify 'defaultValue' for a CustomField of type Checkbox"],
		[{ type: 'TextArea', length: 255 }, "Can not specify 'length' for a CustomField of type TextArea"],
		[
			{ type: 'LongTextArea', length: 1024, visibleLines: 2, required: true },
			"Can not specify 'required' for a CustomField of type LongTextArea",
		],
	])('are made with all that their type needs, and no more: %j', async (metadata, message) => {
		expect((await make(metadata)).body).toMatchObject([
			{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', message: expect.stringContaining(message) },
		]);
	});

	it.each([
		{ type: 'Number', precision: 18, scale: 0 },
		{ type: 'Checkbox', defaultValue: false },
		{ type: 'Checkbox', formula: 'true' },
		{ type: 'TextArea' },
		{ type: 'LongTextArea', length: 1024, visibleLines: 2, required: false },
	])('are made: %j', async (metadata) => {
		expect((await make(metadata)).status).toBe(201);
	});
});

describe('IDs', () => {
	it('whose last characters do not fit the others are malformed', async () => {
		const id = await at.create('Case', {});
		const wrong = `${id.slice(0, 15)}ZZZ`;
		for (const method of ['GET', 'PATCH', 'DELETE']) {
			const { status, body } = await at.call(method, `sobjects/Case/${wrong}`, method === 'PATCH' ? {} : undefined);
			expect([method, status]).toEqual([method, 400]);
			expect(body).toEqual([
				{ message: `Case ID: id value of incorrect type: ${wrong}`, errorCode: 'MALFORMED_ID', fields: ['Id'] },
			]);
		}
		expect((await at.call('GET', `sobjects/Case/${id.slice(0, 15)}`)).status).toBe(200);
		expect((await at.call('GET', 'sobjects/Case/23foo')).status).toBe(404);
	});
});

describe('parents in the same call', () => {
	const named = (key: string, parent?: string) => ({
		attributes: { type: 'Case' },
		ExternalID__c: key,
		...(parent === undefined ? {} : { Parent: { attributes: { type: 'Case' }, ExternalID__c: parent } }),
	});

	it('are not there for records of their own object', async () => {
		const { body } = await post('composite/sobjects', { records: [named('a'), named('b', 'a')] });
		expect(body).toMatchObject([{ success: true }, { success: false, errors: [{ statusCode: 'INVALID_FIELD' }] }]);
		expect((await post('composite/sobjects', { records: [named('b', 'a')] })).body).toMatchObject([{ success: true }]);
	});

	it('are there for records of another object behind them', async () => {
		const { body } = await post('composite/sobjects', {
			records: [
				{ attributes: { type: 'Contact' }, LastName: 'Lovelace', Email: 'ada@example.com' },
				{ attributes: { type: 'Case' }, Contact: { Email: 'ada@example.com' } },
			],
		});
		expect(body).toMatchObject([{ success: true }, { success: true }]);
	});
});

describe('methods', () => {
	it('HEAD is GET without a body, and is named among those allowed', async () => {
		const id = await at.create('Case', {});
		const head = await at.call('HEAD', `sobjects/Case/${id}`);
		expect([head.status, head.text]).toEqual([200, '']);
		const { status, body } = await at.call('PUT', `sobjects/Case/${id}`, {});
		expect(status).toBe(405);
		expect(body).toMatchObject([
			{ message: "HTTP Method 'PUT' not allowed. Allowed are DELETE,GET,HEAD,PATCH", errorCode: 'METHOD_NOT_ALLOWED' },
		]);
		expect((await at.call('HEAD', 'composite')).status).toBe(405);
	});
});

describe('an ended session', () => {
	it('is answered by a word where the API says 401', async () => {
		const ask = (path: string, headers: Record<string, string> = {}) => send(at.org, 'GET', path, { headers });
		const authorization = `Bearer ${await signIn(at.org)}`;
		expect((await ask('/services/oauth2/userinfo', { authorization })).status).toBe(200);
		at.org.expireSessions();
		for (const path of ['/services/oauth2/userinfo', '/id/x/y']) {
			const { status, text } = await ask(path, { authorization });
			expect([status, text]).toEqual([403, 'Bad_OAuth_Token']);
		}
		expect((await ask('/services/oauth2/userinfo')).text).toBe('Missing_OAuth_Token');
		expect((await ask('/services/data/v66.0/limits', { authorization })).status).toBe(401);
	});

	it.each([true, false])('ends its locators where the org is so: %s', async (locatorsEndWithSession) => {
		const client = await openClient({
			settings: { pageSize: 1, locatorsEndWithSession },
			seed: { Case: [{}, {}] },
		});
		const first = await client.call<{ nextRecordsUrl: string }>('GET', 'query?q=SELECT+Id+FROM+Case');
		const authorization = `Bearer ${await signIn(client.org)}`;
		const next = await send(client.org, 'GET', first.body.nextRecordsUrl, { headers: { authorization } });
		expect(next.status).toBe(locatorsEndWithSession ? 400 : 200);
		expect((await client.call('GET', first.body.nextRecordsUrl)).status).toBe(200);
		await client.org.close();
	});
});

describe('what is not refused', () => {
	it('an ID of null in an upsert, and hyphens in the names of a graph', async () => {
		const upsert = await patch('composite/sobjects/Case/ExternalID__c', {
			records: [{ attributes: { type: 'Case' }, Id: null, ExternalID__c: 'a' }],
		});
		expect(upsert.body).toMatchObject([{ success: true, created: true }]);
		const node = (referenceId: string, body: Row) => ({
			method: 'POST',
			url: '/services/data/v66.0/sobjects/Case',
			referenceId,
			body,
		});
		const compositeRequest = [node('new-parent', {}), node('new-child', { ParentId: '@{new-parent.id}' })];
		const { body } = await at.call<Row>('POST', 'composite/graph', { graphs: [{ graphId: 'g-1', compositeRequest }] });
		expect(body).toMatchObject({ graphs: [{ isSuccessful: true }] });
		expect((await post('composite', { compositeRequest: [node('new-parent', {})] })).status).toBe(400);
	});

	it('a staff whose leavers own nothing', () => {
		at.org.seed(staff({ users: 5 }));
		expect(rows('User').length).toBeGreaterThan(5);
	});
});
