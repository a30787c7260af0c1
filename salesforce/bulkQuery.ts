import { unexpectedAnswer } from './answers';
import { inOrder } from './batches';
import { abandonJob, isAtWork, isJob, settledJob } from './bulkJob';
import type { BulkJob } from './bulkJob';
import { parentIds, recordMaker } from './bulkRecords';
import type { FieldTypes } from './bulkRecords';
import { csvRows } from './csv';
import { OrgError } from './errors';
import { fieldsAt } from './fieldPaths';
import { InputError } from './inputError';
import type { Org } from './org';
import type { QueriedRecord, Query } from './query';
import { isObject } from './shapes';
import type { SoqlOutline } from './soqlOutline';
import { withFields } from './soqlText';

/** Records of one answer: few enough that the CSV text beside its records does not count. */
const RECORDS_PER_ANSWER = 10_000;

/** Calls in flight: Salesforce gives the addresses of five answers at once. */
const ANSWERS_AT_ONCE = 5;

/** What a job may cost besides its answers, in calls: making it, and asking for ten minutes whether it is done. */
const CALLS_PER_JOB = 45;

/** Types of fields that are made of others, which jobs do not take (Bulk API 2.0, query limitations). */
const COMPOUND_TYPES = ['address', 'location'];

/** What of a query Bulk 2.0 does not take, or gives in another way than REST, in words; undefined when it takes it. */
export function bulkObstacle({ selection, ...outline }: SoqlOutline): string | undefined {
	if (outline.countsOnly) return 'COUNT()';
	if (outline.aggregated) return 'GROUP BY and aggregates';
	if (outline.hasOffset) return 'OFFSET';
	if (selection.children.length > 0) return 'queries of child records';
	if (selection.hasOpenFields) return 'FIELDS() and TYPEOF';
	if (selection.hasFunctions) return 'functions';
	if (selection.hasAliases) return 'aliases of fields';
	return outline.isUnusual ? 'FOR, UPDATE and several names in FROM' : undefined;
}

/**
 * Whether the rest of a query's records costs fewer calls in a job than page by page.
 *
 * @param records how many are still to come, those of the page at hand among them
 * @param pageSize how many records that page has
 */
export function isCheaperInBulk(records: number, pageSize: number): boolean {
	return Math.ceil(records / pageSize) - 1 > CALLS_PER_JOB + Math.ceil(records / RECORDS_PER_ANSWER);
}

/**
 * Runs a query as a Bulk 2.0 job and gives its records in runs, with values and nesting as REST gives them. Salesforce
 * runs the job when it has time, and gives records in any order, without `attributes`. Answers are read several at once
 * where there are many.
 *
 * @param outline of the query, of which `bulkObstacle` has nothing to say
 * @param shaped what is to be given of each record, so that a whole answer need not be held twice
 * @param patience milliseconds after which a job that has not ended is given up
 * @throws InputError for a field that jobs do not take; OrgError when the query is refused, `BULK_JOB_ENDED` when its job
 *   came to another end or to none, and `UNEXPECTED_ANSWER` when its results are not as many as the job found
 */
export async function* bulkPages<T>(
	org: Org,
	{ soql, includeDeleted, wanted = Infinity }: Query,
	outline: SoqlOutline,
	shaped: (record: QueriedRecord) => T,
	patience?: number,
): AsyncGenerator<T[]> {
	const types = await typesOf(org, outline);
	const added = parentIds(outline);
	// A second job finds the same as the first, so making it twice is harmless.
	const { id } = await org.call('POST', '/jobs/query', isJob, {
		repeatable: true,
		body: { operation: includeDeleted === true ? 'queryAll' : 'query', query: withFields(soql, added) },
	});
	const path = `/jobs/query/${id}`;
	const job = await settledJob(org, path, false, patience);
	if (isAtWork(job)) await abandonJob(org, path);
	if (job.state !== 'JobComplete') throw otherEnd(job);
	const answer = async (place: string): Promise<Answer<T>> =>
		await org.readCsv(place, (text, headers) =>
			readAnswer(text, headers, (header) => {
				const make = recordMaker(header, types, added);
				return (row) => shaped(make(row));
			}),
		);
	const answers = isAllWanted(job, wanted) ? allAnswers(org, path, answer) : someAnswers(path, wanted, answer);
	let given = 0;
	for await (const records of answers) {
		given += records.length;
		yield records;
	}
	const { numberRecordsProcessed: found = given } = job;
	if (given > found || given < Math.min(found, wanted)) {
		throw unexpectedAnswer().with({
			message: `The Bulk job of the query found ${found} records, and its results hold ${given}.`,
		});
	}
}

