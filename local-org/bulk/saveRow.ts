import { dataError, entityIsDeleted, idOnInsert, invalidCrossReference, wrongIdType } from '../errors';
import { normalizeId } from '../ids';
import type { WriteContext } from '../records/context';
import { fieldNamed } from '../records/fieldIndex';
import { deleteRecord, erase } from '../records/remove';
import { createRecord, updateRecord } from '../records/save';
import { ambiguousElement, findMatches, upsertRecord } from '../records/upsert';
import type { Upserted } from '../records/upsert';
import type { ObjectSchema } from '../schema/types';
import type { Job } from './job';

type Fields = Record<string, unknown>;

function takeKey(fields: Fields, name: string): { key: string | undefined; rest: Fields } {
	const { [name]: key, ...rest } = fields;
	return { key: typeof key === 'string' ? key : undefined, rest };
}

/**
 * Does with one record what its job is for. `fields` are named as in the schema.
 * @throws ApiError
 */
export function saveRow(job: Job, object: ObjectSchema, fields: Fields, context: WriteContext): Upserted {
	if (job.operation === 'insert') {
		if ('Id' in fields) throw idOnInsert();
		return { id: createRecord(fields, object, context), created: true };
	}
	if (job.externalIdFieldName !== undefined) return upsert(job.externalIdFieldName, object, fields, context);
	const { key, rest } = takeKey(fields, 'Id');
	if (key === undefined)
		throw dataError('MISSING_ARGUMENT', `Id not specified${job.operation === 'update' ? ' in an update call' : ''}`);
	const id = normalizeId(key);
	if (id === undefined)
		throw job.operation === 'update' ? wrongIdType(key, object) : dataError('MALFORMED_ID', `malformed id ${key}`);
	if (job.operation === 'update') updateRecord(id, rest, object, context);
	else if (job.operation === 'hardDelete') eraseRecord(id, object, context);
	else deleteRecord(id, object, context);
	return { id, created: false };
}

function upsert(fieldName: string, object: ObjectSchema, fields: Fields, context: WriteContext): Upserted {
	const field = fieldNamed(object, fieldName);
	const { key, rest } = takeKey(fields, fieldName);
	if (!field || (key === undefined && field.type !== 'id'))
		throw dataError('MISSING_ARGUMENT', `${fieldName} not specified`);
	if (key === undefined) return { id: createRecord(rest, object, context), created: true };
	const matches = findMatches(context.org, object, field, key);
	if (matches.length > 1) throw ambiguousElement(matches, field);
	if (field.type === 'id' && matches.length === 0) throw invalidCrossReference();
	return upsertRecord(matches, field, key, rest, object, context);
}

/** Deletes past the recycle bin; what lies in it already can be deleted so too. */
function eraseRecord(id: string, object: ObjectSchema, context: WriteContext): void {
	const row = context.org.storage.find(object.name, id);
	if (!row) throw entityIsDeleted();
	if (row.IsDeleted !== 1) deleteRecord(id, object, context);
	erase(id, context);
}
