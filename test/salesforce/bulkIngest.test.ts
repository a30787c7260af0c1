import { startLocalOrg } from '../../local-org';
import type { Fault, LocalOrg, LocalOrgOptions } from '../../local-org';
import { saveInBulk } from '../../salesforce/bulkIngest';
import { API_VERSION } from '../../salesforce/org';
import type { Org } from '../../salesforce/org';
import { connectDirectly } from '../support/orgAccess';

const contacts = (count: number) => Array.from({ length: count }, (_none, index) => ({ LastName: `N${index}` }));
const CREATE = { kind: 'create', sObject: 'Contact' } as const;

let local: LocalOrg;

afterEach(async () => {
	await local.close();
});

/** An org that is reached by plain HTTP; waits pass at once. */
async function open(options: LocalOrgOptions = {}): Promise<{ org: Org; waits: number[] }> {
	local = await startLocalOrg(options);
	return await connectDirectly(local);
}

const csv = (body: string) => ({ status: 200, body, headers: { 'Content-Type': 'text/csv' } });

const codes = (results: Awaited<ReturnType<typeof saveInBulk>>) =>
	results.map((result) => (result.ok ? 'saved' : result.error.code));

describe('saving in bulk', () => {
	it('gives each record its result, in order', async () => {
		const { org } = await open();
		const results = await saveInBulk(org, CREATE, [...contacts(3), { FirstName: 'Nobody' }, ...contacts(1)]);
		expect(codes(results)).toEqual(['saved', 'saved', 'saved', 'REQUIRED_FIELD_MISSING', 'saved']);
		const names = new Map(local.rows('Contact').map(({ Id, LastName }) => [Id, LastName]));
		expect(results.map((result) => (result.ok ? names.get(result.id) : undefined))).toEqual([
			'N0',
			'N1',
			'N2',
			undefined,
			'N0',
		]);
	});

	it("reads Salesforce's own words for a refused line", async () => {
		const { org } = await open();
		const [result] = await saveInBulk(org, CREATE, [{ FirstName: 'Nobody' }]);
		expect(result).toMatchObject({ ok: false, error: { code: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] } });
	});

	it('takes values with quotes, commas, line breaks and blanks', async () => {
		const { org } = await open();
		const text = '"a",  b\r\nc\n\'d\'';
		const [result] = await saveInBulk(org, { kind: 'create', sObject: 'Case' }, [{ Subject: 'x', Description: text }]);
		expect(result?.ok).toBe(true);
		expect(local.rows('Case')).toMatchObject([{ Description: text }]);
	});

	it('does not send a text that would blank its field', async () => {
		const { org } = await open();
		const results = await saveInBulk(org, CREATE, [
			{ LastName: 'A', FirstName: '#N/A' },
			{ LastName: 'B', FirstName: null },
		]);
		expect(codes(results)).toEqual(['INVALID_VALUE', 'saved']);
		expect(local.rows('Contact')).toMatchObject([{ LastName: 'B', FirstName: null }]);
	});

	it('asks again until the job is done', async () => {
		let now = Date.now();
		const { org, waits } = await open({ clock: () => new Date((now += 400)), settings: { bulkWorkMs: 20_000 } });
		expect(codes(await saveInBulk(org, CREATE, contacts(1)))).toEqual(['saved']);
		expect(waits.length).toBeGreaterThan(2);
		expect(waits[1]).toBeGreaterThan(waits[0] as number);
	});

	it('says that nothing was saved where the job fails as a whole', async () => {
		const { org } = await open();
		const results = await saveInBulk(org, CREATE, [{ LastName: 'A', Nope__c: 'b' }, { LastName: 'B' }]);
		expect(codes(results)).toEqual(['NOT_PROCESSED', 'NOT_PROCESSED']);
		expect(local.rows('Contact')).toEqual([]);
	});

	it('fills another job where the data of the first may not have arrived', async () => {
		const { org } = await open();
		local.addFault({ path: '/batches', cut: 'after' });
		local.addFault({ path: '/batches', status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'no' }] });
		expect(codes(await saveInBulk(org, CREATE, contacts(2)))).toEqual(['saved', 'saved']);
		expect(local.rows('Contact')).toHaveLength(2);
	});

	it('drops a job whose data did not arrive, and saves nothing', async () => {
		const { org } = await open();
		local.addFault({ path: '/batches', cut: 'before', times: 9 });
		expect(codes(await saveInBulk(org, CREATE, contacts(1)))).toEqual(['NOT_SENT']);
		expect(local.calls.at(-1)).toMatchObject({
			method: 'PATCH',
			path: expect.stringContaining(`v${API_VERSION}/jobs/ingest/`),
			status: 200,
		});
		expect(local.rows('Contact')).toEqual([]);
	});

	it('finds out from the job itself whether it was closed when no answer came', async () => {
		const { org } = await open();
		local.addFault({ method: 'PATCH', path: '/jobs/ingest/', cut: 'after' });
		expect(codes(await saveInBulk(org, CREATE, contacts(2)))).toEqual(['saved', 'saved']);
		local.addFault({ method: 'PATCH', path: '/jobs/ingest/', cut: 'before' });
		expect(codes(await saveInBulk(org, CREATE, contacts(2)))).toEqual(['saved', 'saved']);
		local.addFault({ method: 'PATCH', path: '/jobs/ingest/', cut: 'before', times: 9 });
		expect(codes(await saveInBulk(org, CREATE, contacts(2)))).toEqual(['NOT_SENT', 'NOT_SENT']);
		expect(local.rows('Contact')).toHaveLength(4);
	});

	const pages: Array<[string, Fault]> = [
		['a maintenance page', { path: '', status: 200, body: '<html>Maintenance</html>' }],
		['an empty answer', { path: '', status: 200, body: '' }],
		['a redirect', { path: '', status: 302, body: '' }],
		['a fault of its own', { path: '', status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'no' }] }],
		['no answer', { path: '', cut: 'after' }],
		['an answer cut in its last value', { path: '', ...csv('"sf__Id","LastName"\n"0031","N') }],
		['an answer cut in its header', { path: '', ...csv('"sf__') }],
	];

	it.each(['successfulResults', 'failedResults'].flatMap((list) => pages.map((page) => [list, ...page] as const)))(
		'reads %s again where there was %s in their place',
		async (list, _what, fault) => {
			const { org } = await open();
			const records = [...contacts(3), { LastName: 'x'.repeat(81) }];
			expect(codes(await saveInBulk(org, CREATE, records))).toEqual(['saved', 'saved', 'saved', 'STRING_TOO_LONG']);
			const before = local.calls.length;
			local.addFault({ ...fault, path: list });
			expect(codes(await saveInBulk(org, CREATE, records))).toEqual(['saved', 'saved', 'saved', 'STRING_TOO_LONG']);
			// Making, filling, closing and asking, then the two lists, one of them twice.
			expect(local.calls.length - before).toBe(7);
		},
	);

	it('knows what was saved although the list of what failed cannot be read', async () => {
		const { org } = await open();
		local.addFault({ path: 'failedResults', status: 200, body: '<html>Maintenance</html>', times: 9 });
		const results = await saveInBulk(org, CREATE, [...contacts(1), { LastName: 'x'.repeat(81) }]);
		expect(codes(results)).toEqual(['saved', 'NO_ANSWER']);
		expect(results[1]).toMatchObject({ error: { inDoubt: true, kind: 'inDoubt', retry: 'never' } });
	});

	it('reads no list of which the job says that it is empty', async () => {
		const { org } = await open();
		expect(codes(await saveInBulk(org, CREATE, contacts(2)))).toEqual(['saved', 'saved']);
		expect(local.calls.filter(({ path }) => /Results|unprocessed/.test(path)).map(({ path }) => path)).toEqual([
			expect.stringMatching(/successfulResults$/),
		]);
	});

	it('names the job where its results cannot be read', async () => {
		const { org } = await open();
		local.addFault({ path: 'successfulResults', status: 404, body: [{ errorCode: 'NOT_FOUND', message: 'gone' }] });
		const [result] = await saveInBulk(org, CREATE, contacts(1));
		expect(result).toMatchObject({
			ok: false,
			error: { code: 'NO_ANSWER', message: expect.stringMatching(/Bulk job 750\w{15}/) },
		});
		expect(local.rows('Contact')).toHaveLength(1);
	});
});
