import { useOrg } from './support/client';

interface Sub {
	body: unknown;
	httpHeaders: Record<string, string>;
	httpStatusCode: number;
	referenceId: string;
}

const at = useOrg();
const BASE = '/services/data/v66.0';
const composite = (compositeRequest: unknown[], allOrNone = false) =>
	at.call<{ compositeResponse: Sub[] }>('POST', 'composite', { allOrNone, compositeRequest });
const newAccount = { method: 'POST', url: `${BASE}/sobjects/Account`, referenceId: 'acc', body: { Name: 'A' } };

it('lets a call use the answers before it, as one API call', async () => {
	const before = at.org.apiCalls;
	const { body } = await composite([
		newAccount,
		{ method: 'POST', url: `${BASE}/sobjects/Case`, referenceId: 'case', body: { AccountId: '@{acc.id}' } },
		{
			method: 'GET',
			url: `${BASE}/query?q=SELECT Id, Account.Name FROM Case WHERE AccountId = '@{acc.id}'`,
			referenceId: 'q',
		},
		{ method: 'GET', url: `${BASE}/sobjects/Case/@{q.records[0].Id}?fields=AccountId`, referenceId: 'read' },
	]);
	const [account, , query, read] = body.compositeResponse;
	expect(Object.keys(account ?? {})).toEqual(['body', 'httpHeaders', 'httpStatusCode', 'referenceId']);
	expect(account).toMatchObject({
		httpStatusCode: 201,
		httpHeaders: { Location: expect.stringContaining('/sobjects/Account/001') },
	});
	expect(query?.body).toMatchObject({ totalSize: 1, records: [{ Account: { Name: 'A' } }] });
	expect(read?.body).toMatchObject({ AccountId: (account?.body as { id: string }).id });
	expect(at.org.apiCalls - before).toBe(1);
});

it('keeps the status of every call', async () => {
	const { status, body } = await composite([
		{ method: 'GET', url: `${BASE}/sobjects/Foo`, referenceId: 'foo' },
		{ method: 'POST', url: `${BASE}/sobjects/Case`, referenceId: 'c', body: { AccountId: '@{foo.id}' } },
		newAccount,
	]);
	expect(status).toBe(200);
	expect(body.compositeResponse).toMatchObject([
		{
			body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
			httpHeaders: {},
			httpStatusCode: 404,
			referenceId: 'foo',
		},
		{
			body: [
				{ errorCode: 'PROCESSING_HALTED', message: 'Invalid reference specified. No value for foo.id found in foo.' },
			],
			httpStatusCode: 400,
		},
		{ httpStatusCode: 201 },
	]);
});

