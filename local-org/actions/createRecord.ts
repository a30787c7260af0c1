import { objectBody } from '../http';
import { writeContext } from '../records/context';
import { createRecord as create } from '../records/save';
import { recordUrl } from '../records/show';
import { objectOf, type Action } from './action';

/**
 * POST sobjects/:sObject, or sobjects/:sObject/Id for clients that upsert (docs:rest-api/resources_sobject_upsert_post):
 * 201 with the new ID, and a Location. Assumed: the answer is the same for both.
 */
export const createRecord: Action = (org, request, { sObject }) => {
	const object = objectOf(org, sObject);
	const id = create(objectBody(request), object, writeContext(org, request));
	return {
		status: 201,
		body: { id, success: true, errors: [] },
		headers: { Location: recordUrl(request.version, object.name, id) },
		records: 1,
	};
};
