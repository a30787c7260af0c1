import { createHash } from 'node:crypto';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';

/**
 * An answer that a client may have a copy of: 304 when it is still good (docs:rest-api, conditional requests).
 *
 * @param key what is described, and in which version
 */
export function conditional(org: Org, request: ApiRequest, key: string, body: unknown): ApiResponse {
	const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 16)}"`;
	const changed = changeDate(org, key, etag);
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

/** The headers that hold for the requests inside another one: not what that one asks of its own answer. */
export function inheritedHeaders({ headers }: ApiRequest): ApiRequest['headers'] {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^if-(none-match|modified-since)$/.test(name)));
}
