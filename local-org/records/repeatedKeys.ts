import { dataError } from '../errors';
import type { ApiError } from '../errors';
import { normalizeId } from '../ids';
import type { FieldSchema } from '../schema/types';
import { withoutOuterBlanks } from './values';

/**
 * Tells the values that more than one record of an upsert, or IDs that more than one of an update, has; all those records
 * fail (of IDs: help 000384876). Empty ones do not count.
 */
export function repeatedKeys(keys: unknown[], field: FieldSchema): (key: unknown) => boolean {
	const ignoreCase = field.unique && !field.caseSensitive;
	const same = (key: unknown) => {
		const text = String(withoutOuterBlanks(key, field));
		if (field.type === 'id') return normalizeId(text) ?? text;
		return ignoreCase ? text.toLowerCase() : text;
	};
	const counts = new Map<string, number>();
	for (const key of keys) {
		if (key !== undefined && key !== null) counts.set(same(key), (counts.get(same(key)) ?? 0) + 1);
	}
	return (key) => (counts.get(same(key)) ?? 0) > 1;
}

/** The error of each record whose key another one of the call has too. */
export const repeatedKey = (key: unknown, field: FieldSchema): ApiError =>
	dataError('DUPLICATE_VALUE', `Duplicate ${field.type === 'id' ? '' : 'external '}id specified: ${String(key)}`, [
		field.name,
	]);
