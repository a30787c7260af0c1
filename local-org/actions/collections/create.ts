import { ok } from '../../http';
import { writeContext } from '../../records/context';
import { createRecord } from '../../records/save';
import type { Action } from '../action';
import { collectionOf, saveEach, saved, typeOf } from './element';
import { checkTypes } from './types';

/** POST composite/sobjects: creates up to 200 records. */
export const createCollection: Action = (org, request) => {
	const { records, allOrNone } = collectionOf(request);
	checkTypes(org, records);
	const context = writeContext(org, request, records.length);
	const elements = saveEach(org, records, allOrNone, (record) =>
		saved(createRecord(record, typeOf(org, record), context)),
	);
	return ok(elements, records.length);
};
