import { parseCsv, writeCsv } from '../../local-org/bulk/csv';
import { ingestJobs } from './support/bulk';
import type { Job } from './support/bulk';
import { useOrg } from './support/client';
import type { Answer } from './support/client';

let now = new Date();
const at = useOrg(() => {
	now = new Date('2026-05-01T12:00:00Z');
	return { clock: () => now };
});
const { open, upload, complete, info, results, run } = ingestJobs(at);

describe('CSV', () => {
	it.each([
		['a,b\n1,2\n', ',', 'LF', [['1', '2']]],
		['"a";"b"\r\n"1;2";"say ""hi""\r\nthere"\r\n', ';', 'CRLF', [['1;2', 'say "hi"\r\nthere']]],
		['a\tb\n\t\n', '\t', 'LF', [['', '']]],
		['a,b\n1,', ',', 'LF', [['1', '']]],
	] as const)('%j', (text, delimiter, end, rows) => {
		expect(parseCsv(text, delimiter, end).rows).toEqual(rows);
	});

	it('is read as it was written', () => {
		const lines = [
			['a', 'b'],
			['x"y', 'line\nend, comma'],
		];
		const { header, rows } = parseCsv(writeCsv(lines, ',', 'CRLF'), ',', 'CRLF');
		expect([header, ...rows]).toEqual(lines);
	});
});

