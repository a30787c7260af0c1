import { requestError } from '../errors';
import { found, ok } from '../http';
import type { ApiRequest } from '../http';
import type { Org } from '../org';
import type { ObjectSchema } from '../schema/types';
import { objectOf } from './action';
import type { Action } from './action';

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
/** How far back changes can be asked for (documented). */
const DAYS_BACK = 30;

const apiDate = (date: Date) => date.toISOString().replace('Z', '+0000');

/** A date with its time and offset (docs:soql-sosl, date formats). */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** The whole minute: seconds are cut off (docs:rest-api/resources-getupdated). */
const minuteOf = (date: Date) => new Date(Math.floor(date.getTime() / MINUTE) * MINUTE);

function dateIn(query: URLSearchParams, name: string): Date {
	// A plus that was not encoded arrives as a blank.
	const text = (query.get(name) ?? '').replace(' ', '+');
	const date = new Date(DATE_TIME.test(text) ? text : NaN);
	// The answer to what is no date is assumed.
	if (Number.isNaN(date.getTime()))
		throw requestError('MISSING_ARGUMENT', 'start and end are required and must be dates');
	return minuteOf(date);
}

/**
 * The span that `start` and `end` name.
 * @throws INVALID_REPLICATION_DATE, also for one within a minute
 */
function spanOf(org: Org, { query }: ApiRequest): { start: Date; end: Date } {
	const [start, end] = [dateIn(query, 'start'), dateIn(query, 'end')];
	if (end <= start) throw requestError('INVALID_REPLICATION_DATE', 'startDate is not less than endDate');
	if (org.clock().getTime() - start.getTime() > DAYS_BACK * DAY) {
		throw requestError('INVALID_REPLICATION_DATE', 'startDate cannot be more than 30 days ago');
	}
	return { start, end };
}

/** IDs that one call answers at most (docs:rest-api/resources-getupdated). */
const MAX_IDS = 600_000;

function checkCount(rows: unknown[]): void {
	if (rows.length <= MAX_IDS) return;
	// The wording is assumed.
	throw requestError('EXCEEDED_ID_LIMIT', `The number of results exceeds ${MAX_IDS}; choose dates closer together`);
}

/**
 * Up to when an answer is complete: to the end asked for, but not beyond what may still change. What is to come is not
 * covered, nor what transactions that are under way may still bring with earlier stamps (docs:api, getUpdated).
 */
function coveredUntil(org: Org, end: Date): Date {
	const settled = minuteOf(new Date(org.clock().getTime() - org.settings.transactionMs));
	return end < settled ? end : settled;
}

/** GET sobjects/:sObject/updated?start=…&end=…: what was created or changed in that time and is still there. */
export const updated: Action = (org, request, { sObject }) => {
	const object = objectOf(org, sObject);
	const { start, end } = spanOf(org, request);
	const living = hasField(object, 'IsDeleted') ? 'AND "IsDeleted" = 0' : '';
	// Objects without SystemModstamp go by LastModifiedDate (docs:rest-api/resources-getupdated).
	const stamp = hasField(object, 'SystemModstamp') ? 'SystemModstamp' : 'LastModifiedDate';
	const rows = org.storage
		.all(
			`SELECT "Id" FROM "${object.name}" WHERE "${stamp}" >= ? AND "${stamp}" < ? ${living} ORDER BY "${stamp}", "Id"`,
			start.toISOString(),
			end.toISOString(),
		)
		.filter(({ Id }) => org.catalog.sees(object, String(Id)));
	checkCount(rows);
	return found({ ids: rows.map(({ Id }) => Id), latestDateCovered: apiDate(coveredUntil(org, end)) }, rows.length);
};

/**
 * GET sobjects/:sObject/deleted?start=…&end=…: what went into the recycle bin in that time, or past it. The log reaches
 * back as far as the bin does: 15 days (docs:rest-api/resources-getdeleted). That earliestDateAvailable is that day, and
 * that nothing before it is answered rather than refused, is assumed.
 */
export const deleted: Action = (org, request, { sObject }) => {
	const object = objectOf(org, sObject);
	const { start, end } = spanOf(org, request);
	const earliest = minuteOf(new Date(org.clock().getTime() - org.settings.recycleBinDays * DAY));
	const from = start < earliest ? earliest : start;
	const rows = org.bin.between(object.name, from.toISOString(), end.toISOString());
	checkCount(rows);
	return ok(
		{
			deletedRecords: rows.map(({ id, at }) => ({ deletedDate: apiDate(new Date(at)), id })),
			earliestDateAvailable: apiDate(earliest),
			latestDateCovered: apiDate(coveredUntil(org, end)),
		},
		rows.length,
	);
};

const hasField = ({ fields }: ObjectSchema, field: string) => fields.some(({ name }) => name === field);
