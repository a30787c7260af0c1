import { versions } from './actions/versions';
import { ApiError, requestError, resourceNotFound } from './errors';
import { failure } from './http';
import type { ApiRequest, ApiResponse } from './http';
import { identity, userinfo } from './oauth/identity';
import { introspect } from './oauth/introspect';
import { token } from './oauth/token';
import { authorize, authorizePage, revoke } from './oauth/webServer';
import type { Org } from './org';
import { soap } from './soap/soap';

/** What needs no session. */
const OPEN: Record<string, (org: Org, request: ApiRequest) => ApiResponse> = {
	'POST /services/oauth2/token': token,
	'GET /services/oauth2/authorize': authorizePage,
	'POST /services/oauth2/authorize': authorize,
	'POST /services/oauth2/introspect': introspect,
	'POST /services/oauth2/revoke': revoke,
	'GET /services/oauth2/revoke': revoke,
};

/** What the org answers to any request. */
export function handle(org: Org, request: ApiRequest): ApiResponse {
	try {
		return answer(org, request);
	} catch (error) {
		if (error instanceof ApiError) return failure(error);
		throw error;
	}
}

function answer(org: Org, request: ApiRequest): ApiResponse {
	const path = (request.path.split('?')[0] ?? '').replace(/\/$/, '');
	const moved = whereItMoved(org, request);
	if (moved) return moved;
	if (path === '/services/data') return versions();
	const open = OPEN[`${request.method} ${path}`];
	if (open) return open(org, request);
	if (path === '/services/oauth2/userinfo') return told(org, request, userinfo);
	if (path.startsWith('/id/')) return told(org, request, identity);
	if (request.method === 'POST' && /^\/services\/Soap\/[uc]\//.test(path)) return soap(org, request);
	if (path.startsWith('/services/data/')) return rest(org, request, path);
	org.refuse(`${request.method} ${request.path}`);
	throw resourceNotFound();
}

/** What an address that the org no longer has answers; undefined at its own. */
function whereItMoved({ settings: { movedFrom }, url }: Org, { headers, path }: ApiRequest): ApiResponse | undefined {
	if (movedFrom === undefined || headers.host !== movedFrom.host) return undefined;
	if (movedFrom.answer === 'redirect') return { status: 301, headers: { Location: url + path } };
	// Pasted in amazon-connect-salesforce-lambda#4 and #12, and in restforce#939.
	throw requestError('URL_NOT_RESET', 'Destination URL not reset. The URL returned from login must be set', 400);
}

/**
 * Who a session belongs to. An ended session is answered by a word and 403, where the API says 401
 * (MobileSDK-iOS 3398); that a missing one has a word of its own is assumed.
 */
function told(org: Org, request: ApiRequest, tell: (org: Org, request: ApiRequest) => ApiResponse): ApiResponse {
	try {
		return tell(org, signedIn(org, request));
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 401) throw error;
		const text = request.headers.authorization === undefined ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token';
		return { status: 403, text, contentType: 'text/html;charset=UTF-8' };
	}
}

function rest(org: Org, request: ApiRequest, path: string): ApiResponse {
	const version = Number(/^\/services\/data\/v(\d+)\.0(\/|$)/.exec(path)?.[1]);
	const user = signedIn(org, request);
	checkMediaType(org, request);
	org.countApiCalls();
	return org.router.dispatch({ ...user, version });
}

const UPLOAD = /\/jobs\/ingest\/[^/]+\/batches\/?(\?|$)/;

/**
 * What is answered is JSON, but CSV where Bulk gives its data; where Salesforce would answer XML, that is written down. A
 * body is JSON as well, but CSV where Bulk takes its data. XML, which Salesforce takes too, and forms, by which Bulk takes a job with its
 * data, are written down, and so are compressed bodies. Wording assumed.
 */
function checkMediaType(org: Org, { method, path, headers, text }: ApiRequest): void {
	const { accept = '' } = headers;
	if (accept.includes('xml') && !/json|\*\/\*/.test(accept)) {
		org.refuse(`${accept} wanted: ${method} ${path}`);
		throw requestError('NOT_ACCEPTABLE', `Not acceptable: ${accept}`, 406);
	}
	const encoding = headers['content-encoding'] ?? 'identity';
	if (encoding !== 'identity') {
		org.refuse(`${encoding} body: ${method} ${path}`);
		throw requestError('UNSUPPORTED_MEDIA_TYPE', `Unsupported content encoding: ${encoding}`, 415);
	}
	const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
	if (text === '' || type === (UPLOAD.test(path) ? 'text/csv' : 'application/json')) return;
	if (type.endsWith('xml') || type === 'multipart/form-data') org.refuse(`${type}: ${method} ${path}`);
	throw requestError('UNSUPPORTED_MEDIA_TYPE', `Unsupported media type: ${type}`, 415);
}

/**
 * The request with the user of its session.
 * @throws 401 without one, 403 where the API is closed
 */
function signedIn(org: Org, request: ApiRequest): ApiRequest {
	const { settings } = org;
	const header = request.headers.authorization;
	// Assumed: without a header the answer is that of an ended session; an unreadable one is recorded.
	const tokenText = header === undefined ? '' : (/^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(header)?.[1] ?? undefined);
	if (tokenText === undefined) throw requestError('INVALID_AUTH_HEADER', 'INVALID_AUTH_HEADER', 401);
	const session = settings.answer401Always ? undefined : org.sessions.use(tokenText);
	if (!session) throw requestError('INVALID_SESSION_ID', 'Session expired or invalid', 401);
	org.actingUserId = session.userId;
	if (settings.apiDisabled) {
		throw requestError('API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.', 403);
	}
	if ((settings.apiDisabledForUser && org.isApiUser()) || !org.catalog.userHas('ApiEnabled'))
		throw requestError('API_CURRENTLY_DISABLED', 'API is disabled for this User', 403);
	return { ...request, userId: session.userId, session: session.token };
}
