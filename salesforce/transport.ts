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
	const [{ Connection: JsforceConnection }, { StreamPromise }, { Duplex }] = await Promise.all([
		import('jsforce/lib/connection'),
		import('jsforce/lib/util/promise'),
		import('node:stream'),
	]);
	const connection: Connection = new JsforceConnection({ instanceUrl: PLACE_HOLDER, version });
	return async ({ method, path, headers, body }, as) => {
		const answers: OrgResponse[] = [];
		const transport = {
			httpRequest: (request: HttpRequest) =>
				StreamPromise.create(() => {
					// jsforce pipes a body it has not put into the request; none of our calls makes it do so.
					const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
					return { stream, promise: send(access, request, answers) };
				}),
		} as Partial<Transport> as Transport;
		const read: unknown = await connection.request(
			{ method, url: path, headers, body },
			{ transport, ...(as === 'text' ? { responseType: 'text/plain' } : {}) },
		);
		const [{ status, headers: answered } = { status: 0, headers: {} }] = answers;
		return { status, headers: answered, body: read };
	};
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
