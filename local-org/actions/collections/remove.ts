import { dataError, invalidCrossReference, requestError, tooManyRecords } from '../../errors';
import { ok } from '../../http';
import { normalizeId } from '../../ids';
import { writeContext } from '../../records/context';
import { deleteRecord } from '../../records/remove';
import type { Action } from '../action';
import { refuseMixed } from '../mixedSetup';
import { MAX_RECORDS, checkChunks, saveEach, saved } from './element';

/** DELETE composite/sobjects?ids=…&allOrNone=…: deletes up to 200 records of any type. */
export const deleteCollection: Action = (org, request) => {
	const list = request.query.get('ids');
	if (!list) throw requestError('MISSING_ARGUMENT', 'The ids parameter is required');
	const ids = list.split(',').map((id) => id.trim());
	if (ids.length > MAX_RECORDS) throw tooManyRecords();
	checkChunks(ids.map((id) => id.slice(0, 3)));
	refuseMixed(ids.flatMap((id) => org.catalog.ofId(id) ?? []));
	const context = writeContext(org, request, ids.length);
	const elements = saveEach(
		org,
		ids,
		request.query.get('allOrNone') === 'true',
		(text) => {
			const id = normalizeId(text);
			if (!id) throw dataError('MALFORMED_ID', `malformed id ${text}`);
			const object = org.catalog.object(org.catalog.ofId(id)?.name ?? '');
			if (!object) throw invalidCrossReference();
			deleteRecord(id, object, context);
			return saved(id);
		},
		(_id, rolledBack) => (rolledBack ? { id: rolledBack.id } : {}),
	);
	return ok(elements, ids.length);
};
