import { ingestJobs } from './support/bulk';
import { useOrg } from './support/client';

const at = useOrg();
const { open, upload, results, run } = ingestJobs(at);

const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' };
const ENDS = { LF: '\n', CRLF: '\r\n' };
const FORMATS = Object.entries(DELIMITERS).flatMap(([columnDelimiter, delimiter]) =>
	Object.entries(ENDS).map(([lineEnding, end]) => ({ columnDelimiter, lineEnding, delimiter, end })),
);

describe('the data of an ingest job', () => {
	it.each(FORMATS)(
		'comes with $columnDelimiter and $lineEnding, and goes back so',
		async ({ columnDelimiter, lineEnding, delimiter, end }) => {
			const quoted = `say ""hi""${delimiter}${end}there`;
			const csv = [
				['Subject', 'Description'],
				['a', `"${quoted}"`],
				['', ''],
			]
				.map((row) => row.join(delimiter))
				.join(end);
			const job = await run({ columnDelimiter, lineEnding }, csv);
			expect(job).toMatchObject({
				state: 'JobComplete',
				columnDelimiter,
				lineEnding,
				numberRecordsProcessed: 2,
				numberRecordsFailed: 0,
			});
			const rows = at.org.rows('Case');
			expect(rows).toMatchObject([{ Subject: 'a', Description: `say "hi"${delimiter}${end}there` }, { Subject: null }]);
			const cells = [['"sf__Id"', '"sf__Created"', 'Subject', 'Description']];
			cells.push([`"${rows[0]?.Id}"`, '"true"', '"a"', `"${quoted}"`], [`"${rows[1]?.Id}"`, '"true"', '""', '""']);
			const successful = cells.map((row) => row.join(delimiter) + end).join('');
			expect((await results(job.id, 'successfulResults')).text).toBe(successful);
		},
	);

	it.each([
		[
			'LF',
			'Subject\r\na\r\n',
			'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
		],
		[
			'LF',
			'"Subject"\r\n"a"\r\n',
			'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
		],
		[
			'CRLF',
			'Subject\na\n',
			'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF',
		],
		['LF', 'Subject\n"a', 'InvalidBatch : Failed to parse CSV. EOF reached before closing an opened quote'],
		['LF', 'Subject\n"a" \n', 'InvalidBatch : Failed to parse CSV. Not expecting more text after end quote'],
		[
			'LF',
			'Subject\n1" nail\n',
			'InvalidBatch : Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote',
		],
		[
			'LF',
			'\uFEFF"Subject"\na\n',
			'InvalidBatch : Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote',
		],
		['LF', '\uFEFFSubject\na\n', 'InvalidBatch : Field name not found : \uFEFFSubject'],
		['LF', 'Subject,subject\na,b\n', 'InvalidBatch : Duplicate field name : subject'],
		['LF', 'Subject\na,b\n', expect.stringContaining('more values than the header')],
		['LF', 'Subject\n', 'InvalidBatch : Records not found'],
		['LF', 'Account.Name\na\n', 'InvalidBatch : Field name not found : Account.Name'],
		['LF', 'Account.Owner.Email\na\n', 'InvalidBatch : Field name not found : Account.Owner.Email'],
		['LF', 'Owner.Username\na\n', 'InvalidBatch : Field name not found : Owner.Username'],
		['LF', 'Account:Account.Id\na\n', 'InvalidBatch : Field name not found : Account:Account.Id'],
		['LF', 'Lead:Owner.Email\na\n', 'InvalidBatch : Field name not found : Lead:Owner.Email'],
	])('fails its job with %s and %j', async (lineEnding, csv, errorMessage) => {
		expect(await run({ lineEnding }, csv)).toMatchObject({ state: 'Failed', errorMessage, numberRecordsProcessed: 0 });
		expect(at.org.rows('Case')).toEqual([]);
	});

	it.each([
		['delete', 'Id,Subject\n,a\n'],
		['delete', 'Subject\na\n'],
		['delete', '500Lo0000000001IAA\n500Lo0000000002IAA\n'],
	])('to %s by has IDs and nothing else: %j', async (operation, csv) => {
		// SFDX-Data-Move-Utility#325, heroku/salesforce-bulk#59.
		const errorMessage = `InvalidBatch : The '${operation}' batch must contain only ids`;
		expect(await run({ operation }, csv)).toMatchObject({ state: 'Failed', errorMessage });
		expect(await run({ operation }, 'id\nx\n')).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 1 });
	});

	it('to insert has no IDs, to update has them, to upsert has keys, and names a parent once', async () => {
		const contact = await at.create('Contact', { LastName: 'Lovelace', Email: 'ada@example.com' });
		const wrong = async (body: object, csv: string) => {
			const job = await run(body, csv);
			expect(job).toMatchObject({ numberRecordsProcessed: 1, numberRecordsFailed: 1 });
			return (await results(job.id, 'failedResults')).text;
		};
		expect(await wrong({}, `Id,Subject\n${await at.create('Case', {})},a\n`)).toContain(
			'INVALID_FIELD_FOR_INSERT_UPDATE:cannot specify Id in an insert call:Id --',
		);
		const byKey = { operation: 'upsert', externalIdFieldName: 'ExternalID__c' };
		expect(await wrong(byKey, 'ExternalID__c,Subject\n"  ",a\n')).toContain(
			'MISSING_ARGUMENT:ExternalID__c not specified',
		);
		expect(await wrong({ operation: 'update' }, 'Subject\na\n')).toContain(
			'MISSING_ARGUMENT:Id not specified in an update call:',
		);
		expect(await wrong({}, `ContactId,Contact.Email\n${contact},ada@example.com\n`)).toContain(
			'INVALID_FIELD:Cannot specify both an external ID reference Contact and a salesforce id, ContactId:',
		);
	});

	it('is stamped to the second, as whatever is written', async () => {
		at.org.clock.stop(new Date('2026-05-01T09:30:07.890Z'));
		const job = await run({}, 'Subject\na\n');
		const stamp = '2026-05-01T09:30:07.000+0000';
		expect([job.systemModstamp, at.org.rows('Case')[0]?.SystemModstamp]).toEqual([stamp, stamp]);
	});

	it('fails its job when there is none', async () => {
		const { body: job } = await open({});
		await at.call('PATCH', `jobs/ingest/${job.id}`, { state: 'UploadComplete' });
		expect((await at.call('GET', `jobs/ingest/${job.id}`)).body).toMatchObject({ state: 'Failed' });
	});

	it('finds parents of several kinds by the kind', async () => {
		const username = String(at.org.rows('User').at(-1)?.Username);
		const owner = at.org.rows('User').at(-1)?.Id;
		const job = await run({}, `Subject,User:Owner.Username,Account.Id\na,${username},#N/A\nb,nobody@example.com,\n`);
		expect(job).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
		expect(at.org.rows('Case')).toMatchObject([{ Subject: 'a', OwnerId: owner, AccountId: null }]);
		expect((await results(job.id, 'failedResults')).text).toContain(
			'INVALID_FIELD:Foreign key external ID: nobody@example.com not found',
		);
	});

	it('is checked value by value', async () => {
		const job = await run({}, 'Subject,IsEscalated\na,1\nb,maybe\n');
		expect(job).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 1 });
		expect((await results(job.id, 'failedResults')).text).toBe(
			'"sf__Id","sf__Error",Subject,IsEscalated\n' +
				'"","INVALID_TYPE_ON_FIELD_IN_RECORD:Escalated: value not of required type: maybe:IsEscalated --","b","maybe"\n',
		);
		const accounts = await run({ object: 'Account' }, 'Name,NumberOfEmployees\na,250.0\nb,250\n');
		expect(accounts).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
		expect(at.org.rows('Account')).toMatchObject([{ Name: 'b', NumberOfEmployees: 250 }]);
	});

	it('names records by IDs of their object', async () => {
		const id = await at.create('Account', { Name: 'A' });
		const update = await run({ operation: 'update' }, `Id,Subject\n${id},a\nx,b\n`);
		expect(update).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 2 });
		expect((await results(update.id, 'failedResults')).text).toBe(
			'"sf__Id","sf__Error",Id,Subject\n' +
				[id, 'x']
					.map(
						(one, at) =>
							`"${one}","MALFORMED_ID:Case ID: id value of incorrect type: ${one}:Id --","${one}","${'ab'[at]}"\n`,
					)
					.join(''),
		);
	});

	it('is uploaded once', async () => {
		const { body: job } = await open({});
		expect((await upload(job.id, 'Subject\na\n')).status).toBe(201);
		const again = await upload(job.id, 'Subject\nb\n');
		expect(again.status).toBe(400);
		expect(again.body).toMatchObject([{ message: expect.stringContaining('Found multiple contents for job') }]);
	});

	it('that cannot be read leaves nothing unprocessed when its job is given up', async () => {
		const { body: job } = await open({});
		await upload(job.id, 'Subject\n"a');
		expect((await at.call('PATCH', `jobs/ingest/${job.id}`, { state: 'Aborted' })).body).toMatchObject({
			state: 'Aborted',
		});
		expect((await results(job.id, 'unprocessedrecords')).text).toBe('\n');
	});
});

