import { DateTime } from 'luxon';

import { InputError } from '../../salesforce/inputError';
import { isRecordId } from '../../salesforce/recordId';
import { likePattern, textLiteral, withoutExponent } from '../../salesforce/soql';
import type { PatternPlace } from '../../salesforce/soql';
import { asText } from '../shared/reading';

/** What kind of value a query's parameter has; the three places are patterns for LIKE. */
export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'dateTime' | 'id' | PatternPlace | 'null';

/** Salesforce takes dates from 1700 to 4000 (SOQL reference, date formats). */
const YEARS = [1700, 4000] as const;

/**
 * A value as a SOQL literal. Whatever the value holds, it stays one value.
 *
 * @param label how messages name the value: `Parameter :since`
 * @param zone the time zone of dates and times that name none
 * @throws InputError when the value is not of its type; the message does not hold the value
 */
export function valueLiteral(value: unknown, type: ValueType, label: string, zone: string): string {
	if (type === 'null') return 'null';
	if (value === undefined || value === null) {
		throw new InputError(`${label} has no value`, 'Check the expression that fills it, or give it the type Null.');
	}
	if (Array.isArray(value)) {
		throw new InputError(`${label} is a list`, 'Switch on List for it, and use it with IN or NOT IN.');
	}
	switch (type) {
		case 'text':
			return textLiteral(asText(value, label));
		case 'startsWith':
		case 'contains':
		case 'endsWith':
			return likePattern(asText(value, label), type);
		case 'number':
			return numberLiteral(value, label);
		case 'boolean':
			return booleanLiteral(value, label);
		case 'date':
			return inYears(readTime(value, label, zone), label).toFormat('yyyy-MM-dd');
		case 'dateTime':
			return dateTimeLiteral(inYears(readTime(value, label, zone), label));
		case 'id':
			return idLiteral(value, label);
	}
}

/** SOQL knows digits with a point between them, and no exponent. */
function numberLiteral(value: unknown, label: string): string {
	const text = typeof value === 'number' ? withoutExponent(value) : asText(value, label).trim();
	if (/^[+-]?\d+(\.\d+)?$/.test(text)) return text;
	throw new InputError(
		`${label} is not a number`,
		'Write it in digits, with a point before decimals and nothing between thousands.',
	);
}

function booleanLiteral(value: unknown, label: string): string {
	const text = asText(value, label).trim().toLowerCase();
	if (text === 'true' || text === 'false') return text;
	throw new InputError(`${label} is neither true nor false`, 'Write true or false.');
}

function readTime(value: unknown, label: string, zone: string): DateTime {
	if (DateTime.isDateTime(value)) return value.setZone(zone);
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	const text = asText(value, label).trim();
	// A bare number would be read as a year or a day of one.
	const time = /^\d{4}-\d\d-\d\d/.test(text)
		? DateTime.fromISO(text.replace(' ', 'T'), { zone })
		: DateTime.invalid('unknown form');
	if (time.isValid) return time;
	throw new InputError(`${label} is not a date`, 'Write it like 2026-05-01 or 2026-05-01T09:30:00Z.');
}

function inYears(time: DateTime, label: string): DateTime {
	if (time.isValid && time.toUTC().year >= YEARS[0] && time.toUTC().year < YEARS[1]) return time;
	throw new InputError(
		`${label} is a date that Salesforce does not know`,
		`Use one between the years ${YEARS[0]} and ${YEARS[1]}.`,
	);
}

function dateTimeLiteral(time: DateTime): string {
	return time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").replace('.000Z', 'Z');
}

function idLiteral(value: unknown, label: string): string {
	const text = asText(value, label).trim();
	if (isRecordId(text)) return textLiteral(text);
	throw new InputError(
		`${label} is not a record ID`,
		'IDs have 15 or 18 letters and digits, and capitals count; copy it again.',
	);
}