describe('an ingest job', () => {
	it('takes its data as CSV, and all else as JSON', async () => {
		const { body } = await open({});
		const asJson = await at.call('PUT', `jobs/ingest/${body.id}/batches`, 'Subject\nA\n');
		expect(asJson).toMatchObject({ status: 415, body: [{ errorCode: 'UNSUPPORTED_MEDIA_TYPE' }] });
		const asCsv = await at.call(
			'PATCH',
			`jobs/ingest/${body.id}`,
			{ state: 'UploadComplete' },
			{ 'content-type': 'text/csv' },
		);
		expect(asCsv.status).toBe(415);
		expect((await info(body.id)).body.state).toBe('Open');
	});

	it('answers with the documented keys', async () => {
		const { status, body } = await open({});
		expect(status).toBe(200);
		expect(Object.keys(body)).toEqual([
			'id',
			'operation',
			'object',
			'createdById',
			'createdDate',
			'systemModstamp',
			'state',
			'concurrencyMode',
			'contentType',
			'apiVersion',
			'contentUrl',
			'lineEnding',
			'columnDelimiter',
		]);
		expect(body).toMatchObject({ state: 'Open', contentUrl: `services/data/v66.0/jobs/ingest/${body.id}/batches` });
	});

	it('inserts, and tells the good rows from the bad', async () => {
		const job = await run({ object: 'Account' }, 'Name,BillingState\nAcme,CA\n,CA\n');
		expect(job).toMatchObject({
			state: 'JobComplete',
			numberRecordsProcessed: 2,
			numberRecordsFailed: 1,
			jobType: 'V2Ingest',
		});
		const id = at.org.rows('Account')[0]?.Id;
		expect((await results(job.id, 'successfulResults')).text).toBe(
			`"sf__Id","sf__Created",Name,BillingState\n"${id}","true","Acme","CA"\n`,
		);
		expect((await results(job.id, 'failedResults/')).text).toBe(
			'"sf__Id","sf__Error",Name,BillingState\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","CA"\n',
		);
		expect((await results(job.id, 'unprocessedrecords')).text).toBe('Name,BillingState\n');
	});

	it('upserts, empties by #N/A, and finds parents', async () => {
		const account = await at.create('Account', { Name: 'A' });
		await at.create('Contact', { LastName: 'L', Email: 'l@example.com', AccountId: account });
		await at.create('Case', { ExternalID__c: 'a', Subject: 'old', Team__c: 'T', Origin: 'Web' });
		const csv =
			'ExternalID__c|Subject|Team__c|Contact.Email|IsEscalated|Origin\r\na|new|#N/A|l@example.com|1|\r\nb|b||||\r\n';
		const job = await run(
			{ operation: 'upsert', externalIdFieldName: 'ExternalID__c', columnDelimiter: 'PIPE', lineEnding: 'CRLF' },
			csv,
		);
		expect(job).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 0 });
		expect(at.org.rows('Case')).toMatchObject([
			{ Subject: 'new', Team__c: null, AccountId: account, IsEscalated: true, Origin: 'Web' },
			{ Subject: 'b' },
		]);
	});

	it('updates and deletes by ID', async () => {
		const id = await at.create('Case', { Subject: 'a' });
		await run({ operation: 'update' }, `Id,Subject\n${id},b\n`);
		expect(at.org.rows('Case')).toMatchObject([{ Subject: 'b' }]);
		const job = await run({ operation: 'delete' }, `Id\n${id}\n500Lo0000zzzzzz\n`);
		expect(job).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
		expect(at.org.rows('Case')).toEqual([]);
	});

	it('deletes for good only with the right to', async () => {
		const id = await at.create('Case', {});
		expect((await open({ operation: 'hardDelete' })).body).toMatchObject([{ errorCode: 'FEATURENOTENABLED' }]);
		at.org.settings.canHardDelete = true;
		await run({ operation: 'hardDelete' }, `Id\n${id}\n`);
		const all = await at.call('GET', `queryAll?q=${encodeURIComponent('SELECT Id FROM Case')}`);
		expect(all.body).toMatchObject({ totalSize: 0 });
	});

	it('fails whole for a column that is not there', async () => {
		const job = await run({}, 'Nope\n1\n');
		expect(job).toMatchObject({ state: 'Failed', errorMessage: 'InvalidBatch : Field name not found : Nope' });
		expect((await results(job.id, 'unprocessedrecords')).text).toBe('Nope\n"1"\n');
	});

	it('takes no files, and queries give none', async () => {
		const message = 'InvalidBatch : Binary field Body is only supported for content types ZIP_XML and ZIP_CSV';
		const csv = `Name,ParentId,Body\nx,${await at.create('Case', {})},aGk=\n`;
		expect(await run({ object: 'Attachment' }, csv)).toMatchObject({ state: 'Failed', errorMessage: message });
		for (const query of ['SELECT Body FROM Attachment', 'SELECT Id, VersionData FROM ContentVersion'])
			expect((await at.call('POST', 'jobs/query', { operation: 'query', query })).body).toEqual([
				{ message: 'Binary field not supported', errorCode: 'FEATURENOTENABLED' },
			]);
	});

	it('goes through its states as time goes by', async () => {
		Object.assign(at.org.settings, { bulkQueueMs: 1000, bulkWorkMs: 1000 });
		const states = [];
		const { body: job } = await open({});
		await upload(job.id, 'Subject\nx\n');
		await complete(job.id);
		for (let second = 0; second < 3; second++) {
			states.push((await info(job.id)).body.state);
			expect((await results(job.id, 'successfulResults')).status).toBe(second === 2 ? 200 : 400);
			now = new Date(now.getTime() + 1000);
		}
		expect(states).toEqual(['UploadComplete', 'InProgress', 'JobComplete']);
	});

	it('can be given up, listed and removed', async () => {
		const { body: job } = await open({});
		await upload(job.id, 'Subject\nx\n');
		expect((await at.call('DELETE', `jobs/ingest/${job.id}`)).status).toBe(400);
		const aborted = await at.call<Job>('PATCH', `jobs/ingest/${job.id}`, { state: 'Aborted' });
		expect(aborted.body.state).toBe('Aborted');
		expect((await results(job.id, 'unprocessedrecords')).text).toBe('Subject\n"x"\n');
		expect((await at.call('GET', 'jobs/ingest')).body).toMatchObject({ done: true, records: [{ id: job.id }] });
		expect((await at.call('DELETE', `jobs/ingest/${job.id}`)).status).toBe(204);
		expect((await info(job.id)).status).toBe(404);
		expect(at.org.rows('Case')).toEqual([]);
	});

	it.each([
		[{ object: 'Foo' }, 'INVALIDENTITY'],
		[{ operation: 'upsert', externalIdFieldName: 'Subject' }, 'INVALIDJOB'],
		[{ columnDelimiter: 'DOT' }, 'INVALIDJOB'],
		[{ operation: 'merge' }, 'INVALIDJOB'],
	])('is refused for %j', async (body, errorCode) => {
		expect((await open(body)).body).toMatchObject([{ errorCode }]);
	});

	it('runs the assignment rule only when it names one', async () => {
		const queue = String(at.org.rows('Group')[0]?.Id);
		at.org.settings.assignmentRule = { ownerId: queue };
		await run({}, 'Subject\nx\n');
		await run({ assignmentRuleId: String(at.org.rows('AssignmentRule')[0]?.Id) }, 'Subject\ny\n');
		expect(at.org.rows('Case').map(({ OwnerId }) => OwnerId === queue)).toEqual([false, true]);
	});
});

