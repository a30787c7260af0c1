import { openClient, useOrg } from './support/client';

const at = useOrg();
const BASE = '/services/data/v66.0';

describe('describe', () => {
	it('is not sent again to those who have it', async () => {
		const first = await at.call<{ name: string }>('GET', 'sobjects/Case/describe');
		const etag = first.headers.get('etag') ?? '';
		const same = await at.call('GET', 'sobjects/Case/describe', undefined, { 'If-None-Match': etag });
		expect([same.status, same.text]).toEqual([304, '']);
		const since = { 'If-Modified-Since': first.headers.get('last-modified') ?? '' };
		expect((await at.call('GET', 'sobjects/Case/describe', undefined, since)).status).toBe(304);
		at.org.settings.hiddenFields = ['Case.Team__c'];
		const changed = await at.call('GET', 'sobjects/Case/describe', undefined, { 'If-None-Match': etag });
		expect(changed.status).toBe(200);
		expect(changed.headers.get('etag')).not.toBe(etag);
	});

	it('of everything is short', async () => {
		const { body } = await at.call<{ sobjects: Record<string, unknown>[] }>('GET', 'sobjects');
		expect(Object.keys(body)).toEqual(['encoding', 'maxBatchSize', 'sobjects']);
		expect(body.sobjects.find(({ name }) => name === 'User')).toMatchObject({ keyPrefix: '005', deletable: false });
		expect(body.sobjects[0]).not.toHaveProperty('fields');
	});

	it('shows whether the external ID is unique', async () => {
		at.org.settings.uniqueExternalId = true;
		const { body } = await at.call<{ fields: Record<string, unknown>[] }>('GET', 'sobjects/Case/describe');
		expect(body.fields.find(({ name }) => name === 'ExternalID__c')).toMatchObject({
			unique: true,
			externalId: true,
			idLookup: true,
			length: 255,
			byteLength: 765,
		});
	});
});

describe('changes in a time', () => {
	it('are listed by what was updated and what was deleted', async () => {
		const [kept, gone] = [await at.create('Case', {}), await at.create('Case', {})];
		await at.call('DELETE', `sobjects/Case/${gone}`);
		const hour = 3_600_000;
		const span = new URLSearchParams({
			start: new Date(Date.now() - hour).toISOString(),
			end: new Date(Date.now() + hour).toISOString(),
		});
		const updated = await at.call('GET', `sobjects/Case/updated/?${span}`);
		expect(updated.body).toEqual({ ids: [kept], latestDateCovered: expect.stringMatching(/\+0000$/) });
		const deleted = await at.call('GET', `sobjects/Case/deleted/?${span}`);
		expect(deleted.body).toMatchObject({
			deletedRecords: [{ id: gone, deletedDate: expect.stringMatching(/\+0000$/) }],
		});
	});

	it('are told by whole minutes, and not beyond the present one', async () => {
		let now = new Date('2026-05-01T12:34:30Z');
		const client = await openClient({ clock: () => now });
		const id = await client.create('Case', {});
		const updated = (start: string, end: string) =>
			client.call('GET', `sobjects/Case/updated?start=2026-05-01T${start}Z&end=2026-05-01T${end}Z`);
		expect((await updated('12:00:59', '12:34:59')).body).toEqual({
			ids: [],
			latestDateCovered: '2026-05-01T12:34:00.000+0000',
		});
		expect((await updated('12:34:59', '12:35:00')).body).toEqual({
			ids: [id],
			latestDateCovered: '2026-05-01T12:34:00.000+0000',
		});
		now = new Date('2026-05-01T12:40:00Z');
		expect((await updated('12:34:59', '12:35:00')).body).toEqual({
			ids: [id],
			latestDateCovered: '2026-05-01T12:35:00.000+0000',
		});
		expect((await updated('12:34:00', '12:34:59')).body).toMatchObject([{ errorCode: 'INVALID_REPLICATION_DATE' }]);
		await client.org.close();
	});

	it.each([
		['', 'MISSING_ARGUMENT'],
		['?start=2026-02-01&end=2026-02-02', 'MISSING_ARGUMENT'],
		['?start=2026-02-01T00:00:00&end=2026-02-02T00:00:00', 'MISSING_ARGUMENT'],
		['?start=2026-02-02T00:00:00Z&end=2026-02-01T00:00:00Z', 'INVALID_REPLICATION_DATE'],
		['?start=2001-01-01T00:00:00Z&end=2001-02-01T00:00:00Z', 'INVALID_REPLICATION_DATE'],
	])('need a span that makes sense: %j', async (query, errorCode) => {
		const { status, body } = await at.call('GET', `sobjects/Case/updated${query}`);
		expect(status).toBe(400);
		expect(body).toMatchObject([{ errorCode }]);
	});
});

