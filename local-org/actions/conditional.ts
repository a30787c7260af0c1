import { createHash } from 'node:crypto';
import { requestError } from '../errors';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { ObjectSchema } from '../schema/types';
import type { Row } from '../storage';

/**
 * An answer that a client may have a copy of: 304 when it is still good (docs:rest-api, conditional requests).
 *
 * @param key what is described, and in which version
 */
export function conditional(org: Org, request: ApiRequest, key: string, body: unknown): ApiResponse {
	const etag = `"${hash(body)}"`;
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

/** The tag of a record's content, which accounts alone have (docs:rest-api, conditional requests). */
export function recordTag({ name }: ObjectSchema, row: Row): string | undefined {
	return name === 'Account' ? `"${hash(row)}"` : undefined;
}

const hash = (content: unknown) => createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);

/** Which tags a header names; none where it is not there. */
const tagsIn = (header: string | undefined) => header?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));

/**
 * What a request asks of a record before anything is done (docs:rest-api, conditional requests): dates for records of any
 * object, tags for accounts.
 *
 * @returns 304 for a copy that is still good; undefined where there is more to do
 * @throws 412 where it does not hold, 400 for a date to write by that is none (statuses documented; codes and wordings
 *   assumed)
 */
export function precondition({ method, headers }: ApiRequest, object: ObjectSchema, row: Row): ApiResponse | undefined {
	const isRead = method === 'GET' || method === 'HEAD';
	const tag = recordTag(object, row);
	const changed = Date.parse(String(row.LastModifiedDate ?? row.SystemModstamp));
	const [without, of] = [tagsIn(headers['if-none-match']), tagsIn(headers['if-match'])];
	const unmodifiedSince = dateIn(headers['if-unmodified-since'], isRead);
	if (tag !== undefined && of?.every((one) => one !== tag)) throw failed();
	if (unmodifiedSince !== undefined && changed > unmodifiedSince) throw failed();
	if (tag !== undefined && without?.includes(tag)) {
		if (isRead) return { status: 304, headers: { ETag: tag } };
		throw failed();
	}
	const modifiedSince = isRead && !(tag && without) ? dateIn(headers['if-modified-since'], true) : undefined;
	return modifiedSince !== undefined && changed <= modifiedSince ? { status: 304 } : undefined;
}

function dateIn(header: string | undefined, isRead: boolean): number | undefined {
	if (header === undefined) return undefined;
	const date = Date.parse(header);
	if (!Number.isNaN(date)) return date;
	if (isRead) return undefined;
	throw requestError('INVALID_INPUT', `Invalid date in the header of a conditional request: ${header}`);
}

const failed = () => requestError('PRECONDITION_FAILED', 'The precondition of the request does not hold', 412);

/** HTTP's own rule: the tag decides where there is one, the date otherwise; dates have no milliseconds. */
function isCurrent({ headers }: ApiRequest, etag: string, changed: Date): boolean {
	const tags = tagsIn(headers['if-none-match']);
	if (tags !== undefined) return tags.includes(etag);
	const since = Date.parse(headers['if-modified-since'] ?? '');
	return Math.floor(changed.getTime() / 1000) * 1000 <= since;
}

/** The headers that hold for the requests inside another one: not what that one asks of its own answer. */
export function inheritedHeaders({ headers }: ApiRequest): ApiRequest['headers'] {
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !/^if-((none-)?match|(un)?modified-since)$/.test(name)),
	);
}
