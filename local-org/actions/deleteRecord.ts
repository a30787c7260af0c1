import { noContent } from '../http';
import { writeContext } from '../records/context';
import { deleteRecord as remove } from '../records/remove';
import { objectOf } from './action';
import type { Action } from './action';
import { idOf } from './recordOf';

/** DELETE sobjects/:sObject/:id: 204. */
export const deleteRecord: Action = (org, request, { sObject, id }) => {
	const object = objectOf(org, sObject);
	remove(idOf(id, object), object, writeContext(org, request));
	return noContent();
};
