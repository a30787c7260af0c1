import { InputError } from '../inputError';
import { likePattern, textLiteral } from '../soql';
import type { PatternPlace } from '../soql';
import { readBoolean } from '../values/boolean';
import { readDate, readDateTime } from '../values/date';
import { readId } from '../values/id';
import { numberText, readNumber } from '../values/number';
import type { ReadValue } from '../values/readValue';
import { readText } from '../values/text';
import { readTime } from '../values/time';

/** What kind of value a query's parameter has; the three places are patterns for LIKE. */
export type ValueType = 'text' | 'number' | 'boolean' | 'date' | 'dateTime' | 'time' | 'id' | PatternPlace | 'null';

/** How each kind of value becomes a literal; the second argument is the zone of dates and times that name none. */
const LITERALS: Record<Exclude<ValueType, 'null'>, (value: unknown, zone: string) => ReadValue<string>> = {
	text: (value) => literal(readText(value), textLiteral),
	startsWith: (value) => literal(readText(value), (text) => likePattern(text, 'startsWith')),
	contains: (value) => literal(readText(value), (text) => likePattern(text, 'contains')),
	endsWith: (value) => literal(readText(value), (text) => likePattern(text, 'endsWith')),
	number: (value) => literal(readNumber(value), numberText),
	boolean: (value) => literal(readBoolean(value), String),
	date: readDate,
	dateTime: (value, zone) => literal(readDateTime(value, zone), (moment) => moment.replace('.000Z', 'Z')),
	time: readTime,
	id: (value) => literal(readId(value), textLiteral),
};

/**
 * A value as a SOQL literal. Whatever the value holds, it stays one value.
 *
 * @param label how messages name the value: `:since`
 * @param zone the time zone of dates and times that name none
 * @throws InputError when the value is not of its type; the message does not hold the value
 */
export function valueLiteral(value: unknown, type: ValueType, label: string, zone: string): string {
	if (type === 'null') return 'null';
	// Salesforce finds records without a value by an empty text, and all of them by an empty pattern.
	if (value === undefined || value === null || value === '') throw noValue(label);
	if (Array.isArray(value)) {
		throw new InputError(`${label} is a list`, 'Switch on List for it, and use it with IN or NOT IN.');
	}
	const read = LITERALS[type](value, zone);
	if ('value' in read) return read.value;
	throw new InputError(
		`${label} is not ${read.wants}`,
		read.remedy ?? 'Correct the value, or the expression that gives it, or choose another Type.',
	);
}

/** A value that is not there: an expression found nothing. */
export function noValue(label: string): InputError {
	return new InputError(`${label} has no value`, 'Check the expression that fills it, or give it the type Null.');
}

function literal<T>(read: ReadValue<T>, write: (value: T) => string): ReadValue<string> {
	return 'value' in read ? { value: write(read.value) } : read;
}
