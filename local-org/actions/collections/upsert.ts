import { requestError } from '../../errors';
import { ok } from '../../http';
import { writeContext } from '../../records/context';
import { createRecord, updateRecord } from '../../records/save';
import { repeatedKey, repeatedKeys } from '../../records/repeatedKeys';
import { ambiguousElement, findMatches, upsertField, upsertRecord } from '../../records/upsert';
import type { FieldSchema } from '../../schema/types';
import { objectOf } from '../action';
import type { Action } from '../action';
import { collectionOf, saveEach, saved, typeOf } from './element';
import type { Sent } from './element';
import { takeId } from './update';

/** A record whose ID is null, as clients send one that they do not know, is one without. */
function withoutEmptyId(record: Sent): Sent {
	const entries = Object.entries(record).filter(([name, value]) => name.toLowerCase() !== 'id' || value !== null);
	return Object.fromEntries(entries);
}

function takeKey(record: Sent, field: FieldSchema): { key: unknown; fields: Sent } {
	const name = Object.keys(record).find((one) => one.toLowerCase() === field.name.toLowerCase());
	const { [name ?? '']: key, ...fields } = record;
	return { key, fields };
}

/** PATCH composite/sobjects/:sObject/:field: upserts up to 200 records of one type by a lookup field. */
export const upsertCollection: Action = (org, request, { sObject, field: fieldName }) => {
	const object = objectOf(org, sObject);
	const field = upsertField(org, object, fieldName ?? '');
	const { records: sent, allOrNone } = collectionOf(request);
	const records = sent.map(withoutEmptyId);
	const context = writeContext(org, request, records.length);
	const isRepeated = repeatedKeys(
		records.map((record) => takeKey(record, field).key),
		field,
	);
	const elements = saveEach(
		org,
		records,
		allOrNone,
		(record) => {
			if (typeOf(org, record).name !== object.name) {
				// Assumed wording: an upsert takes one type only (documented).
				throw requestError('INVALID_TYPE', `Record type does not match the type ${object.name} of the request`);
			}
			if (field.type === 'id') return upsertById(record);
			const { key, fields } = takeKey(record, field);
			if (key === undefined || key === null || key === '') {
				throw requestError('MISSING_ARGUMENT', `${field.name} not specified`);
			}
			if (isRepeated(key)) throw repeatedKey(key, field);
			const matches = findMatches(org, object, field, key);
			if (matches.length > 1) throw ambiguousElement(matches, field);
			const { id, created } = upsertRecord(matches, field, key, fields, object, context);
			return { ...saved(id), created };
		},
		// A rolled-back upsert still says what it would have been: seen in a live org.
		(_record, rolledBack) => (rolledBack ? { id: rolledBack.id, created: rolledBack.created } : { created: false }),
	);
	return ok(elements, records.length);

	function upsertById(record: Sent) {
		const hasId = Object.entries(record).some(([name, value]) => name.toLowerCase() === 'id' && value !== null);
		if (!hasId) return { ...saved(createRecord(record, object, context)), created: true };
		const { id, fields } = takeId(record, object);
		if (isRepeated(id)) throw repeatedKey(id, field);
		updateRecord(id, fields, object, context);
		return { ...saved(id), created: false };
	}
};
