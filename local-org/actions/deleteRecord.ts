import { noContent } from '../http';
import { writeContext } from '../records/context';
import { deleteRecord as remove } from '../records/remove';
import { objectOf, type Action } from './action';
import { idOf } from './recordOf';

/** DELETE sobjects/:sObject/:id: 204. */
export const deleteRecord: Action = (org, request, { sObject, id }) => {
	remove(idOf(id), objectOf(org, sObject), writeContext(org, request));
	return noContent();
};
