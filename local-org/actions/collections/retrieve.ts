import { requestError, tooManyRecords } from '../../errors';
import { found, objectBody } from '../../http';
import type { ApiRequest, ApiResponse } from '../../http';
import { normalizeId } from '../../ids';
import type { Org } from '../../org';
import { showWithAttributes } from '../../records/show';
import { objectOf } from '../action';
import type { Action } from '../action';
import { namedFields } from '../recordOf';

const MAX_IDS = 2000;

/** GET composite/sobjects/:sObject?ids=…&fields=… */
export const retrieveByUrl: Action = (org, request, { sObject }) => {
	const list = (name: string) => (request.query.get(name) ?? '').split(',').filter((entry) => entry !== '');
	return retrieve(org, request, sObject, list('ids'), list('fields'));
};

/** POST composite/sobjects/:sObject with `ids` and `fields`: up to 2,000 records. */
export const retrieveByBody: Action = (org, request, { sObject }) => {
	const { ids, fields } = objectBody(request);
	const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
	return retrieve(org, request, sObject, list(ids), list(fields));
};

function retrieve(
	org: Org,
	request: ApiRequest,
	sObject: string | undefined,
	ids: string[],
	names: string[],
): ApiResponse {
	if (ids.length === 0) throw requestError('MISSING_ARGUMENT', 'The ids parameter is required');
	if (names.length === 0) throw requestError('MISSING_ARGUMENT', 'The fields parameter is required');
	if (ids.length > MAX_IDS) throw tooManyRecords(MAX_IDS);
	const object = objectOf(org, sObject);
	const fields = namedFields(org, names, object);
	const records = ids.map((text) => {
		const id = normalizeId(text);
		const row = id && org.storage.find(object.name, id);
		return row && row.IsDeleted !== 1 && org.catalog.sees(object, id)
			? showWithAttributes(row, object, request.version, fields)
			: null;
	});
	return found(records, records.length);
}
