import { randomInt } from 'node:crypto';
import { refreshDerived } from '../derived';
import { requestError } from '../errors';
import { found, isObject, ok } from '../http';
import type { ApiRequest, ApiResponse } from '../http';
import type { Cursor, Org } from '../org';
import { SoqlError, UnsupportedSoql, executeSoql, explainSoql, queryColumns } from '../soql';
import type { SObjectJson, SoqlContext, SoqlResult } from '../soql';
import { soqlContext } from '../soqlContext';
import type { Action } from './action';

const DAY = 24 * 60 * 60 * 1000;
const MIN_PAGE = 200;
/** Rows of a page at most when one, or several, long text areas are selected: recorded, and documented for SOQL. */
const PAGE_WITH_TEXT_AREA = 1000;
const PAGE_WITH_TEXT_AREAS = 200;

/**
 * Runs a query.
 * @throws ApiError 400 as Salesforce refuses it; what only this org cannot run is written down
 */
export function runSoql(
	org: Org,
	request: ApiRequest,
	soql: string,
	includeDeleted = false,
	schema: SoqlContext['schema'] = org.catalog,
): SoqlResult {
	refreshDerived(org, soql);
	try {
		return executeSoql(soql, { ...soqlContext(org, request, includeDeleted), schema });
	} catch (error) {
		throw soqlFailure(org, error);
	}
}

/** The answer to a query that failed; anything but a SOQL error passes through. */
export function soqlFailure(org: Org, error: unknown, language: 'SOQL' | 'SOSL' = 'SOQL'): unknown {
	if (error instanceof SoqlError) return requestError(error.errorCode, error.message);
	if (!(error instanceof UnsupportedSoql)) return error;
	org.refuse(`${language}: ${error.message}`);
	return requestError('MALFORMED_QUERY', error.message);
}

/** GET query?q=… */
export const query: Action = (org, request) => answer(org, request, false);

/** GET queryAll?q=…: finds what lies in the recycle bin too. */
export const queryAll: Action = (org, request) => answer(org, request, true);

/** What is told of a query without reading a record; throws ApiError 400 as Salesforce refuses it. */
function tell(
	org: Org,
	request: ApiRequest,
	soql: string,
	of: (soql: string, context: SoqlContext) => unknown,
): ApiResponse {
	try {
		return ok(of(soql, soqlContext(org, request, false)));
	} catch (error) {
		throw soqlFailure(org, error);
	}
}

function answer(org: Org, request: ApiRequest, includeDeleted: boolean): ApiResponse {
	const explained = request.query.get('explain');
	// GET query?explain=…: how the query would be run.
	if (explained !== null) {
		org.storage.indexAll();
		return tell(org, request, explained, explainSoql);
	}
	const soql = request.query.get('q');
	if (soql === null || soql.trim() === '') throw requestError('MALFORMED_QUERY', 'A query string has to be specified');
	// GET query?q=…&columns=true: what its columns are. Not documented; Salesforce's own command line asks it.
	if (request.query.get('columns') === 'true') return tell(org, request, soql, queryColumns);
	const result = runSoql(org, request, soql, includeDeleted);
	const pageSize = pageSizeOf(org, request, result.textAreasSelected);
	return firstPage(org, request, result, pageSize);
}

/** The first page of a result, and a cursor for the rest. */
function firstPage(org: Org, request: ApiRequest, result: SoqlResult, pageSize: number): ApiResponse {
	const { totalSize, records } = result;
	const page = pageFrom(org, request, openCursor(org, request, records, pageSize), 0);
	return found({ ...page, totalSize }, page.records.length);
}

interface QueryPage {
	totalSize: number;
	done: boolean;
	nextRecordsUrl?: string;
	records: SObjectJson[];
}

function openCursor(org: Org, request: ApiRequest, records: SObjectJson[], pageSize: number): [string, Cursor] {
	const { userId, session } = request;
	const cursor: Cursor = { userId, session, records, pageSize, expiresAt: org.clock().getTime() + 2 * DAY };
	const id = `0r8${base62(9)}AAA`;
	if (records.length > pageSize) org.cursors.set(id, cursor);
	return [id, cursor];
}

function pageFrom(org: Org, request: ApiRequest, [id, cursor]: [string, Cursor], from: number): QueryPage {
	const { records, pageSize } = cursor;
	const rows = records.slice(from, from + pageSize).map((record) => withChildPages(org, request, record, pageSize));
	const next = from + rows.length;
	const done = next >= records.length;
	const more = done ? {} : { nextRecordsUrl: `/services/data/v${request.version}.0/query/${id}-${next}` };
	return { totalSize: records.length, done, ...more, records: rows };
}

/** A record whose child records go on on pages of their own. Assumed: those are as long as the pages around them. */
function withChildPages(org: Org, request: ApiRequest, record: SObjectJson, pageSize: number): SObjectJson {
	const children = Object.entries(record).filter((entry): entry is [string, QueryPage] => isQueryPage(entry[1]));
	if (children.length === 0) return record;
	const pages = children.map(([name, { records }]) => [
		name,
		pageFrom(org, request, openCursor(org, request, records, pageSize), 0),
	]);
	return { ...record, ...Object.fromEntries(pages) };
}

const isQueryPage = (value: unknown): value is QueryPage => isObject(value) && 'records' in value && 'done' in value;

/** GET query/:locator: a following page. */
export const queryMore: Action = (org, request, { locator }) => {
	const [, id, offset] = /^(\w+)-(\d+)$/.exec(locator ?? '') ?? [];
	const cursor = id === undefined ? undefined : org.cursors.get(id);
	if (id === undefined || !cursor || !isOpen(org, request, cursor) || Number(offset) > cursor.records.length) {
		throw requestError('INVALID_QUERY_LOCATOR', 'invalid query locator');
	}
	const page = pageFrom(org, request, [id, cursor], Number(offset));
	return found(page, page.records.length);
};

/** A locator is good for its user for two days; in some orgs it ends with its session (airbyte 84302). */
function isOpen({ settings, clock }: Org, { userId, session }: ApiRequest, cursor: Cursor): boolean {
	if (settings.locatorsEndWithSession && cursor.session !== session) return false;
	return cursor.userId === userId && cursor.expiresAt > clock().getTime();
}

function pageSizeOf(org: Org, request: ApiRequest, textAreas: number): number {
	const wanted = /batchSize\s*=\s*(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1];
	const asked = wanted === undefined ? org.settings.pageSize : Math.max(MIN_PAGE, Number(wanted));
	const allowed = textAreas === 0 ? Infinity : textAreas === 1 ? PAGE_WITH_TEXT_AREA : PAGE_WITH_TEXT_AREAS;
	return Math.min(org.settings.pageSize, asked, allowed);
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function base62(length: number): string {
	return Array.from({ length }, () => DIGITS[randomInt(DIGITS.length)]).join('');
}
