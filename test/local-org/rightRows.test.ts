import { ingestJobs } from './support/bulk';
import { useOrg } from './support/client';

type Row = Record<string, unknown>;

const at = useOrg();
const ask = (soql: string) => at.call<{ message: string }[]>('GET', `query?q=${encodeURIComponent(soql)}`);

describe('checkboxes of parents', () => {
	it('are not ticked where there is no parent', async () => {
		at.org.seed({
			Contact: [
				{ LastName: 'Plain', IsEmailBounced: false },
				{ LastName: 'Bounced', IsEmailBounced: true },
			],
			Case: [
				{ Subject: 'none' },
				{ Subject: 'plain', Contact: { LastName: 'Plain' } },
				{ Subject: 'bounced', Contact: { LastName: 'Bounced' } },
			],
		});
		const subjects = async (where: string) =>
			(await at.query(`SELECT Subject FROM Case WHERE ${where} ORDER BY Subject`)).map((one) => one.Subject);
		expect(await subjects('Contact.IsEmailBounced = false')).toEqual(['none', 'plain']);
		expect(await subjects('Contact.IsEmailBounced != true')).toEqual(['none', 'plain']);
		expect(await subjects('Contact.IsEmailBounced IN (false)')).toEqual(['none', 'plain']);
		expect(await subjects('Contact.IsEmailBounced = null')).toEqual(['none', 'plain']);
		expect(await subjects('Contact.IsEmailBounced = true')).toEqual(['bounced']);
		expect(await subjects('(NOT Contact.IsEmailBounced = true)')).toEqual(['none', 'plain']);
	});
});

describe('MIN and MAX of a picklist', () => {
	it('go by the order of its values', async () => {
		at.org.seed({
			Case: [{ Priority: 'Low' }, { Priority: 'High' }, { Priority: 'Medium' }, { Status: 'Escalated' }],
		});
		expect(await at.query('SELECT MIN(Priority) a, MAX(Priority) b, MAX(Status) c FROM Case')).toMatchObject([
			{ a: 'High', b: 'Low', c: 'Escalated' },
		]);
		at.org.seed({ Case: [{ Priority: 'Aside' }] });
		expect(await at.query('SELECT MIN(Priority) a, MAX(Priority) b FROM Case')).toMatchObject([
			{ a: 'High', b: 'Aside' },
		]);
		expect(await at.query("SELECT MAX(Reason) a FROM Case WHERE Priority = 'Low'")).toMatchObject([{ a: null }]);
	});
});

describe('FIELDS(ALL)', () => {
	it('is bounded by IDs as well', async () => {
		const id = await at.create('Case', { Subject: 'x' });
		expect(await at.query(`SELECT FIELDS(ALL) FROM Case WHERE Id IN ('${id}')`)).toMatchObject([{ Subject: 'x' }]);
		const many = Array.from({ length: 201 }, () => `'${id}'`).join();
		for (const where of ['', ` WHERE Id IN (${many})`, ` WHERE Id NOT IN ('${id}')`, " WHERE Subject IN ('x')"]) {
			expect((await ask(`SELECT FIELDS(ALL) FROM Case${where}`)).status).toBe(400);
		}
	});
});

describe('the excerpt of an error', () => {
	it('is of its row only', async () => {
		const { body } = await ask('SELECT Id\nFROM Account\n  WHERE Nme = 1\nLIMIT 1');
		expect(body[0]?.message).toMatch(/^\n {2}WHERE Nme = 1\n {8}\^\nERROR at Row:3:Column:9\nNo such column 'Nme'/);
	});
});

