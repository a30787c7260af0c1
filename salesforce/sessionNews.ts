import { faultsIn, isFault } from './answers';
import { TOKEN_PATH } from './signInAnswer';
import type { OrgRequest, OrgResponse } from './orgAccess';

/** What an answer can say of the session that was used: it has ended, or the org is at another address. */
export type SessionNews = 'ended' | 'moved';

/** How the resources beside the API, such as `userinfo`, call an ended session: as text, with 403 (MobileSDK-iOS#3398). */
const BAD_TOKEN = 'Bad_OAuth_Token';

/**
 * Whether an answer is about the session and not about the call, and the call may therefore be made again with a new
 * session: nothing of it was carried out. A 401 of the whole call is not among them, since n8n renews the session then.
 */
export function sessionNews(request: OrgRequest, response: OrgResponse): SessionNews | undefined {
	const { status, headers, body } = response;
	if (status === 200) return isEndedInside(request, body) ? 'ended' : undefined;
	if (status === 301 || status === 308) return 'moved';
	// A temporary redirect leads to a log-in or maintenance page, unless it is to the same resource elsewhere.
	if (status === 302 || status === 307) return leadsToServices(headers.location) ? 'moved' : undefined;
	if (status < 400) return undefined;
	const codes = (faultsIn(body) ?? []).map(({ errorCode }) => errorCode);
	if (codes.includes('URL_NOT_RESET')) return 'moved';
	return status === 403 && (codes.includes('INVALID_SESSION_ID') || body.trim() === BAD_TOKEN) ? 'ended' : undefined;
}

function leadsToServices(location: string | undefined): boolean {
	const path = URL.parse(location ?? '')?.pathname ?? '';
	return path.startsWith('/services/') && path !== TOKEN_PATH;
}

interface Composite {
	compositeRequest?: Array<{ method?: string }>;
	compositeResponse?: Array<{ body?: unknown; httpStatusCode?: number }>;
}

/** Whether the session ended within a Composite, and none of its parts that writes was carried out. */
function isEndedInside({ path, body: sent = '' }: OrgRequest, received: string): boolean {
	// Looked for first: reading a large answer twice would take as long as the call.
	if (!path.endsWith('/composite') || !received.includes('INVALID_SESSION_ID')) return false;
	const { compositeRequest = [] } = parsed(sent);
	const { compositeResponse = [] } = parsed(received);
	const undone = compositeResponse.map(({ body, httpStatusCode = 0 }) => httpStatusCode >= 400 && isRefused(body));
	return (
		compositeResponse.some(({ body, httpStatusCode }) => httpStatusCode === 401 && isRefused(body)) &&
		compositeRequest.every(({ method }, index) => method === 'GET' || undone[index] === true)
	);
}

/** A Composite's body; empty for what is no JSON, as when a page stands in its place. */
function parsed(body: string): Composite {
	try {
		return JSON.parse(body) as Composite;
	} catch {
		return {};
	}
}

function isRefused(body: unknown): boolean {
	return Array.isArray(body) && body.every(isFault);
}