describe('a query job', () => {
	const query = (soql: string, more: object = {}) =>
		at.call<Job>('POST', 'jobs/query', { operation: 'query', query: soql, ...more });
	const page = (id: string, search = '') => at.call('GET', `jobs/query/${id}/results${search}`);
	const locatorOf = ({ headers }: Answer) => headers.get('sforce-locator');

	it('gives CSV in pages with a locator', async () => {
		const account = await at.create('Account', { Name: 'A, "B"' });
		at.org.seed({ Case: [1, 2, 3].map((n) => ({ Subject: `s${n}`, ...(n === 1 ? { AccountId: account } : {}) })) });
		const { body: job } = await query('SELECT Subject, Account.Name FROM Case ORDER BY Subject');
		expect(job).toMatchObject({ state: 'UploadComplete', object: 'Case' });
		expect((await at.call('GET', `jobs/query/${job.id}`)).body).toMatchObject({
			state: 'JobComplete',
			jobType: 'V2Query',
			numberRecordsProcessed: 3,
			isPkChunkingSupported: true,
		});
		const first = await page(job.id, '?maxRecords=2');
		expect(first.text).toBe('"Subject","Account.Name"\n"s1","A, ""B"""\n"s2",""\n');
		expect(first.headers.get('sforce-numberofrecords')).toBe('2');
		const last = await page(job.id, `?maxRecords=2&locator=${locatorOf(first)}`);
		expect(last.text).toBe('"Subject","Account.Name"\n"s3",""\n');
		expect(locatorOf(last)).toBe('null');
		expect((await at.call('GET', `/services/data/v65.0/jobs/query/${job.id}/results`)).status).toBe(409);
	});

	it('has a header even without rows', async () => {
		const { body: job } = await query('SELECT Id FROM Case');
		expect((await page(job.id)).text).toBe('"Id"\n');
	});

	it.each([
		'SELECT COUNT(Id) FROM Case',
		'SELECT Id, (SELECT Id FROM CaseComments) FROM Case',
		'SELECT Id FROM Case OFFSET 1',
	])('refuses %s', async (soql) => {
		expect((await query(soql)).status).toBe(400);
	});

	it('can be given up and removed', async () => {
		at.org.settings.bulkQueueMs = 1000;
		const { body: job } = await query('SELECT Id FROM Case');
		expect((await at.call('PATCH', `jobs/query/${job.id}`, { state: 'Aborted' })).body).toMatchObject({
			state: 'Aborted',
		});
		expect((await page(job.id)).status).toBe(400);
		expect((await at.call('DELETE', `jobs/query/${job.id}`)).status).toBe(204);
	});
});