describe('an upsert in bulk', () => {
	const upsert = { operation: 'upsert', externalIdFieldName: 'ExternalID__c' };

	it('refuses all records that share a key', async () => {
		at.org.settings.uniqueExternalId = true;
		const job = await run(upsert, 'ExternalID__c,Subject\na,1\nb,2\nA,3\n');
		expect(job).toMatchObject({ numberRecordsProcessed: 3, numberRecordsFailed: 2 });
		expect((await results(job.id, 'failedResults')).text).toContain(
			'DUPLICATE_VALUE:Duplicate external id specified: A:ExternalID__c --',
		);
		expect(at.org.rows('Case')).toMatchObject([{ ExternalID__c: 'b' }]);
	});

	it('knows the keys of two hundred records at a time', async () => {
		const keys = [...Array.from({ length: 200 }, (_, at) => `k${at}`), 'k0'];
		const job = await run(upsert, `ExternalID__c\n${keys.join('\n')}\n`);
		expect(job).toMatchObject({ numberRecordsProcessed: 201, numberRecordsFailed: 0 });
		expect(at.org.rows('Case')).toHaveLength(200);
	});

	it('needs a field to upsert by', async () => {
		expect((await open({ operation: 'upsert' })).body).toEqual([
			{
				message: 'InvalidJob : External ID was blank for Case. An External ID must be specified for upsert.',
				errorCode: 'INVALIDJOB',
			},
		]);
		at.org.settings.viewAllData = false;
		expect((await open(upsert)).status).toBe(400);
		at.org.settings.uniqueExternalId = true;
		expect((await open(upsert)).status).toBe(200);
	});
});

describe('rows that are locked', () => {
	it('are let go when the job is done', async () => {
		at.org.settings.rowLocks = true;
		const account = await at.create('Account', { Name: 'A' });
		await run({}, `Subject,AccountId\na,${account}\n`);
		expect((await at.call('POST', 'sobjects/Case', { AccountId: account })).status).toBe(201);
	});
});
