import { checkedElements, unexpectedAnswer } from './answers';
import { batches, inParallel } from './batches';
import { errorFromFaults, OrgError } from './errors';
import { API_VERSION } from './org';
import type { Org } from './org';
import type { SalesforceFault } from './salesforceFault';

/** A record as a query returns it: fields in the order selected, parents nested. */
export type QueriedRecord = Record<string, unknown>;

/** One page of a query's answer. */
export interface QueryPage {
	totalSize: number;
	done: boolean;
	nextRecordsUrl?: string;
	records: QueriedRecord[];
}

/** How Salesforce would run a query (REST API, query performance feedback); at a cost above 1 it reads the whole table. */
export interface QueryExplanation {
	plans: Array<Record<string, unknown>>;
	sourceQuery: string;
}

/**
 * Addresses longer than this are answered with 414 or 431 (limit 16,384 bytes with the headers), so such a query
 * travels inside a Composite call.
 */
const LONGEST_ADDRESS = 12_000;

/** Calls in flight: Salesforce allows 25 long ones per org, and other programs need some. */
const CALLS_AT_ONCE = 5;

/** Salesforce takes at most five queries in one Composite call. */
export const QUERIES_PER_CALL = 5;

/** Pages have 2,000 records unless fewer are asked for, and 200 at least; Salesforce may give fewer than asked. */
const RECORDS_PER_PAGE = { least: 200, most: 2_000 };

/** A query that is to be run. */
export interface Query {
	/** At most 100,000 characters. */
	soql: string;
	/** Whether deleted and archived records are found too. */
	includeDeleted?: boolean;
	/** How many records are wanted, so that the first page need not hold more. */
	wanted?: number;
}

/**
 * The first pages of several queries: one call for a single query, else a call for every five.
 *
 * @returns for each query its first page, or why Salesforce refuses it
 * @throws OrgError when a call of several queries fails as a whole
 */
export async function firstPages(org: Org, queries: readonly Query[]): Promise<Array<QueryPage | OrgError>> {
	const pages = await readTogether<QueryPage>(
		org,
		queries.map(({ soql, includeDeleted, wanted = Infinity }) => ({
			path: `/${includeDeleted === true ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`,
			headers:
				wanted < RECORDS_PER_PAGE.most
					? { 'Sforce-Query-Options': `batchSize=${Math.max(RECORDS_PER_PAGE.least, wanted)}` }
					: undefined,
		})),
	);
	return pages.map((page) => (page instanceof OrgError || isPage(page) ? page : unexpectedAnswer()));
}

/** A page and those after it, children complete. Salesforce chooses the size of pages, so only its own links lead on. */
export async function* followingPages(org: Org, first: QueryPage): AsyncGenerator<QueryPage> {
	let page = first;
	for (;;) {
		await completeChildren(org, page.records);
		yield page;
		if (page.nextRecordsUrl === undefined) return;
		page = await org.call<QueryPage>('GET', page.nextRecordsUrl);
		if (!isPage(page)) throw unexpectedAnswer();
	}
}

/**
 * All records of a query.
 * @throws OrgError
 */
export async function queryRecords(org: Org, soql: string): Promise<QueriedRecord[]> {
	return (await queryAtOnce(org, [soql]))[0] as QueriedRecord[];
}

/** What one of several queries gave: all its records, or why Salesforce refuses it. */
export type QueryOutcome = { ok: true; records: QueriedRecord[] } | { ok: false; error: OrgError };

/**
 * All records of several queries, five queries a call.
 *
 * @param queries each at most 100,000 characters
 * @returns every query's records, in the queries' order
 * @throws OrgError of the first query that Salesforce refuses
 */
export async function queryAtOnce(org: Org, queries: string[]): Promise<QueriedRecord[][]> {
	return (await queryEach(org, queries)).map((outcome) => {
		if (!outcome.ok) throw outcome.error;
		return outcome.records;
	});
}

/**
 * As `queryAtOnce`, but a query that is refused leaves the others alone. Several calls are made at once, and the five
 * queries of a call read their following pages side by side.
 *
 * @throws OrgError when a call is refused as a whole, or a following page cannot be read
 */
export async function queryEach(org: Org, queries: string[]): Promise<QueryOutcome[]> {
	const outcomes: QueryOutcome[][] = [];
	const failed: unknown[] = [];
	await inParallel(
		batches(queries, QUERIES_PER_CALL),
		() => CALLS_AT_ONCE,
		async (call, index) => {
			try {
				if (failed.length === 0) outcomes[index] = await queryCall(org, call);
			} catch (error) {
				failed.push(error);
			}
		},
	);
	if (failed.length > 0) throw failed[0];
	return outcomes.flat();
}

