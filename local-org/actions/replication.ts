import { requestError } from '../errors';
import { ok, type ApiRequest } from '../http';
import type { Org } from '../org';
import type { Row } from '../storage';
import { objectOf, type Action } from './action';

const DAY = 24 * 60 * 60 * 1000;
/** How far back changes can be asked for (documented). */
const DAYS_BACK = 30;

const apiDate = (date: Date) => date.toISOString().replace('Z', '+0000');

/** The span that `start` and `end` name, as the database compares it. Throws INVALID_REPLICATION_DATE. */
function spanOf(org: Org, { query }: ApiRequest): { start: Date; end: Date } {
	// A plus that was not encoded arrives as a blank.
	const [start, end] = ['start', 'end'].map((name) => new Date((query.get(name) ?? '').replace(' ', '+')));
	if (!start || !end || Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) {
		throw requestError('MISSING_ARGUMENT', 'start and end are required and must be dates');
	}
	if (end <= start) throw requestError('INVALID_REPLICATION_DATE', 'startDate is not less than endDate');
	if (org.clock().getTime() - start.getTime() > DAYS_BACK * DAY) {
		throw requestError('INVALID_REPLICATION_DATE', 'startDate cannot be more than 30 days ago');
	}
	return { start, end };
}

function changed(org: Org, request: ApiRequest, sObject: string | undefined, isDeleted: 0 | 1): { rows: Row[]; end: Date } {
	const object = objectOf(org, sObject);
	const { start, end } = spanOf(org, request);
	const hasBin = object.fields.some(({ name }) => name === 'IsDeleted');
	if (!hasBin && isDeleted) return { rows: [], end };
	const rows = org.storage.all(
		`SELECT "Id", "SystemModstamp" FROM "${object.name}" WHERE "SystemModstamp" >= ? AND "SystemModstamp" < ?
		 ${hasBin ? `AND "IsDeleted" = ${isDeleted}` : ''} ORDER BY "SystemModstamp", "Id"`,
		start.toISOString(),
		end.toISOString(),
	);
	return { rows, end };
}

/** GET sobjects/:sObject/updated?start=…&end=…: what was created or changed in that time. */
export const updated: Action = (org, request, { sObject }) => {
	const { rows, end } = changed(org, request, sObject, 0);
	return ok({ ids: rows.map(({ Id }) => Id), latestDateCovered: apiDate(end) }, rows.length);
};

/** GET sobjects/:sObject/deleted?start=…&end=…: what went into the recycle bin in that time. */
export const deleted: Action = (org, request, { sObject }) => {
	const { rows, end } = changed(org, request, sObject, 1);
	const earliest = new Date(org.clock().getTime() - DAYS_BACK * DAY);
	return ok(
		{
			deletedRecords: rows.map(({ Id, SystemModstamp }) => ({ deletedDate: apiDate(new Date(String(SystemModstamp))), id: Id })),
			earliestDateAvailable: apiDate(earliest),
			latestDateCovered: apiDate(end),
		},
		rows.length,
	);
};
