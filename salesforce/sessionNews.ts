import { faultsIn, isFault } from './answers';
import { OrgError } from './errors';
import type { OrgRequest, OrgResponse } from './orgAccess';
import { TOKEN_PATH } from './signInAnswer';

/** What an answer says of the session that was used. */
export interface SessionNews {
	/** Whether the session has ended, or the org is at another address. */
	what: 'ended' | 'moved';
	/**
	 * Makes again what was not carried out, which is all of the call or parts of a Composite.
	 *
	 * @param send makes a call, with a new session
	 * @returns the answer to the whole call
	 */
	again(send: (request: OrgRequest) => Promise<OrgResponse>): Promise<OrgResponse>;
}

/** A part of which no answer came: it is read as what a proxy answers that has waited in vain. */
const UNANSWERED = { httpStatusCode: 504, body: null };

/** How the resources beside the API, such as `userinfo`, call an ended session: as text, with 403 (MobileSDK-iOS#3398). */
const BAD_TOKEN = 'Bad_OAuth_Token';

/**
 * Whether an answer is about the session and not about the call, so that the call, or what of it was not carried out,
 * may be made again with a new session. A 401 of the whole call is not among them, since n8n renews the session then.
 */
export function sessionNews(request: OrgRequest, response: OrgResponse): SessionNews | undefined {
	if (response.status === 200) return endedInside(request, response);
	const what = saidOfWhole(response);
	return what === undefined ? undefined : { what, again: async (send) => await send(request) };
}

/** Of a call whose host could not be reached: the org may be at another one. */
export function unreached(request: OrgRequest): SessionNews {
	return { what: 'moved', again: async (send) => await send(request) };
}

function saidOfWhole({ status, headers, body }: OrgResponse): SessionNews['what'] | undefined {
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

interface CompositeRequest {
	allOrNone?: boolean;
	compositeRequest: unknown[];
}

interface CompositeResponse {
	compositeResponse: Array<{ body?: unknown; httpStatusCode?: number }>;
}

/** A session that ended within a Composite: the parts that met its end are made again, and no other. */
function endedInside(request: OrgRequest, response: OrgResponse): SessionNews | undefined {
	const { path, body = '' } = request;
	// Looked for first: reading a large answer twice would take as long as the call.
	if (!path.endsWith('/composite') || !response.body.includes('INVALID_SESSION_ID')) return undefined;
	const answer = parsed<CompositeResponse>(response.body);
	if (!Array.isArray(answer?.compositeResponse)) return undefined;
	const sent = JSON.parse(body) as CompositeRequest;
	const parts = answer.compositeResponse;
	const ended = [...parts.keys()].filter((index) => isEnded(parts[index]));
	if (ended.length === 0) return undefined;
	// Of one transaction nothing was carried out.
	if (sent.allOrNone === true) return { what: 'ended', again: async (send) => await send(request) };
	const rest = { ...sent, compositeRequest: ended.map((index) => sent.compositeRequest[index]) };
	return {
		what: 'ended',
		again: async (send) => {
			const second = await send({ ...request, body: JSON.stringify(rest) }).catch(asValue);
			const made = partsIn(second);
			// What became of the other parts is known, and must not get lost with these.
			ended.forEach((index, position) => {
				if (made?.length === ended.length) parts[index] = made[position] ?? UNANSWERED;
				else if (isLost(second)) parts[index] = UNANSWERED;
			});
			return { ...response, body: JSON.stringify({ ...answer, compositeResponse: parts }) };
		},
	};
}

function isEnded(part: CompositeResponse['compositeResponse'][number] | undefined): boolean {
	const { httpStatusCode, body } = part ?? {};
	return (
		httpStatusCode === 401 &&
		Array.isArray(body) &&
		body.some((fault) => isFault(fault) && fault.errorCode === 'INVALID_SESSION_ID')
	);
}

/** What JSON stands for; undefined for anything else, as when a page stands in its place. */
function parsed<T>(body: string): T | undefined {
	try {
		return JSON.parse(body) as T;
	} catch {
		return undefined;
	}
}

async function asValue(error: unknown): Promise<OrgError> {
	return error instanceof OrgError ? error : await Promise.reject(error);
}

function partsIn(answer: OrgResponse | OrgError): CompositeResponse['compositeResponse'] | undefined {
	if (answer instanceof OrgError || answer.status !== 200) return undefined;
	const parts = parsed<CompositeResponse>(answer.body)?.compositeResponse;
	return Array.isArray(parts) ? parts : undefined;
}

/** Whether a call without parts in its answer may have been carried out all the same; otherwise they stay refused. */
function isLost(answer: OrgResponse | OrgError): boolean {
	if (answer instanceof OrgError) return answer.inDoubt;
	return answer.status < 300 || answer.status >= 500 || answer.status === 408;
}
