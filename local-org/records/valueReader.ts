import type { SQLInputValue } from 'node:sqlite';
import { requestError, type ApiError } from '../errors';
import type { FieldSchema } from '../schema/types';

/** Turns a value of a request's JSON into what is stored; null where it is empty. */
export type ValueReader = (value: unknown, field: FieldSchema, place: () => string) => SQLInputValue;

function tokenOf(value: unknown): string {
	if (typeof value === 'string') return `VALUE_STRING value ${JSON.stringify(value)}`;
	if (typeof value === 'number') return `VALUE_NUMBER_${Number.isInteger(value) ? 'INT' : 'FLOAT'} value ${value}`;
	if (typeof value === 'boolean') return `VALUE_${String(value).toUpperCase()} value ${value}`;
	return Array.isArray(value) ? 'START_ARRAY value [' : 'START_OBJECT value {';
}

/** A value of the wrong JSON type. */
export function wrongType(kind: string, value: unknown, place: () => string): ApiError {
	return requestError('JSON_PARSER_ERROR', `Cannot deserialize instance of ${kind} from ${tokenOf(value)} at ${place()}`);
}
