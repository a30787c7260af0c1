import { ingestJobs } from './support/bulk';
import { useOrg } from './support/client';

type Row = Record<string, unknown>;

const at = useOrg();
const rows = (sObject: string) => at.org.rows(sObject);
const post = async (sObject: string, fields: Row) => (await at.call<Row[]>('POST', `sobjects/${sObject}`, fields)).body;
const patch = async (sObject: string, id: unknown, fields: Row) =>
	(await at.call<Row[]>('PATCH', `sobjects/${sObject}/${String(id)}`, fields)).body;
const refusal = (errorCode: string, message: string) => [{ errorCode, message: expect.stringContaining(message) }];
const done = expect.objectContaining({ success: true });

/** A user besides the one who asks. */
function seedUser(name = 'ada'): string {
	at.org.seed({ User: [{ Username: `${name}@example.com`, LastName: 'Lovelace' }] });
	return String(rows('User').find(({ Username }) => Username === `${name}@example.com`)?.Id);
}

describe('hierarchies', () => {
	it.each([
		['Account', 'ParentId', { Name: 'x' }],
		['Case', 'ParentId', {}],
		['Contact', 'ReportsToId', { LastName: 'x' }],
		['UserRole', 'ParentRoleId', { Name: 'x' }],
	] as const)('of %s have no circles', async (sObject, field, fields) => {
		const top = await at.create(sObject, fields);
		const middle = await at.create(sObject, { ...fields, [field]: top });
		const low = await at.create(sObject, { ...fields, [field]: middle });
		for (const above of [top, middle, low])
			expect(await patch(sObject, top, { [field]: above })).toMatchObject([
				{ errorCode: 'CIRCULAR_DEPENDENCY', fields: [field] },
			]);
		expect(await patch(sObject, low, { [field]: top })).toBeUndefined();
		expect(await patch(sObject, low, { [field]: null })).toBeUndefined();
	});

	it('of users have none either', async () => {
		const id = seedUser();
		expect(await patch('User', id, { ManagerId: id })).toMatchObject([{ errorCode: 'CIRCULAR_DEPENDENCY' }]);
	});
});

describe('the same record twice in a call', () => {
	const update = async (path: string, records: Row[]) =>
		(await at.call<Row[]>('PATCH', path, { records: records.map((one) => ({ attributes: { type: 'Case' }, ...one })) }))
			.body;

	it.each(['composite/sobjects', 'composite/sobjects/Case/Id'])('is saved by none: %s', async (path) => {
		const [id, other] = [await at.create('Case', {}), await at.create('Case', {})];
		const refused = {
			success: false,
			errors: [{ statusCode: 'DUPLICATE_VALUE', message: `Duplicate id specified: ${id}`, fields: ['Id'] }],
		};
		const body = await update(path, [
			{ Id: id, Subject: 'a' },
			{ Id: other, Subject: 'b' },
			{ Id: id.slice(0, 15), Subject: 'c' },
		]);
		expect(body).toMatchObject([refused, { id: other, success: true }, refused]);
		expect(rows('Case').map(({ Subject }) => Subject)).toEqual([null, 'b']);
	});

	it('is not saved by Bulk, unless it stands in different batches of 200', async () => {
		const id = await at.create('Case', {});
		const jobs = ingestJobs(at);
		const twice = await jobs.run({ operation: 'update' }, `Id,Subject\n${id},a\n${id},b\n`);
		expect(twice.numberRecordsFailed).toBe(2);
		expect((await jobs.results(twice.id, 'failedResults')).text).toContain(
			`DUPLICATE_VALUE:Duplicate id specified: ${id}`,
		);
		at.org.seed({ Case: Array.from({ length: 199 }, () => ({})) });
		const others = rows('Case').flatMap(({ Id }) => (Id === id ? [] : [`${String(Id)},x`]));
		const apart = await jobs.run({ operation: 'update' }, ['Id,Subject', `${id},a`, ...others, `${id},b\n`].join('\n'));
		expect(apart.numberRecordsFailed).toBe(0);
		expect(rows('Case').find(({ Id }) => Id === id)?.Subject).toBe('b');
	});
});

