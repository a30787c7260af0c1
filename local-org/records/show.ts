import type { ObjectSchema, FieldSchema } from '../schema/types';
import type { Row } from '../storage';
import { showValue } from './values';

/** A record as the API's JSON shows it, without `attributes`. */
export type RecordJson = Record<string, unknown>;

const keyOf = (part: FieldSchema, prefix: string) => {
	const name = part.name.slice(prefix.length);
	return name.charAt(0).toLowerCase() + name.slice(1);
};

/** A compound address from its parts, keys in alphabetical order; null when every part is empty. */
function showAddress(row: Row, field: FieldSchema, object: ObjectSchema): unknown {
	const prefix = field.name.slice(0, -'Address'.length);
	const parts = object.fields
		.filter(({ compoundFieldName }) => compoundFieldName === field.name)
		.map((part) => [keyOf(part, prefix), showValue(row[part.name], part)] as const)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}

/** One field of a record, as the API shows it. */
function showField(row: Row, field: FieldSchema, object: ObjectSchema): unknown {
	return field.type === 'address' ? showAddress(row, field, object) : showValue(row[field.name], field);
}

/** The fields of a record in the schema's order, or those given. */
export function showRecord(row: Row, object: ObjectSchema, fields: FieldSchema[] = object.fields): RecordJson {
	return Object.fromEntries(fields.map((field) => [field.name, showField(row, field, object)]));
}

/** The path of a record, as in `attributes.url`. */
export function recordUrl(version: number, object: string, id: string): string {
	return `/services/data/v${version}.0/sobjects/${object}/${id}`;
}

/** A record with its `attributes`, as a single read answers it. */
export function showWithAttributes(
	row: Row,
	object: ObjectSchema,
	version: number,
	fields?: FieldSchema[],
): RecordJson {
	const attributes = { type: object.name, url: recordUrl(version, object.name, String(row.Id)) };
	// Of a file its address is shown.
	const files = (fields ?? object.fields).filter(({ type, name }) => type === 'base64' && row[name] !== null);
	const addresses = files.map(({ name }) => [name, `${attributes.url}/${name}`]);
	return { attributes, ...showRecord(row, object, fields), ...Object.fromEntries(addresses) };
}