describe('batch', () => {
	const post = (batchRequests: unknown[], haltOnError = false) =>
		at.call<{ hasErrors: boolean; results: { statusCode: number; result: unknown }[] }>('POST', 'composite/batch', {
			batchRequests,
			haltOnError,
		});

	it('runs calls that do not know each other, each counted', async () => {
		const before = at.org.apiCalls;
		const { body } = await post([
			{ method: 'POST', url: 'v66.0/sobjects/Case', richInput: { Subject: 'x' } },
			{ method: 'GET', url: 'v66.0/sobjects/Foo' },
			{ method: 'GET', url: 'v66.0/query?q=SELECT COUNT() FROM Case' },
		]);
		expect(body.hasErrors).toBe(true);
		expect(body.results.map(({ statusCode }) => statusCode)).toEqual([201, 404, 200]);
		expect(body.results[2]?.result).toEqual({ totalSize: 1, done: true, records: [] });
		expect(at.org.apiCalls - before).toBe(3);
	});

	it('stops at the first error when told to', async () => {
		const { body } = await post(
			[
				{ method: 'GET', url: 'v66.0/sobjects/Foo' },
				{ method: 'POST', url: 'v66.0/sobjects/Case', richInput: {} },
			],
			true,
		);
		expect(body.results[1]).toMatchObject({ statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED' }] });
		expect(at.org.rows('Case')).toEqual([]);
	});
});

describe('tree', () => {
	const account = (referenceId: string, lastName?: string) => ({
		attributes: { type: 'Account', referenceId },
		Name: referenceId,
		Contacts: {
			records: [
				{
					attributes: { type: 'Contact', referenceId: `${referenceId}c` },
					...(lastName ? { LastName: lastName } : {}),
				},
			],
		},
	});

	it('creates records with those below them', async () => {
		const { status, body } = await at.call('POST', 'composite/tree/Account', {
			records: [account('a', 'L'), account('b', 'M')],
		});
		expect(status).toBe(201);
		expect(body).toEqual({
			hasErrors: false,
			results: ['a', 'ac', 'b', 'bc'].map((referenceId) => ({ referenceId, id: expect.any(String) })),
		});
		const [first] = at.org.rows('Account');
		expect(at.org.rows('Contact')[0]).toMatchObject({ AccountId: first?.Id, LastName: 'L' });
	});

	it('creates none when one is wrong', async () => {
		const { status, body } = await at.call('POST', 'composite/tree/Account', { records: [account('a')] });
		expect(status).toBe(400);
		expect(body).toEqual({
			hasErrors: true,
			results: [
				{
					referenceId: 'ac',
					errors: [
						{
							statusCode: 'REQUIRED_FIELD_MISSING',
							message: 'Required fields are missing: [LastName]',
							fields: ['LastName'],
						},
					],
				},
			],
		});
		expect(at.org.rows('Account')).toEqual([]);
	});
});

describe('graph', () => {
	it('saves each graph whole or not at all', async () => {
		const node = (referenceId: string, body: object) => ({
			method: 'POST',
			url: `${BASE}/sobjects/Account`,
			referenceId,
			body,
		});
		const { body } = await at.call<{ graphs: unknown[] }>('POST', 'composite/graph', {
			graphs: [
				{ graphId: 'good', compositeRequest: [node('n1', { Name: 'A' })] },
				{ graphId: 'bad', compositeRequest: [node('n1', { Name: 'B' }), node('n2', {})] },
			],
		});
		expect(body.graphs).toMatchObject([
			{
				graphId: 'good',
				graphResponse: { compositeResponse: [{ httpStatusCode: 201, referenceId: 'n1' }] },
				isSuccessful: true,
			},
			{
				graphId: 'bad',
				graphResponse: {
					compositeResponse: [
						{ httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] },
						{ httpStatusCode: 400, body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
					],
				},
				isSuccessful: false,
			},
		]);
		expect(at.org.rows('Account').map(({ Name }) => Name)).toEqual(['A']);
	});

	it('is at most fifteen nodes deep', async () => {
		const chain = (length: number) =>
			Array.from({ length }, (_none, at) => ({
				method: 'POST',
				url: `${BASE}/sobjects/Account`,
				referenceId: `n${at}`,
				body: { Name: `${at}`, ...(at === 0 ? {} : { ParentId: `@{n${at - 1}.id}` }) },
			}));
		const send = async (length: number) =>
			await at.call<Array<{ errorCode: string }> | { graphs: unknown[] }>('POST', 'composite/graph', {
				graphs: [{ graphId: 'g', compositeRequest: chain(length) }],
			});
		expect((await send(16)).body).toMatchObject([{ errorCode: 'LIMIT_EXCEEDED' }]);
		expect(at.org.rows('Account')).toEqual([]);
		expect((await send(15)).body).toMatchObject({ graphs: [{ isSuccessful: true }] });
	});
});

describe('finding without SOQL', () => {
	it('counts records', async () => {
		await at.create('Account', { Name: 'A' });
		const { body } = await at.call('GET', 'limits/recordCount?sObjects=Account,Case');
		expect(body).toEqual({
			sObjects: [
				{ count: 1, name: 'Account' },
				{ count: 0, name: 'Case' },
			],
		});
	});

	it('lists what was touched last', async () => {
		const id = await at.create('Account', { Name: 'A' });
		for (const limit of ['many', '-1']) expect((await at.call('GET', `recent?limit=${limit}`)).status).toBe(400);
		const { body } = await at.call('GET', 'recent?limit=1');
		expect(body).toEqual([
			{ attributes: { type: 'Account', url: `${BASE}/sobjects/Account/${id}` }, Id: id, Name: 'A' },
		]);
	});

	it('searches by parameters, in the address or the body', async () => {
		const id = await at.create('Account', { Name: 'Acme 100%' });
		await at.create('Account', { Name: 'Other' });
		const found = {
			searchRecords: [
				{ attributes: { type: 'Account', url: `${BASE}/sobjects/Account/${id}` }, Name: 'Acme 100%', Id: id },
			],
		};
		expect((await at.call('GET', 'parameterizedSearch?q=100%25&sobject=Account&Account.fields=Name')).body).toEqual(
			found,
		);
		const body = { q: 'acme', sobjects: [{ name: 'Account', fields: ['Name'], where: "Name LIKE 'A%'" }] };
		expect((await at.call('POST', 'parameterizedSearch', body)).body).toEqual(found);
	});

	it('searches by SOSL', async () => {
		const account = await at.create('Account', { Name: "Acme (North), O'Hara" });
		const contact = await at.create('Contact', { LastName: 'Acme' });
		const search = (sosl: string) => at.call('GET', `search?q=${encodeURIComponent(sosl)}`);
		const inAccount = { attributes: { type: 'Account', url: `${BASE}/sobjects/Account/${account}` }, Id: account };
		const inContact = { attributes: { type: 'Contact', url: `${BASE}/sobjects/Contact/${contact}` }, Id: contact };
		expect((await search('FIND {acme}')).body).toEqual({ searchRecords: [inAccount, inContact] });
		expect((await search('find {"Acme"} in name fields returning Contact limit 1')).body).toEqual({
			searchRecords: [inContact],
		});
		const where =
			"FIND {Acme \\(North\\)} RETURNING Contact, Account(Id, Name WHERE (Name LIKE '%O\\'Hara' OR Name = ',)') AND Phone = null LIMIT 3)";
		expect((await search(where)).body).toEqual({ searchRecords: [{ ...inAccount, Name: "Acme (North), O'Hara" }] });
		expect((await search('FIND {acme} RETURNING Nonsense')).body).toMatchObject([{ errorCode: 'INVALID_TYPE' }]);
	});

	it('refuses SOSL without braces, and writes down what it does not know', async () => {
		const empty = await at.call('GET', 'search?q=FIND+x');
		expect(empty.body).toEqual([
			{ message: 'No search term found. The search term must be enclosed in braces.', errorCode: 'MALFORMED_SEARCH' },
		]);
		await at.call('GET', 'search?q=FIND+%7Bxy%7D+IN+SIDEBAR+FIELDS');
		expect(at.org.refused.splice(0)).toEqual(['SOSL: SIDEBAR FIELDS']);
	});

	it('tells the columns of a query', async () => {
		type Columns = {
			columnMetadata: { columnName: string; displayName: string; joinColumns: { columnName: string }[] }[];
		};
		const soql =
			"SELECT Id, Subject, Owner.Name, (SELECT CommentBody FROM CaseComments), toLabel(Status) FROM Case WHERE Subject = 'x'";
		const { body } = await at.call<Columns>('GET', `query?q=${encodeURIComponent(soql)}&columns=true`);
		expect(body).toMatchObject({ entityName: 'Case', groupBy: false, idSelected: true, keyPrefix: '500' });
		const names = body.columnMetadata.map(({ columnName, joinColumns }) => [
			columnName,
			...joinColumns.map((inner) => inner.columnName),
		]);
		expect(body.columnMetadata[2]).toMatchObject({ columnName: 'Owner', foreignKeyName: 'OwnerId', aggregate: false });
		expect(names).toEqual([['Id'], ['Subject'], ['Owner', 'Name'], ['CaseComments', 'CommentBody'], ['Status']]);
		expect(body.columnMetadata[1]).toEqual({
			aggregate: false,
			apexType: 'String',
			booleanType: false,
			columnName: 'Subject',
			custom: false,
			displayName: 'Subject',
			foreignKeyName: null,
			insertable: true,
			joinColumns: [],
			numberType: false,
			textType: true,
			updatable: true,
		});
		const grouped = await at.call<Columns>(
			'GET',
			`query?q=${encodeURIComponent('SELECT Status, COUNT(Id) FROM Case GROUP BY Status')}&columns=true`,
		);
		expect(grouped.body).toMatchObject({
			groupBy: true,
			columnMetadata: [{ columnName: 'Status' }, { aggregate: true, columnName: 'expr0', displayName: 'count(Id)' }],
		});
	});

	it('explains a query', async () => {
		const { body } = await at.call<{ plans: unknown[] }>(
			'GET',
			`query?explain=${encodeURIComponent("SELECT Id FROM Case WHERE ExternalID__c = 'x'")}`,
		);
		expect(body.plans[0]).toMatchObject({ leadingOperationType: 'Index', sobjectType: 'Case' });
	});
});

describe('custom fields', () => {
	const FIELD = {
		FullName: 'Case.Floor__c',
		Metadata: { label: 'Floor', type: 'Text', length: 20, externalId: true, unique: false, required: false },
	};
	const make = (body: unknown = FIELD) => at.call<{ id: string }>('POST', 'tooling/sobjects/CustomField', body);

	it('are there at once, but hidden until a permission set shows them', async () => {
		const { status, body } = await make();
		expect(status).toBe(201);
		expect(body).toEqual({ id: expect.stringMatching(/^00N/), success: true, errors: [], warnings: [], infos: [] });
		expect((await at.call('POST', 'sobjects/Case', { Floor__c: '3' })).body).toMatchObject([
			{ errorCode: 'INVALID_FIELD' },
		]);
		const ParentId = await at.create('PermissionSet', { Name: 'Moves', Label: 'Moves' });
		await at.create('FieldPermissions', {
			ParentId,
			SobjectType: 'Case',
			Field: 'Case.Floor__c',
			PermissionsRead: true,
			PermissionsEdit: true,
		});
		expect((await at.call('POST', 'sobjects/Case', { Floor__c: '3' })).status).toBe(400);
		const [user] = await at.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${at.org.username}'`);
		await at.create('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: user?.Id });
		await at.create('Case', { Floor__c: '3' });
		expect(await at.query("SELECT Floor__c FROM Case WHERE Floor__c = '3'")).toHaveLength(1);
	});

	it('are not made twice, nor without what their type needs', async () => {
		await make();
		expect((await make()).body).toMatchObject([{ errorCode: 'DUPLICATE_DEVELOPER_NAME' }]);
		const long = { FullName: 'Case.Long__c', Metadata: { label: 'Long', type: 'LongTextArea', length: 1024 } };
		expect((await make(long)).body).toMatchObject([{ errorCode: 'FIELD_INTEGRITY_EXCEPTION' }]);
		expect((await make({ ...long, Metadata: { ...long.Metadata, visibleLines: 2 } })).status).toBe(201);
		expect((await make({ FullName: 'Foo.Bar__c', Metadata: FIELD.Metadata })).body).toMatchObject([
			{ errorCode: 'INVALID_TYPE' },
		]);
	});

	it.each([
		['Case.A__B__c', {}, 'Cannot create a new component with the namespace: A.'],
		['Case.A___c', {}, 'not end with an underscore'],
		[`Case.${'A'.repeat(41)}__c`, {}, 'max length=40'],
		['Case.A__c', { label: undefined }, 'non-empty label'],
		['Case.A__c', { label: ' ' }, 'non-empty label'],
		['Case.A__c', { label: 'x'.repeat(41) }, 'max length=40'],
		['Case.A__c', { type: 'Date' }, "Can not specify 'externalId'"],
		['Case.A__c', { type: 'Checkbox', defaultValue: false, externalId: false, unique: true }, "specify 'unique'"],
		['Case.A__c', { type: 'Email' }, "Can not specify 'length'"],
		[
			'Case.A__c',
			{ type: 'MasterDetail', referenceTo: 'Account', length: undefined, externalId: false },
			'detail side',
		],
		['Case.A__c', { formula: 'LEN(Bogus__c)' }, 'Field Bogus__c does not exist. Check spelling.'],
		['Case.A__c', { type: 'Bogus', length: undefined, externalId: false }, "Invalid field type 'Bogus'"],
	])('are not made as %s with %j', async (FullName, more, message) => {
		expect((await make({ FullName, Metadata: { ...FIELD.Metadata, ...more } })).body).toMatchObject([
			{ message: expect.stringContaining(message) },
		]);
		expect((await make({ FullName: 'Case.A__c', Metadata: FIELD.Metadata })).status).toBe(201);
	});

	it('can be made where the org lacks them', async () => {
		at.org.settings.missingFields = ['Case.ExternalID__c'];
		expect((await make({ ...FIELD, FullName: 'Case.ExternalID__c' })).status).toBe(201);
		expect(at.org.settings.missingFields).toEqual([]);
	});

	it('can be read, changed and queried', async () => {
		const { body } = await make();
		const path = `tooling/sobjects/CustomField/${body.id}`;
		expect((await at.call('GET', path)).body).toMatchObject({ FullName: 'Case.Floor__c', Metadata: { length: 20 } });
		const Metadata = { ...FIELD.Metadata, length: 30 };
		expect((await at.call('PATCH', path, { FullName: 'Case.Floor__c', Metadata })).status).toBe(204);
		const soql = "SELECT Id, DeveloperName FROM CustomField WHERE DeveloperName = 'Floor'";
		const { body: found } = await at.call('GET', `tooling/query?q=${encodeURIComponent(soql)}`);
		expect(found).toMatchObject({
			size: 1,
			totalSize: 1,
			done: true,
			queryLocator: null,
			entityTypeName: 'CustomField',
			records: [{ attributes: { url: `${BASE}/${path}` }, DeveloperName: 'Floor' }],
		});
	});

	it('are known to the Tooling API only', async () => {
		expect((await at.call('GET', 'sobjects/CustomField/describe')).status).toBe(404);
		expect((await at.call('GET', 'tooling/sobjects/CustomField/describe')).status).toBe(200);
		expect((await at.call('GET', `query?q=${encodeURIComponent('SELECT Id FROM CustomField')}`)).status).toBe(400);
	});

	it('need the right to customise', async () => {
		at.org.settings.canCustomize = false;
		expect((await make()).body).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }]);
	});

	it('and all others are listed as data', async () => {
		const rows = await at.query(
			"SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Case' AND QualifiedApiName = 'Team__c'",
		);
		expect(rows).toMatchObject([{ QualifiedApiName: 'Team__c', DataType: 'Text(255)' }]);
	});
});

describe('the page for people', () => {
	const open = async (path: string) => {
		const response = await fetch(at.org.url + path);
		return { status: response.status, text: await response.text() };
	};

	it('shows objects, records and calls, and is no call itself', async () => {
		const id = await at.create('Case', { Subject: '<b>Desk</b>' });
		const calls = at.org.calls.length;
		const home = await open('/');
		expect(home.text).toContain('href="/objects/Case"');
		expect(home.text).toContain('/v66.0/sobjects/Case');
		const list = await open('/objects/Case');
		expect(list.text).toContain('&lt;b&gt;Desk&lt;/b&gt;');
		const record = await open(`/lightning/r/Case/${id}/view`);
		expect(record.text).toContain('00001001');
		expect(at.org.calls).toHaveLength(calls);
	});
});
