import { requestError, wrongIdType } from '../../errors';
import type { ApiError } from '../../errors';
import { ok } from '../../http';
import { normalizeId } from '../../ids';
import { writeContext } from '../../records/context';
import { repeatedKey, repeatedKeys } from '../../records/repeatedKeys';
import { updateRecord } from '../../records/save';
import { recordId } from '../../schema/fields';
import type { ObjectSchema } from '../../schema/types';
import type { Action } from '../action';
import { collectionOf, saveEach, saved, typeOf } from './element';
import type { Sent } from './element';
import { checkTypes } from './types';

const ID = recordId('Record ID');

/** Tells the IDs of records to update that stand in the call more than once. */
export function repeatedIds(records: Sent[]): (id: string) => boolean {
	const idOf = (record: Sent) => Object.entries(record).find(([name]) => name.toLowerCase() === 'id')?.[1];
	return repeatedKeys(records.map(idOf), ID);
}

/** The error of each of them. */
export const repeatedId = (id: string): ApiError => repeatedKey(id, ID);

/**
 * Splits a record into its ID and what is to be written.
 * @throws when it has none, or none of the object's
 */
export function takeId(record: Sent, object: ObjectSchema): { id: string; fields: Sent } {
	const key = Object.keys(record).find((name) => name.toLowerCase() === 'id');
	const { [key ?? '']: value, ...fields } = record;
	if (key === undefined) throw requestError('MISSING_ARGUMENT', 'Id not specified in an update call');
	const id = typeof value === 'string' ? normalizeId(value) : undefined;
	if (id === undefined) throw wrongIdType(String(value), object);
	return { id, fields };
}

/** PATCH composite/sobjects: updates up to 200 records by ID. */
export const updateCollection: Action = (org, request) => {
	const { records, allOrNone } = collectionOf(request);
	checkTypes(org, records);
	const context = writeContext(org, request, records.length);
	const isRepeated = repeatedIds(records);
	const elements = saveEach(
		org,
		records,
		allOrNone,
		(record) => {
			const object = typeOf(org, record);
			const { id, fields } = takeId(record, object);
			if (isRepeated(id)) throw repeatedId(id);
			updateRecord(id, fields, object, context);
			return saved(id);
		},
		(_record, rolledBack) => (rolledBack ? { id: rolledBack.id } : {}),
	);
	return ok(elements, records.length);
};
