import { batches } from './batches';
import { errorFromFaults, OrgError } from './errors';
import type { SalesforceFault } from './errors';
import { API_VERSION } from './org';
import type { Org } from './org';

/** A record as a query returns it: fields in the order selected, parents nested. */
export type QueriedRecord = Record<string, unknown>;

/** One page of a query's answer. */
export interface QueryPage {
	totalSize: number;
	done: boolean;
	nextRecordsUrl?: string;
	records: QueriedRecord[];
}

/**
 * Addresses longer than this are answered with 414 or 431 (limit 16,384 bytes with the headers), so such a query
 * travels inside a Composite call.
 */
const LONGEST_ADDRESS = 12_000;

/** Salesforce takes at most five queries in one Composite call. */
const QUERIES_PER_COMPOSITE = 5;

/**
 * Runs a query and gives its pages one by one, so that no more of it is read than is used.
 *
 * @throws OrgError
 */
export async function* queryPages(org: Org, soql: string): AsyncGenerator<QueryPage> {
	const path = `/query?q=${encodeURIComponent(soql)}`;
	if (path.length <= LONGEST_ADDRESS) {
		yield* followingPages(org, await org.call<QueryPage>('GET', path));
		return;
	}
	const [first] = await compositeQueries(org, [soql]);
	if (first instanceof OrgError) throw first;
	yield* followingPages(org, first as QueryPage);
}

/**
 * All records of a query.
 * @throws OrgError
 */
export async function queryRecords(org: Org, soql: string): Promise<QueriedRecord[]> {
	return await allRecords(queryPages(org, soql));
}

async function allRecords(pages: AsyncGenerator<QueryPage>): Promise<QueriedRecord[]> {
	const records: QueriedRecord[] = [];
	for await (const page of pages) records.push(...page.records);
	return records;
}

/** A page and those after it. Salesforce chooses the size of pages, so only its own links lead on. */
async function* followingPages(org: Org, first: QueryPage): AsyncGenerator<QueryPage> {
	let page = first;
	yield page;
	while (page.nextRecordsUrl !== undefined) {
		page = await org.call<QueryPage>('GET', page.nextRecordsUrl);
		yield page;
	}
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
 * As `queryAtOnce`, but a query that is refused leaves the others alone. The five queries of a call read their
 * following pages side by side.
 *
 * @throws OrgError when a call is refused as a whole, or a following page cannot be read
 */
export async function queryEach(org: Org, queries: string[]): Promise<QueryOutcome[]> {
	const outcomes: QueryOutcome[] = [];
	for (const batch of batches(queries, QUERIES_PER_COMPOSITE)) {
		const firsts = await compositeQueries(org, batch);
		outcomes.push(
			...(await Promise.all(
				firsts.map(
					async (first): Promise<QueryOutcome> =>
						first instanceof OrgError
							? { ok: false, error: first }
							: { ok: true, records: await allRecords(followingPages(org, first)) },
				),
			)),
		);
	}
	return outcomes;
}

interface CompositeAnswer {
	compositeResponse: Array<{ httpStatusCode: number; body: QueryPage | SalesforceFault[] }>;
}

/** The first page of each of at most five queries, or why it is refused. */
async function compositeQueries(org: Org, queries: string[]): Promise<Array<QueryPage | OrgError>> {
	const answer = await org.call<CompositeAnswer>('POST', '/composite', {
		repeatable: true,
		body: {
			compositeRequest: queries.map((soql, index) => ({
				method: 'GET',
				url: `/services/data/v${API_VERSION}/query?q=${encodeURIComponent(soql)}`,
				referenceId: `query${index}`,
			})),
		},
	});
	return answer.compositeResponse.map(({ body, httpStatusCode }) =>
		Array.isArray(body) ? errorFromFaults(body, httpStatusCode) : body,
	);
}
