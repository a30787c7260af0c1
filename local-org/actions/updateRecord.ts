import { noContent, objectBody } from '../http';
import { writeContext } from '../records/context';
import { updateRecord as update } from '../records/save';
import { objectOf, type Action } from './action';
import { idOf } from './recordOf';

/** PATCH sobjects/:sObject/:id: 204. */
export const updateRecord: Action = (org, request, { sObject, id }) => {
	update(idOf(id), objectBody(request), objectOf(org, sObject), writeContext(org, request));
	return noContent();
};
