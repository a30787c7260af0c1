import { ingestJobs } from './support/bulk';
import type { Job } from './support/bulk';
import { useOrg } from './support/client';

const START = '2026-05-01T12:00:00.000Z';
let now = new Date(START);
const at = useOrg(() => {
	now = new Date(START);
	return { clock: () => now };
});
const { open, upload, complete, info, results } = ingestJobs(at);
const setState = (id: string, state: string) => at.call<Job>('PATCH', `jobs/ingest/${id}`, { state });
const remove = (id: string) => at.call('DELETE', `jobs/ingest/${id}`);
const later = (seconds: number) => void (now = new Date(Date.parse(START) + seconds * 1000));

interface List {
	done: boolean;
	records: Array<Job & { jobType: string; lineEnding: string }>;
	nextRecordsUrl: string | null;
}
const list = async (path: string) => (await at.call<List>('GET', path)).body;
const query = async (soql: string) =>
	(await at.call<Job>('POST', 'jobs/query', { operation: 'query', query: soql })).body;

describe('a job', () => {
	it('does its work when its time has come, whether anyone asks for it or not', async () => {
		Object.assign(at.org.settings, { bulkQueueMs: 10_000, bulkWorkMs: 10_000 });
		const { id } = (await open({})).body;
		await upload(id, 'Subject\na\n');
		await complete(id);
		later(15);
		expect(await at.query('SELECT Id FROM Case')).toEqual([]);
		expect((await info(id)).body).toMatchObject({
			state: 'InProgress',
			systemModstamp: '2026-05-01T12:00:10.000+0000',
		});
		later(60);
		expect(await at.query('SELECT Subject, CreatedDate FROM Case')).toMatchObject([
			{ Subject: 'a', CreatedDate: '2026-05-01T12:00:20.000+0000' },
		]);
		expect((await info(id)).body).toMatchObject({
			state: 'JobComplete',
			systemModstamp: '2026-05-01T12:00:20.000+0000',
		});
	});

	it.each([
		['Open', ['DELETE'], []],
		['UploadComplete', ['PUT', 'UploadComplete'], ['successfulResults', 'failedResults', 'unprocessedrecords']],
		['InProgress', ['PUT', 'UploadComplete', 'DELETE'], ['successfulResults']],
		['JobComplete', ['PUT', 'UploadComplete', 'Aborted'], []],
		['Aborted', ['PUT', 'UploadComplete', 'Aborted'], []],
	])('that is %s refuses %j', async (state, calls, kinds) => {
		Object.assign(at.org.settings, { bulkQueueMs: 10_000, bulkWorkMs: 10_000 });
		const { id } = (await open({})).body;
		await upload(id, 'Subject\na\n');
		if (state !== 'Open' && state !== 'Aborted') await complete(id);
		if (state === 'Aborted') await setState(id, state);
		later({ InProgress: 15, JobComplete: 20 }[state] ?? 0);
		expect((await info(id)).body.state).toBe(state);
		for (const call of calls) {
			const answer = await (call === 'PUT'
				? upload(id, 'Subject\nb\n')
				: call === 'DELETE'
					? remove(id)
					: setState(id, call));
			expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] });
		}
		for (const kind of kinds) expect((await results(id, kind)).status).toBe(400);
		expect((await info(id)).body.state).toBe(state);
	});

	it('is found by an ID of 15 characters too', async () => {
		const { id } = (await open({})).body;
		expect((await info(id.slice(0, 15))).body).toMatchObject({ id });
	});

	it('takes no objects that Bulk does not know', async () => {
		const refusal = [
			{ message: "InvalidEntity : Entity 'CaseStatus' is not supported by the Bulk API.", errorCode: 'INVALIDENTITY' },
		];
		expect((await open({ object: 'CaseStatus' })).body).toEqual(refusal);
		expect(await query('SELECT Id FROM CaseStatus')).toEqual(refusal);
	});

	it('with its data in one form is noted as a gap', async () => {
		const form = await at.call('POST', 'jobs/ingest', '--x', { 'content-type': 'multipart/form-data; boundary=x' });
		expect(form.status).toBe(415);
		expect(at.org.refused.splice(0)).toEqual(['multipart/form-data: POST /services/data/v66.0/jobs/ingest']);
	});
});

describe('the list of jobs', () => {
	it('holds those of a type, with their format', async () => {
		const { id } = (await open({ lineEnding: 'CRLF' })).body;
		const asked = await query('SELECT Id FROM Case');
		const shown = (kind: string) =>
			list(`jobs/${kind}`).then(({ records }) => records.map((job) => [job.id, job.jobType]));
		expect((await list('jobs/ingest')).records).toMatchObject([{ id, jobType: 'V2Ingest', lineEnding: 'CRLF' }]);
		expect(await shown('ingest?jobType=V2Ingest')).toEqual([[id, 'V2Ingest']]);
		expect(await shown('ingest?jobType=Classic')).toEqual([]);
		expect(await shown('ingest?isPkChunkingEnabled=true')).toEqual([]);
		expect(await shown('query')).toEqual([[asked.id, 'V2Query']]);
		expect(await shown('query?jobType=V2Ingest')).toEqual([[id, 'V2Ingest']]);
	});

	it('comes in pages of a thousand', async () => {
		for (let made = 0; made < 1001; made++) await open({});
		const first = await list('jobs/ingest');
		expect(first).toMatchObject({
			done: false,
			nextRecordsUrl: expect.stringMatching(/^\/services\/data\/v66\.0\/jobs\/ingest\?queryLocator=\w+-1000$/),
		});
		const second = await list(String(first.nextRecordsUrl));
		expect([first.records.length, second.records.length, second.done, second.nextRecordsUrl]).toEqual([
			1000,
			1,
			true,
			null,
		]);
		expect(await list('jobs/ingest?queryLocator=x')).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
	});
});

describe('the results of a query job', () => {
	const page = (id: string, search: string, version = 66) =>
		at.call('GET', `/services/data/v${version}.0/jobs/query/${id}/results${search}`);

	it.each(['0', '-1', 'all', '1.5'])('cannot be had %s at a time', async (maxRecords) => {
		const { id } = await query('SELECT Id FROM Case');
		expect((await page(id, `?maxRecords=${maxRecords}`)).status).toBe(400);
	});

	it('are there when the job is complete', async () => {
		at.org.settings.bulkQueueMs = 1000;
		const { id } = await query('SELECT Id FROM Case');
		expect(await page(id, '')).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] });
		await at.create('Case', {});
		later(1);
		expect((await page(id, '')).headers.get('sforce-numberofrecords')).toBe('1');
	});

	it('have their columns in the order of the alphabet before version 50', async () => {
		await at.create('Case', { Subject: 's', Origin: 'Web' });
		for (const [version, csv] of [
			[49, '"Origin","Subject"\n"Web","s"\n'],
			[50, '"Subject","Origin"\n"s","Web"\n'],
		] as const) {
			const { body } = await at.call<Job>('POST', `/services/data/v${version}.0/jobs/query`, {
				operation: 'query',
				query: 'SELECT Subject, Origin FROM Case',
			});
			expect((await page(body.id, '', version)).text).toBe(csv);
		}
	});

	it('are those of queryAll with what lies in the bin', async () => {
		const id = await at.create('Case', {});
		await at.call('DELETE', `sobjects/Case/${id}`);
		const job = (await at.call<Job>('POST', 'jobs/query', { operation: 'queryAll', query: 'SELECT Id FROM Case' }))
			.body;
		expect((await page(job.id, '')).text).toBe(`"Id"\n"${id}"\n`);
	});
});
