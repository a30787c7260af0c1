import { idOnInsert } from '../../errors';
import { ok } from '../../http';
import { writeContext } from '../../records/context';
import { createRecord } from '../../records/save';
import type { ObjectSchema } from '../../schema/types';
import type { Action } from '../action';
import { collectionOf, saveEach, saved, typeOf } from './element';
import { checkTypes } from './types';

/** POST composite/sobjects: creates up to 200 records. */
export const createCollection: Action = (org, request) => {
	const { records, allOrNone } = collectionOf(request);
	checkTypes(org, records);
	const context = writeContext(org, request, records.length);
	let last: ObjectSchema | undefined;
	const elements = saveEach(org, records, allOrNone, (record) => {
		const object = typeOf(org, record);
		// Records of one object in a row are saved together, and then the next object's.
		if (object !== last) context.saved.clear();
		last = object;
		// Assumed: as in Bulk.
		if (Object.keys(record).some((name) => name.toLowerCase() === 'id')) throw idOnInsert();
		return saved(createRecord(record, object, context));
	});
	return ok(elements, records.length);
};
