import { useOrg } from './support/client';

const at = useOrg();
const errors = async (method: string, path: string, body?: unknown) => {
	const { status, body: answer } = await at.call(method, path, body);
	return { status, answer };
};

describe('creating', () => {
	it('answers 201 with the ID and its address', async () => {
		const { status, headers, body, text } = await at.call<{ id: string }>('POST', 'sobjects/Case', { Subject: 'Desk' });
		expect(status).toBe(201);
		expect(text).toBe(`{"id":"${body.id}","success":true,"errors":[]}`);
		expect(headers.get('location')).toBe(`/services/data/v66.0/sobjects/Case/${body.id}`);
		expect(body.id).toMatch(/^500\w{15}$/);
	});

	it('fills what Salesforce fills', async () => {
		await at.create('Case', { Subject: 'Desk' });
		const [row] = at.org.rows('Case');
		expect(row).toMatchObject({
			CaseNumber: '00001001',
			Status: 'New',
			Priority: 'Medium',
			IsClosed: false,
			ClosedDate: null,
		});
		expect(row?.CreatedDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
		expect(row?.OwnerId).toBe(row?.CreatedById);
	});

	it('refuses a field that is not there, with no list of fields', async () => {
		expect(await errors('POST', 'sobjects/Case', { Sbject: 'x' })).toEqual({
			status: 400,
			answer: [{ message: "No such column 'Sbject' on sobject of type Case", errorCode: 'INVALID_FIELD' }],
		});
	});

	it('refuses read-only fields all at once', async () => {
		expect(await errors('POST', 'sobjects/Case', { CaseNumber: '1', IsClosed: true })).toEqual({
			status: 400,
			answer: [
				{
					message:
						'Unable to create/update fields: CaseNumber, IsClosed. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
					errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
					fields: ['CaseNumber', 'IsClosed'],
				},
			],
		});
	});

	it('names the required fields that are missing', async () => {
		expect(await errors('POST', 'sobjects/Contact', { FirstName: 'Ada' })).toEqual({
			status: 400,
			answer: [
				{
					message: 'Required fields are missing: [LastName]',
					errorCode: 'REQUIRED_FIELD_MISSING',
					fields: ['LastName'],
				},
			],
		});
	});

	it('lists every bad value of a record, by label', async () => {
		const long = 'x'.repeat(256);
		const { answer } = await errors('POST', 'sobjects/Case', { Subject: long, SuppliedEmail: 'not an email' });
		expect(answer).toEqual([
			{
				message: `Subject: data value too large: ${long} (max length=255)`,
				errorCode: 'STRING_TOO_LONG',
				fields: ['Subject'],
			},
			{
				message: 'Email Address: invalid email address: not an email',
				errorCode: 'INVALID_EMAIL_ADDRESS',
				fields: ['SuppliedEmail'],
			},
		]);
	});

	it.each([
		['Subject', 5, 'Cannot deserialize instance of string from VALUE_NUMBER_INT value 5 at [line:1, column:12]'],
		[
			'IsEscalated',
			'yes',
			'Cannot deserialize instance of boolean from VALUE_STRING value "yes" at [line:1, column:16]',
		],
		[
			'Subject',
			{ name: 'x' },
			'Cannot deserialize instance of string from START_OBJECT value { or request may be missing a required field at [line:1, column:12]',
		],
		['Subject', ['x'], 'Cannot deserialize instance of string from START_ARRAY value [line:1, column:12]'],
		['ContactId', ['x'], 'Cannot deserialize instance of reference from START_ARRAY value [line:1, column:14]'],
		[
			'ContactId',
			{ Email: 'ada@example.com' },
			'Cannot deserialize instance of reference from START_OBJECT value { or request may be missing a required field at [line:1, column:14]',
		],
		// Assumed: the word for a record.
		['Contact', 'x', expect.stringContaining('Cannot deserialize instance of sobject from VALUE_STRING value "x"')],
	])('refuses JSON of the wrong type for %s', async (field, value, message) => {
		const { answer } = await errors('POST', 'sobjects/Case', { [field]: value });
		expect(answer).toEqual([{ message, errorCode: 'JSON_PARSER_ERROR' }]);
	});

	it('accepts a status that is not in the list, but no accuracy that is not', async () => {
		expect((await errors('POST', 'sobjects/Case', { Status: 'On holiday' })).status).toBe(201);
		const { answer } = await errors('POST', 'sobjects/Account', { Name: 'A', BillingGeocodeAccuracy: 'Rough' });
		expect(answer).toMatchObject([
			{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', fields: ['BillingGeocodeAccuracy'] },
		]);
	});

	it('refuses a parent of another object, and one that is not there', async () => {
		const account = await at.create('Account', { Name: 'A' });
		expect((await errors('POST', 'sobjects/Case', { ContactId: account })).answer).toEqual([
			{
				message: `Contact ID: id value of incorrect type: ${account}`,
				errorCode: 'MALFORMED_ID',
				fields: ['ContactId'],
			},
		]);
		await at.call('DELETE', `sobjects/Account/${account}`);
		expect((await errors('POST', 'sobjects/Case', { AccountId: account })).answer).toMatchObject([
			{ errorCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', fields: [] },
		]);
	});

	it('finds a parent by its lookup field', async () => {
		const contact = await at.create('Contact', { LastName: 'Lovelace', Email: 'ada@example.com' });
		await at.create('Case', { Subject: 'x', Contact: { Email: 'ada@example.com' } });
		expect(at.org.rows('Case')[0]?.ContactId).toBe(contact);
		const { answer } = await errors('POST', 'sobjects/Case', { Contact: { Email: 'nobody@example.com' } });
		expect(answer).toMatchObject([{ errorCode: 'INVALID_FIELD', fields: [] }]);
	});

	it('finds a parent by one field, and not by an ID as well', async () => {
		const ContactId = await at.create('Contact', { LastName: 'Lovelace', Email: 'ada@example.com' });
		const Contact = { Email: 'ada@example.com' };
		const refused = (message: string) => [{ message, errorCode: 'INVALID_FIELD', fields: [] }];
		for (const fields of [
			{ ContactId, Contact },
			{ Contact, ContactId },
			{ Contact, ContactId: null },
		])
			expect((await errors('POST', 'sobjects/Case', fields)).answer).toEqual(
				refused('Cannot specify both an external ID reference Contact and a salesforce id, ContactId'),
			);
		const further = await errors('POST', 'sobjects/Case', { Contact: { ...Contact, LastName: 'Lovelace' } });
		expect(further.answer).toEqual(
			refused('More than 1 field provided in an external foreign key reference in entity: Contact'),
		);
	});

	it('says what is wrong with the JSON', async () => {
		expect((await errors('POST', 'sobjects/Case', '')).answer).toEqual([
			{
				message: 'The HTTP entity body is required, but this request has no entity body.',
				errorCode: 'JSON_PARSER_ERROR',
			},
		]);
		expect((await errors('POST', 'sobjects/Case', '{"Subject" 5}')).answer).toMatchObject([
			{ errorCode: 'JSON_PARSER_ERROR', message: expect.stringContaining('[line:1, column:12]') },
		]);
	});
});

describe('reading', () => {
	it('answers every field after the attributes, or those named', async () => {
		const id = await at.create('Account', { Name: 'Acme', BillingCity: 'Bonn', AnnualRevenue: 12.5 });
		const whole = await at.call<Record<string, unknown>>('GET', `sobjects/Account/${id}`);
		expect(Object.keys(whole.body).slice(0, 2)).toEqual(['attributes', 'Id']);
		expect(whole.body).toMatchObject({
			attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${id}` },
			BillingAddress: { city: 'Bonn', country: null },
			ShippingAddress: null,
			AnnualRevenue: 12.5,
		});
		const some = await at.call('GET', `sobjects/account/${id.slice(0, 15)}?fields=name,Site`);
		expect(some.text).toBe(
			`{"attributes":{"type":"Account","url":"/services/data/v66.0/sobjects/Account/${id}"},"Name":"Acme","Site":null,"Id":"${id}"}`,
		);
	});

	it.each([
		['sobjects/Foo', 'The requested resource does not exist'],
		['sobjects/Case/23foo', 'Provided external ID field does not exist or is not accessible: 23foo'],
		['sobjects/Case/rid/1', 'Provided external ID field does not exist or is not accessible: rid'],
		['sobjects/Case/500Lo0000zzzzzz', 'The requested resource does not exist'],
	])('answers 404 to %s', async (path, message) => {
		const { status, answer } = await errors('GET', path);
		expect(status).toBe(404);
		expect(answer).toEqual([{ errorCode: 'NOT_FOUND', message }]);
	});

	it('lists what an object is and its last records', async () => {
		const id = await at.create('Account', { Name: 'Acme' });
		const { body } = await at.call<{ objectDescribe: object; recentItems: unknown[] }>('GET', 'sobjects/Account');
		expect(body.objectDescribe).toMatchObject({ name: 'Account', keyPrefix: '001', undeletable: true });
		expect(body.recentItems).toEqual([
			{ attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${id}` }, Id: id, Name: 'Acme' },
		]);
	});
});

describe('changing', () => {
	it('answers 204 with no body and stamps the record', async () => {
		const id = await at.create('Case', { Subject: 'a' });
		const { status, text } = await at.call('PATCH', `sobjects/Case/${id}`, { Subject: 'b', Priority: null });
		expect([status, text]).toEqual([204, '']);
		expect(at.org.rows('Case')[0]).toMatchObject({ Subject: 'b', Priority: null });
	});

	it('keeps an owner', async () => {
		const id = await at.create('Case', {});
		expect((await errors('PATCH', `sobjects/Case/${id}`, { OwnerId: null })).answer).toMatchObject([
			{ errorCode: 'REQUIRED_FIELD_MISSING', fields: ['OwnerId'] },
		]);
	});

	it('closes and opens a Case by its status', async () => {
		const id = await at.create('Case', { Subject: 'a' });
		await at.call('PATCH', `sobjects/Case/${id}`, { Status: 'Closed' });
		const [closed] = at.org.rows('Case');
		expect(closed).toMatchObject({ IsClosed: true, ClosedDate: expect.any(String) });
		await at.call('PATCH', `sobjects/Case/${id}`, { Status: 'Working' });
		expect(at.org.rows('Case')[0]).toMatchObject({ IsClosed: false, ClosedDate: null });
	});

	it('refuses the ID among the fields, and an ID without a record', async () => {
		const id = await at.create('Case', { Subject: 'a' });
		expect((await errors('PATCH', `sobjects/Case/${id}`, { Id: id })).answer).toEqual([
			{ message: 'The Id field should not be specified in the sobject data.', errorCode: 'INVALID_FIELD' },
		]);
		expect(await errors('PATCH', 'sobjects/Case/500Lo0000zzzzzz', { Subject: 'b' })).toEqual({
			status: 404,
			answer: [{ message: 'invalid cross reference id', errorCode: 'INVALID_CROSS_REFERENCE_KEY', fields: [] }],
		});
	});

	it('refuses a method that the resource does not have', async () => {
		expect(await errors('PUT', 'sobjects/Case')).toEqual({
			status: 405,
			answer: [
				{ message: "HTTP Method 'PUT' not allowed. Allowed are GET,HEAD,POST", errorCode: 'METHOD_NOT_ALLOWED' },
			],
		});
	});
});

describe('deleting', () => {
	it('moves the record to the recycle bin, once', async () => {
		const id = await at.create('Case', { Subject: 'a' });
		const first = await at.call('DELETE', `sobjects/Case/${id}`);
		expect([first.status, first.text]).toEqual([204, '']);
		const gone = {
			status: 404,
			answer: [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }],
		};
		expect(await errors('DELETE', `sobjects/Case/${id}`)).toEqual(gone);
		expect(await errors('PATCH', `sobjects/Case/${id}`, { Subject: 'b' })).toEqual(gone);
		expect(await errors('GET', `sobjects/Case/${id}`)).toMatchObject({
			status: 404,
			answer: [{ errorCode: 'NOT_FOUND' }],
		});
		expect(await at.query('SELECT Id FROM Case')).toEqual([]);
		const all = await at.call<{ totalSize: number }>(
			'GET',
			`queryAll?q=${encodeURIComponent('SELECT Id FROM Case WHERE IsDeleted = true')}`,
		);
		expect(all.body.totalSize).toBe(1);
	});

	it('takes comments along, keeps child Cases, and stops at an Account with Cases', async () => {
		const account = await at.create('Account', { Name: 'A' });
		const parent = await at.create('Case', { Subject: 'a', AccountId: account, Comments: 'hello' });
		const child = await at.create('Case', { Subject: 'b', ParentId: parent });
		expect((await errors('DELETE', `sobjects/Account/${account}`)).answer).toMatchObject([
			{ errorCode: 'DELETE_FAILED' },
		]);
		expect(at.org.rows('CaseComment')).toMatchObject([{ ParentId: parent, CommentBody: 'hello' }]);
		await at.call('DELETE', `sobjects/Case/${parent}`);
		expect(at.org.rows('CaseComment')).toEqual([]);
		expect(at.org.rows('Case')).toMatchObject([{ Id: child, ParentId: null }]);
	});

	it('is refused where the profile has no Delete, and for users always', async () => {
		const id = await at.create('Case', { Subject: 'a' });
		at.org.settings.canDelete = false;
		expect((await errors('DELETE', `sobjects/Case/${id}`)).answer).toEqual([
			{ message: 'insufficient access rights on object id', errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', fields: [] },
		]);
		const user = at.org.rows('User')[0]?.Id;
		expect((await errors('DELETE', `sobjects/User/${user}`)).answer).toMatchObject([
			{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
		]);
	});
});

describe('a Case and its Contact', () => {
	it("shows the Contact's address and takes its Account", async () => {
		const account = await at.create('Account', { Name: 'A' });
		const contact = await at.create('Contact', {
			LastName: 'L',
			AccountId: account,
			Email: 'l@example.com',
			Phone: '1',
		});
		await at.create('Case', { ContactId: contact });
		expect(at.org.rows('Case')[0]).toMatchObject({
			AccountId: account,
			ContactEmail: 'l@example.com',
			ContactPhone: '1',
		});
		await at.call('PATCH', `sobjects/Contact/${contact}`, { Email: 'new@example.com' });
		expect(at.org.rows('Case')[0]).toMatchObject({ ContactEmail: 'new@example.com' });
	});
});

describe('field-level security', () => {
	it('makes a hidden field look as if it did not exist', async () => {
		at.org.settings.hiddenFields = ['Case.Team__c'];
		const { body } = await at.call<{ fields: { name: string }[] }>('GET', 'sobjects/Case/describe');
		expect(body.fields.map(({ name }) => name)).not.toContain('Team__c');
		expect((await errors('POST', 'sobjects/Case', { Team__c: 'x' })).answer).toEqual([
			{ message: "No such column 'Team__c' on sobject of type Case", errorCode: 'INVALID_FIELD' },
		]);
		const id = await at.create('Case', {});
		const read = await at.call<object>('GET', `sobjects/Case/${id}`);
		expect(read.body).not.toHaveProperty('Team__c');
		expect(at.org.rows('Case')[0]).toHaveProperty('Team__c', null);
	});
});

describe('the assignment rule', () => {
	it('gives a Case away on create and update unless the header says FALSE', async () => {
		const queue = String(at.org.rows('Group')[0]?.Id);
		at.org.settings.assignmentRule = { ownerId: queue };
		const id = await at.create('Case', {});
		expect(at.org.rows('Case')[0]?.OwnerId).toBe(queue);
		const user = String(at.org.rows('Case')[0]?.CreatedById);
		const off = { 'Sforce-Auto-Assign': 'false' };
		await at.call('PATCH', `sobjects/Case/${id}`, { OwnerId: user }, off);
		expect(at.org.rows('Case')[0]?.OwnerId).toBe(user);
		await at.call('PATCH', `sobjects/Case/${id}`, { Subject: 'x' });
		expect(at.org.rows('Case')[0]?.OwnerId).toBe(queue);
		expect(at.org.assignmentRuns).toEqual([
			{ caseId: id, on: 'create' },
			{ caseId: id, on: 'update' },
		]);
	});
});

describe("the org's own rules", () => {
	it('refuses what breaks a validation rule', async () => {
		at.org.settings.validationRules = [
			{
				sObject: 'Case',
				broken: ({ NewSeat__c }) => NewSeat__c === null,
				message: 'Say where to.',
				field: 'NewSeat__c',
			},
		];
		expect((await errors('POST', 'sobjects/Case', {})).answer).toEqual([
			{ message: 'Say where to.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['NewSeat__c'] },
		]);
		expect((await errors('POST', 'sobjects/Case', { NewSeat__c: 'A1' })).status).toBe(201);
	});

	it('refuses duplicates unless the header saves them', async () => {
		at.org.settings.duplicateRules = [{ sObject: 'Contact', name: 'Contacts_DR', fields: ['Email'], allowSave: true }];
		const first = await at.create('Contact', { LastName: 'A', Email: 'a@example.com' });
		const again = { LastName: 'B', Email: 'A@example.com' };
		const { answer, status } = await errors('POST', 'sobjects/Contact', again);
		expect(status).toBe(400);
		expect(answer).toMatchObject([
			{
				duplicateResut: { duplicateRule: 'Contacts_DR', matchResults: [{ size: 1 }] },
				errorCode: 'DUPLICATES_DETECTED',
			},
		]);
		expect(JSON.stringify(answer)).toContain(first);
		const saved = await at.call('POST', 'sobjects/Contact', again, {
			'Sforce-Duplicate-Rule-Header': 'allowSave=true',
		});
		expect(saved.status).toBe(201);
	});

	it('has no more room than it has', async () => {
		at.org.settings.maxRecords = 0;
		expect((await errors('POST', 'sobjects/Case', {})).answer).toMatchObject([{ errorCode: 'STORAGE_LIMIT_EXCEEDED' }]);
	});

	it('wants an e-mail address for its auto-response', async () => {
		at.org.settings.autoResponseRule = true;
		expect((await errors('POST', 'sobjects/Case', {})).answer).toMatchObject([{ fields: ['SuppliedEmail'] }]);
		expect((await errors('POST', 'sobjects/Case', { SuppliedEmail: 'a@example.com' })).status).toBe(201);
	});
});

describe('a parent of several kinds', () => {
	it('is found by a field once its kind is said first', async () => {
		const queue = String(at.org.rows('Group')[0]?.Id);
		const user = at.org.rows('User').at(-1) ?? {};
		const Username = user.Username;
		expect(await errors('POST', 'sobjects/Case', { Owner: { Username } })).toMatchObject({
			status: 400,
			answer: [{ errorCode: 'JSON_PARSER_ERROR' }],
		});
		expect((await errors('POST', 'sobjects/Case', { Owner: { Username, attributes: { type: 'User' } } })).status).toBe(
			400,
		);
		await at.create('Case', { Owner: { attributes: { type: 'User' }, Username } });
		await at.create('Case', { Owner: { attributes: { type: 'Group' }, Id: queue } });
		expect(at.org.rows('Case').map(({ OwnerId }) => OwnerId)).toEqual([user.Id, queue]);
	});
});
