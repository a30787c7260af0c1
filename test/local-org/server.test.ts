import { startLocalOrg } from '../../local-org';
import { openClient, send, useOrg } from './support/client';

const at = useOrg();
const query = (soql: string, headers?: Record<string, string>) =>
	at.call<{ records: unknown[]; done: boolean; totalSize: number; nextRecordsUrl?: string }>(
		'GET',
		`query?q=${encodeURIComponent(soql)}`,
		undefined,
		headers,
	);

describe('versions', () => {
	it('are listed without a session or a limit', async () => {
		const { headers, body } = await send(at.org, 'GET', '/services/data');
		expect((body as unknown[]).at(-1)).toEqual({ label: "Spring '26", url: '/services/data/v66.0', version: '66.0' });
		expect(headers.get('sforce-limit-info')).toBeNull();
	});

	it('that are over answer 410, and unknown ones 404', async () => {
		expect((await at.call('GET', '/services/data/v25.0/limits')).status).toBe(410);
		expect((await at.call('GET', '/services/data/v99.0/limits')).status).toBe(404);
	});
});

describe('every answer', () => {
	it('says how many calls are used', async () => {
		at.org.settings.dailyApiRequests = 1000;
		const { headers } = await at.call('GET', 'limits');
		expect(headers.get('sforce-limit-info')).toBe('api-usage=1/1000');
		const { body } = await at.call<Record<string, unknown>>('GET', 'limits');
		expect(body.DailyApiRequests).toEqual({ Max: 1000, Remaining: 998 });
		expect(at.org.apiCalls).toBe(2);
	});

	it('is pretty for those who ask', async () => {
		const id = await at.create('Case', {});
		const { text } = await at.call('GET', `sobjects/Case/${id}?fields=Id`, undefined, { 'X-PrettyPrint': '1' });
		expect(text).toContain(`\n  "Id" : "${id}"\n}`);
	});

	it.each(['gzip, deflate', 'identity', 'x-gzipped'])('is compressed for those who take it: %s', async (accepted) => {
		const cases = Array.from({ length: 4 }, (_none, number) => ({
			Description: `${number} ${'Ähre '.repeat(5_900)}end`,
		}));
		let id = '';
		for (const one of cases) id = await at.create('Case', one);
		const headers = { 'Accept-Encoding': accepted };
		const soql = encodeURIComponent('SELECT Description FROM Case ORDER BY Id');
		const { body, headers: told } = await at.call('GET', `query?q=${soql}`, undefined, headers);
		expect(body).toMatchObject({ records: cases });
		expect(told.get('content-encoding')).toBe(accepted.startsWith('gzip') ? 'gzip' : null);
		const deleted = await at.call('DELETE', `sobjects/Case/${id}`, undefined, headers);
		expect([deleted.status, deleted.headers.get('content-encoding')]).toEqual([204, null]);
	});

	it('goes into the log of calls', async () => {
		await at.create('Case', {});
		expect(at.org.calls.at(-1)).toEqual({
			method: 'POST',
			path: '/services/data/v66.0/sobjects/Case',
			status: 201,
			records: 1,
		});
	});
});