async function queryCall(org: Org, queries: string[]): Promise<QueryOutcome[]> {
	const firsts = await firstPages(
		org,
		queries.map((soql) => ({ soql })),
	);
	return await Promise.all(
		firsts.map(
			async (first): Promise<QueryOutcome> =>
				first instanceof OrgError ? { ok: false, error: first } : { ok: true, records: await allRecords(org, first) },
		),
	);
}

async function allRecords(org: Org, first: QueryPage): Promise<QueriedRecord[]> {
	const records: QueriedRecord[] = [];
	for await (const page of followingPages(org, first)) for (const record of page.records) records.push(record);
	return records;
}

/**
 * How Salesforce would run each query.
 * @returns for each its plans, or why Salesforce refuses it
 * @throws OrgError when a call of several queries fails as a whole
 */
export async function explainQueries(
	org: Org,
	queries: readonly string[],
): Promise<Array<QueryExplanation | OrgError>> {
	return await readTogether(
		org,
		queries.map((soql) => ({ path: `/query?explain=${encodeURIComponent(soql)}` })),
	);
}

/** Reads the further pages of child subqueries into their records; Salesforce gives each parent's first ones only. */
async function completeChildren(org: Org, records: readonly QueriedRecord[]): Promise<void> {
	for (let open = openChildren(records); open.length > 0; ) {
		const read: QueryPage[] = [];
		for (const batch of batches(open, QUERIES_PER_CALL)) {
			const pages = await readTogether<QueryPage>(
				org,
				batch.map(({ nextRecordsUrl = '' }) => ({ path: nextRecordsUrl })),
			);
			pages.forEach((page, index) => {
				if (page instanceof OrgError) throw page;
				if (!isPage(page)) throw unexpectedAnswer();
				const children = batch[index] as QueryPage;
				for (const record of page.records) children.records.push(record);
				children.nextRecordsUrl = page.nextRecordsUrl;
				read.push(page);
			});
		}
		open = [
			...open.filter(({ nextRecordsUrl }) => nextRecordsUrl !== undefined),
			...openChildren(read.flatMap((page) => page.records)),
		];
	}
}

/** The child subqueries of records, at any depth, that go on on a further page. */
function openChildren(records: readonly QueriedRecord[]): QueryPage[] {
	const open: QueryPage[] = [];
	for (const record of records) {
		for (const name in record) {
			const value = record[name];
			if (!isPage(value)) continue;
			if (value.nextRecordsUrl !== undefined) open.push(value);
			open.push(...openChildren(value.records));
		}
	}
	return open;
}

function isPage(value: unknown): value is QueryPage {
	return typeof value === 'object' && value !== null && 'records' in value && Array.isArray(value.records);
}

interface Reading {
	/** Below the versioned root, or a whole path as Salesforce gives it. */
	path: string;
	headers?: Record<string, string>;
}

async function readTogether<T>(org: Org, readings: Reading[]): Promise<Array<T | OrgError>> {
	const [first, ...others] = readings;
	if (first !== undefined && others.length === 0 && first.path.length <= LONGEST_ADDRESS)
		return [await readAlone<T>(org, first)];
	const results: Array<T | OrgError> = [];
	for (const batch of batches(readings, QUERIES_PER_CALL)) results.push(...(await readComposite<T>(org, batch)));
	return results;
}

async function readAlone<T>(org: Org, { path, headers }: Reading): Promise<T | OrgError> {
	try {
		return await org.call<T>('GET', path, { headers });
	} catch (error) {
		if (error instanceof OrgError) return error;
		throw error;
	}
}

async function readComposite<T>(org: Org, readings: Reading[]): Promise<Array<T | OrgError>> {
	const answer = await org.call<CompositeAnswer<T> | undefined>('POST', '/composite', {
		repeatable: true,
		body: {
			compositeRequest: readings.map(({ path, headers }, index) => ({
				method: 'GET',
				url: path.startsWith('/services/') ? path : `/services/data/v${API_VERSION}${path}`,
				httpHeaders: headers,
				referenceId: `query${index}`,
			})),
		},
	});
	return checkedElements(answer?.compositeResponse, readings.length).map(({ body, httpStatusCode }) =>
		Array.isArray(body) ? errorFromFaults(body, httpStatusCode) : body,
	);
}

interface CompositeAnswer<T> {
	compositeResponse: Array<{ httpStatusCode: number; body: T | SalesforceFault[] }>;
}
