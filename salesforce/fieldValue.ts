import type { FieldDescribe } from './describe';
import { readMoment } from './moment';
import { readBoolean } from './values/boolean';
import { readDate, readDateTime } from './values/date';
import { readId } from './values/id';
import { readChoices } from './values/list';
import { ExactNumber, readNumber, readWholeNumber } from './values/number';
import type { ReadValue } from './values/readValue';
import { readText } from './values/text';
import { readTime } from './values/time';

/** A value as Salesforce takes it in JSON. */
export type FieldValue = string | number | boolean | ExactNumber | null;

/** By describe's type; every type that is not here is text. */
const READERS: Record<string, (value: unknown, timeZone: string) => ReadValue<FieldValue>> = {
	boolean: readBoolean,
	int: readWholeNumber,
	long: readWholeNumber,
	double: readNumber,
	currency: readNumber,
	percent: readNumber,
	date: readDate,
	datetime: readDateTime,
	time: readTime,
	multipicklist: readChoices,
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
export function readFieldValue(field: FieldDescribe, value: unknown, timeZone: string): ReadValue<FieldValue> {
	if (value === null) return { value: field.type === 'boolean' ? false : null };
	return (READERS[field.type] ?? readText)(value, timeZone);
}

/**
 * Whether a field already holds what would be written to it: Salesforce keeps text without blanks at its ends, empty
 * text as null, line breaks as `\n`, IDs with 18 characters, and date-times in a form of its own.
 *
 * @param field describe's type of the field is all that counts
 * @param written a value from `readFieldValue`
 * @param held the value as Salesforce returned it
 */
export function holdsValue(field: Pick<FieldDescribe, 'type'>, written: unknown, held: unknown): boolean {
	return written === held || keptForm(field, written) === keptForm(field, held);
}

/**
 * A value in the form in which Salesforce keeps it, so that values which are kept alike are equal.
 *
 * @param value from `readFieldValue`, or as Salesforce returned it; undefined counts as null
 */
export function keptForm(field: Pick<FieldDescribe, 'type'>, value: unknown): unknown {
	if (value === undefined || value === null) return null;
	// Salesforce's JSON rounds the digits that a JavaScript number does not hold.
	if (value instanceof ExactNumber) return Number(value.digits);
	if (typeof value !== 'string') return value;
	// Salesforce keeps whole seconds in the fields that can be written.
	if (field.type === 'datetime') return Math.floor(readMoment(value) / 1000);
	const text = value.replace(/\r\n?/g, '\n').trim();
	if (text === '') return null;
	if (field.type === 'id' || field.type === 'reference') return text.slice(0, 15);
	// Salesforce keeps addresses in lower case (help article 000384328).
	if (field.type === 'email') return text.toLowerCase();
	// The order in which values of a multi-select picklist were chosen is not kept (assumed).
	return field.type === 'multipicklist' ? text.split(';').sort().join(';') : text;
}

/**
 * A value in the form in which equal ones are equal where records are found by them, by Salesforce's rule for external
 * IDs: their case counts unless the field is unique without regard to case (REST API, upsert by external ID). Of other
 * fields it never counts.
 */
export function matchForm(field: FieldDescribe, value: unknown): unknown {
	if (value instanceof ExactNumber) return value.digits;
	const kept = keptForm(field, value);
	if (typeof kept !== 'string' || field.type === 'id' || field.type === 'reference') return kept;
	return field.caseSensitive || (field.externalId && !field.unique) ? kept : kept.toLowerCase();
}