describe('what the org does not know', () => {
	it.each([
		['GET', 'sobjects/Case/describe/layouts'],
		['GET', 'sobjects/Case/listviews'],
		['GET', 'sobjects/Case/500Lo0000000001IAA/Account'],
		['POST', '/services/async/66.0/job'],
		['POST', '/services/Soap/m/66.0'],
	])('of Salesforce’s is refused and written down: %s %s', async (method, path) => {
		const { status, body } = await at.call(method, path, method === 'POST' ? {} : undefined);
		expect(status).toBe(404);
		expect(body).toEqual([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
		expect(at.org.refused.splice(0)).toEqual([
			`${method} ${path.startsWith('/') ? path : `/services/data/v66.0/${path}`}`,
		]);
	});

	it('is not a mistake of the caller’s', async () => {
		for (const path of ['sobjects/Whizbang', 'sobjects/Case/Nope__c/x'])
			expect((await at.call('GET', path)).status).toBe(404);
		expect(at.org.refused).toEqual([]);
	});

	it('answers 404 and is written down', async () => {
		expect((await at.call('GET', 'chatter/feeds')).status).toBe(404);
		expect(at.org.refused.splice(0)).toEqual(['GET /services/data/v66.0/chatter/feeds']);
	});
});

describe('pages of a query', () => {
	it('follow one another by locator', async () => {
		at.org.seed({ Case: Array.from({ length: 5 }, (_, index) => ({ Subject: String(index) })) });
		at.org.settings.pageSize = 2;
		const first = await query('SELECT Id FROM Case');
		expect(Object.keys(first.body)).toEqual(['totalSize', 'done', 'nextRecordsUrl', 'records']);
		expect(first.body).toMatchObject({ totalSize: 5, done: false });
		expect(first.body.nextRecordsUrl).toMatch(/^\/services\/data\/v66\.0\/query\/0r8\w{12}-2$/);
		const second = await at.call<typeof first.body>('GET', first.body.nextRecordsUrl ?? '');
		const third = await at.call<typeof first.body>('GET', second.body.nextRecordsUrl ?? '');
		expect(third.body).toMatchObject({ totalSize: 5, done: true });
		expect(third.body).not.toHaveProperty('nextRecordsUrl');
		expect(third.body.records).toHaveLength(1);
	});

	it('are smaller where long text is selected, or as asked', async () => {
		at.org.seed({ Case: Array.from({ length: 1001 }, (_, index) => ({ Subject: String(index) })) });
		expect((await query('SELECT Id FROM Case')).body.records).toHaveLength(1001);
		expect((await query('SELECT Id, Description FROM Case')).body.records).toHaveLength(1000);
		expect((await query('SELECT EmployeeAssets__c, EmployeeNotes__c FROM Case')).body.records).toHaveLength(200);
		const asked = await query('SELECT Id FROM Case', { 'Sforce-Query-Options': 'batchSize=500' });
		expect(asked.body.records).toHaveLength(500);
	});

	it('are unknown under another locator', async () => {
		const { status, body } = await at.call('GET', 'query/0r8xxxxxxxxxxxx-2000');
		expect(status).toBe(400);
		expect(body).toEqual([{ message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' }]);
	});

	it('need a query', async () => {
		expect((await at.call('GET', 'query')).body).toEqual([
			{ message: 'A query string has to be specified', errorCode: 'MALFORMED_QUERY' },
		]);
	});
});

describe('limits', () => {
	it('of the day refuse with 403', async () => {
		at.org.settings.dailyApiRequests = 1;
		await at.call('GET', 'limits');
		const { status, body } = await at.call('GET', 'limits');
		expect(status).toBe(403);
		expect(body).toEqual([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }]);
	});

	it('of long calls at once refuse with 403', async () => {
		Object.assign(at.org.settings, { concurrentLongCalls: 1, longCallMs: 0, delayPerCallMs: 300 });
		const first = at.call('GET', 'limits');
		while (at.org.apiCalls === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		const { status, body } = await at.call('GET', 'limits');
		expect(status).toBe(403);
		expect(body).toMatchObject([{ message: 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.' }]);
		expect((await first).status).toBe(200);
	});

	it('of the address refuse with 414', async () => {
		expect((await at.call('GET', `query?q=${'x'.repeat(17_000)}`)).status).toBe(414);
		expect((await at.call('GET', 'limits', undefined, { 'x-long': 'x'.repeat(17_000) })).status).toBe(431);
	});

	it('of what a body may be refuse with 415', async () => {
		const { status, body } = await at.call('POST', 'sobjects/Case', '{}', { 'content-type': 'text/plain' });
		expect(status).toBe(415);
		expect(body).toMatchObject([{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }]);
	});
});

describe('trouble on demand', () => {
	it('answers what it is told to, as often as it is told to', async () => {
		at.org.addFault({
			path: '/sobjects/Case',
			method: 'POST',
			status: 503,
			body: [{ errorCode: 'SERVER_UNAVAILABLE' }],
			times: 2,
		});
		const statuses = [];
		for (let call = 0; call < 3; call++) statuses.push((await at.call('POST', 'sobjects/Case', {})).status);
		expect(statuses).toEqual([503, 503, 201]);
		expect(at.org.rows('Case')).toHaveLength(1);
	});

	it('lets calls pass first', async () => {
		at.org.addFault({ path: /limits$/, status: 500, body: '<html>', skip: 1 });
		expect((await at.call('GET', 'limits')).status).toBe(200);
		const { status, headers } = await at.call('GET', 'limits');
		expect([status, headers.get('content-type')]).toEqual([500, 'text/html; charset=UTF-8']);
	});

	it.each([
		['before', 0],
		['after', 1],
	] as const)('cuts the connection %s the write', async (cut, stored) => {
		at.org.addFault({ path: 'sobjects/Case', cut });
		await expect(at.call('POST', 'sobjects/Case', {})).rejects.toThrow();
		expect(at.org.rows('Case')).toHaveLength(stored);
		expect(at.org.calls.at(-1)).toMatchObject({ status: 0 });
	});

	it('does the work before it answers otherwise', async () => {
		at.org.addFault({ path: 'sobjects/Case', status: 504, body: '<html>', late: true });
		expect((await at.call('POST', 'sobjects/Case', {})).status).toBe(504);
		expect(at.org.rows('Case')).toHaveLength(1);
	});

	it('happens inside a Composite call where it is told to', async () => {
		at.org.addFault({ path: 'FROM+Case', inside: true, status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE' }] });
		expect((await at.call('GET', 'query?q=SELECT+Id+FROM+Case')).status).toBe(200);
		const inside = async (): Promise<number[]> => {
			const { body } = await at.call<{ compositeResponse: Array<{ httpStatusCode: number }> }>('POST', 'composite', {
				compositeRequest: ['Case', 'Account'].map((object, index) => ({
					method: 'GET',
					url: `/services/data/v66.0/query?q=SELECT+Id+FROM+${object}`,
					referenceId: `part${index}`,
				})),
			});
			return body.compositeResponse.map(({ httpStatusCode }) => httpStatusCode);
		};
		expect(await inside()).toEqual([503, 200]);
		expect(await inside()).toEqual([200, 200]);
	});

	it("keeps a client's own ID of a request", async () => {
		await at.call('GET', 'limits', undefined, { 'X-SFDC-REQUEST-ID': 'mine-1' });
		expect(at.org.calls.at(-1)).toMatchObject({ requestId: 'mine-1' });
	});

	it('waits, and says what it is told to in its headers', async () => {
		at.org.addFault({ path: 'limits', delayMs: 100, status: 503, headers: { 'Retry-After': '7' } });
		const began = performance.now();
		const { status, headers, text } = await at.call('GET', 'limits');
		expect(performance.now() - began).toBeGreaterThanOrEqual(95);
		expect([status, headers.get('retry-after'), text]).toEqual([503, '7', '']);
	});

	it('keeps nobody waiting when it ends', async () => {
		const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
		const other = await openClient();
		other.org.addFault({ path: 'limits', delayMs: 60_000 });
		const before = timers();
		const call = other.call('GET', 'limits').then(
			() => 'answered',
			() => 'cut',
		);
		while (timers() === before) await new Promise((resolve) => setImmediate(resolve));
		await other.org.close();
		expect(await call).toBe('cut');
		expect(timers()).toBe(before);
		expect(other.org.refused).toEqual([]);
	});

	it('waits before it does what it is asked, when it is told nothing else', async () => {
		at.org.addFault({ path: 'sobjects/Case', delayMs: 100 });
		const call = at.call('POST', 'sobjects/Case', {});
		await new Promise((resolve) => setTimeout(resolve, 40));
		expect(at.org.rows('Case')).toEqual([]);
		expect((await call).status).toBe(201);
	});

	it('locks rows', async () => {
		at.org.addFault({ path: 'composite/sobjects', lockRows: 1 });
		const records = [1, 2].map(() => ({ attributes: { type: 'Case' } }));
		const { body } = await at.call('POST', 'composite/sobjects', { records });
		expect(body).toMatchObject([{ success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] }, { success: true }]);
	});
});

describe('row locks', () => {
	it('refuse a second call that writes Cases of the same Account', async () => {
		const account = await at.create('Account', { Name: 'A' });
		Object.assign(at.org.settings, { rowLocks: true, delayPerCallMs: 200 });
		const answers = await Promise.all(
			[1, 2].map(() => at.call<{ errorCode: string }[]>('POST', 'sobjects/Case', { AccountId: account })),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
		expect(answers.find(({ status }) => status === 400)?.body[0]?.errorCode).toBe('UNABLE_TO_LOCK_ROW');
		at.org.settings.delayPerCallMs = 0;
		expect((await at.call('POST', 'sobjects/Case', { AccountId: account })).status).toBe(201);
	});
});

describe('many orgs', () => {
	it('stand side by side and share nothing', async () => {
		const other = await openClient();
		await other.create('Case', {});
		expect(at.org.rows('Case')).toEqual([]);
		expect(other.org.organizationId).not.toBe(at.org.organizationId);
		await other.org.close();
	});

	it('refuse a port that is taken', async () => {
		await expect(startLocalOrg({ port: Number(new URL(at.org.url).port) })).rejects.toThrow('EADDRINUSE');
	});
});
