import { append } from './append';
import { abandonJob, isJob, settledJob } from './bulkJob';
import type { BulkJob } from './bulkJob';
import { csvText, parseCsv } from './csv';
import { errorFromFaults, notSent, OrgError } from './errors';
import type { Org } from './org';
import type { RecordWrite, SaveResult } from './records';
import { isEmpty } from './shapes';
import { ExactNumber, numberText } from './values/number';

/** Salesforce takes 100 MB of CSV in a job (150 MB when encoded); a character may have three bytes. */
const LONGEST_TEXT = 30_000_000;

/** What in a CSV blanks a field; an empty value leaves the field as it is. */
const BLANK = '#N/A';

const OPERATIONS = { create: 'insert', update: 'update', upsert: 'upsert', delete: 'delete' } as const;

/** What a job does with records of one object. Those to delete have an `id` alone. */
export type BulkWrite = RecordWrite | { kind: 'delete'; sObject: string };

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
	how: BulkWrite,
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
			if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return [name, cell(value)];
			const { attributes, ...keys } = value as Record<string, unknown> & { attributes?: { type?: string } };
			const [[key, inner] = ['', null]] = Object.entries(keys);
			// A reference that may point to several objects says to which (Bulk API 2.0, relationship fields in a header row).
			return [`${attributes?.type === undefined ? '' : `${attributes.type}:`}${name}.${key}`, cell(inner)];
		}),
	);
}

