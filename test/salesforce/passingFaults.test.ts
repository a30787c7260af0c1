import { startLocalOrg } from '../../local-org';
import type { Fault, LocalOrg, LocalOrgOptions } from '../../local-org';
import { bulkPages } from '../../salesforce/bulkQuery';
import { describeObject, listObjects } from '../../salesforce/describe';
import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import { explainQueries, queryAtOnce, queryEach, queryRecords } from '../../salesforce/query';
import { soqlOutline } from '../../salesforce/soqlOutline';
import { soqlTokens } from '../../salesforce/soqlTokens';
import { connectDirectly } from '../support/orgAccess';
import type { DirectOrg } from '../support/orgAccess';

let local: LocalOrg;

async function started(options: LocalOrgOptions = {}): Promise<DirectOrg> {
	local = await startLocalOrg({
		seed: { Case: ['a', 'b', 'c'].map((Subject) => ({ Subject })) },
		...options,
		settings: { pageSize: 2, ...options.settings },
	});
	return await connectDirectly(local);
}

afterEach(async () => await local.close());

const SOQL = 'SELECT Subject FROM Case ORDER BY Subject';
const TWO = [SOQL, "SELECT Subject FROM Case WHERE Subject = 'c'"];

async function inBulk(org: Org): Promise<unknown> {
	const pages = [];
	const outline = soqlOutline(soqlTokens(SOQL));
	for await (const page of bulkPages(org, { soql: SOQL }, outline, (record) => record)) pages.push(...page);
	return pages;
}

/** Every kind of reading, and the call of it that goes wrong. */
const READINGS: Array<[what: string, path: string | RegExp, method: string, read: (org: Org) => Promise<unknown>]> = [
	['the first page of a query', '/query?q=', 'GET', async (org) => await queryRecords(org, SOQL)],
	['the second page of a query', /\/query\/\w+-2/, 'GET', async (org) => await queryRecords(org, SOQL)],
	['several queries in a Composite call', /\/composite$/, 'POST', async (org) => await queryAtOnce(org, TWO)],
	['how a query is run', '?explain=', 'GET', async (org) => await explainQueries(org, [SOQL])],
	['a describe', '/describe', 'GET', async (org) => (await describeObject(org, 'Case', Infinity)).fields.length],
	['the list of objects', /\/sobjects$/, 'GET', async (org) => (await listObjects(org)).length],
	['who is signed in', /\/v62\.0\/$/, 'GET', async (org) => (await readIdentity(org)).userId],
	['making a Bulk query', /\/jobs\/query$/, 'POST', inBulk],
	['asking after a Bulk query', /\/jobs\/query\/\w+$/, 'GET', inBulk],
	['the results of a Bulk query', '/results', 'GET', inBulk],
];

/** What a reading gives when nothing goes wrong. */
async function undisturbed(read: (org: Org) => Promise<unknown>): Promise<unknown> {
	const { org } = await started();
	try {
		return await read(org);
	} finally {
		await local.close();
	}
}

/** What passes by itself: Salesforce's own "not now", and what stands in Salesforce's place. */
const FAULTS: Array<[what: string, fault: Omit<Fault, 'path'>]> = [
	['503 SERVER_UNAVAILABLE', { status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'no' }] }],
	['500 UNKNOWN_EXCEPTION', { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'no' }] }],
	['400 QUERY_TIMEOUT', { status: 400, body: [{ errorCode: 'QUERY_TIMEOUT', message: 'no' }] }],
	...[406, 429, 500, 502, 503, 504].map((status): [string, Omit<Fault, 'path'>] => [
		`a page of status ${status}`,
		{ status, body: '<html>Sorry</html>' },
	]),
	['a page of status 504 after the work', { status: 504, body: '<html>Sorry</html>', late: true }],
	['a maintenance page of status 200', { status: 200, body: '<html>Maintenance</html>' }],
	['an empty answer', { status: 200, body: '' }],
	['JSON of another shape', { status: 200, body: {} }],
	['null', { status: 200, body: null }],
	['a list of null', { status: 200, body: [null] }],
	['a redirect', { status: 302, body: '', headers: { Location: 'https://example.com/' } }],
	['a cut connection', { cut: 'after' }],
];

describe.each(READINGS)('reading %s', (what, path, method, read) => {
	let without: unknown;

	// Of an object the identity is asked for by name, and is told to be missing.
	const faults = FAULTS.filter(([name]) => what !== 'who is signed in' || name !== 'JSON of another shape');

	it.each(faults)('is done again after %s', async (_fault, fault) => {
		without ??= await undisturbed(read);
		const again = await started();
		local.addFault({ ...fault, path, method });
		expect(await read(again.org)).toEqual(without);
		expect(again.waits).toContain(500);
	});
});

it('gives up in the end, and says what stood in the way', async () => {
	const { org, waits } = await started();
	local.addFault({ path: '/query', times: 9, status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'no' }] });
	await expect(queryRecords(org, SOQL)).rejects.toMatchObject({
		code: 'SERVER_UNAVAILABLE',
		status: 503,
		kind: 'network',
		retry: 'later',
		inDoubt: false,
	});
	expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
});

it('waits for as long as Salesforce asks', async () => {
	const { org, waits } = await started();
	local.addFault({ path: '/query', status: 429, body: '', headers: { 'Retry-After': '7' } });
	await queryRecords(org, SOQL);
	expect(waits).toEqual([7_000]);
});

describe('a passing fault inside a Composite call', () => {
	const many = Array.from({ length: 5 }, (_none, index) => `SELECT Subject FROM Case WHERE Subject = '${index}'`);
	const parts = ({ sent }: DirectOrg): number[] =>
		sent
			.filter(({ path }) => path.endsWith('/composite'))
			.map(({ body }) => (JSON.parse(body ?? '') as { compositeRequest: unknown[] }).compositeRequest.length);

	it.each([
		['503 SERVER_UNAVAILABLE', { status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'no' }] }],
		['500 UNKNOWN_EXCEPTION', { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'no' }] }],
		['another shape', { status: 200, body: {} }],
		['nothing', { status: 200, body: null }],
	])('is waited out for its part alone: %s', async (_what, fault) => {
		const direct = await started();
		local.addFault({ ...fault, path: "'3'", inside: true });
		expect((await queryEach(direct.org, many)).map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
		expect(parts(direct)).toEqual([5, 1]);
	});

	it('leaves the others alone when it does not pass, and a refusal beside it is not repeated', async () => {
		const direct = await started();
		local.addFault({
			path: "'3'",
			inside: true,
			times: 9,
			status: 503,
			body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'no' }],
		});
		const outcomes = await queryEach(direct.org, [...many.slice(0, 4), 'SELECT Nope FROM Case']);
		expect(outcomes.map((one) => (one.ok ? 'read' : one.error.code))).toEqual([
			'read',
			'read',
			'read',
			'SERVER_UNAVAILABLE',
			'INVALID_FIELD',
		]);
		expect(parts(direct)).toEqual([5, 1, 1, 1, 1]);
	});
});
