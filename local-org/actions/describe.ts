import { createHash } from 'node:crypto';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import { describeObject } from '../schema/describe';
import type { ObjectSchema } from '../schema/types';
import { objectOf, type Action } from './action';

/** GET sobjects/:sObject/describe; 304 for a client whose copy is still good. */
export const describe: Action = (org, request, { sObject }) => answer(org, request, objectOf(org, sObject));

/** GET tooling/sobjects/:sObject/describe */
export const describeTooling: Action = (org, request, { sObject }) =>
	answer(org, request, objectOf(org, sObject, org.catalog.tooling));

function answer(org: Org, request: ApiRequest, object: ObjectSchema): ApiResponse {
	const body = describeObject(org, object, request.version);
	const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`;
	const changed = changeDate(org, `${request.version} ${object.name}`, etag);
	const headers = { ETag: etag, 'Last-Modified': changed.toUTCString() };
	return isCurrent(request, etag, changed) ? { status: 304, headers } : { status: 200, body, headers };
}

/** When the description last became another one, as far as anyone has asked. */
function changeDate(org: Org, key: string, etag: string): Date {
	const known = org.describes.get(key);
	if (known?.etag === etag) return known.changed;
	const changed = org.clock();
	org.describes.set(key, { etag, changed });
	return changed;
}

/** HTTP's own rule: the tag decides where there is one, the date otherwise; dates have no milliseconds. */
function isCurrent({ headers }: ApiRequest, etag: string, changed: Date): boolean {
	const tags = headers['if-none-match'];
	if (tags !== undefined) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
	const since = Date.parse(headers['if-modified-since'] ?? '');
	return Math.floor(changed.getTime() / 1000) * 1000 <= since;
}
