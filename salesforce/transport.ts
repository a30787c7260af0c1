import type { Connection } from 'jsforce/lib/connection';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types';

import { refusal } from './answers';
import { OrgError } from './errors';
import type { OrgAccess, OrgRequest } from './orgAccess';

/**
 * Stands for the org inside jsforce, which wants an address; the real one is known only to whoever signs the call.
 * A call to any other address is refused, so a `nextRecordsUrl` cannot carry the token elsewhere.
 */
const PLACE_HOLDER = 'https://org.invalid';

/**
 * A jsforce connection whose every call goes through `access`, so that jsforce neither logs in nor repeats.
 *
 * jsforce is loaded here, at a node's first call: requiring it takes a quarter of a second that n8n's start need not pay.
 */
export async function jsforceConnection(access: OrgAccess, version: string): Promise<Connection> {
	const [{ Connection: JsforceConnection }, { StreamPromise }, { Duplex }] = await Promise.all([
		import('jsforce/lib/connection'),
		import('jsforce/lib/util/promise'),
		import('node:stream'),
	]);
	const connection = new JsforceConnection({ instanceUrl: PLACE_HOLDER, version });
	connection._transport = {
		httpRequest: (request: HttpRequest) =>
			StreamPromise.create(() => {
				// jsforce pipes a body it has not put into the request; none of our calls makes it do so.
				const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
				return { stream, promise: send(access, request) };
			}),
		getRequestStreamCreator: () => {
			throw new OrgError('UNEXPECTED', 'A streamed request was asked of a connection that makes none.');
		},
	};
	return connection;
}

async function send(access: OrgAccess, request: HttpRequest): Promise<HttpResponse> {
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
	// jsforce takes a redirect for a success without a body, and loses the status of a refusal.
	if (response.status >= 300) throw refusal(response);
	return { statusCode: response.status, headers: response.headers, body: response.body };
}
