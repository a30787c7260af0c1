import { ApiError } from '../errors';
import { fieldNamed } from '../records/fieldIndex';
import { valueOfWrongType } from '../records/valueReader';
import { readValue } from '../records/values';
import type { Catalog } from '../schema/catalog';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import { InvalidData } from './csv';

/** What in a CSV empties a field; an empty value leaves the field as it is. */
const EMPTY_MARK = '#N/A';

/** A column of an upload: a field, or a field of a parent by which the parent is found. */
export interface Column {
	/** Its name as Salesforce writes it; a header may have it in another case. */
	name: string;
	field: FieldSchema;
	parent?: { object: ObjectSchema; key: FieldSchema };
}

/**
 * The columns that a header names: `Subject`, `Account.ExternalID__c`, and where a relationship leads to several objects
 * `User:Owner.Username`, which is refused elsewhere (docs:api-asynch, relationship fields in a header row).
 * @throws InvalidData for a name that is no column
 */
export function columnsOf(catalog: Catalog, object: ObjectSchema, header: string[]): Column[] {
	const names = header.map((name) => name.toLowerCase());
	const twice = header.find((_name, at) => names.indexOf(names[at] ?? '') < at);
	// Assumed: the wording, and that a column cannot stand there twice.
	if (twice !== undefined) throw new InvalidData(`InvalidBatch : Duplicate field name : ${twice}`);
	return header.map((name) => {
		const column = name.includes('.') ? parentColumn(catalog, object, name) : ownColumn(object, name);
		if (column) return column;
		catalog.lacksField(object, name.includes('.') ? `${name.split('.')[0]}Id` : name);
		throw new InvalidData(`InvalidBatch : Field name not found : ${name}`);
	});
}

function ownColumn(object: ObjectSchema, name: string): Column | undefined {
	const field = fieldNamed(object, name);
	// Seen for Bulk 1.0, whose archives Bulk 2.0 does not take (SFDX-Data-Move-Utility#141).
	if (field?.type === 'base64')
		throw new InvalidData(
			`InvalidBatch : Binary field ${field.name} is only supported for content types ZIP_XML and ZIP_CSV`,
		);
	return field && { name: field.name, field };
}

function parentColumn(catalog: Catalog, object: ObjectSchema, name: string): Column | undefined {
	const [, type, relationship = '', keyName = ''] = /^(?:(\w+):)?(\w+)\.(\w+)$/.exec(name) ?? [];
	const field = object.fields.find((one) => one.relationshipName?.toLowerCase() === relationship.toLowerCase());
	const targets = field?.referenceTo ?? [];
	if (!field || targets.length > 1 !== (type !== undefined)) return undefined;
	const target = targets.find((one) => type === undefined || one.toLowerCase() === type.toLowerCase());
	const parent = target === undefined ? undefined : catalog.object(target);
	const key = parent && fieldNamed(parent, keyName);
	if (!parent || !key || !(key.externalId || key.idLookup)) return undefined;
	const prefix = type === undefined ? '' : `${parent.name}:`;
	return { name: `${prefix}${field.relationshipName}.${key.name}`, field, parent: { object: parent, key } };
}

/**
 * A row as the JSON of a record.
 * @throws ApiError for a value that its field does not take
 */
export function fieldsOf(columns: Column[], row: string[]): Record<string, unknown> {
	const fields: Record<string, unknown> = {};
	columns.forEach(({ field, parent }, at) => {
		const text = row[at] ?? '';
		if (text === '') return;
		if (text === EMPTY_MARK) fields[field.name] = null;
		else if (!parent) fields[field.name] = valueOf(text, field);
		else
			fields[field.relationshipName ?? field.name] = {
				attributes: { type: parent.object.name },
				[parent.key.name]: text,
			};
	});
	return fields;
}

/** CSV has texts only; a checkbox may also be 1 or 0, and a whole number has no point. */
function valueOf(text: string, field: FieldSchema): unknown {
	if (field.type === 'int' && !/^[+-]?\d+$/.test(text.trim())) throw valueOfWrongType(text, field);
	const value = field.type === 'boolean' && (text === '1' || text === '0') ? text === '1' : text;
	try {
		readValue(value, field, () => '');
	} catch (error) {
		// What JSON would not parse is another error here; a value that is merely invalid is refused with all others.
		if (error instanceof ApiError && error.items.some(({ errorCode }) => errorCode === 'JSON_PARSER_ERROR'))
			throw valueOfWrongType(text, field);
	}
	return value;
}
