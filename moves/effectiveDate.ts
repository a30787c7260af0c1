import { DateTime } from 'luxon';

import { InputError } from '../salesforce/inputError';

/**
 * Reads a move's effective date.
 *
 * @param value ISO 8601 text (`2026-05-01`, `2026-05-01T09:30`, with or without an offset), a Date, a luxon DateTime,
 *   or nothing
 * @param timeZone an IANA name; the zone of dates and times without an offset of their own
 * @returns that moment, for a date without a time the day's first; undefined for nothing
 * @throws InputError when it cannot be read
 */
export function readEffectiveDate(value: unknown, timeZone: string): DateTime | undefined {
	if (value === undefined || value === null) return undefined;
	if (DateTime.isDateTime(value)) return readable(value.setZone(timeZone));
	if (value instanceof Date) return readable(DateTime.fromJSDate(value, { zone: timeZone }));
	if (typeof value !== 'string') throw unreadable();
	const text = value.trim();
	if (text === '') return undefined;
	// Bare numbers are ISO as well (a year, an ordinal day), but what a planner means by one cannot be told.
	if (/^\d+$/.test(text)) throw unreadable();
	return readable(DateTime.fromISO(text, { zone: timeZone }));
}

function readable(date: DateTime): DateTime {
	if (!date.isValid) throw unreadable();
	return date;
}

function unreadable(): InputError {
	return new InputError(
		'Effective Date is not a date',
		'Write it as 2026-05-01, or with a time as 2026-05-01T09:30:00Z.',
	);
}
