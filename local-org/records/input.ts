import type { SQLInputValue } from 'node:sqlite';
import { ApiError, dataError, requestError } from '../errors';
import type { ErrorItem } from '../errors';
import { isObject, placeOf } from '../http';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import type { WriteContext } from './context';
import { indexOf } from './fieldIndex';
import { findReferenced } from './references';
import { wrongType } from './valueReader';
import { readValue, withoutOuterBlanks } from './values';

/** What a record is written for. */
export type Operation = 'create' | 'update';

const ID_IN_BODY = 'The Id field should not be specified in the sobject data.';

/** What a body gives a field, by its own name or, of a reference, by that of the relationship. */
interface Given {
	field: FieldSchema;
	value: unknown;
	isParent: boolean;
}

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
	const given: Given[] = [];
	for (const [name, value] of Object.entries(body)) {
		if (name === 'attributes') continue;
		const field = known.get(name.toLowerCase());
		if (!field || (isObject(value) && field.type === 'address' && !context.seeding)) {
			noteGap(name, object, context);
			throw requestError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
		}
		if (field.type === 'id' && !context.seeding) throw requestError('INVALID_FIELD', ID_IN_BODY);
		given.push({ field, value, isParent: field.name.toLowerCase() !== name.toLowerCase() });
	}
	refuseReadOnly(given, operation, context);
	refuseNamedTwice(given);
	return readValues(given, object, context);
}

/** A name that real orgs know: as a field, the relationship of one, or one to child records. */
function noteGap(name: string, object: ObjectSchema, { org: { catalog } }: WriteContext): void {
	catalog.lacksField(object, name);
	catalog.lacksField(object, `${name}Id`);
	catalog.lacksChildren(object, name);
}

function refuseReadOnly(given: Given[], operation: Operation, context: WriteContext): void {
	const fixed = given.filter(({ field }) => !mayWrite(field, operation, context)).map(({ field }) => field.name);
	if (fixed.length === 0) return;
	throw dataError(
		'INVALID_FIELD_FOR_INSERT_UPDATE',
		`Unable to create/update fields: ${fixed.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
		fixed,
	);
}

/** A parent is named by its ID or by a key of its own, not by both (seen for owners; of an empty ID assumed). */
function refuseNamedTwice(given: Given[]): void {
	const hasId = (field: FieldSchema) => given.some((one) => one.field === field && !one.isParent);
	const twice = given.find(({ field, value, isParent }) => isParent && isObject(value) && hasId(field))?.field;
	if (!twice) return;
	throw dataError(
		'INVALID_FIELD',
		`Cannot specify both an external ID reference ${twice.relationshipName} and a salesforce id, ${twice.name}`,
	);
}

function readValues(given: Given[], object: ObjectSchema, context: WriteContext): Row {
	const row: Row = {};
	const wrong: ErrorItem[] = [];
	for (const one of given) {
		try {
			row[one.field.name] = readOne(one, object, context);
		} catch (error) {
			// A body that cannot be read stops the record at once; what is merely invalid is collected.
			if (!(error instanceof ApiError) || error.items.some(({ fields }) => !fields)) throw error;
			wrong.push(...error.items);
		}
	}
	if (wrong.length > 0) throw new ApiError(400, wrong);
	return row;
}

function readOne({ field, value, isParent }: Given, object: ObjectSchema, context: WriteContext): SQLInputValue {
	const place = () => placeOf(context.text, field.name);
	// A seed may name a parent by either name.
	if (isObject(value) && field.type === 'reference' && (isParent || context.seeding))
		return findReferenced(value, field, object, context);
	// Assumed: the word for what is wanted in place of a text.
	if (isParent && value !== null && !context.seeding) throw wrongType('sobject', value, place);
	// A seed is trusted to say what stands in the org; a checkbox that it leaves empty is not ticked.
	if (context.seeding && value === null && field.type === 'boolean') return 0;
	const kept = context.seeding ? value : withoutOuterBlanks(value, field);
	return readValue(kept, field, place);
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
