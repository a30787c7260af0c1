import { askToken, clientCredentials, send, useOrg } from './support/client';
import { describeRecorded, expectShape, recorded } from './support/recordings';
import type { Recording } from './support/recordings';

const at = useOrg();
const answered = (file: string) => recorded(`http/${file}.json`).response;
/** Without the marks of those who shortened a recording. */
const trimmed = (body: unknown) =>
	Object.fromEntries(Object.entries(body as object).filter(([key]) => !key.startsWith('_')));
const path = (soql: string) => `query?q=${encodeURIComponent(soql)}`;

describeRecorded('recorded answers', () => {
	it('versions', async () => {
		expect((await send(at.org, 'GET', '/services/data')).body).toEqual(answered('services-data-versions').body);
	});

	it.each([
		['sobject-create-201', 'POST', '/services/data/v59.0/sobjects/Account/'],
		['collections-create-ok', 'POST', '/services/data/v63.0/composite/sobjects'],
		[
			'upsert-external-id-201-created',
			'PATCH',
			'/services/data/v60.0/sobjects/Contact/Email/test_upsert_004%40example.com',
		],
		['composite-graph-ok', 'POST', '/services/data/v66.0/composite/graph'],
	])('%s', async (file, method, address) => {
		const { request, response } = recorded(`http/${file}.json`);
		const answer = await at.call(method, address, request.data);
		expect(answer.status).toBe(response.status);
		expectShape(answer.body, response.body);
	});

	it.each([
		'collections-update-fail-INVALID_CROSS_REFERENCE_KEY',
		'collections-upsert-fail-missing-attributes-JSON_PARSER_ERROR',
	])('%s, word for word', async (file) => {
		const { request, response } = recorded(`http/${file}.json`);
		const answer = await at.call(request.method, request.path ?? '', request.data);
		expect(answer.status).toBe(response.status);
		expect(answer.text).toBe(JSON.stringify(response.body));
	});

	it('sobject-update-204 and sobject-delete-204', async () => {
		const id = await at.create('Account', { Name: 'A' });
		const update = recorded('http/sobject-update-204.json');
		const updated = await at.call('PATCH', `sobjects/Account/${id}`, update.request.data);
		expect([updated.status, updated.text]).toEqual([update.response.status, '']);
		const deleted = await at.call('DELETE', `sobjects/Account/${id}`);
		expect([deleted.status, deleted.text]).toEqual([answered('sobject-delete-204').status, '']);
	});

	it('sobject-get-User-all-fields', async () => {
		const [user] = at.org.rows('User');
		const { body, status } = await at.call('GET', `/services/data/v60.0/sobjects/User/Id/${String(user?.Id)}`);
		expect(status).toBe(200);
		expectShape(body, answered('sobject-get-User-all-fields').body);
	});

	it('sobject-basic-info-Account', async () => {
		await at.create('Account', { Name: 'A' });
		const { body } = await at.call<{ objectDescribe: unknown }>('GET', '/services/data/v63.0/sobjects/Account/');
		const real = answered('sobject-basic-info-Account').body as { objectDescribe: unknown };
		expect(body.objectDescribe).toEqual(real.objectDescribe);
		expectShape(body, real);
	});

	it('Organization', async () => {
		const [recording] = recorded<Recording[]>('http/cci-Organization.json');
		const { body } = await at.call('GET', `sobjects/Organization/${at.org.organizationId}`);
		expectShape(body, recording?.response.body);
	});

	it('limits', async () => {
		const { body } = await at.call('GET', '/services/data/v60.0/limits');
		expectShape(body, answered('limits-v60').body);
	});

	it('userinfo and identity', async () => {
		const { body } = await askToken(at.org, clientCredentials(at.org));
		const { access_token, id } = body as Record<string, string>;
		const headers = { authorization: `Bearer ${access_token}` };
		const userinfo = await send(at.org, 'GET', '/services/oauth2/userinfo', { headers });
		expectShape(userinfo.body, answered('oauth2-userinfo').body);
		const identity = await send(at.org, 'GET', new URL(id ?? '').pathname, { headers });
		expectShape(identity.body, recorded('http/swiftly-MockIdentity.json'));
	});

	it('query-cases', async () => {
		const account = await at.create('Account', { Name: 'A' });
		const contact = await at.create('Contact', { LastName: 'L', AccountId: account });
		await at.create('Case', {
			Subject: 's',
			Status: 'Closed',
			Reason: 'Other',
			Type: 'Other',
			Origin: 'Web',
			ContactId: contact,
		});
		const { request, response } = recorded<{ request: { params: { q: string } }; response: Recording['response'] }>(
			'http/query-cases.json',
		);
		const { body } = await at.call('GET', path(request.params.q));
		expectShape(body, trimmed(response.body));
	});

	it('pages of a query that selects long text', async () => {
		at.org.seed({ Account: Array.from({ length: 2086 }, (_, index) => ({ Name: `Account ${index}` })) });
		const [first, second, third] = recorded<Recording[]>('http/query-paging-1000-because-longtextarea-selected.json');
		const soql = 'SELECT Id, Name, Description, LastModifiedDate, CreatedDate FROM Account';
		type Page = { records: unknown[]; nextRecordsUrl: string };
		const one = await at.call<Page>('GET', path(soql));
		expect(one.body.records).toHaveLength(1000);
		expect(one.body.nextRecordsUrl).toMatch(/-1000$/);
		const two = await at.call<Page>('GET', one.body.nextRecordsUrl);
		expect(two.body.nextRecordsUrl).toMatch(/-2000$/);
		const three = await at.call<Page>('GET', two.body.nextRecordsUrl);
		expect(three.body.records).toHaveLength(86);
		expectShape(one.body, trimmed(first?.response.body));
		expectShape(two.body, trimmed(second?.response.body));
		expectShape(three.body, trimmed(third?.response.body));
	});

	it('counts', async () => {
		await at.create('Account', { Name: 'A' });
		const [counted, recordCount] = recorded<Recording[]>('http/cci-aggregate-count-recordtype.json');
		expectShape((await at.call('GET', path('select count(Id) from Account'))).body, counted?.response.body);
		expect((await at.call('GET', 'limits/recordCount?sObjects=Account')).body).toEqual(recordCount?.response.body);
	});

	it('aggregates', async () => {
		const real = recorded<{ records: object[] }>('http/swiftly-MockAggregateQueryResult.json');
		await at.create('Task', { Status: 'Deferred', Subject: 's' });
		const { body } = await at.call<{ records: object[] }>(
			'GET',
			path('SELECT WhatId, ActivityDate, Status, COUNT(Id) MyCount FROM Task GROUP BY WhatId, ActivityDate, Status'),
		);
		expectShape(body.records[0], real.records[0]);
	});

	it('composite', async () => {
		const [notFound] = recorded<Recording[]>('http/cci-composite-NOT_FOUND.json');
		const sent = JSON.parse(JSON.stringify(notFound?.request).replaceAll('vxx.0', 'v66.0')) as { body: unknown };
		expect((await at.call('POST', 'composite', sent.body)).text).toBe(JSON.stringify(notFound?.response.body));
	});

	it('tooling query', async () => {
		const [real] = recorded<Recording[]>('http/cci-tooling-query-shape.json');
		await at.call('POST', 'tooling/sobjects/CustomField', {
			FullName: 'Case.A__c',
			Metadata: { label: 'A', type: 'Checkbox' },
		});
		const { body } = await at.call('GET', `tooling/${path('SELECT Id, DeveloperName FROM CustomField')}`);
		const text = JSON.stringify(real?.response.body).replaceAll('"Name"', '"DeveloperName"');
		expectShape(body, JSON.parse(text));
	});

	it('headers of a created record and of a query', async () => {
		const [created] = recorded<Recording[]>('http/create-lead-201-with-headers.json');
		const answer = await at.call('POST', 'sobjects/Lead', { LastName: 'L', Company: 'C' });
		for (const name of Object.keys(created?.response.headers ?? {})) {
			expect([name, answer.headers.has(name)]).toEqual([name, true]);
		}
		expect(answer.headers.get('content-type')).toBe(created?.response.headers['Content-Type']);
		expect(answer.headers.get('cache-control')).toBe(created?.response.headers['Cache-Control']);
	});
});

