import { noContent, objectBody } from '../http';
import { writeContext } from '../records/context';
import { updateRecord as update } from '../records/save';
import { objectOf } from './action';
import type { Action } from './action';
import { idOf } from './recordOf';

/** PATCH sobjects/:sObject/:id: 204. */
export const updateRecord: Action = (org, request, { sObject, id }) => {
	const object = objectOf(org, sObject);
	update(idOf(id, object), objectBody(request), object, writeContext(org, request));
	return noContent();
};
