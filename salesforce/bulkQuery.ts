import { isJob, settledJob } from './bulkJob';
import { bulkRecords } from './bulkRecords';
import { parseCsv } from './csv';
import { OrgError } from './errors';
import type { Org } from './org';
import type { QueriedRecord, Query } from './query';
import type { SoqlOutline } from './soqlOutline';

/** Records of one answer: few enough that the CSV text beside its records does not count. */
const RECORDS_PER_ANSWER = 10_000;

/** What a job may cost besides its answers, in calls: making it, and asking for ten minutes whether it is done. */
const CALLS_PER_JOB = 45;

/** What of a query Bulk 2.0 does not take (Bulk API 2.0, query limitations), in words; undefined when it takes it. */
export function bulkObstacle(outline: SoqlOutline): string | undefined {
	if (outline.countsOnly) return 'COUNT()';
	if (outline.aggregated) return 'GROUP BY and aggregates';
	if (outline.hasOffset) return 'OFFSET';
	if (outline.selection.children.length > 0) return 'queries of child records';
	return outline.selection.hasOpenFields ? 'FIELDS() and TYPEOF' : undefined;
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
 * Runs a query as a Bulk 2.0 job and gives its records in runs of at most 10,000, with values and nesting as REST gives
 * them. Salesforce runs the job when it has time, and gives records in any order, without `attributes`.
 *
 * @throws OrgError when the query is refused, or `BULK_JOB_ENDED` when its job came to another end
 */
export async function* bulkPages(
	org: Org,
	{ soql, includeDeleted, wanted = Infinity }: Query,
): AsyncGenerator<QueriedRecord[]> {
	// A second job finds the same as the first, so making it twice is harmless.
	const { id } = await org.call('POST', '/jobs/query', isJob, {
		repeatable: true,
		body: { operation: includeDeleted === true ? 'queryAll' : 'query', query: soql },
	});
	const job = await settledJob(org, `/jobs/query/${id}`, false);
	if (job.state !== 'JobComplete') {
		throw new OrgError(
			'BULK_JOB_ENDED',
			`The Bulk job of the query ended as ${job.state}${job.errorMessage ? `: ${job.errorMessage}` : ''}`,
			'Correct the query, or choose REST under API.',
		);
	}
	const size = Math.min(RECORDS_PER_ANSWER, wanted);
	let locator = '';
	do {
		const { header, rows, next } = await org.readCsv(
			`/jobs/query/${id}/results?maxRecords=${size}${locator}`,
			readResults,
		);
		yield await bulkRecords(org, job.object, header, rows);
		// Salesforce writes the word where there is nothing more.
		locator = next === 'null' ? '' : `&locator=${encodeURIComponent(next)}`;
	} while (locator !== '');
}

/** One answer of a job's results; undefined when it does not hold as many records as it says, or does not lead on. */
function readResults(
	text: string,
	headers: Readonly<Record<string, string>>,
): { header: string[]; rows: string[][]; next: string } | undefined {
	const { 'sforce-locator': next, 'sforce-numberofrecords': count } = headers;
	const [header, ...rows] = parseCsv(text);
	if (header === undefined || next === undefined) return undefined;
	if (count !== undefined && Number(count) !== rows.length) return undefined;
	return { header, rows, next };
}