it('undoes all with allOrNone', async () => {
	const { body } = await composite(
		[
			newAccount,
			{ method: 'POST', url: `${BASE}/sobjects/Contact`, referenceId: 'con', body: {} },
			{ ...newAccount, referenceId: 'z' },
		],
		true,
	);
	const halted = {
		errorCode: 'PROCESSING_HALTED',
		message: 'The transaction was rolled back since another operation in the same transaction failed.',
	};
	expect(body.compositeResponse.map((sub) => [sub.httpStatusCode, (sub.body as { errorCode: string }[])[0]])).toEqual([
		[400, halted],
		[
			400,
			{ message: 'Required fields are missing: [LastName]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] },
		],
		[400, halted],
	]);
	expect(at.org.rows('Account')).toEqual([]);
});

it('undoes what an inner collection saved when the outer wants all or none', async () => {
	const records = [{ attributes: { type: 'Account' }, Name: 'A' }, { attributes: { type: 'Account' } }];
	const inner = {
		method: 'POST',
		url: `${BASE}/composite/sobjects`,
		referenceId: 'col',
		body: { allOrNone: false, records },
	};
	const { body } = await composite([inner], true);
	expect(body.compositeResponse[0]?.body).toMatchObject([{ success: true }, { success: false }]);
	expect(at.org.rows('Account')).toEqual([]);
});

it('takes 25 calls, 5 of them queries, and no strange reference', async () => {
	const many = Array.from({ length: 26 }, (_, index) => ({ ...newAccount, referenceId: `r${index}` }));
	expect((await composite(many)).status).toBe(400);
	expect((await composite(many.slice(1))).status).toBe(200);
	const queries = Array.from({ length: 6 }, (_, index) => ({
		method: 'GET',
		url: `${BASE}/query?q=SELECT Id FROM Case`,
		referenceId: `q${index}`,
	}));
	expect((await composite(queries)).status).toBe(400);
	expect((await composite([{ ...newAccount, referenceId: 'a-b' }])).status).toBe(400);
	expect((await composite([newAccount, newAccount])).status).toBe(400);
});

it.each(['Accept', 'Authorization', 'content-type'])(
	'fails as a whole where a call has a header of its own: %s',
	async (name) => {
		const wanted = { ...newAccount, referenceId: 'own', httpHeaders: { 'Sforce-Auto-Assign': 'FALSE', [name]: 'x' } };
		expect((await composite([newAccount, wanted])).status).toBe(400);
		expect(at.org.rows('Account')).toEqual([]);
	},
);

it('does not mix setup objects with others in one transaction', async () => {
	const [user] = at.org.rows('User');
	const change = { method: 'PATCH', url: `${BASE}/sobjects/User/${user?.Id}`, referenceId: 'u', body: { Title: 'x' } };
	const records = [{ attributes: { type: 'User' }, id: user?.Id, Title: 'x' }];
	const collection = { method: 'PATCH', url: `${BASE}/composite/sobjects`, referenceId: 'c', body: { records } };
	for (const one of [change, collection]) {
		const { status, body } = await composite([newAccount, one], true);
		expect(status).toBe(400);
		expect(body).toMatchObject([{ errorCode: 'MIXED_DML_OPERATION' }]);
	}
});

describe('sub-requests', () => {
	const statuses = async (version: number, ...urls: string[]) => {
		const base = `/services/data/v${version}.0`;
		const compositeRequest = urls.map((url, at) => ({ method: 'GET', url: `${base}/${url}`, referenceId: `r${at}` }));
		const { body } = await at.call<{ compositeResponse: { httpStatusCode: number }[] }>('POST', `${base}/composite`, {
			compositeRequest,
		});
		return body.compositeResponse.map(({ httpStatusCode }) => httpStatusCode);
	};

	it('of Composite read and write records, and nothing else', async () => {
		expect(await statuses(66, 'sobjects', 'query?q=SELECT Id FROM Case', 'limits', 'jobs/ingest', 'composite')).toEqual(
			[200, 200, 400, 400, 400],
		);
	});

	it('of Composite may be Collections from version 43 on', async () => {
		const id = await at.create('Case', {});
		expect(await statuses(42, `composite/sobjects/Case?ids=${id}&fields=Id`)).toEqual([400]);
		expect(await statuses(43, `composite/sobjects/Case?ids=${id}&fields=Id`)).toEqual([200]);
	});

	it('of a batch may ask for limits, but not for another batch', async () => {
		const batchRequests = ['limits', 'composite/batch', 'jobs/query'].map((url) => ({
			method: 'GET',
			url: `v66.0/${url}`,
		}));
		const { body } = await at.call<{ results: { statusCode: number }[] }>('POST', 'composite/batch', { batchRequests });
		expect(body.results.map(({ statusCode }) => statusCode)).toEqual([200, 400, 400]);
	});

	it('of a graph do not ask queries', async () => {
		const compositeRequest = [{ method: 'GET', url: `${BASE}/query?q=SELECT Id FROM Case`, referenceId: 'q' }];
		const { body } = await at.call('POST', 'composite/graph', { graphs: [{ graphId: 'g', compositeRequest }] });
		expect(body).toMatchObject({
			graphs: [{ isSuccessful: false, graphResponse: { compositeResponse: [{ httpStatusCode: 400 }] } }],
		});
	});

	it('fail the whole request when their method is none', async () => {
		const records = { method: 'POST', url: `${BASE}/sobjects/Case`, referenceId: 'a', body: {} };
		const wrong = { method: 'get', url: `${BASE}/sobjects`, referenceId: 'b' };
		expect((await at.call('POST', 'composite', { compositeRequest: [records, wrong] })).status).toBe(400);
		const batchRequests = [
			{ method: 'POST', url: 'v66.0/sobjects/Case', richInput: {} },
			{ method: 'FETCH', url: 'v66.0/limits' },
		];
		expect((await at.call('POST', 'composite/batch', { batchRequests })).status).toBe(400);
		expect(at.org.rows('Case')).toEqual([]);
	});
});

describe('a tree', () => {
	const account = (referenceId: string, type?: string) => ({ attributes: { type, referenceId }, Name: referenceId });

	it.each([
		['a type each', [account('a')]],
		['types that fit', [account('a', 'Contact')]],
		['reference IDs that differ', [account('a', 'Account'), account('a', 'Account')]],
	])('needs %s', async (_what, records) => {
		const { status, body } = await at.call('POST', 'composite/tree/Account', { records });
		expect(status).toBe(400);
		expect(body).toMatchObject([{ errorCode: 'INVALID_INPUT' }]);
		expect(at.org.rows('Account')).toEqual([]);
	});
});

describe('a switch in a body', () => {
	it('may be a text', async () => {
		const records = [{ attributes: { type: 'Case' } }, { attributes: { type: 'Case' }, Nope: 1 }];
		await at.call('POST', 'composite/sobjects', { allOrNone: 'false', records });
		expect(at.org.rows('Case')).toHaveLength(1);
		await at.call('POST', 'composite/sobjects', { allOrNone: 'true', records });
		expect(at.org.rows('Case')).toHaveLength(1);
	});
});