describe('API names in Setup', () => {
	it.each([
		['PermissionSet', 'Name', { Label: 'x' }],
		['Group', 'DeveloperName', { Name: 'x' }],
		['RecordType', 'DeveloperName', { Name: 'x', SobjectType: 'Case' }],
		['UserRole', 'DeveloperName', { Name: 'x' }],
	] as const)('of %s are names, once', async (sObject, field, fields) => {
		for (const name of ['My Name', '1Name', '_Name', 'Name_', 'My__Name', 'Näme', 'a-b'])
			expect([name, await post(sObject, { ...fields, [field]: name })]).toEqual([
				name,
				[expect.objectContaining({ errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: [field] })],
			]);
		expect(await post(sObject, { ...fields, [field]: 'My_Name1' })).toEqual(done);
		expect(await post(sObject, { ...fields, [field]: 'my_name1' })).toMatchObject([
			{ errorCode: 'DUPLICATE_DEVELOPER_NAME' },
		]);
	});

	it('may be those of a record type of another object', async () => {
		for (const SobjectType of ['Case', 'Account'])
			expect(await post('RecordType', { Name: 'x', DeveloperName: 'Move', SobjectType })).toEqual(done);
		expect(await post('RecordType', { Name: 'x', DeveloperName: 'Move', SobjectType: 'Nothing' })).toMatchObject([
			{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['SobjectType'] },
		]);
	});
});

