import { DateTime } from 'luxon';

import type { FieldDescribe } from './describe';
import { isRecordId, longRecordId } from './recordId';

/** A value as Salesforce takes it in JSON, or what is wanted in its place, to follow the words "is not". */
export type ReadValue = { value: string | number | boolean | null } | { wants: string };

type Reader = (value: unknown, timeZone: string) => ReadValue;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?Z?$/;

/** As people and JSON write numbers; JavaScript would read others too, such as `0x10`. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Salesforce takes dates from 1700 to 4000 (SOQL reference, date formats). */
const YEARS = { first: 1700, last: 4000 };

const TRUE_WORDS = ['true', '1', 'yes'];
const FALSE_WORDS = ['false', '0', 'no'];

const readText: Reader = (value) => {
	if (typeof value === 'string') return { value };
	// What a calculation gives when it fails is no text that anybody meant.
	if (typeof value === 'number' && !Number.isFinite(value)) return { wants: 'text' };
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
		return { value: String(value) };
	const moment = dateTimeOf(value, 'UTC');
	const iso = moment?.toISO();
	return iso ? { value: iso } : { wants: 'text' };
};

const readBoolean: Reader = (value) => {
	const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	if (TRUE_WORDS.includes(word)) return { value: true };
	if (FALSE_WORDS.includes(word)) return { value: false };
	return { wants: 'true or false' };
};

const readNumber: Reader = (value) => {
	const number = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
	if (typeof number === 'number' && Number.isFinite(number)) return { value: number };
	return { wants: 'a number such as 1234.5, without separators of thousands' };
};

const readWholeNumber: Reader = (value, timeZone) => {
	const read = readNumber(value, timeZone);
	return 'value' in read && Number.isInteger(read.value) ? read : { wants: 'a whole number' };
};

const readDate: Reader = (value, timeZone) => {
	if (typeof value === 'string' && DATE.test(value.trim())) {
		const text = value.trim();
		if (isKnownYear(DateTime.fromISO(text))) return { value: text };
	}
	const date = dateTimeOf(value, timeZone);
	return date !== undefined && isKnownYear(date)
		? { value: date.toFormat('yyyy-MM-dd') }
		: { wants: 'a date such as 2026-05-01' };
};

const readDateTime: Reader = (value, timeZone) => {
	const moment = dateTimeOf(value, timeZone)?.toUTC();
	const iso = moment !== undefined && isKnownYear(moment) ? moment.toISO() : null;
	return iso ? { value: iso } : { wants: 'a date and time such as 2026-05-01T09:30:00+02:00' };
};

const readTime: Reader = (value) => {
	const [, hours, minutes, seconds = '00', fraction = ''] =
		TIME.exec(typeof value === 'string' ? value.trim() : '') ?? [];
	const exists = hours !== undefined && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
	return exists
		? { value: `${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0')}Z` }
		: { wants: 'a time such as 09:30:00' };
};

const readList: Reader = (value, timeZone) => {
	if (!Array.isArray(value)) return readText(value, timeZone);
	const chosen = value.map((member) => readText(member, timeZone));
	const texts = chosen.flatMap((one) => ('value' in one ? [String(one.value)] : []));
	// Salesforce separates the values of a multi-select picklist by semicolons, so none can hold one.
	if (texts.length < chosen.length || texts.some((text) => text.includes(';'))) {
		return { wants: 'a list of texts without semicolons' };
	}
	// An empty text would blank the field by REST, but leave it as it is by Bulk API.
	return { value: texts.length === 0 ? null : texts.join(';') };
};

const readId: Reader = (value) => {
	const text = typeof value === 'string' ? value.trim() : '';
	if (isRecordId(text)) return { value: longRecordId(text.slice(0, 15)) };
	return { wants: 'a record ID of 15 or 18 letters and digits' };
};

/** By describe's type; every type that is not here is text. */
const READERS: Record<string, Reader> = {
	boolean: readBoolean,
	int: readWholeNumber,
	long: readWholeNumber,
	double: readNumber,
	currency: readNumber,
	percent: readNumber,
	date: readDate,
	datetime: readDateTime,
	time: readTime,
	multipicklist: readList,
	reference: readId,
	id: readId,
};

/**
 * Brings a value to the type of its field.
 *
 * @param value anything but undefined; null blanks the field, and unticks a checkbox (assumed: Salesforce has no
 *   empty checkbox). Luxon DateTimes and Dates are taken for text, date and date-time fields.
 * @param timeZone IANA name; the zone of dates and times that say none
 * @returns what to send, or what the field wants instead
 */
export function readFieldValue(field: FieldDescribe, value: unknown, timeZone: string): ReadValue {
	if (value === null) return { value: field.type === 'boolean' ? false : null };
	return (READERS[field.type] ?? readText)(value, timeZone);
}

/**
 * Whether a field already holds what would be written to it: Salesforce keeps text without blanks at its ends, empty
 * text as null, line breaks as `\n`, and date-times in a form of its own.
 *
 * @param written a value from `readFieldValue`
 * @param held the value as Salesforce returned it
 */
export function holdsValue(field: FieldDescribe, written: unknown, held: unknown): boolean {
	return comparable(field, written) === comparable(field, held);
}

function comparable(field: FieldDescribe, value: unknown): unknown {
	if (typeof value !== 'string') return value ?? null;
	if (field.type === 'datetime') return Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
	const text = value.replace(/\r\n?/g, '\n').trim();
	if (text === '') return null;
	// Salesforce keeps addresses in lower case (help article 000384328).
	if (field.type === 'email') return text.toLowerCase();
	// The order in which values of a multi-select picklist were chosen is not kept (assumed).
	return field.type === 'multipicklist' ? text.split(';').sort().join(';') : text;
}

function isKnownYear(date: DateTime): boolean {
	return date.isValid && date.year >= YEARS.first && date.year <= YEARS.last;
}

/** The moment that a value means; undefined where it means none. */
function dateTimeOf(value: unknown, timeZone: string): DateTime | undefined {
	const moment = parsed(value, timeZone);
	return moment?.isValid === true ? moment : undefined;
}

function parsed(value: unknown, timeZone: string): DateTime | undefined {
	if (DateTime.isDateTime(value)) return value.setZone(timeZone);
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone: timeZone });
	if (typeof value !== 'string') return undefined;
	const text = value.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d{2}:)/, '$1T');
	if (!DATE.test(text) && !DATE_TIME.test(text)) return undefined;
	return DateTime.fromISO(text, { zone: timeZone });
}
