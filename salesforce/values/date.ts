import { DateTime } from 'luxon';

import type { ReadValue, Refusal } from './readValue';

/** Salesforce takes dates of these years (SOQL and SOSL reference, date formats). */
const YEARS = { first: 1700, last: 4000 };

/** A whole date, and behind it, after a T or a blank, a time with or without an offset: ISO 8601, and as Salesforce writes it. */
const FORM =
	/^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<time>(?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?<offset>Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?)?$/i;

/** What a value means: a day by its name, or a moment. */
type Meaning = { day: string } | { moment: DateTime };

/**
 * A day, as `2026-05-01`.
 *
 * A moment is the day that it lies in there, with one exception: midnight by its own offset is how programs write a day,
 * so that `2026-05-01T00:00:00Z` is 1 May in New York too, where it is still the evening before.
 *
 * @param value text with a whole date, a Date or a luxon DateTime
 * @param timeZone IANA name; the zone of times without an offset, and of the day that a moment lies in
 */
export function readDate(value: unknown, timeZone: string): ReadValue<string> {
	const meaning = meant(value, timeZone);
	if ('wants' in meaning) return meaning;
	const day = dayOf(meaning, timeZone);
	return isKnownYear(Number(day.slice(0, 4))) ? { value: day } : outOfRange();
}

/**
 * A moment in UTC, as `2026-05-01T07:30:00.000Z`. A date without a time is the day's first moment.
 *
 * @param value as in `readDate`
 * @param timeZone IANA name; the zone of dates and times without an offset
 */
export function readDateTime(value: unknown, timeZone: string): ReadValue<string> {
	const meaning = meant(value, timeZone);
	if ('wants' in meaning) return { ...meaning, wants: 'a date and time such as 2026-05-01T09:30:00+02:00' };
	const moment = ('day' in meaning ? startOf(meaning.day, timeZone) : meaning.moment).toUTC();
	return isKnownYear(moment.year) ? { value: moment.toISO() as string } : outOfRange();
}

/**
 * The moment from which something counts that has a date: of a day, its first.
 *
 * @param value as in `readDate`; midnight by its own offset is a day here too
 * @param timeZone IANA name; the zone in which days begin
 * @returns in that zone
 */
export function readStart(value: unknown, timeZone: string): ReadValue<DateTime> {
	const meaning = meant(value, timeZone);
	if ('wants' in meaning) return { ...meaning, wants: 'a date such as 2026-05-01' };
	const start =
		'day' in meaning || isMidnight(meaning.moment)
			? startOf(dayOf(meaning, timeZone), timeZone)
			: meaning.moment.setZone(timeZone);
	return isKnownYear(start.year) ? { value: start } : outOfRange();
}

function meant(value: unknown, timeZone: string): Meaning | Refusal {
	const meaning = parsed(value, timeZone);
	return meaning !== undefined && ('day' in meaning || meaning.moment.isValid)
		? meaning
		: { wants: 'a date such as 2026-05-01' };
}

function parsed(value: unknown, timeZone: string): Meaning | undefined {
	if (DateTime.isDateTime(value)) return { moment: value };
	// A Date knows no offset; it is written in UTC.
	if (value instanceof Date) return { moment: DateTime.fromJSDate(value, { zone: 'utc' }) };
	if (typeof value !== 'string') return undefined;
	const { day = '', time, offset } = FORM.exec(value.trim())?.groups ?? {};
	if (!DateTime.fromISO(day, { zone: 'utc' }).isValid) return undefined;
	if (time === undefined) return { day };
	return offset === undefined
		? { moment: DateTime.fromISO(`${day}T${time}`, { zone: timeZone }) }
		: { moment: DateTime.fromISO(`${day}T${time}${offset.toUpperCase()}`, { setZone: true }) };
}

function dayOf(meaning: Meaning, timeZone: string): string {
	if ('day' in meaning) return meaning.day;
	const { moment } = meaning;
	return (isMidnight(moment) ? moment : moment.setZone(timeZone)).toFormat('yyyy-MM-dd');
}

function isMidnight({ hour, minute, second, millisecond }: DateTime): boolean {
	return hour === 0 && minute === 0 && second === 0 && millisecond === 0;
}

/** A day's first moment: not everywhere is there a midnight when clocks are put forward. */
function startOf(day: string, timeZone: string): DateTime {
	return DateTime.fromISO(day, { zone: timeZone }).startOf('day');
}

function isKnownYear(year: number): boolean {
	return year >= YEARS.first && year <= YEARS.last;
}

function outOfRange(): Refusal {
	return {
		wants: `a date of the years ${YEARS.first} to ${YEARS.last}, which Salesforce knows`,
		remedy: `Use a date between the years ${YEARS.first} and ${YEARS.last}.`,
	};
}
