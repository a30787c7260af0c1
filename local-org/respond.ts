import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { constants, gzipSync } from 'node:zlib';
import type { ApiRequest, ApiResponse } from './http';
import type { Fault } from './options';
import type { Org } from './org';

/** Paths whose answers carry no `Sforce-Limit-Info`: recorded for sign-in and the list of versions. */
const WITHOUT_LIMIT_INFO = /^\/services\/(oauth2\/|data\/?(\?|$))/;

/** Pretty JSON as Salesforce writes it on request: a blank on both sides of the colon, and inside empty brackets. */
function pretty(value: unknown, indent = ''): string {
	const inner = `${indent}  `;
	if (Array.isArray(value))
		return `[ ${value.map((entry) => pretty(entry, indent)).join(', ')}${value.length ? ' ' : ''}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const pairs = Object.entries(value).filter(([, entry]) => entry !== undefined);
	if (pairs.length === 0) return '{ }';
	return `{\n${pairs.map(([key, entry]) => `${inner}${JSON.stringify(key)} : ${pretty(entry, inner)}`).join(',\n')}\n${indent}}`;
}

function bodyOf(request: ApiRequest, response: ApiResponse): string | Buffer | undefined {
	if (response.text !== undefined) return response.text;
	if (response.bytes !== undefined) return response.bytes;
	if (response.body === undefined || response.status === 204 || response.status === 304) return undefined;
	return request.headers['x-prettyprint'] === '1' ? pretty(response.body) : JSON.stringify(response.body);
}

/**
 * The length from which on an answer is compressed. Salesforce compresses smaller ones too (assumed): to pack and unpack
 * them took a quarter of the time of all tests, and they show what larger ones show.
 */
const WORTH_COMPRESSING = 100_000;

/** Whether the client takes compressed answers: the API compresses for who does (docs:rest-api, compression headers). */
const takesGzip = ({ path, headers }: ApiRequest) =>
	path.startsWith('/services/data/') && /(^|,)\s*gzip\s*(,|;|$)/.test(headers['accept-encoding'] ?? '');

/** Headers of every answer (recorded). */
const ALWAYS = {
	'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
	'X-Robots-Tag': 'none',
	'Cache-Control': 'no-cache,must-revalidate,max-age=0,no-store,private',
	Vary: 'Accept-Encoding',
};
const COMPRESSED = { 'Content-Encoding': 'gzip' };
/** How every body is sent (recorded). */
const CHUNKED = { 'Transfer-Encoding': 'chunked' };
/** Headers of sign-in's answers alone (recorded). */
const OF_SIGN_IN = {
	'X-Content-Type-Options': 'nosniff',
	Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
	'X-Readonlymode': 'false',
};

/** The API's own ID of a request, or the one that its client gave it (docs:rest-api, X-SFDC-REQUEST-ID header). */
const requestId = ({ headers }: ApiRequest) => headers['x-sfdc-request-id'] ?? randomBytes(16).toString('hex');

/** Writes an answer with the headers that Salesforce sends, or what a fault makes of it. */
export function respond(
	org: Org,
	request: ApiRequest,
	response: ApiResponse,
	out: ServerResponse,
	{ alter, cut }: Pick<Fault, 'alter' | 'cut'> = {},
): void {
	const whole = bodyOf(request, response);
	const altered = alter !== undefined && typeof whole === 'string' ? alter(whole) : whole;
	// One that is cut breaks otherwise than as plain text.
	const isCompressed =
		altered !== undefined && (altered.length >= WORTH_COMPRESSING || cut === 'within') && takesGzip(request);
	const body = isCompressed ? gzipSync(altered, { level: constants.Z_BEST_SPEED }) : altered;
	const { used, max } = org.apiUsage();
	const headers: Record<string, string> = {
		...(body === undefined
			? {}
			: {
					...CHUNKED,
					...(isCompressed ? COMPRESSED : {}),
					'Content-Type': response.contentType ?? 'application/json;charset=UTF-8',
				}),
		...ALWAYS,
		Date: org.clock().toUTCString(),
		...(!request.path.startsWith('/services/') || WITHOUT_LIMIT_INFO.test(request.path)
			? {}
			: { 'Sforce-Limit-Info': `api-usage=${used}/${max}` }),
		...(response.status === 401 ? { 'Www-Authenticate': 'Token' } : {}),
		...(request.path.startsWith('/services/oauth2/')
			? OF_SIGN_IN
			: { Server: 'sfdcedge', 'X-Sfdc-Request-Id': requestId(request) }),
		...response.headers,
	};
	out.writeHead(response.status, headers);
	if (cut === 'within') out.write((body ?? ' ').slice(0, Math.ceil((body?.length ?? 1) / 2)), () => out.destroy());
	else out.end(request.method === 'HEAD' ? undefined : body);
}
