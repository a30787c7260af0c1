import { found } from '../http';
import { showWithAttributes } from '../records/show';
import { objectOf } from './action';
import type { Action } from './action';
import { precondition, recordTag } from './conditional';
import { fieldsParameter, idOf, readableRow } from './recordOf';

/** GET sobjects/:sObject/:id, with `fields` all of them or those named. */
export const getRecord: Action = (org, request, { sObject, id }) => {
	const object = objectOf(org, sObject);
	const row = readableRow(org, object, idOf(id, object));
	const copy = precondition(request, object, row);
	if (copy) return copy;
	const tag = recordTag(object, row);
	const answer = found(showWithAttributes(row, object, request.version, fieldsParameter(org, request, object)), 1);
	return tag === undefined ? answer : { ...answer, headers: { ETag: tag } };
};