function cell(value: unknown): string {
	return value === null ? BLANK : typeof value === 'number' ? numberText(value) : String(value);
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

async function saveOrExplain(org: Org, how: BulkWrite, header: string[], part: Part): Promise<SaveResult[]> {
	try {
		return await savePart(org, how, header, part);
	} catch (cause) {
		if (!(cause instanceof OrgError)) throw cause;
		return part.rows.map(() => ({ ok: false, error: cause }));
	}
}

async function savePart(org: Org, how: BulkWrite, header: string[], { rows }: Part): Promise<SaveResult[]> {
	const id = await filledJob(org, how, csvText([header, ...rows]));
	const path = `/jobs/ingest/${id}`;
	try {
		await close(org, path);
		return await readResults(org, path, header, rows, await settledJob(org, path, true));
	} catch (cause) {
		if (!(cause instanceof OrgError)) throw cause;
		if (cause.code === 'NOT_SENT') {
			await abandonJob(org, path);
			throw cause.with({ message: `Bulk job ${id} was not closed, so nothing of it was saved: ${cause.message}` });
		}
		throw jobUnread(id, cause);
	}
}

/**
 * Has a job begin. Without an answer only the job itself can tell whether it has; to be told twice does nothing twice.
 * @throws OrgError `NOT_SENT` when it has not begun; any other when that is not known
 */
async function close(org: Org, path: string): Promise<void> {
	for (let tries = 1; ; tries++) {
		try {
			await org.call('PATCH', path, isJob, { body: { state: 'UploadComplete' } });
			return;
		} catch (cause) {
			if (!(cause instanceof OrgError)) throw cause;
			if (!cause.inDoubt) throw notSent(cause);
			const { state } = await org.call('GET', path, isJob, { settles: true });
			if (state !== 'Open') return;
			const wait = org.pause(cause.with({ harmless: true }), tries);
			if (wait === undefined) throw notSent(cause);
			await org.wait(wait);
		}
	}
}

/**
 * Makes a job and gives it its data. Until its data are closed a job does nothing, so making one twice is harmless.
 *
 * @returns its ID
 * @throws OrgError; nothing was saved then
 */
async function filledJob(org: Org, how: BulkWrite, csv: string): Promise<string> {
	for (let tries = 1; ; tries++) {
		try {
			return await fillJob(org, how, csv);
		} catch (cause) {
			if (!(cause instanceof OrgError) || (!cause.inDoubt && cause.kind !== 'network')) throw cause;
			const wait = cause.inDoubt ? org.pause(cause.with({ harmless: true }), tries) : undefined;
			if (wait === undefined) {
				throw notSent(cause).with({
					message: `${cause.message} The Bulk job was not begun, so nothing of it was saved`,
				});
			}
			await org.wait(wait);
		}
	}
}

async function fillJob(org: Org, how: BulkWrite, csv: string): Promise<string> {
	const { id } = await org.call('POST', '/jobs/ingest', isJob, {
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
		// A job takes its data once, so that without an answer another job is filled instead.
		await org.call('PUT', `/jobs/ingest/${id}/batches`, isEmpty, {
			headers: { 'content-type': 'text/csv' },
			body: csv,
		});
		return id;
	} catch (cause) {
		await abandonJob(org, `/jobs/ingest/${id}`);
		throw cause;
	}
}

/** One list of a job's results. */
interface ResultList {
	name: 'successfulResults' | 'failedResults' | 'unprocessedrecords';
	/** How many lines it has by the job's own count; undefined where the job does not say. */
	lines: number | undefined;
	result(line: ReadonlyMap<string, string>): SaveResult;
}

function resultLists(job: BulkJob, sent: number): ResultList[] {
	const { numberRecordsProcessed: processed, numberRecordsFailed: failed } = job;
	return [
		{
			name: 'successfulResults',
			lines: processed === undefined || failed === undefined ? undefined : processed - failed,
			result: (line) => ({ ok: true, id: line.get('sf__Id') ?? '', created: line.get('sf__Created') === 'true' }),
		},
		{
			name: 'failedResults',
			lines: failed,
			result: (line) => ({ ok: false, error: rowError(line.get('sf__Error') ?? '') }),
		},
		{
			name: 'unprocessedrecords',
			// Of a job that did not come to its end, what was processed is not certain.
			lines: processed === sent && job.state === 'JobComplete' ? 0 : undefined,
			result: () => ({ ok: false, error: notProcessed(job) }),
		},
	];
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
	for (let index = rows.length - 1; index >= 0; index--) {
		append(waiting, lineKey(rows[index] as string[]), index);
	}
	let unknown = noResult(job);
	const results: SaveResult[] = [];
	for (const list of resultLists(job, rows.length)) {
		const lines = await readList(org, path, list).catch((cause: unknown) => {
			if (!(cause instanceof OrgError)) throw cause;
			unknown = jobUnread(job.id, cause);
			return [];
		});
		for (const line of lines) {
			const index = waiting.get(lineKey(header.map((column) => line.get(column) ?? '')))?.pop();
			if (index !== undefined) results[index] = list.result(line);
		}
	}
	return rows.map((_row, index) => results[index] ?? { ok: false, error: unknown });
}

/** The lines of one list by column. One that does not have as many as the job says is read again, and then taken as it is. */
async function readList(org: Org, path: string, { name, lines }: ResultList): Promise<Array<Map<string, string>>> {
	if (lines === 0) return [];
	let short: string[][] | undefined;
	const [names = [], ...rows] = await org
		.readCsv(
			`${path}/${name}`,
			(text) => {
				const read = parseCsv(text);
				if (read.length === 0) return undefined;
				const isWhole = read.at(-1)?.length === read[0]?.length;
				if (isWhole && (lines === undefined || read.length === lines + 1)) return read;
				short = read;
				return undefined;
			},
			{ settles: true },
		)
		.catch((cause: unknown) => {
			if (short === undefined) throw cause;
			return short;
		});
	return rows.map((values) => new Map(names.map((column, index) => [column, values[index] ?? ''])));
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
		'Nothing of this record was saved; correct what the job complains about, then run again.',
	);
}

function jobUnread(id: string, cause: OrgError): OrgError {
	return new OrgError(
		'NO_ANSWER',
		`What became of Bulk job ${id} could not be read: ${cause.message}`,
		'The job goes on in Salesforce: see Bulk Data Load Jobs in Setup before you run again.',
		{ cause, inDoubt: true },
	);
}

function noResult({ id, state }: BulkJob): OrgError {
	return new OrgError(
		'NO_ANSWER',
		`Bulk job ${id} ended as ${state} and does not say what became of this record`,
		'See the job in Setup under Bulk Data Load Jobs before you run again.',
	);
}
