import { ok } from '../http';
import type { Action } from './action';

/** GET limits/recordCount?sObjects=a,b: rows of each object, of all that have some when none is named. */
export const recordCount: Action = (org, { query }) => {
	const names = query
		.get('sObjects')
		?.split(',')
		.map((name) => name.trim());
	const objects = names ? names.flatMap((name) => org.catalog.object(name) ?? []) : org.catalog.objects();
	const counts = objects.map(({ name, fields }) => {
		const living = fields.some((field) => field.name === 'IsDeleted') ? 'WHERE "IsDeleted" = 0' : '';
		return { count: Number(org.storage.all(`SELECT count(*) AS n FROM "${name}" ${living}`)[0]?.n), name };
	});
	return ok({ sObjects: names ? counts : counts.filter(({ count }) => count > 0) });
};