describeRecorded('recorded refusals', () => {
	it.each([
		['restforce-sobject_describe_error_response', 'GET', 'sobjects/Whizbang/describe'],
		['restforce-sobject_find_error_response', 'GET', 'sobjects/Case/23foo'],
		['restforce-delete_error_response', 'DELETE', 'sobjects/Case/rid/1'],
		['restforce-search_error_response', 'GET', 'search?q=x'],
	])('%s', async (file, method, address) => {
		expect((await at.call(method, address)).body).toEqual(recorded(`http/${file}.json`));
	});

	it('an ended session', async () => {
		at.org.expireSessions();
		expect((await at.call('GET', 'limits')).body).toEqual(recorded('http/restforce-expired_session_response.json'));
	});
});

interface DescribedField {
	name: string;
	[key: string]: unknown;
}
interface Described {
	fields: DescribedField[];
	[key: string]: unknown;
}

const real = (file: string): Described => {
	const whole = recorded<Described & { response?: { body: Described } }>(`describe/${file}.json`);
	return whole.response?.body ?? whole;
};

describeRecorded('recorded describes', () => {
	const files: [string, string][] = [
		['Case', 'Case.cumulusci'],
		['Case', 'Case-custom-fields.derived'],
		['Contact', 'Contact.cumulusci'],
		['Account', 'Account.v58.nango'],
	];
	/** Labels of custom fields and values of picklists are an org's own choice. */
	const OWN = ['picklistValues', 'label'];
	const without = (field: DescribedField) =>
		Object.fromEntries(Object.entries(field).filter(([key]) => !OWN.includes(key)));

	it.each(files)('%s has the fields of %s, flag by flag', async (object, file) => {
		const { body } = await at.call<Described>('GET', `sobjects/${object}/describe`);
		const theirs = new Map(real(file).fields.map((field) => [field.name, field]));
		const shared = body.fields.filter(({ name }) => theirs.has(name));
		expect(shared.length).toBeGreaterThan(6);
		for (const field of shared) {
			const other = theirs.get(field.name) as DescribedField;
			expect(Object.keys(field)).toEqual(Object.keys(other));
			expect(without(field)).toEqual(without(other));
		}
	});

	it('Case has every standard field of the real one, in its order', async () => {
		const { body } = await at.call<Described>('GET', 'sobjects/Case/describe');
		const names = real('Case.cumulusci').fields.map(({ name }) => name);
		expect(body.fields.map(({ name }) => name).filter((name) => !name.endsWith('__c'))).toEqual(names);
	});

	it('objects say of themselves what the real ones say', async () => {
		const { body } = await at.call<{ sobjects: DescribedField[] }>('GET', '/services/data/v59.0/sobjects');
		const theirs = new Map(
			recorded<{ sobjects: DescribedField[] }>('describe/Global.v59.nango.subset.json').sobjects.map((one) => [
				one.name,
				one,
			]),
		);
		for (const ours of body.sobjects.filter(({ name }) => theirs.has(name))) {
			const other = theirs.get(ours.name) as DescribedField;
			const keys = [
				'name',
				'keyPrefix',
				'label',
				'labelPlural',
				'createable',
				'updateable',
				'deletable',
				'queryable',
				'searchable',
				'undeletable',
				'replicateable',
				'mruEnabled',
				'layoutable',
				'feedEnabled',
				'triggerable',
				'retrieveable',
				'mergeable',
			];
			const pick = (one: DescribedField) => Object.fromEntries(keys.map((key) => [key, one[key]]));
			expect(pick(ours)).toEqual(pick(other));
		}
	});
});
