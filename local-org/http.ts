import { requestError } from './errors';
import type { ApiError } from './errors';

/** A request, or a sub-request of a composite one, as actions see it. */
export interface ApiRequest {
	method: string;
	/** Path with query, as it was sent. */
	path: string;
	query: URLSearchParams;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	/** The body as it was sent; '' when there is none. */
	text: string;
	/** Whether it came as a form, whose parts became JSON. */
	isForm?: boolean;
	/** For example 66; 0 outside `/services/data/vNN.0`. */
	version: number;
	/** The 18-character ID of the user whose session this is; '' before sign-in. */
	userId: string;
	/** The access token of that session; '' before sign-in. */
	session: string;
	/** What a fault or another call's locks do to the records this request writes; shared by its sub-requests. */
	locks: RequestLocks;
}

/** Row locks that a request meets or holds. */
export interface RequestLocks {
	/** Records that must still fail with UNABLE_TO_LOCK_ROW. */
	toRefuse: number;
	/** IDs of parents that this request locked. */
	held: Set<string>;
}

/** What an action answers. */
export interface ApiResponse {
	status: number;
	/** Sent as JSON. */
	body?: unknown;
	/** Sent as it is, with `contentType`. */
	text?: string;
	/** The same for a file. */
	bytes?: Buffer;
	contentType?: string;
	headers?: Record<string, string>;
	/** Records read or written, for the log of calls and the delay. */
	records?: number;
	/** How many of them were only read. */
	read?: number;
}

/** 200 with a JSON body. */
export function ok(body: unknown, records?: number): ApiResponse {
	return { status: 200, body, ...(records === undefined ? {} : { records }) };
}

/** 200 with records that were only read. */
export function found(body: unknown, records: number): ApiResponse {
	return { status: 200, body, records, read: records };
}

/** What several answers did to records. */
export function recordsOf(responses: readonly ApiResponse[]): { records: number; read: number } {
	const sum = (of: 'records' | 'read'): number => responses.reduce((total, response) => total + (response[of] ?? 0), 0);
	return { records: sum('records'), read: sum('read') };
}

/** 204, the answer to an update or a delete. */
export const noContent = (records = 1): ApiResponse => ({ status: 204, records });

/** The answer that an error stands for. */
export function failure(error: ApiError): ApiResponse {
	return { status: error.status, body: error.body, headers: error.headers };
}

/** Whether a JSON value is an object, neither list nor null. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a switch in a body is on. Assumed: as elsewhere in JSON, its text stands for a boolean. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** Bytes of a body of JSON at most (simple-salesforce#195, with code and wording); a form may have more. */
const MOST_BYTES = 52_428_800;

/**
 * The JSON body of a request.
 * @throws JSON_PARSER_ERROR when there is none, it is broken or too large
 */
function jsonBody(request: ApiRequest): unknown {
	if (Buffer.byteLength(request.text) > MOST_BYTES && request.isForm !== true) {
		throw requestError(
			'JSON_PARSER_ERROR',
			`Maximum size of request reached. Maximum size of request is ${MOST_BYTES} bytes.`,
		);
	}
	if (request.text.trim() === '') {
		throw requestError('JSON_PARSER_ERROR', 'The HTTP entity body is required, but this request has no entity body.');
	}
	try {
		return JSON.parse(request.text);
	} catch (error) {
		throw requestError('JSON_PARSER_ERROR', parserMessage(request.text, error));
	}
}

/** The JSON body, which must be an object. */
export function objectBody(request: ApiRequest): Record<string, unknown> {
	const body = jsonBody(request);
	if (isObject(body)) return body;
	throw requestError('JSON_PARSER_ERROR', `Unexpected parameter encountered during deserialization: ${typeof body}`);
}

/** What V8's parser misses, and how Salesforce's says so; anything else is no valid value. */
const EXPECTED: [RegExp, string][] = [
	[/Expected ':'/, 'was expecting a colon to separate field name and value'],
	[/Expected ',' or '\}'/, 'was expecting comma to separate Object entries'],
	[/Expected ',' or '\]'/, 'was expecting comma to separate Array entries'],
	[/Expected (double-quoted )?property name/, 'was expecting double-quote to start field name'],
];

/** The place and character at which JSON stops being JSON, as Salesforce's parser names them. */
function parserMessage(text: string, error: unknown): string {
	const reason = String(error);
	const at = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
	if (at >= text.length) return `Unexpected end-of-input at [line:1, column:${text.length + 1}]`;
	const lines = text.slice(0, at).split('\n');
	const column = (lines.at(-1)?.length ?? 0) + 1;
	const char = text[at] ?? '';
	const expected = EXPECTED.find(([pattern]) => pattern.test(reason))?.[1] ?? 'expected a valid value';
	return `Unexpected character ('${char}' (code ${char.charCodeAt(0)})): ${expected} at [line:${lines.length}, column:${column}]`;
}

/**
 * Where a field's value stands in a JSON text, in Salesforce's words. Found by the field's name, so it is the first
 * record's place when several have the field.
 */
export function placeOf(text: string, fieldName: string): string {
	const key = text.indexOf(`"${fieldName}"`);
	const at = key < 0 ? 0 : text.indexOf(':', key) + 1;
	const lines = text.slice(0, at).split('\n');
	return `[line:${lines.length}, column:${(lines.at(-1)?.length ?? 0) + 1}]`;
}
