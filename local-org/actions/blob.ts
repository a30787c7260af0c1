import { resourceNotFound } from '../errors';
import { objectOf } from './action';
import type { Action } from './action';
import { idOf, readableRow } from './recordOf';

/** GET sobjects/:sObject/:id/:field of a field that holds a file: its bytes (docs:rest-api, sObject blob retrieve). */
export const blob =
	(sObject: string, field: string): Action =>
	(org, _request, { id }) => {
		const object = objectOf(org, sObject);
		const row = readableRow(org, object, idOf(id, object));
		const content = row[field];
		if (typeof content !== 'string') throw resourceNotFound();
		const contentType = typeof row.ContentType === 'string' ? row.ContentType : 'application/octet-stream';
		return { status: 200, bytes: Buffer.from(content, 'base64'), contentType, records: 1, read: 1 };
	};
