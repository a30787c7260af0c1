import { useOrg } from './support/client';

const at = useOrg();
const under = (version: number, path: string) => `/services/data/v${version}.0/${path}`;

/** Resources that came with a version later than the oldest, each as a request that any later version answers otherwise. */
const CAME_WITH: [number, string, string][] = [
	[34, 'POST', 'composite/batch'],
	[35, 'POST', 'composite/tree/Account'],
	[36, 'GET', 'parameterizedSearch?q=desk'],
	[39, 'POST', 'composite'],
	[40, 'GET', 'limits/recordCount'],
	[41, 'GET', 'jobs/ingest'],
	[42, 'POST', 'composite/sobjects'],
	[42, 'GET', 'composite/sobjects/Case'],
	[46, 'PATCH', 'composite/sobjects/Case/ExternalID__c'],
	[47, 'GET', 'jobs/query'],
	[50, 'POST', 'composite/graph'],
];

describe('a resource', () => {
	it.each(CAME_WITH)('of version %i (%s %s) is unknown before', async (version, method, path) => {
		const body = method === 'GET' ? undefined : {};
		const before = await at.call(method, under(version - 1, path), body);
		expect(before.status).toBe(404);
		expect(before.body).toEqual([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
		expect((await at.call(method, under(version, path), body)).status).not.toBe(404);
	});

	it('is listed from its version on', async () => {
		const listed = async (version: number) => Object.keys((await at.call<object>('GET', under(version, ''))).body);
		expect(await listed(31)).toEqual([
			'tooling',
			'query',
			'queryAll',
			'search',
			'sobjects',
			'limits',
			'recent',
			'identity',
		]);
		expect(await listed(34)).toContain('composite');
		expect(await listed(36)).toContain('parameterizedSearch');
		expect(await listed(41)).toContain('jobs');
	});
});

describe('the oldest version', () => {
	it('creates, reads and finds records under its own addresses', async () => {
		const created = await at.call<{ id: string }>('POST', under(31, 'sobjects/Case'), { Subject: 'Desk' });
		const url = under(31, `sobjects/Case/${created.body.id}`);
		expect(created.headers.get('location')).toBe(url);
		expect((await at.call('GET', `${url}?fields=Subject`)).body).toMatchObject({
			attributes: { url },
			Subject: 'Desk',
		});
		const found = await at.call('GET', under(31, 'query?q=SELECT+Id+FROM+Case'));
		expect(found.body).toMatchObject({ records: [{ attributes: { url } }] });
	});
});

describe('an upsert that updates', () => {
	it.each([
		[45, 204, undefined],
		[46, 200, { success: true, created: false }],
	])('answers in version %i with %i', async (version, status, body) => {
		const path = under(version, 'sobjects/Case/ExternalID__c/a-1');
		expect((await at.call('PATCH', path, {})).body).toMatchObject({ success: true, created: true });
		const again = await at.call('PATCH', path, { Subject: 'Desk' });
		expect(again.status).toBe(status);
		expect([again.body]).toMatchObject([body]);
		expect(at.org.rows('Case')).toMatchObject([{ Subject: 'Desk' }]);
	});
});

describe('the header that lets duplicates in', () => {
	it.each([
		[51, 400],
		[52, 201],
	])('counts in version %i with %i', async (version, status) => {
		at.org.settings.duplicateRules = [{ sObject: 'Contact', name: 'DR', fields: ['LastName'], allowSave: true }];
		await at.create('Contact', { LastName: 'L' });
		const headers = { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' };
		expect((await at.call('POST', under(version, 'sobjects/Contact'), { LastName: 'L' }, headers)).status).toBe(status);
	});
});

describe('a batch', () => {
	it('holds sub-requests of versions from 34 to its own', async () => {
		const batchRequests = [33, 34, 40, 41].map((version) => ({ method: 'GET', url: `v${version}.0/limits` }));
		const { body } = await at.call<{ results: { statusCode: number }[] }>('POST', under(40, 'composite/batch'), {
			batchRequests,
		});
		expect(body.results.map(({ statusCode }) => statusCode)).toEqual([400, 200, 200, 400]);
	});
});

describe('FIELDS()', () => {
	it.each([
		[50, 400],
		[51, 200],
	])('is answered in version %i with %i', async (version, status) => {
		const answer = await at.call('GET', under(version, 'query?q=SELECT+FIELDS(ALL)+FROM+Case+LIMIT+1'));
		expect(answer.status).toBe(status);
		if (status === 400)
			expect(answer.body).toMatchObject([
				{ errorCode: 'MALFORMED_QUERY', message: expect.stringMatching(/unexpected token: '\('$/) },
			]);
	});
});

describe('an upsert without an ID', () => {
	it.each([
		[36, 404],
		[37, 201],
	])('creates in version %i with %i', async (version, status) => {
		const answer = await at.call('POST', under(version, 'sobjects/Case/Id'), { Subject: 'Desk' });
		expect(answer.status).toBe(status);
		expect(at.org.rows('Case')).toHaveLength(status === 201 ? 1 : 0);
	});
});
