import { isFault, unexpectedAnswer } from './answers';
import { atOnce, batches } from './batches';
import { errorFromFaults, OrgError } from './errors';
import { API_VERSION } from './org';
import type { Org } from './org';
import { isComposite, isObject } from './shapes';
import type { Shape } from './shapes';

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
	/** What is kept of each record as its page comes, where that is less than all of it; see `queryEach`. */
	keep?(record: QueriedRecord): QueriedRecord;
}

/**
 * The first pages of several queries: one call for a single query, else a call for every five.
 *
 * @returns for each query its first page, or why Salesforce refuses it
 * @throws OrgError when a call of several queries fails as a whole
 */
export async function firstPages(org: Org, queries: readonly Query[]): Promise<Array<QueryPage | OrgError>> {
	return await readTogether(
		org,
		isPage,
		queries.map(({ soql, includeDeleted, wanted = Infinity }) => ({
			path: `/${includeDeleted === true ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`,
			headers:
				wanted < RECORDS_PER_PAGE.most
					? { 'Sforce-Query-Options': `batchSize=${Math.max(RECORDS_PER_PAGE.least, wanted)}` }
					: undefined,
		})),
	);
}

/** A page and those after it, children complete. Salesforce chooses the size of pages, so only its own links lead on. */
export async function* followingPages(org: Org, first: QueryPage): AsyncGenerator<QueryPage> {
	let page = first;
	for (;;) {
		await completeChildren(org, page.records);
		yield page;
		if (page.nextRecordsUrl === undefined) return;
		page = await org.call('GET', page.nextRecordsUrl, isPage);
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
export async function queryAtOnce(org: Org, queries: ReadonlyArray<string | Query>): Promise<QueriedRecord[][]> {
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
export async function queryEach(org: Org, queries: ReadonlyArray<string | Query>): Promise<QueryOutcome[]> {
	const calls = batches(queries, QUERIES_PER_CALL);
	return (await atOnce(calls, CALLS_AT_ONCE, async (call) => await queryCall(org, call))).flat();
}

async function queryCall(org: Org, queries: ReadonlyArray<string | Query>): Promise<QueryOutcome[]> {
	const asked = queries.map((query) => (typeof query === 'string' ? { soql: query } : query));
	const firsts = await firstPages(org, asked);
	return await Promise.all(
		firsts.map(async (first, index): Promise<QueryOutcome> =>
			first instanceof OrgError
				? { ok: false, error: first }
				: { ok: true, records: await allRecords(org, first, asked[index]?.keep) },
		),
	);
}

async function allRecords(
	org: Org,
	first: QueryPage,
	keep: Query['keep'] = (record) => record,
): Promise<QueriedRecord[]> {
	const records: QueriedRecord[] = [];
	for await (const page of followingPages(org, first)) {
		for (const record of page.records) records.push(keep(record));
		// What is not kept of the first page is held by its caller.
		page.records = [];
	}
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
		isExplanation,
		queries.map((soql) => ({ path: `/query?explain=${encodeURIComponent(soql)}` })),
	);
}

/** Reads the further pages of child subqueries into their records; Salesforce gives each parent's first ones only. */
async function completeChildren(org: Org, records: readonly QueriedRecord[]): Promise<void> {
	for (let open = openChildren(records); open.length > 0;) {
		const read: QueryPage[] = [];
		for (const batch of batches(open, QUERIES_PER_CALL)) {
			const pages = await readTogether(
				org,
				isPage,
				batch.map(({ nextRecordsUrl = '' }) => ({ path: nextRecordsUrl })),
			);
			pages.forEach((page, index) => {
				if (page instanceof OrgError) throw page;
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
	if (!isObject(value) || !Array.isArray(value.records) || !value.records.every(isObject)) return false;
	// A page that is not the last leads on; without its link the rest would be lost unseen.
	return typeof value.totalSize === 'number' && (value.done === true || typeof value.nextRecordsUrl === 'string');
}

function isExplanation(value: unknown): value is QueryExplanation {
	return isObject(value) && Array.isArray(value.plans) && typeof value.sourceQuery === 'string';
}

interface Reading {
	/** Below the versioned root, or a whole path as Salesforce gives it. */
	path: string;
	headers?: Record<string, string>;
}

async function readTogether<T>(org: Org, isForm: Shape<T>, readings: Reading[]): Promise<Array<T | OrgError>> {
	const [first, ...others] = readings;
	if (first !== undefined && others.length === 0 && first.path.length <= LONGEST_ADDRESS)
		return [await readAlone(org, isForm, first)];
	const results: Array<T | OrgError> = [];
	for (const batch of batches(readings, QUERIES_PER_CALL)) results.push(...(await readComposite(org, isForm, batch)));
	return results;
}

async function readAlone<T>(org: Org, isForm: Shape<T>, { path, headers }: Reading): Promise<T | OrgError> {
	try {
		return await org.call('GET', path, isForm, { headers });
	} catch (error) {
		if (error instanceof OrgError) return error;
		throw error;
	}
}

/** Reads at most five in one call, and those of them again that a passing fault met. */
async function readComposite<T>(org: Org, isForm: Shape<T>, readings: Reading[]): Promise<Array<T | OrgError>> {
	const results: Array<T | OrgError> = [];
	let open = [...readings.keys()];
	for (let tries = 1; open.length > 0; tries++) {
		const parts = await readParts(
			org,
			isForm,
			open.map((position) => readings[position] as Reading),
		);
		open.forEach((position, index) => {
			results[position] = parts[index] as T | OrgError;
		});
		const pauses = open.map((position) => {
			const result = results[position];
			return result instanceof OrgError ? org.pause(result, tries) : undefined;
		});
		open = open.filter((_position, index) => pauses[index] !== undefined);
		if (open.length > 0) await org.wait(Math.max(...pauses.map((pause) => pause ?? 0)));
	}
	return results;
}

async function readParts<T>(org: Org, isForm: Shape<T>, readings: Reading[]): Promise<Array<T | OrgError>> {
	const { compositeResponse } = await org.call('POST', '/composite', isComposite(readings.length), {
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
	return compositeResponse.map(({ body, httpStatusCode }) => {
		if (isForm(body)) return body;
		const error =
			Array.isArray(body) && body.every(isFault)
				? errorFromFaults(body, httpStatusCode)
				: unexpectedAnswer(httpStatusCode);
		return error.with({ harmless: true });
	});
}
