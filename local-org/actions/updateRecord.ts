import { noContent, objectBody } from '../http';
import { writeContext } from '../records/context';
import { updateRecord as update } from '../records/save';
import { objectOf } from './action';
import type { Action } from './action';
import { precondition } from './conditional';
import { idOf } from './recordOf';

/** PATCH sobjects/:sObject/:id: 204. */
export const updateRecord: Action = (org, request, { sObject, id }) => {
	const object = objectOf(org, sObject);
	const named = idOf(id, object);
	const row = org.storage.find(object.name, named);
	if (row) precondition(request, object, row);
	update(named, objectBody(request), object, writeContext(org, request));
	return noContent();
};
