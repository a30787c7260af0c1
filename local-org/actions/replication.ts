import { requestError } from '../errors';
import { ok, type ApiRequest } from '../http';
import type { Org } from '../org';
import type { Row } from '../storage';
import { objectOf, type Action } from './action';

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

/** The span that `start` and `end` name. Throws INVALID_REPLICATION_DATE, also for one within a minute. */
function spanOf(org: Org, { query }: ApiRequest): { start: Date; end: Date } {
	const [start, end] = [dateIn(query, 'start'), dateIn(query, 'end')];
	if (end <= start) throw requestError('INVALID_REPLICATION_DATE', 'startDate is not less than endDate');
	if (org.clock().getTime() - start.getTime() > DAYS_BACK * DAY) {
		throw requestError('INVALID_REPLICATION_DATE', 'startDate cannot be more than 30 days ago');
	}
	return { start, end };
}

function changed(
	org: Org,
	request: ApiRequest,
	sObject: string | undefined,
	isDeleted: 0 | 1,
): { rows: Row[]; covered: string } {
	const object = objectOf(org, sObject);
	const { start, end } = spanOf(org, request);
	const hasBin = object.fields.some(({ name }) => name === 'IsDeleted');
	const now = minuteOf(org.clock());
	// What is still to come is not covered; a client that goes on from here misses nothing.
	const covered = apiDate(end < now ? end : now);
	if (!hasBin && isDeleted) return { rows: [], covered };
	const rows = org.storage.all(
		`SELECT "Id", "SystemModstamp" FROM "${object.name}" WHERE "SystemModstamp" >= ? AND "SystemModstamp" < ?
		 ${hasBin ? `AND "IsDeleted" = ${isDeleted}` : ''} ORDER BY "SystemModstamp", "Id"`,
		start.toISOString(),
		end.toISOString(),
	);
	return { rows, covered };
}

/** GET sobjects/:sObject/updated?start=…&end=…: what was created or changed in that time. */
export const updated: Action = (org, request, { sObject }) => {
	const { rows, covered } = changed(org, request, sObject, 0);
	return ok({ ids: rows.map(({ Id }) => Id), latestDateCovered: covered }, rows.length);
};

/** GET sobjects/:sObject/deleted?start=…&end=…: what went into the recycle bin in that time. */
export const deleted: Action = (org, request, { sObject }) => {
	const { rows, covered } = changed(org, request, sObject, 1);
	const earliest = new Date(org.clock().getTime() - DAYS_BACK * DAY);
	return ok(
		{
			deletedRecords: rows.map(({ Id, SystemModstamp }) => ({
				deletedDate: apiDate(new Date(String(SystemModstamp))),
				id: Id,
			})),
			earliestDateAvailable: apiDate(earliest),
			latestDateCovered: covered,
		},
		rows.length,
	);
};
