import { lookupNotFound, requestError, resourceNotFound, wrongIdType } from '../errors';
import { hasIdForm, normalizeId } from '../ids';
import type { ApiRequest } from '../http';
import type { Org } from '../org';
import { fieldNamed } from '../records/fieldIndex';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';

/**
 * The 18-character ID of a record in a path.
 * @throws 404 NOT_FOUND for what cannot be an ID, and MALFORMED_ID for one whose last three characters do not fit the
 *   others (assumed to be worded as an ID of another object)
 */
export function idOf(text: string | undefined, object: ObjectSchema): string {
	const id = normalizeId(text ?? '');
	if (id) return id;
	throw hasIdForm(text ?? '') ? wrongIdType(text ?? '', object) : lookupNotFound(text ?? '');
}

/**
 * The record in a path, for reading.
 * @throws 404 NOT_FOUND for one that is not there or that the user may not see, and for a deleted one (seen by jsforce's
 *   tests)
 */
export function readableRow(org: Org, object: ObjectSchema, id: string): Row {
	const row = org.catalog.ofId(id)?.name === object.name ? org.storage.find(object.name, id) : undefined;
	if (!row || row.IsDeleted === 1 || !org.catalog.sees(object, id)) throw resourceNotFound();
	return row;
}

/** The fields that `?fields=a,b` asks for, after the ID that every answer has; undefined for all. */
export function fieldsParameter(org: Org, request: ApiRequest, object: ObjectSchema): FieldSchema[] | undefined {
	const list = request.query.get('fields');
	return list === null ? undefined : namedFields(org, list.split(','), object);
}

/**
 * Fields by name, in the order given; the ID comes last unless it is among them.
 * @throws INVALID_FIELD
 */
export function namedFields(org: Org, names: string[], object: ObjectSchema): FieldSchema[] {
	const fields = names.map((name) => {
		const field = fieldNamed(object, name.trim());
		if (field) return field;
		org.catalog.lacksField(object, name.trim());
		throw requestError('INVALID_FIELD', `No such column '${name.trim()}' on entity '${object.name}'.`);
	});
	const id = object.fields.find(({ type }) => type === 'id');
	return id && !fields.includes(id) ? [...fields, id] : fields;
}
