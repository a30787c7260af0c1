import { ApiError, dataError, lookupNotFound, resourceNotFound } from '../errors';
import { normalizeId } from '../ids';
import type { Org } from '../org';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import type { WriteContext } from './context';
import { fieldNamed } from './fieldIndex';
import { createRecord, updateRecord } from './save';
import { recordUrl } from './show';
import { readValue, withoutOuterBlanks } from './values';

/** A record saved by its external ID. */
export interface Upserted {
	id: string;
	created: boolean;
}

/** The field by which records can be found, or a 404 in Salesforce's words. */
export function lookupField(org: Org, object: ObjectSchema, name: string): FieldSchema {
	const field = fieldNamed(object, name);
	if (!field) org.catalog.lacksField(object, name);
	if (!field || !(field.externalId || field.idLookup)) throw lookupNotFound(name);
	return field;
}

/** Whether the user may upsert by a field. */
export function mayUpsertBy(org: Org, field: FieldSchema): boolean {
	if (!field.externalId) return Boolean(field.idLookup);
	const viewsAll =
		org.allows('viewAllData') && (org.catalog.userHas('ViewAllData') || org.catalog.userHas('ModifyAllData'));
	return field.unique || viewsAll;
}

/**
 * The field by which records may be upserted. One that is not unique needs the right View All Data; the wording of
 * its refusal is assumed.
 */
export function upsertField(org: Org, object: ObjectSchema, name: string): FieldSchema {
	const field = lookupField(org, object, name);
	if (!mayUpsertBy(org, field)) throw lookupNotFound(name);
	return field;
}

/**
 * The records with this value in a lookup field, without those in the recycle bin. Case counts, unless the field is
 * unique without regard to case (REST documentation, upsert by external ID) or is none of the user's making.
 */
export function findMatches(org: Org, object: ObjectSchema, field: FieldSchema, value: unknown): Row[] {
	const isThere = (row: Row) => row.IsDeleted !== 1 && org.catalog.sees(object, String(row.Id));
	if (field.type === 'id') {
		const id = normalizeId(String(value));
		const row = id === undefined ? undefined : org.storage.find(object.name, id);
		return (row ? [row] : []).filter(isThere);
	}
	const key = readValue(withoutOuterBlanks(value, field), field, () => '[line:1, column:1]');
	if (key === null) return [];
	const exact = Boolean(field.externalId && (!field.unique || field.caseSensitive));
	return org.storage.findBy(object.name, field.name, key, exact).filter(isThere);
}

/** HTTP 300: several records have the external ID; the body lists their addresses. */
export function ambiguous(rows: Row[], object: ObjectSchema, version: number): ApiError {
	return new ApiError(
		300,
		[],
		rows.map((row) => recordUrl(version, object.name, String(row.Id))),
	);
}

/** The same in a collection. */
export function ambiguousElement(rows: Row[], field: FieldSchema): ApiError {
	const ids = rows.map((row) => String(row.Id)).join(', ');
	return dataError(
		'DUPLICATE_EXTERNAL_ID',
		`${field.label}: more than one record found for external id field: [${ids}]`,
		[field.name],
	);
}

/**
 * Saves a record by a lookup field's value: updates the one that has it, or creates one. `matches` is what findMatches
 * gave, at most one.
 * @throws ApiError
 */
export function upsertRecord(
	matches: Row[],
	field: FieldSchema,
	value: unknown,
	body: Record<string, unknown>,
	object: ObjectSchema,
	context: WriteContext,
	updateOnly = false,
): Upserted {
	const [found] = matches;
	if (found) {
		const id = String(found.Id);
		updateRecord(id, body, object, context);
		return { id, created: false };
	}
	if (updateOnly || field.type === 'id') throw resourceNotFound();
	// Assumed: nothing but blanks, which is no value, is refused as no value is.
	if (withoutOuterBlanks(value, field) === '') throw dataError('MISSING_ARGUMENT', `${field.name} not specified`);
	return { id: createRecord({ ...body, [field.name]: value }, object, context), created: true };
}
