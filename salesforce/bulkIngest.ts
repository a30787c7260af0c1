import { settledJob } from './bulkJob';
import type { BulkJob } from './bulkJob';
import { csvText, parseCsv } from './csv';
import { errorFromFaults, notSent, OrgError } from './errors';
import type { Org } from './org';
import type { RecordWrite, SaveResult } from './records';

/** Salesforce takes 100 MB of CSV in a job (150 MB when encoded); a character may have three bytes. */
const LONGEST_TEXT = 30_000_000;

/** What in a CSV blanks a field; an empty value leaves the field as it is. */
const BLANK = '#N/A';

const OPERATIONS = { create: 'insert', update: 'update', upsert: 'upsert' } as const;

/** One job's share of the records: its CSV, and of each line the record's position among all. */
interface Part {
	rows: string[][];
	positions: number[];
}

/**
 * Saves records of one object by Bulk API 2.0: four calls and a few more for each job, however many records it has.
 * Salesforce saves them in its own time; this waits until it has.
 *
 * Assignment rules do not run, and duplicate rules cannot be overruled: Bulk API has no header for either. A record
 * with the very text `#N/A`, which would blank its field, is not sent.
 *
 * @returns one result for each record, in the same order. `NO_ANSWER` means that it may have been saved.
 */
export async function saveInBulk(
	org: Org,
	how: RecordWrite,
	records: ReadonlyArray<Record<string, unknown>>,
): Promise<SaveResult[]> {
	const lines = records.map(columns);
	const header = [...new Set(lines.flatMap((line) => [...line.keys()]))];
	const results: SaveResult[] = records.map(() => ({ ok: false, error: blankText() }));
	for (const part of split(header, lines, (position) => !holdsBlankText(records[position] as object))) {
		const saved = await saveOrExplain(org, how, header, part);
		part.positions.forEach((position, index) => {
			results[position] = saved[index] as SaveResult;
		});
	}
	return results;
}

/** A record as the columns of a CSV: references by external ID as `Account.ExternalKey__c`. */
function columns(record: Record<string, unknown>): Map<string, string> {
	return new Map(
		Object.entries(record).map(([name, value]) => {
			if (name === 'id') return ['Id', cell(value)];
			if (typeof value !== 'object' || value === null) return [name, cell(value)];
			const { attributes, ...keys } = value as Record<string, unknown> & { attributes?: { type?: string } };
			const [[key, inner] = ['', null]] = Object.entries(keys);
			// A reference that may point to several objects says to which (Bulk API 2.0, relationship fields in a header row).
			return [`${attributes?.type === undefined ? '' : `${attributes.type}:`}${name}.${key}`, cell(inner)];
		}),
	);
}

function cell(value: unknown): string {
	// Half a surrogate pair cannot travel, and the line would not be known again.
	return value === null ? BLANK : String(value).replace(/\p{Surrogate}/gu, '\ufffd');
}

function holdsBlankText(record: object): boolean {
	return Object.values(record).some((value) =>
		typeof value === 'object' && value !== null ? holdsBlankText(value) : value === BLANK,
	);
}

function blankText(): OrgError {
	return new OrgError(
		'INVALID_VALUE',
		`The text ${BLANK} would blank its field in Bulk API`,
		'Send this record without Bulk API.',
	);
}

function split(header: string[], lines: Array<Map<string, string>>, isSent: (position: number) => boolean): Part[] {
	const parts: Part[] = [];
	let length = Infinity;
	lines.forEach((line, position) => {
		if (!isSent(position)) return;
		const row = header.map((name) => line.get(name) ?? '');
		const more = row.reduce((sum, value) => sum + value.length + 3, 0);
		length += more;
		if (length > LONGEST_TEXT) {
			parts.push({ rows: [], positions: [] });
			length = more;
		}
		parts.at(-1)?.rows.push(row);
		parts.at(-1)?.positions.push(position);
	});
	return parts;
}

async function saveOrExplain(org: Org, how: RecordWrite, header: string[], part: Part): Promise<SaveResult[]> {
	try {
		return await savePart(org, how, header, part);
	} catch (cause) {
		if (!(cause instanceof OrgError)) throw cause;
		return part.rows.map(() => ({ ok: false, error: cause }));
	}
}

async function savePart(org: Org, how: RecordWrite, header: string[], { rows }: Part): Promise<SaveResult[]> {
	const id = await filledJob(org, how, csvText([header, ...rows]));
	const path = `/jobs/ingest/${id}`;
	try {
		await org.call('PATCH', path, { body: { state: 'UploadComplete' } });
	} catch (cause) {
		// Without an answer only the job itself can tell whether it was closed.
		if (!(cause instanceof OrgError && cause.inDoubt)) throw cause;
	}
	try {
		const job = await settledJob(org, path);
		if (job.state === 'Open') {
			await abandon(org, path);
			throw new OrgError('NOT_SENT', `Bulk job ${id} was not closed, so nothing of it was saved`, 'Run again.');
		}
		return await readResults(org, path, header, rows, job);
	} catch (cause) {
		if (!(cause instanceof OrgError) || cause.code === 'NOT_SENT') throw cause;
		throw new OrgError(
			'NO_ANSWER',
			`What became of Bulk job ${id} could not be read: ${cause.message}`,
			'The job goes on in Salesforce: see Bulk Data Load Jobs in Setup before you run again.',
		);
	}
}

