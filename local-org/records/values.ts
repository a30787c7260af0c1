import type { SQLInputValue } from 'node:sqlite';
import { dataError } from '../errors';
import { normalizeId } from '../ids';
import { isAddressCode } from '../schema/addressPicklists';
import type { FieldSchema } from '../schema/types';
import { readDate, readDateTime, readTime } from './dateValues';
import { valueOfWrongType, wrongType } from './valueReader';
import type { ValueReader } from './valueReader';

/** Blanks and control characters; a no-break space is none of them, and stays. */
const OUTER_BLANKS = /^[\0- ]+|[\0- ]+$/g;

/**
 * A value as it was sent, but text without the blanks around it, which Salesforce does not keep: nothing but blanks is
 * nothing (docs:apexcode/langCon_apex_primitives).
 */
export function withoutOuterBlanks(value: unknown, field: FieldSchema): unknown {
	const isText = [readText, readPicklist, readEmail].includes(READERS[field.type] ?? readText);
	return isText && typeof value === 'string' ? value.replace(OUTER_BLANKS, '') : value;
}

const readText: ValueReader = (value, field, place) => {
	if (typeof value !== 'string') throw wrongType('string', value, place);
	if (value === '') return null;
	// Assumed: Salesforce counts UTF-16 units, as Java does; where describe says that bytes count, those.
	if (field.length && (value.length > field.length || Buffer.byteLength(value) > (field.byteLength ?? Infinity))) {
		throw dataError('STRING_TOO_LONG', `${field.label}: data value too large: ${value} (max length=${field.length})`, [
			field.name,
		]);
	}
	return value;
};

const readPicklist: ValueReader = (value, field, place) => {
	const chosen = readText(value, field, place);
	const bad =
		field.restrictedPicklist &&
		!isAddressCode(field) &&
		chosen !== null &&
		!String(chosen)
			.split(field.type === 'multipicklist' ? ';' : '\0')
			.every((one) => field.picklistValues?.some(({ value, active }) => value === one && active !== false));
	if (!bad) return chosen;
	throw dataError(
		'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
		`${field.label}: bad value for restricted picklist field: ${chosen}`,
		[field.name],
	);
};

/** A dot may not begin an address, though it may end the part before the @, and follow another there (help 000384328). */
const EMAIL = /^[^\s@.<>(),;:"[\]\\][^\s@<>(),;:"[\]\\]*@[^\s@.<>(),;:"[\]\\]+(\.[^\s@.<>(),;:"[\]\\]+)+$/;

/** An address is kept in lower case (help 000384328). */
const readEmail: ValueReader = (value, field, place) => {
	const address = readText(value, field, place);
	if (address === null) return null;
	if (EMAIL.test(String(address))) return String(address).toLowerCase();
	throw dataError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${address}`, [field.name]);
};

const readBoolean: ValueReader = (value, _field, place) => {
	if (typeof value === 'boolean') return Number(value);
	const word = typeof value === 'string' ? value.toLowerCase() : '';
	if (word === 'true' || word === 'false') return Number(word === 'true');
	throw wrongType('boolean', value, place);
};

/** A number as a text: JavaScript would take `0x10` as well. */
const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/**
 * Digits before the point are limited; those behind it are kept as they are sent, however few the field is said to have,
 * which only the user interface rounds (help 000387302).
 */
function readNumber(kind: string, fits: (number: number, field: FieldSchema) => boolean): ValueReader {
	return (value, field, place) => {
		if (value === '') return null;
		const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongType(kind, value, place);
		if (kind === 'int' && !Number.isInteger(number)) throw wrongType(kind, value, place);
		if (fits(number, field)) return number;
		throw dataError(
			'NUMBER_OUTSIDE_VALID_RANGE',
			`${field.label}: value outside of valid range on numeric field: ${number}`,
			[field.name],
		);
	};
}

/** Whether an ID is of an object that the field may point to is judged where records are known. */
const readId: ValueReader = (value, field, place) => {
	if (typeof value !== 'string') throw wrongType(field.type, value, place);
	if (value === '') return null;
	const id = normalizeId(value);
	if (id) return id;
	throw dataError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);
};

/** describe says 8 of the digits of every such field, and the object reference of NumberOfEmployees. */
const fitsInt = (number: number) => Math.abs(number) < 10 ** 8;
function fitsDecimal(number: number, field: FieldSchema): boolean {
	const degrees = degreesOf(field);
	if (degrees !== undefined) return Math.abs(number) <= degrees;
	return Math.abs(number) < 10 ** ((field.precision ?? 18) - (field.scale ?? 0));
}

/** How far places on earth are from its middle at most (help, geolocation custom field; code and wording are assumed). */
function degreesOf({ name, compoundFieldName }: FieldSchema): number | undefined {
	if (compoundFieldName === undefined) return undefined;
	if (name.endsWith('Latitude')) return 90;
	return name.endsWith('Longitude') ? 180 : undefined;
}

/** The bytes of a file, in base64. */
const readBytes: ValueReader = (value, _field, place) => {
	if (typeof value !== 'string' || !/^[A-Za-z0-9+/\s]*={0,2}$/.test(value))
		throw wrongType('base64Binary', value, place);
	return value === '' ? null : value;
};

const READERS: Partial<Record<FieldSchema['type'], ValueReader>> = {
	picklist: readPicklist,
	multipicklist: readPicklist,
	email: readEmail,
	boolean: readBoolean,
	int: readNumber('int', fitsInt),
	double: readNumber('double', fitsDecimal),
	currency: readNumber('double', fitsDecimal),
	percent: readNumber('double', fitsDecimal),
	date: readDate,
	datetime: readDateTime,
	time: readTime,
	reference: readId,
	id: readId,
	anyType: (value) => JSON.stringify(value),
	base64: readBytes,
};

/**
 * What is stored for a value of a request. `place` says where in the request it stands.
 * @throws ApiError with Salesforce's code and wording when the value does not fit the field
 */
export function readValue(value: unknown, field: FieldSchema, place: () => string): SQLInputValue {
	// A checkbox cannot be empty (seen in an org: false is taken in its place).
	if (value === null && field.type === 'boolean') throw valueOfWrongType('', field);
	if (value === null) return null;
	return (READERS[field.type] ?? readText)(value, field, place);
}

/** A stored value as the API's JSON shows it. */
export function showValue(value: SQLInputValue | undefined, field: FieldSchema): unknown {
	if (value === null || value === undefined) return null;
	if (field.type === 'boolean') return value === 1;
	if (field.type === 'datetime') return String(value).replace(/Z$/, '+0000');
	if (field.type === 'anyType') return JSON.parse(String(value)) as unknown;
	return value;
}
