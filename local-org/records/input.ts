import type { SQLInputValue } from 'node:sqlite';
import { ApiError, dataError, requestError } from '../errors';
import type { ErrorItem } from '../errors';
import { isObject, placeOf } from '../http';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import type { WriteContext } from './context';
import { indexOf } from './fieldIndex';
import { findReferenced } from './references';
import { readValue, withoutOuterBlanks } from './values';

/** What a record is written for. */
export type Operation = 'create' | 'update';

const ID_IN_BODY = 'The Id field should not be specified in the sobject data.';

function mayWrite(field: FieldSchema, operation: Operation, context: WriteContext): boolean {
	if (context.seeding) return field.type !== 'address';
	return Boolean(operation === 'create' ? field.createable : field.updateable);
}

/**
 * Turns the JSON of a record into what is stored, checking every field by itself: that it exists, may be written, and
 * holds a value of its type and length.
 * @throws ApiError with all the record's errors of one kind, in Salesforce's order: unknown fields, read-only fields,
 *   values
 */
export function readRecord(
	body: Record<string, unknown>,
	object: ObjectSchema,
	operation: Operation,
	context: WriteContext,
): Row {
	const known = indexOf(object).written;
	const pairs: [FieldSchema, unknown][] = [];
	for (const [name, value] of Object.entries(body)) {
		if (name === 'attributes') continue;
		const field = known.get(name.toLowerCase());
		if (!field || (isObject(value) && field.type !== 'reference' && field.type !== 'anyType' && !context.seeding)) {
			noteGap(name, object, context);
			throw requestError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
		}
		if (field.type === 'id' && !context.seeding) throw requestError('INVALID_FIELD', ID_IN_BODY);
		pairs.push([field, value]);
	}
	refuseReadOnly(pairs, operation, context);
	return readValues(pairs, object, context);
}

/** A name that real orgs know: as a field, the relationship of one, or one to child records. */
function noteGap(name: string, object: ObjectSchema, { org: { catalog } }: WriteContext): void {
	catalog.lacksField(object, name);
	catalog.lacksField(object, `${name}Id`);
	catalog.lacksChildren(object, name);
}

function refuseReadOnly(pairs: [FieldSchema, unknown][], operation: Operation, context: WriteContext): void {
	const fixed = pairs.filter(([field]) => !mayWrite(field, operation, context)).map(([{ name }]) => name);
	if (fixed.length === 0) return;
	throw dataError(
		'INVALID_FIELD_FOR_INSERT_UPDATE',
		`Unable to create/update fields: ${fixed.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
		fixed,
	);
}

function readValues(pairs: [FieldSchema, unknown][], object: ObjectSchema, context: WriteContext): Row {
	const row: Row = {};
	const wrong: ErrorItem[] = [];
	for (const [field, value] of pairs) {
		try {
			row[field.name] = readOne(value, field, object, context);
		} catch (error) {
			// A body that cannot be read stops the record at once; what is merely invalid is collected.
			if (!(error instanceof ApiError) || error.items.some(({ fields }) => !fields)) throw error;
			wrong.push(...error.items);
		}
	}
	if (wrong.length > 0) throw new ApiError(400, wrong);
	return row;
}

function readOne(value: unknown, field: FieldSchema, object: ObjectSchema, context: WriteContext): SQLInputValue {
	if (field.type === 'reference' && isObject(value)) return findReferenced(value, field, object, context);
	// A seed is trusted to say what stands in the org; a checkbox that it leaves empty is not ticked.
	if (context.seeding && value === null && field.type === 'boolean') return 0;
	const kept = context.seeding ? value : withoutOuterBlanks(value, field);
	return readValue(kept, field, () => placeOf(context.text, field.name));
}

/**
 * @throws REQUIRED_FIELD_MISSING for the required fields that a record leaves empty
 */
export function requireFields(row: Row, object: ObjectSchema, operation: Operation): void {
	const isMissing = (field: FieldSchema) => {
		if (operation === 'update') return row[field.name] === null;
		return Boolean(field.createable) && !field.defaultedOnCreate && !hasValue(row[field.name]);
	};
	const missing = indexOf(object)
		.required.filter(isMissing)
		.map(({ name }) => name);
	if (missing.length === 0) return;
	throw dataError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

const hasValue = (value: SQLInputValue | undefined) => value !== undefined && value !== null;
