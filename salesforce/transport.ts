import type { Connection } from 'jsforce/lib/connection';
import type { Transport } from 'jsforce/lib/transport';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types';

import { refusal } from './answers';
import { OrgError } from './errors';
import type { OrgAccess, OrgRequest, OrgResponse } from './orgAccess';

/**
 * Stands for the org inside jsforce, which wants an address; the real one is known only to whoever signs the call.
 * A call to any other address is refused, so a `nextRecordsUrl` cannot carry the token elsewhere.
 */
const PLACE_HOLDER = 'https://org.invalid';

/** What a call brought that was a success. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	/** What JSON stood for, or text; undefined where there was nothing. */
	body: unknown;
}

/** Makes one call; `text` leaves the body as it is, and `json` what is no JSON. */
export type Exchange = (request: OrgRequest, as: 'json' | 'text') => Promise<Answer>;

/**
 * Calls by jsforce, which knows the addresses of the API's version, measures bodies and reads them, over `access`: so
 * that jsforce neither logs in nor repeats, and sees no answer that is not a success.
 *
 * jsforce is loaded here, at a node's first call: requiring it takes a quarter of a second that n8n's start need not pay.
 *
 * @returns what makes a call; it throws OrgError
 */
export async function jsforceExchange(access: OrgAccess, version: string): Promise<Exchange> {
	const JsforceConnection = await jsforceConnection();
	const connection: Connection = new JsforceConnection({ instanceUrl: PLACE_HOLDER, version });
	return async ({ method, path, headers, body }, as) => {
		const answers: OrgResponse[] = [];
		const transport = await transportOver(access, answers);
		const read: unknown = await connection.request(
			{ method, url: path, headers, body },
			{ transport, ...(as === 'text' ? { responseType: 'text/plain' } : {}) },
		);
		const [{ status, headers: answered } = { status: 0, headers: {} }] = answers;
		return { status, headers: answered, body: read };
	};
}

/**
 * Makes one call of the SOAP API by jsforce, which writes and reads its XML.
 *
 * @param token the session's, which SOAP takes in the message and not in a header
 * @param call the name of the call; `message` has what it takes
 * @returns what the call's XML stands for: objects, lists and texts
 * @throws OrgError; one that says so where SOAP does not take such a token
 */
export async function soapExchange(
	access: OrgAccess,
	{ version, token }: { version: string; token: string },
	call: string,
	message: object,
): Promise<unknown> {
	const JsforceConnection = await jsforceConnection();
	const { SOAP } = await import('jsforce/lib/soap');
	const connection: Connection = new JsforceConnection({ instanceUrl: PLACE_HOLDER, version, accessToken: token });
	const options = {
		endpointUrl: `${PLACE_HOLDER}/services/Soap/u/${version}`,
		xmlns: 'urn:partner.soap.sforce.com',
		transport: await transportOver(access, []),
	};
	return await soapOf(() => new SOAP(connection, options)).invoke(call, {
		'@xmlns': 'urn:partner.soap.sforce.com',
		...message,
	});
}

/**
 * jsforce's Connection, by way of jsforce. Loaded by itself it would leave jsforce without its classes, for every other
 * package that n8n has in the same folder and that uses the same copy.
 */
async function jsforceConnection(): Promise<typeof Connection> {
	const { default: jsforce } = await import('jsforce/lib/jsforce');
	return jsforce.Connection;
}

/** jsforce knows which tokens SOAP does not take in this version: those that are JSON Web Tokens. */
function soapOf<T>(open: () => T): T {
	try {
		return open();
	} catch (cause) {
		throw noSoap(cause);
	}
}

/** The session is not one that SOAP takes, and nothing was sent. */
export function noSoap(cause?: unknown): OrgError {
	return new OrgError(
		'FUNCTIONALITY_NOT_ENABLED',
		"The credential's session is not one for SOAP",
		"Where the app issues JSON Web Tokens (JWT), switch that off in the app's settings.",
		{ cause, inDoubt: false },
	);
}

/** jsforce's way out, over `access`; whatever is answered is put into `answers`. */
async function transportOver(access: OrgAccess, answers: OrgResponse[]): Promise<Transport> {
	const [{ StreamPromise }, { Duplex }] = await Promise.all([
		import('jsforce/lib/util/promise'),
		import('node:stream'),
	]);
	return {
		httpRequest: (request: HttpRequest) =>
			StreamPromise.create(() => {
				// jsforce pipes a body it has not put into the request; none of our calls makes it do so.
				const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
				return { stream, promise: send(access, request, answers) };
			}),
	} as Partial<Transport> as Transport;
}

async function send(access: OrgAccess, request: HttpRequest, answers: OrgResponse[]): Promise<HttpResponse> {
	if (!request.url.startsWith(`${PLACE_HOLDER}/`)) {
		throw new OrgError(
			'UNTRUSTED_HOST',
			'Salesforce named an address outside the org, so nothing was sent there.',
			'Check the domain in the credential, and any proxy between n8n and Salesforce.',
		);
	}
	const response = await access.send({
		method: request.method as OrgRequest['method'],
		path: request.url.slice(PLACE_HOLDER.length),
		headers: request.headers ?? {},
		body: typeof request.body === 'string' ? request.body : undefined,
	});
	answers.push(response);
	// jsforce takes a redirect for a success without a body, and loses the status of a refusal.
	if (response.status >= 300) throw refusal(response);
	return { statusCode: response.status, headers: response.headers, body: response.body };
}
