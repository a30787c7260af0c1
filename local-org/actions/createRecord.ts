import { randomUUID } from 'node:crypto';
import { isPlatformEvent } from '../events/platformEvents';
import { objectBody } from '../http';
import { writeContext } from '../records/context';
import { createRecord as create } from '../records/save';
import { recordUrl } from '../records/show';
import { objectOf } from './action';
import type { Action } from './action';

/** What stands beside a published event's success, with its UUID (docs:platform-events, publish by REST). */
const enqueued = () => ({ statusCode: 'OPERATION_ENQUEUED', message: randomUUID(), fields: [] });

/**
 * POST sobjects/:sObject, or sobjects/:sObject/Id for clients that upsert (docs:rest-api/resources_sobject_upsert_post):
 * 201 with the new ID, and a Location. Assumed: the answer is the same for both.
 */
export const createRecord: Action = (org, request, { sObject }) => {
	const object = objectOf(org, sObject);
	const id = create(objectBody(request), object, writeContext(org, request));
	return {
		status: 201,
		body: { id, success: true, errors: isPlatformEvent(object) ? [enqueued()] : [] },
		headers: { Location: recordUrl(request.version, object.name, id) },
		records: 1,
	};
};