/**
 * Makes a job and gives it its data. Until its data are closed a job does nothing, so making one twice is harmless.
 *
 * @returns its ID
 * @throws OrgError; nothing was saved then
 */
async function filledJob(org: Org, how: RecordWrite, csv: string): Promise<string> {
	try {
		const { id } = await org.call<BulkJob>('POST', '/jobs/ingest', {
			repeatable: true,
			body: {
				object: how.sObject,
				operation: OPERATIONS[how.kind],
				...(how.kind === 'upsert' ? { externalIdFieldName: how.externalIdField } : {}),
				contentType: 'CSV',
				lineEnding: 'LF',
			},
		});
		try {
			await org.call('PUT', `/jobs/ingest/${id}/batches`, { headers: { 'content-type': 'text/csv' }, body: csv });
		} catch (cause) {
			await abandon(org, `/jobs/ingest/${id}`);
			throw cause;
		}
		return id;
	} catch (cause) {
		if (!(cause instanceof OrgError) || (!cause.inDoubt && cause.kind !== 'network')) throw cause;
		throw notSent(cause).with({
			message: `${cause.message} The Bulk job was not begun, so nothing of it was saved`,
		});
	}
}

/** Ends a job that has done nothing. That it cannot be ended changes nothing either: Salesforce drops it in time. */
async function abandon(org: Org, path: string): Promise<void> {
	await org.call('PATCH', path, { body: { state: 'Aborted' } }).catch(() => undefined);
}

/**
 * What became of each line. Salesforce gives results in no certain order and without line numbers, but with the lines
 * themselves; of lines that are alike it does not matter which is which.
 */
async function readResults(
	org: Org,
	path: string,
	header: string[],
	rows: string[][],
	job: BulkJob,
): Promise<SaveResult[]> {
	const waiting = new Map<string, number[]>();
	rows.forEach((row, index) => {
		const key = lineKey(row);
		waiting.set(key, [...(waiting.get(key) ?? []), index]);
	});
	const unknown: SaveResult = { ok: false, error: noResult(job) };
	const results: SaveResult[] = rows.map(() => unknown);
	const kinds: Array<[name: string, result: (line: Map<string, string>) => SaveResult]> = [
		[
			'successfulResults',
			(line) => ({ ok: true, id: line.get('sf__Id') ?? '', created: line.get('sf__Created') === 'true' }),
		],
		['failedResults', (line) => ({ ok: false, error: rowError(line.get('sf__Error') ?? '') })],
		['unprocessedrecords', () => ({ ok: false, error: notProcessed(job) })],
	];
	for (const [name, result] of kinds) {
		const [names = [], ...lines] = parseCsv((await org.readText(`${path}/${name}`)).body);
		for (const values of lines) {
			const line = new Map(names.map((column, index) => [column, values[index] ?? '']));
			const index = waiting.get(lineKey(header.map((column) => line.get(column) ?? '')))?.shift();
			if (index !== undefined) results[index] = result(line);
		}
	}
	return results;
}

/** A line as it can be told again, whatever became of its line breaks on the way. */
function lineKey(row: readonly string[]): string {
	return JSON.stringify(row).replaceAll('\\r\\n', '\\n');
}

/** Salesforce's `CODE:message:fields --`. */
function rowError(text: string): OrgError {
	const [, code, message, fields] = /^([A-Z_]+):(.*?)(?::([\w, ]*) ?--)?$/s.exec(text) ?? [];
	if (code === undefined) return errorFromFaults([{ message: text }]);
	return errorFromFaults([
		{
			errorCode: code,
			message,
			fields: (fields ?? '')
				.split(',')
				.map((name) => name.trim())
				.filter(Boolean),
		},
	]);
}

function notProcessed({ id, state, errorMessage }: BulkJob): OrgError {
	return new OrgError(
		'NOT_PROCESSED',
		`Bulk job ${id} ended as ${state} before it came to this record${errorMessage ? `: ${errorMessage}` : ''}`,
		'Nothing of this record was saved; mend what the job complains of, then run again.',
	);
}

function noResult({ id, state }: BulkJob): OrgError {
	return new OrgError(
		'NO_ANSWER',
		`Bulk job ${id} ended as ${state} and does not say what became of this record`,
		'See the job in Setup under Bulk Data Load Jobs before you run again.',
	);
}
