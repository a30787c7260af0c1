import { requestError } from '../errors';
import { ok } from '../http';
import { showWithAttributes } from '../records/show';
import type { Action } from './action';

const DEFAULT_LIMIT = 200;

/** When a record was last seen, so marked by a query FOR VIEW or FOR REFERENCE, or else last changed. */
const LAST = `max("LastModifiedDate", coalesce("LastViewedDate", ''), coalesce("LastReferencedDate", ''))`;

/**
 * GET recent?limit=n: what the user saw last. This org takes the records last changed for it too: other reading by
 * the API marks nothing as seen.
 */
export const recent: Action = (org, { query, version }) => {
	const limit = Math.min(Number(query.get('limit') ?? DEFAULT_LIMIT), DEFAULT_LIMIT);
	// Assumed: what is no number of records is refused.
	if (!Number.isInteger(limit) || limit < 0)
		throw requestError('NUMBER_OUTSIDE_VALID_RANGE', 'limit must be a number of records');
	const found = org.catalog
		.objects()
		.filter(
			({ fields }) =>
				fields.some(({ name }) => name === 'LastViewedDate') && fields.some(({ name }) => name === 'IsDeleted'),
		)
		.flatMap((object) =>
			org.storage
				.all(
					`SELECT *, ${LAST} AS "last" FROM "${object.name}" WHERE "IsDeleted" = 0 ORDER BY "last" DESC LIMIT ?`,
					limit,
				)
				.filter((row) => org.catalog.sees(object, String(row.Id)))
				.map((row) => ({ object, row })),
		)
		.sort((a, b) => (String(a.row.last) < String(b.row.last) ? 1 : -1))
		.slice(0, limit);
	return ok(
		found.map(({ object, row }) =>
			showWithAttributes(
				row,
				object,
				version,
				object.fields.filter((field) => field.type === 'id' || field.nameField),
			),
		),
		found.length,
	);
};
