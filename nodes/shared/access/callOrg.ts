import { setImmediate } from 'node:timers/promises';

import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
	ITriggerFunctions,
} from 'n8n-workflow';

import { ALLOWED_DOMAINS } from '../../../salesforce/domain';
import { errorFromNetwork, networkCode, OrgError } from '../../../salesforce/errors';
import type { OrgAccess, OrgRequest, OrgResponse } from '../../../salesforce/orgAccess';
import { SessionError, SPENT_SESSION } from '../../../salesforce/session';
import { readTokenAnswer, TOKEN_PATH } from '../../../salesforce/signInAnswer';
import type { CredentialType } from '../authentication';

/** Salesforce ends a call after ten minutes at the latest; nothing comes after that. In milliseconds. */
const CALL_TIMEOUT = 610_000;

/** What of n8n reaches an org: a node at work, a trigger that polls or listens, or one whose panel asks for the choices of a list. */
export type OrgHost = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | ITriggerFunctions;

/** How an org is reached with one kind of credential: the part of `OrgAccess` that depends on it. */
export type SignedAccess = Pick<OrgAccess, 'send' | 'instanceUrl' | 'identity' | 'sessionToken' | 'scope'>;

/** A token as n8n stores it with a credential; undefined where there is none. */
export function tokenIn(stored: unknown): string | undefined {
	return typeof stored === 'string' && stored !== '' ? stored : undefined;
}

/** How a call differs from one with a session that is taken to be open. */
export interface CallOptions {
	/** What the path is below, where the credential does not put it on requests by itself. */
	baseURL?: string;
	/** A status, besides 401, that n8n is to take for an ended session, so that it opens a new one. */
	endedBy?: number;
	/** Our own credential: a session that has ended, by `sessionId`, so that another one is used. */
	spent?: string;
}

/**
 * Makes one call, signed by n8n with a credential; n8n renews the session once where the answer is 401.
 *
 * @returns what came back, whatever its status
 * @throws OrgError when no answer came, or no session could be opened; then nothing was carried out, and it says so
 */
export async function callOrg(
	host: OrgHost,
	type: CredentialType,
	request: OrgRequest,
	{ baseURL, endedBy, spent }: CallOptions = {},
): Promise<OrgResponse> {
	const ended = endedBy === undefined ? [401] : [401, endedBy];
	const options: IHttpRequestOptions = {
		method: request.method,
		...(baseURL === undefined ? {} : { baseURL }),
		url: request.path,
		headers: {
			Accept: 'application/json',
			...request.headers,
			...(spent === undefined ? {} : { [SPENT_SESSION]: spent }),
		},
		body: request.body,
		// n8n's helper would make a text of it beside the pieces in which it came, and hold both; often of twice the bytes.
		encoding: 'arraybuffer',
		json: false,
		returnFullResponse: true,
		// These are n8n's sign to open a new session; every other status is an answer, and read as such.
		ignoreHttpStatusErrors: { ignore: true, except: ended },
		disableFollowRedirect: true,
		allowedDomains: ALLOWED_DOMAINS,
		timeout: CALL_TIMEOUT,
	};
	let response: IN8nHttpFullResponse;
	try {
		response = (await host.helpers.httpRequestWithAuthentication.call(host, type, options, {
			preAuthenticationRetryStatusCode: ended,
			// n8n's own Salesforce node refreshes its OAuth2 token in this way.
			oauth2: { tokenType: 'Bearer', includeCredentialsOnRefreshOnBody: true, tokenExpiredStatusCode: ended },
		})) as IN8nHttpFullResponse;
	} catch (error) {
		return answerIn(error);
	}
	await connectionEnds();
	return asResponse(response.statusCode, response.headers, response.body);
}

/**
 * Turns of the event loop in which a connection ends that has brought its answer: measured, two without TLS and three
 * with it, and one to be sure.
 */
const TURNS_TO_END = 4;

/**
 * Waits for the end of a connection that has brought its answer: until then n8n's helper holds the answer, and the pieces
 * in which it came, which for a thousand Cases is more than the moves themselves take.
 */
async function connectionEnds(): Promise<void> {
	for (let turn = 1; turn <= TURNS_TO_END; turn++) await setImmediate();
}

/** An error that says that the host of a call could not be reached, as a value; every other one is thrown on. */
export async function unreachable(error: unknown): Promise<OrgError> {
	if (error instanceof OrgError && error.code === 'UNREACHABLE') return error;
	return await Promise.reject(error);
}

function asResponse(status: number, headers: object, body: unknown): OrgResponse {
	const text = Buffer.isBuffer(body) ? new TextDecoder().decode(body) : String(body ?? '');
	return { status, headers: { ...headers } as Record<string, string>, body: text };
}

/** What axios and n8n's OAuth2 client throw. */
type Thrown = Error & {
	config?: { url?: string };
	response?: { status?: number; headers?: object; data?: unknown };
	/** The token endpoint's answer, where it is not a success. */
	body?: unknown;
	status?: number;
	description?: string | null;
};

/**
 * The org's answer in what n8n's helper threw: the session was renewed, and this came all the same.
 *
 * @throws OrgError for everything else, without the request that n8n's error holds
 */
function answerIn(error: unknown): OrgResponse {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if (cause instanceof OrgError) throw cause;
		if (cause instanceof SessionError) throw cause.orgError;
		const { config, response, body, status } = cause as Thrown;
		if (config?.url?.endsWith(TOKEN_PATH) === true) throw signInError(response?.status, response?.data, cause);
		// Only n8n's OAuth2 client has the token endpoint's answer in its error itself.
		if (body !== undefined && config === undefined) throw signInError(status ?? 400, body, cause);
		if (config !== undefined && response?.status !== undefined) {
			return asResponse(response.status, response.headers ?? {}, response.data);
		}
	}
	const code = networkCode(error);
	if (code !== undefined || !(error instanceof Error)) throw errorFromNetwork(code);
	// n8n itself refused to send the call, as for a credential that was never connected, and says why.
	const { description } = error as Thrown;
	throw new OrgError('SIGN_IN_REFUSED', error.message, description ?? 'Open the credential and connect it again.');
}

/** Why n8n could open no session, by what the token endpoint answered, if it did. */
function signInError(status: number | undefined, body: unknown, cause: Error): OrgError {
	if (status === undefined) {
		const { message, remedy } = errorFromNetwork(networkCode(cause));
		return new OrgError('SIGN_IN_UNAVAILABLE', message, remedy, { passing: true });
	}
	const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
	const answer = readTokenAnswer({ status, body: text }, { hidden: [], allowLoopback: false });
	if ('refusal' in answer) return answer.refusal;
	return new OrgError('SIGN_IN_REFUSED', 'n8n could not open a session.', 'Open the credential and connect it again.');
}
