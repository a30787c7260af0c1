import type { FieldType } from '../schema/types';
import { comparisonOf } from './fieldTypes';

/** Reads a stored value as JSON shows it: booleans as such, datetimes with `+0000`, values of any type as they are. */
export function jsonValue(type: FieldType, stored: unknown): unknown {
	if (stored === null || stored === undefined) return null;
	if (type === 'boolean') return stored !== 0;
	if (type === 'datetime' && typeof stored === 'string') return `${stored.slice(0, -1)}+0000`;
	if (type === 'anyType') return JSON.parse(String(stored)) as unknown;
	return stored;
}

const LOCALE = 'en-US';

/** What FORMAT() makes of a value for a user of the en_US locale. Assumed: no recording shows it. */
export function formattedValue(type: FieldType, stored: unknown, timeZone: string): unknown {
	if (stored === null || stored === undefined) return null;
	if (type === 'currency') return Number(stored).toLocaleString(LOCALE, { style: 'currency', currency: 'USD' });
	if (comparisonOf(type) === 'number') return Number(stored).toLocaleString(LOCALE);
	if (type === 'date') return new Date(`${String(stored)}T00:00:00Z`).toLocaleDateString(LOCALE, { timeZone: 'UTC' });
	if (type === 'datetime') {
		return new Date(String(stored)).toLocaleString(LOCALE, { timeZone, dateStyle: 'short', timeStyle: 'short' });
	}
	return jsonValue(type, stored);
}