describe('a description that did not change', () => {
	const composite = (list: Row[], more: Row = {}) =>
		at.call<Row>('POST', 'composite', { compositeRequest: list, ...more });
	const describeCase = (httpHeaders: Row = {}) => ({
		method: 'GET',
		url: '/services/data/v66.0/sobjects/Case/describe',
		referenceId: 'case',
		httpHeaders,
	});

	it('is 304 of a record that was not changed since, and 412 of one to write that was', async () => {
		at.org.clock.stop(new Date('2026-05-01T09:30:00Z'));
		const id = await at.create('Case', {});
		const path = `sobjects/Case/${id}`;
		const [before, after] = ['Fri, 01 May 2026 09:29:59 GMT', 'Fri, 01 May 2026 09:30:00 GMT'];
		const get = async (headers: Record<string, string>) => (await at.call('GET', path, undefined, headers)).status;
		expect(await get({ 'if-modified-since': after })).toBe(304);
		expect(await get({ 'if-modified-since': before })).toBe(200);
		expect(await get({ 'if-unmodified-since': after })).toBe(200);
		expect(await get({ 'if-unmodified-since': before })).toBe(412);
		expect(await get({ 'if-modified-since': 'yesterday' })).toBe(200);
		expect(await get({ 'if-none-match': '*' })).toBe(200);
		const patch = async (Subject: string, since: string) =>
			(await at.call('PATCH', path, { Subject }, { 'if-unmodified-since': since })).status;
		expect(await patch('a', before)).toBe(412);
		expect(await patch('b', 'yesterday')).toBe(400);
		expect(at.org.rows('Case')).toMatchObject([{ Subject: null }]);
		expect(await patch('c', after)).toBe(204);
	});

	it('goes by tags of accounts', async () => {
		const path = `sobjects/Account/${await at.create('Account', { Name: 'x' })}`;
		const tag = String((await at.call('GET', path)).headers.get('etag'));
		const status = async (method: string, headers: Record<string, string>) =>
			(await at.call(method, path, method === 'PATCH' ? { Site: 'y' } : undefined, headers)).status;
		expect(await status('GET', { 'if-none-match': tag })).toBe(304);
		expect(await status('GET', { 'if-match': `"x", ${tag}` })).toBe(200);
		expect(await status('PATCH', { 'if-none-match': tag })).toBe(412);
		expect(await status('PATCH', { 'if-match': '"x"' })).toBe(412);
		expect(await status('PATCH', { 'if-match': tag })).toBe(204);
		expect(await status('PATCH', { 'if-match': tag })).toBe(412);
		expect(await status('GET', { 'if-none-match': tag })).toBe(200);
	});

	it('is 304 inside a composite request too', async () => {
		const plain = await composite([describeCase()]);
		const [{ httpHeaders }] = plain.body.compositeResponse as [{ httpHeaders: Record<string, string> }];
		const again = await composite(
			[
				describeCase({ 'If-None-Match': httpHeaders.ETag }),
				{ method: 'POST', url: '/services/data/v66.0/sobjects/Case', referenceId: 'new', body: {} },
			],
			{ allOrNone: true },
		);
		expect(again.body.compositeResponse).toMatchObject([{ httpStatusCode: 304, body: null }, { httpStatusCode: 201 }]);
	});

	it('asks nothing of the requests inside one that asks it', async () => {
		const whole = await at.call('GET', 'sobjects/Case/describe');
		const tag = { 'if-none-match': whole.headers.get('etag') ?? '' };
		expect((await at.call('GET', 'sobjects/Case/describe', undefined, tag)).status).toBe(304);
		const inside = await at.call<Row>('POST', 'composite', { compositeRequest: [describeCase()] }, tag);
		expect(inside.body.compositeResponse).toMatchObject([{ httpStatusCode: 200 }]);
		const batched = await at.call<Row>(
			'POST',
			'composite/batch',
			{ batchRequests: [{ method: 'GET', url: 'v66.0/sobjects/Case/describe' }] },
			tag,
		);
		expect(batched.body.results).toMatchObject([{ statusCode: 200 }]);
	});

	it('is said of all objects together', async () => {
		const whole = await at.call('GET', 'sobjects');
		const since = { 'if-modified-since': new Date(Date.now() + 60_000).toUTCString() };
		expect(whole.headers.get('last-modified')).not.toBeNull();
		expect((await at.call('GET', 'sobjects', undefined, since)).status).toBe(304);
	});
});

describe('Bulk', () => {
	it('tells only the columns that the header names to the letter', async () => {
		const csv = 'subject,Status,externalid__c,Contact.Email\nChair,New,a,\nDesk,New,b,\n';
		const { id } = await ingestJobs(at).run({}, csv);
		const { text } = await at.call('GET', `jobs/ingest/${id}/successfulResults`);
		const [header, first] = text.split('\n');
		expect(header).toBe('"sf__Id","sf__Created",Status,Contact.Email');
		expect(first).toMatch(/^"500\w+","true","New",""$/);
	});

	it('writes numbers as Java does', async () => {
		at.org.seed({
			Account: [16147805824397, 23, 0, 0.0001, 9999999, 1234.5, 350000000, -5].map((AnnualRevenue, number) => ({
				Name: `A${number}`,
				AnnualRevenue,
				NumberOfEmployees: 12,
			})),
		});
		const { body } = await at.call<{ id: string }>('POST', 'jobs/query', {
			operation: 'query',
			query: 'SELECT AnnualRevenue, NumberOfEmployees FROM Account ORDER BY Name',
		});
		const { text } = await at.call('GET', `jobs/query/${body.id}/results`);
		expect(text.split('\n').slice(1, -1)).toEqual(
			['1.6147805824397E13', '23.0', '0.0', '1.0E-4', '9999999.0', '1234.5', '3.5E8', '-5.0'].map(
				(number) => `"${number}","12"`,
			),
		);
		const pages = await at.call<Row>('GET', `jobs/query/${body.id}/resultPages`);
		expect(pages.body).toMatchObject({ done: true, resultPages: [{ resultUrl: expect.stringContaining('locator=') }] });
		const [{ resultUrl }] = pages.body.resultPages as [{ resultUrl: string }];
		expect((await at.call('GET', resultUrl)).text).toBe(text);
		expect((await at.call('GET', `/services/data/v57.0/jobs/query/${body.id}/resultPages`)).status).toBe(404);
	});
});

describe('headers', () => {
	it('are those of real orgs, with the ID that a client gave its request', async () => {
		const { headers } = await at.call('GET', 'limits', undefined, { 'X-SFDC-REQUEST-ID': 'mine-1' });
		expect(headers.get('x-sfdc-request-id')).toBe('mine-1');
		expect(headers.get('server')).toBe('sfdcedge');
		expect(headers.get('transfer-encoding')).toBe('chunked');
	});
});
