import { requestError, resourceNotFound } from '../errors';
import { found, noContent, objectBody } from '../http';
import type { ApiRequest } from '../http';
import type { Org } from '../org';
import { writeContext } from '../records/context';
import { deleteRecord } from '../records/remove';
import { recordUrl, showWithAttributes } from '../records/show';
import { ambiguous, findMatches, lookupField, upsertField, upsertRecord } from '../records/upsert';
import type { Row } from '../storage';
import { objectOf } from './action';
import type { Action } from './action';
import { fieldsParameter } from './recordOf';

type Params = Record<string, string>;

/** Before this version an upsert that updates answers as an update does: 204, without a body. */
const UPDATE_ANSWERS_SINCE = 46;

/**
 * The one record that a path names by a lookup field.
 * @throws 404 for none, 300 for several
 */
function oneRow(org: Org, request: ApiRequest, { sObject, field, value }: Params) {
	const object = objectOf(org, sObject);
	const rows = findMatches(org, object, lookupField(org, object, field ?? ''), value);
	if (rows.length > 1) throw ambiguous(rows, object, request.version);
	if (!rows[0]) throw resourceNotFound();
	return { object, row: rows[0] };
}

/** GET sobjects/:sObject/:field/:value. */
export const getByExternalId: Action = (org, request, params) => {
	const { object, row } = oneRow(org, request, params);
	return found(showWithAttributes(row, object, request.version, fieldsParameter(org, request, object)), 1);
};

/** DELETE sobjects/:sObject/:field/:value: 204. */
export const deleteByExternalId: Action = (org, request, params) => {
	const { object, row } = oneRow(org, request, params);
	deleteRecord(String(row.Id), object, writeContext(org, request));
	return noContent();
};

/**
 * PATCH sobjects/:sObject/:field/:value: 201 when it created, 200 when it updated (204 before version 46), 300 when
 * several records match. `?updateOnly=true` never creates.
 */
export const upsertByExternalId: Action = (org, request, { sObject, field: fieldName, value }) => {
	const object = objectOf(org, sObject);
	const field = upsertField(org, object, fieldName ?? '');
	const body = objectBody(request);
	const repeated = Object.keys(body).find((name) => name.toLowerCase() === field.name.toLowerCase());
	if (repeated) {
		throw requestError('INVALID_FIELD', `The ${field.name} field should not be specified in the sobject data.`);
	}
	const matches: Row[] = findMatches(org, object, field, value);
	if (matches.length > 1) throw ambiguous(matches, object, request.version);
	const updateOnly = request.query.get('updateOnly') === 'true';
	const { id, created } = upsertRecord(matches, field, value, body, object, writeContext(org, request), updateOnly);
	if (!created && request.version < UPDATE_ANSWERS_SINCE) return noContent();
	return {
		status: created ? 201 : 200,
		body: { id, success: true, errors: [], created },
		headers: created ? { Location: recordUrl(request.version, object.name, id) } : undefined,
		records: 1,
	};
};