/** The types of the fields that a query selects. */
async function typesOf(org: Org, { object, selection }: SoqlOutline): Promise<FieldTypes> {
	const fields = await fieldsAt(org, object, selection.fields);
	const compound = [...fields].find(([, { type }]) => COMPOUND_TYPES.includes(type));
	if (compound !== undefined) {
		throw new InputError(
			`Bulk 2.0 does not take ${compound[1].name}, which is made of several fields`,
			'Select its parts, or choose Automatic or REST under API.',
		);
	}
	return new Map([...fields].map(([field, { type }]) => [field, type]));
}

function isAllWanted({ numberRecordsProcessed: found }: BulkJob, wanted: number): boolean {
	return found !== undefined && found > RECORDS_PER_ANSWER && found <= wanted;
}

/** One answer of a job's results. */
interface Answer<T> {
	records: T[];
	/** The locator of the next one; absent where it is the last. */
	next?: string;
}

/** Answers one after the other, as many as are wanted. */
async function* someAnswers<T>(
	path: string,
	wanted: number,
	answer: (place: string) => Promise<Answer<T>>,
): AsyncGenerator<T[]> {
	const size = Math.min(RECORDS_PER_ANSWER, wanted);
	let next: string | undefined = '';
	let given = 0;
	while (next !== undefined && given < wanted) {
		const locator: string = next === '' ? '' : `&locator=${encodeURIComponent(next)}`;
		const page = await answer(`${path}/results?maxRecords=${size}${locator}`);
		yield page.records;
		given += page.records.length;
		next = page.next;
	}
}

/** All answers, five at once, by the addresses that Salesforce gives. */
async function* allAnswers<T>(
	org: Org,
	path: string,
	answer: (place: string) => Promise<Answer<T>>,
): AsyncGenerator<T[]> {
	const places: string[] = [];
	for (let next: string | undefined = `${path}/resultPages`; next !== undefined;) {
		const pages: ResultPages = await org.call('GET', next, isResultPages);
		places.push(...pages.resultPages.map(({ resultUrl }) => resultUrl));
		next = pages.done ? undefined : pages.nextRecordsUrl;
	}
	for await (const { records } of inOrder(places, ANSWERS_AT_ONCE, answer)) yield records;
}

/** Where the results of a job are (Bulk API 2.0, get parallel results for a query job). */
interface ResultPages {
	resultPages: Array<{ resultUrl: string }>;
	nextRecordsUrl?: string;
	done: boolean;
}

function isResultPages(answer: unknown): answer is ResultPages {
	return (
		isObject(answer) &&
		Array.isArray(answer.resultPages) &&
		answer.resultPages.every((page) => isObject(page) && typeof page.resultUrl === 'string') &&
		(answer.done === true || typeof answer.nextRecordsUrl === 'string')
	);
}

/** One answer of a job's results; undefined when it does not hold as many records as it says, or does not lead on. */
function readAnswer<T>(
	text: string,
	headers: Readonly<Record<string, string>>,
	maker: (header: readonly string[]) => (row: readonly string[]) => T,
): Answer<T> | undefined {
	const { 'sforce-locator': next, 'sforce-numberofrecords': count } = headers;
	const rows = csvRows(text);
	const first = rows.next();
	if (first.done === true || next === undefined) return undefined;
	const header = first.value;
	const make = maker(header);
	const records: T[] = [];
	for (const row of rows) {
		// The last row of an answer that was cut.
		if (row.length !== header.length) return undefined;
		records.push(make(row));
	}
	if (count !== undefined && Number(count) !== records.length) return undefined;
	// Salesforce writes the word where there is nothing more.
	return next === 'null' ? { records } : { records, next };
}

function otherEnd(job: BulkJob): OrgError {
	return isAtWork(job)
		? new OrgError('BULK_JOB_ENDED', 'The Bulk job of the query was given up because Salesforce has not run it yet')
		: new OrgError(
				'BULK_JOB_ENDED',
				`The Bulk job of the query ended as ${job.state}${job.errorMessage ? `: ${job.errorMessage}` : ''}`,
				'Correct the query, or choose REST under API.',
			);
}
