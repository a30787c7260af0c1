import type { SQLInputValue } from 'node:sqlite';
import { dataError, requestError } from '../errors';
import type { ApiError } from '../errors';
import type { FieldSchema } from '../schema/types';

/** Turns a value of a request's JSON into what is stored; null where it is empty. */
export type ValueReader = (value: unknown, field: FieldSchema, place: () => string) => SQLInputValue;

function tokenOf(value: unknown): string {
	if (typeof value === 'string') return `VALUE_STRING value ${JSON.stringify(value)}`;
	if (typeof value === 'number') return `VALUE_NUMBER_${Number.isInteger(value) ? 'INT' : 'FLOAT'} value ${value}`;
	if (typeof value === 'boolean') return `VALUE_${String(value).toUpperCase()} value ${value}`;
	return 'START_OBJECT value { or request may be missing a required field';
}

/** A value of the wrong JSON type. Of a list the place is told without *at* (seen in orgs). */
export function wrongType(kind: string, value: unknown, place: () => string): ApiError {
	const token = Array.isArray(value) ? 'START_ARRAY value' : `${tokenOf(value)} at`;
	return requestError('JSON_PARSER_ERROR', `Cannot deserialize instance of ${kind} from ${token} ${place()}`);
}

/** A value that can be read, but is none of its field's type. */
export function valueOfWrongType(text: string, { label, name }: FieldSchema): ApiError {
	return dataError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${label}: value not of required type: ${text}`, [name]);
}
