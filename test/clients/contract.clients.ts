import { randomUUID } from 'node:crypto';
import { openTriedOrg } from './support/org';
import type { TriedOrg } from './support/org';

/** What this project relies on in an org, asked without any client; the same for a real org and the local one. */
let org: TriedOrg;
let token: string;
const mark = `contract-${randomUUID()}`;
const BASE = '/services/data/v62.0';

interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** Parsed where it is JSON. */
	body: unknown;
}

async function ask(
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
): Promise<Answer> {
	const response = await fetch(org.url + (path.startsWith('/') ? path : `${BASE}/${path}`), {
		method,
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
	return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

const soql = async (query: string) => await ask('GET', `query?q=${encodeURIComponent(query)}`);
const account = (fields: object = {}) => ({ attributes: { type: 'Account' }, Name: 'Contract', Site: mark, ...fields });

async function create(): Promise<string> {
	const { body } = await ask('POST', 'sobjects/Account', { Name: 'Contract', Site: mark });
	return (body as { id: string }).id;
}

beforeAll(async () => {
	org = await openTriedOrg();
	const { clientId, clientSecret } = org;
	const response = await fetch(`${org.url}/services/oauth2/token`, {
		method: 'POST',
		body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
	});
	token = ((await response.json()) as { access_token: string }).access_token;
});

afterAll(async () => {
	const { body } = await soql(`SELECT Id FROM Account WHERE Site = '${mark}'`);
	const ids = (body as { records: Array<{ Id: string }> }).records.map(({ Id }) => Id);
	if (ids.length > 0) await ask('DELETE', `composite/sobjects?ids=${ids.join(',')}`);
	await org.close();
});

describe('an org', () => {
	it('creates, updates and deletes with these statuses and bodies', async () => {
		const made = await ask('POST', 'sobjects/Account', { Name: 'Contract', Site: mark });
		expect([made.status, Object.keys(made.body as object)]).toEqual([201, ['id', 'success', 'errors']]);
		const { id } = made.body as { id: string };
		expect(id).toMatch(/^001\w{15}$/);
		expect(made.headers.get('location')).toBe(`${BASE}/sobjects/Account/${id}`);
		expect(made.headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/\d+$/);
		const updated = await ask('PATCH', `sobjects/Account/${id}`, { Phone: '1' });
		expect([updated.status, updated.text]).toEqual([204, '']);
		const deleted = await ask('DELETE', `sobjects/Account/${id}`);
		expect([deleted.status, deleted.text]).toEqual([204, '']);
		expect(await ask('DELETE', `sobjects/Account/${id}`)).toMatchObject({
			status: 404,
			body: [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED', fields: [] }],
		});
	});

	it.each([
		[
			'a missing field',
			'POST',
			'sobjects/Account',
			{},
			400,
			{ message: 'Required fields are missing: [Name]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] },
		],
		[
			'a field that is none',
			'POST',
			'sobjects/Account',
			{ Nonsense: 1 },
			400,
			{ message: "No such column 'Nonsense' on sobject of type Account", errorCode: 'INVALID_FIELD' },
		],
		[
			'an object that is none',
			'GET',
			'sobjects/Nonsense',
			undefined,
			404,
			{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
		],
		['a malformed ID', 'GET', 'sobjects/Account/nonsense', undefined, 404, { errorCode: 'NOT_FOUND' }],
	])('refuses %s in these words', async (_name, method, path, body, status, error) => {
		expect(await ask(method, path, body)).toMatchObject({ status, body: [error] });
	});

	it.each([
		[
			'SELECT Nonsense FROM Account',
			'INVALID_FIELD',
			/\nERROR at Row:1:Column:8\nNo such column 'Nonsense' on entity 'Account'\./,
		],
		[
			'select count() from XYZZY',
			'INVALID_TYPE',
			/\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported\./,
		],
		['invalid', 'MALFORMED_QUERY', /^unexpected token: 'invalid'$/],
		[
			"SELECT Id FROM Case WHERE Description = 'x'",
			'INVALID_FIELD',
			/field 'Description' can not be filtered in a query call$/,
		],
	])('refuses the query %s', async (query, errorCode, message) => {
		const { status, body } = await soql(query);
		expect([status, body]).toEqual([400, [{ message: expect.stringMatching(message), errorCode }]]);
	});

	it('answers a query with these keys', async () => {
		const id = await create();
		const { body } = await soql(
			`SELECT Id, Name, Parent.Name, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${id}'`,
		);
		const record = {
			attributes: { type: 'Account', url: `${BASE}/sobjects/Account/${id}` },
			Id: id,
			Name: 'Contract',
			Parent: null,
			Contacts: null,
		};
		expect(JSON.stringify(body)).toBe(JSON.stringify({ totalSize: 1, done: true, records: [record] }));
		const counted = await soql(`SELECT COUNT() FROM Account WHERE Id = '${id}'`);
		expect(counted.body).toEqual({ totalSize: 1, done: true, records: [] });
		const grouped = await soql(`SELECT COUNT(Id) FROM Account WHERE Id = '${id}'`);
		expect(grouped.body).toEqual({
			totalSize: 1,
			done: true,
			records: [{ attributes: { type: 'AggregateResult' }, expr0: 1 }],
		});
	});

	it('saves what is right of a collection and says what is wrong', async () => {
		const { status, body } = await ask('POST', 'composite/sobjects', {
			records: [account(), account({ Name: null }), account()],
		});
		expect(status).toBe(200);
		const saved = { id: expect.stringMatching(/^001\w{15}$/), success: true, errors: [] };
		const wrong = {
			success: false,
			errors: [
				{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
			],
		};
		expect(body).toEqual([saved, wrong, saved]);
	});

	it('takes no more than 200 records in one collection', async () => {
		const answer = await ask('POST', 'composite/sobjects', { records: Array.from({ length: 201 }, () => account()) });
		expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }] });
	});

	it('reads several records, with null for what is not there', async () => {
		const id = await create();
		const gone = await create();
		await ask('DELETE', `sobjects/Account/${gone}`);
		const { body } = await ask('POST', 'composite/sobjects/Account', { ids: [id, gone], fields: ['Name'] });
		expect(body).toMatchObject([{ Id: id, Name: 'Contract' }, null]);
	});

	it('undoes all of a composite when one part fails and all were asked for', async () => {
		const url = `${BASE}/sobjects/Account`;
		const compositeRequest = [
			{ method: 'POST', url, referenceId: 'good', body: { Name: 'Contract', Site: `${mark} undone` } },
			{ method: 'POST', url, referenceId: 'bad', body: {} },
		];
		const { status, body } = await ask('POST', 'composite', { allOrNone: true, compositeRequest });
		expect(status).toBe(200);
		expect(body).toMatchObject({
			compositeResponse: [
				{ httpStatusCode: 400, referenceId: 'good', body: [{ errorCode: 'PROCESSING_HALTED' }] },
				{ httpStatusCode: 400, referenceId: 'bad', body: [{ errorCode: 'REQUIRED_FIELD_MISSING' }] },
			],
		});
		expect((await soql(`SELECT Id FROM Account WHERE Site = '${mark} undone'`)).body).toMatchObject({ totalSize: 0 });
	});

	it('describes an object once, and says later that nothing has changed', async () => {
		const first = await ask('GET', 'sobjects/Account/describe');
		const since = first.headers.get('last-modified') ?? new Date().toUTCString();
		const again = await ask('GET', 'sobjects/Account/describe', undefined, { 'If-Modified-Since': since });
		expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
	});

	it('refuses a session that is none', async () => {
		const answer = await ask('GET', 'limits', undefined, { authorization: 'Bearer 00Dnonsense' });
		expect(answer).toMatchObject({
			status: 401,
			body: [{ errorCode: expect.stringMatching(/^INVALID_(SESSION_ID|AUTH_HEADER)$/) }],
		});
		expect(answer.headers.get('www-authenticate')).toBe('Token');
	});
});