describe('groups and queues', () => {
	it('take a member, and an object, once', async () => {
		const GroupId = String(rows('Group').find(({ Type }) => Type === 'Queue')?.Id);
		const UserOrGroupId = seedUser();
		expect(await post('GroupMember', { GroupId, UserOrGroupId })).toEqual(done);
		expect(await post('GroupMember', { GroupId, UserOrGroupId })).toMatchObject([{ errorCode: 'DUPLICATE_VALUE' }]);
		expect(await post('GroupMember', { GroupId, UserOrGroupId: GroupId })).toMatchObject([
			{ errorCode: 'CIRCULAR_DEPENDENCY' },
		]);
		expect(await post('QueueSobject', { QueueId: GroupId, SobjectType: 'Case' })).toMatchObject([
			{ errorCode: 'DUPLICATE_VALUE' },
		]);
		expect(await post('QueueSobject', { QueueId: GroupId, SobjectType: 'Nothing' })).toMatchObject([
			{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' },
		]);
		expect(await post('QueueSobject', { QueueId: GroupId, SobjectType: 'Lead' })).toEqual(done);
	});
});

describe('users', () => {
	it.each([
		['TimeZoneSidKey', 'Mars/One', 'Europe/Berlin'],
		['LocaleSidKey', 'xx_YY', 'de_AT'],
		['LanguageLocaleKey', 'qq', 'nl_NL'],
	])('have a %s that there is', async (field, wrong, right) => {
		const id = seedUser();
		expect(await patch('User', id, { [field]: wrong })).toMatchObject([
			{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: [field] },
		]);
		expect(await patch('User', id, { [field]: right })).toBeUndefined();
	});
});

it('users have a federation ID of their own, upper and lower case told apart', async () => {
	const [ada, ben] = [seedUser('ada'), seedUser('ben')];
	expect(await patch('User', ada, { FederationIdentifier: 'ada' })).toBeUndefined();
	expect(await patch('User', ben, { FederationIdentifier: 'ada' })).toEqual([
		{
			message: 'This Federation ID is already in use. Use a different Federation ID.',
			errorCode: 'DUPLICATE_VALUE',
			fields: ['FederationIdentifier'],
		},
	]);
	expect(await patch('User', ben, { FederationIdentifier: 'Ada' })).toBeUndefined();
	// The same once more, and none at all.
	expect(await patch('User', ben, { FederationIdentifier: 'Ada' })).toBeUndefined();
	for (const user of [ada, ben]) expect(await patch('User', user, { FederationIdentifier: null })).toBeUndefined();
});

describe('permission sets', () => {
	const remove = async (path: string) => (await at.call('DELETE', `sobjects/${path}`)).body;

	it('of profiles come and go with them', async () => {
		const AssigneeId = seedUser();
		for (const { Id } of rows('PermissionSet').filter(({ IsOwnedByProfile }) => IsOwnedByProfile === true)) {
			expect(await post('PermissionSetAssignment', { AssigneeId, PermissionSetId: Id })).toMatchObject([
				{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' },
			]);
			expect(await remove(`PermissionSet/${String(Id)}`)).toMatchObject([
				{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' },
			]);
		}
		const [own] = rows('PermissionSetAssignment').filter((one) => one.AssigneeId === AssigneeId);
		expect(await remove(`PermissionSetAssignment/${String(own?.Id)}`)).toMatchObject([
			{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' },
		]);
	});

	it('of profiles that users have stay, as those do', async () => {
		const [admin] = rows('Profile').filter(({ Name }) => Name === 'System Administrator');
		expect(await remove(`Profile/${String(admin?.Id)}`)).toMatchObject(
			refusal('DELETE_FAILED', 'associated with the following users.: Admin User, API User'),
		);
		const id = await at.create('Profile', { Name: 'New', UserLicenseId: admin?.UserLicenseId });
		expect(await remove(`Profile/${id}`)).toBeUndefined();
	});

	it('leave users what they could do when a call that would have taken it is undone', async () => {
		const me = rows('User').find(({ Username }) => Username === at.org.username)?.Id;
		const ParentId = await at.create('PermissionSet', { Name: 'A', Label: 'A' });
		await at.create('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: me });
		const shown = { ParentId, SobjectType: 'Case', Field: 'Case.New__c', PermissionsRead: true };
		const Metadata = { label: 'New', type: 'Text', length: 10 };
		await at.call('POST', 'tooling/sobjects/CustomField', { FullName: 'Case.New__c', Metadata });
		const url = `/services/data/v66.0/sobjects/FieldPermissions/${await at.create('FieldPermissions', shown)}`;
		const compositeRequest = [
			{ method: 'DELETE', url, referenceId: 'taken' },
			{ method: 'POST', url: '/services/data/v66.0/sobjects/Group', referenceId: 'wrong', body: {} },
		];
		await at.call('POST', 'composite', { allOrNone: true, compositeRequest });
		expect(await at.query('SELECT New__c FROM Case')).toEqual([]);
	});
});

describe('fields of permission sets', () => {
	it('are those of their object', async () => {
		const ParentId = await at.create('PermissionSet', { Name: 'A', Label: 'A' });
		const give = (SobjectType: string) =>
			post('FieldPermissions', { ParentId, SobjectType, Field: 'Case.Subject', PermissionsRead: true });
		expect(await give('Account')).toMatchObject([{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }]);
		expect(await give('Case')).toEqual(done);
	});
});

describe('records that others need', () => {
	it('are not deleted, and those are named', async () => {
		const AccountId = await at.create('Account', { Name: 'Acme' });
		const ContactId = await at.create('Contact', { FirstName: 'Ada', LastName: 'Lovelace', AccountId });
		const caseId = await at.create('Case', { ContactId, AccountId });
		const number = String(rows('Case')[0]?.CaseNumber);
		const remove = async (path: string) => (await at.call('DELETE', `sobjects/${path}`)).body;
		const named = `Your attempt to delete Ada Lovelace could not be completed because it is associated with the following cases.: ${number}\n`;
		expect(await remove(`Contact/${ContactId}`)).toEqual([{ message: named, errorCode: 'DELETE_FAILED', fields: [] }]);
		await at.call('DELETE', `sobjects/Case/${caseId}`);
		expect(await remove(`Contact/${ContactId}`)).toBeUndefined();
	});
});

describe('what belongs to something', () => {
	it('is an asset', async () => {
		expect(await post('Asset', { Name: 'Desk' })).toEqual([
			{
				message: 'Every asset needs an account, a contact, or both.: Account ID, Contact ID',
				errorCode: 'FIELD_INTEGRITY_EXCEPTION',
				fields: ['AccountId', 'ContactId'],
			},
		]);
		const ContactId = await at.create('Contact', { LastName: 'x' });
		const id = await at.create('Asset', { Name: 'Desk', ContactId });
		expect(await patch('Asset', id, { ContactId: null })).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
		expect(await patch('Asset', id, { Name: 'Chair' })).toBeUndefined();
	});

	it.each(['Task', 'Event'])('is not what a lead has: %s', async (sObject) => {
		const times = sObject === 'Event' ? { StartDateTime: '2026-01-01T00:00:00Z', DurationInMinutes: 5 } : {};
		const WhoId = await at.create('Lead', { LastName: 'x', Company: 'x' });
		const WhatId = await at.create('Account', { Name: 'x' });
		expect(await post(sObject, { ...times, WhoId, WhatId })).toMatchObject([
			{ errorCode: 'FIELD_INTEGRITY_EXCEPTION', fields: ['WhoId', 'WhatId'] },
		]);
		const id = await at.create(sObject, { ...times, WhoId });
		expect(await patch(sObject, id, { WhatId })).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
		expect(await patch(sObject, id, { WhoId: null, WhatId })).toBeUndefined();
	});

	it('is a file, where it is shown once', async () => {
		const file = { PathOnClient: 'a.txt', VersionData: 'aGk=' };
		expect(await post('ContentVersion', { PathOnClient: 'a.txt' })).toEqual([
			{
				message: 'Required fields are missing: [VersionData]',
				errorCode: 'REQUIRED_FIELD_MISSING',
				fields: ['VersionData'],
			},
		]);
		for (const field of ['Origin', 'ContentLocation', 'SharingOption', 'SharingPrivacy'])
			expect(await post('ContentVersion', { ...file, [field]: 'Q' })).toMatchObject([
				{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: [field] },
			]);
		await at.create('ContentVersion', file);
		const [{ ContentDocumentId } = {}] = rows('ContentVersion');
		const LinkedEntityId = await at.create('Case', {});
		const link = () => post('ContentDocumentLink', { ContentDocumentId, LinkedEntityId });
		expect(await link()).toEqual(done);
		expect(await link()).toMatchObject(
			refusal('DUPLICATE_VALUE', `is already linked with the entity with ID: ${LinkedEntityId}`),
		);
	});
});

describe('places and times', () => {
	it.each([
		['Latitude', 90, 90.1],
		['Longitude', -180, -180.5],
	])('are on earth: %s', async (field, most, beyond) => {
		const lead = { LastName: 'x', Company: 'x' };
		expect(await post('Lead', { ...lead, [field]: most })).toEqual(done);
		expect(await post('Lead', { ...lead, [field]: beyond })).toMatchObject([
			{ errorCode: 'NUMBER_OUTSIDE_VALID_RANGE', fields: [field] },
		]);
	});

	it('last two weeks at most', async () => {
		const event = { StartDateTime: '2026-01-01T00:00:00Z' };
		expect(await post('Event', { ...event, EndDateTime: '2026-01-15T00:00:00Z' })).toEqual(done);
		for (const longer of [{ EndDateTime: '2026-01-15T00:01:00Z' }, { DurationInMinutes: 20_161 }])
			expect(await post('Event', { ...event, ...longer })).toMatchObject(
				refusal('FIELD_INTEGRITY_EXCEPTION', 'Duration must be between 0 and 20160 minutes: Duration'),
			);
	});
});

it('whole numbers are compared with whole numbers', async () => {
	const soql = encodeURIComponent('SELECT Id FROM Account WHERE NumberOfEmployees > 1.5');
	const { body } = await at.call('GET', `query?q=${soql}`);
	expect(body).toMatchObject(refusal('INVALID_FIELD', "'NumberOfEmployees' must be of type int"));
});

it('values of a restricted picklist that are not active are refused', async () => {
	const value = ['Old', 'New'].map((name) => ({
		valueName: name,
		label: name,
		default: false,
		isActive: name === 'New',
	}));
	await at.call('POST', 'tooling/sobjects/CustomField', {
		FullName: 'Case.Kind__c',
		Metadata: { label: 'Kind', type: 'Picklist', valueSet: { restricted: true, valueSetDefinition: { value } } },
	});
	const ParentId = await at.create('PermissionSet', { Name: 'A', Label: 'A' });
	const right = { ParentId, SobjectType: 'Case', Field: 'Case.Kind__c', PermissionsRead: true, PermissionsEdit: true };
	await at.create('FieldPermissions', right);
	const AssigneeId = rows('User').find(({ Username }) => Username === at.org.username)?.Id;
	await at.create('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId });
	expect(await post('Case', { Kind__c: 'New' })).toEqual(done);
	expect(await post('Case', { Kind__c: 'Old' })).toMatchObject([
		{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['Kind__c'] },
	]);
});
