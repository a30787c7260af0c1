import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { faultAnswer, takeFault } from './faults';
import { handle } from './handle';
import { keepUp } from './keepUp';
import { requestError } from './errors';
import { failure } from './http';
import type { ApiRequest, ApiResponse } from './http';
import { formAsJson } from './multipart';
import type { Org } from './org';
import { pageFor } from './page/page';
import { respond } from './respond';
import { Streaming } from './streaming/streaming';

/** Longest address with its query, and longest address with all headers, in bytes (documented): 414 and 431 beyond. */
const MAX_URI = 16_384;

async function readBody(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** Records that may be sent as a form, with their files. */
const TAKES_FORMS = /\/sobjects\/\w+\/?$/;

/** A form that holds a record becomes the record's JSON, so that it is as any other to what follows. */
function read(
	body: Buffer,
	path: string,
	headers: ApiRequest['headers'],
): Pick<ApiRequest, 'text' | 'headers' | 'isForm'> {
	const json = TAKES_FORMS.test(path) ? formAsJson(body, headers['content-type'] ?? '') : undefined;
	if (json === undefined) return { text: body.toString('utf8'), headers };
	return { text: json, headers: { ...headers, 'content-type': 'application/json' }, isForm: true };
}

async function readRequest(message: IncomingMessage): Promise<ApiRequest> {
	// Salesforce's own command line doubles the first slash, and its servers do not mind.
	const path = (message.url ?? '/').replace(/^\/+/, '/');
	const query = new URLSearchParams(path.split('?').slice(1).join('?'));
	const headers = Object.fromEntries(
		Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
	);
	return {
		// Clients that cannot send PATCH post with this parameter.
		method: (query.get('_HttpMethod') ?? message.method ?? 'GET').toUpperCase(),
		path,
		query,
		...read(await readBody(message), path, headers),
		version: 0,
		userId: '',
		session: '',
		locks: { toRefuse: 0, held: new Set() },
	};
}

const tooLong = () => failure(requestError('URI_TOO_LONG', 'URI Too Long', 414));
const headersTooLong = () =>
	failure(requestError('REQUEST_HEADER_FIELDS_TOO_LARGE', 'Request Header Fields Too Large', 431));

/** Bytes of the address and the headers together. */
function headBytes({ path, headers }: ApiRequest): number {
	const pairs = Object.entries(headers).map(([name, value]) => name.length + Buffer.byteLength(value ?? ''));
	return pairs.reduce((sum, length) => sum + length, Buffer.byteLength(path));
}

async function delay(org: Org, response: ApiResponse, ended: AbortSignal): Promise<void> {
	const { delayPerCallMs, delayPerRecordMs, delayPerRecordReadMs } = org.settings;
	const { records = 0, read = 0 } = response;
	const ms = delayPerCallMs + delayPerRecordMs * (records - read) + delayPerRecordReadMs * read;
	if (ms > 0) await wait(ms, undefined, { signal: ended });
}

/** Whether as many long calls are under way as the org allows. */
function isCrowded(org: Org): boolean {
	const { concurrentLongCalls, longCallMs } = org.settings;
	const now = performance.now();
	return [...org.underWay].filter((began) => now - began >= longCallMs).length >= concurrentLongCalls;
}

const crowded = () =>
	failure(requestError('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.', 403));

function work(org: Org, request: ApiRequest): ApiResponse {
	if (Buffer.byteLength(request.path) > MAX_URI) return tooLong();
	if (headBytes(request) > MAX_URI) return headersTooLong();
	return isCrowded(org) ? crowded() : handle(org, request);
}

/** @param ended aborted when the org ends: whoever still waits for an answer then gets none */
async function serve(
	org: Org,
	streaming: Streaming,
	message: IncomingMessage,
	out: ServerResponse,
	ended: AbortSignal,
): Promise<void> {
	const request = await readRequest(message);
	const { method, path } = request;
	const requestId = request.headers['x-sfdc-request-id'];
	keepUp(org);
	// What a person looks at is no call of a client's.
	const page = pageFor(org, request);
	if (page) return respond(org, request, page, out);
	const at = new Date();
	const fault = takeFault(org.faults, method, path);
	fault?.meanwhile?.(request);
	if (fault?.delayMs) await wait(fault.delayMs, undefined, { signal: ended });
	if (fault?.cut === 'before') return cut(org, request, out, at);
	request.locks.toRefuse = fault?.lockRows ?? 0;
	const began = performance.now();
	const instead = fault && faultAnswer(fault);
	const worked =
		instead && !fault.late
			? instead
			: Streaming.serves(path)
				? await streaming.answer(request, goneSignal(out))
				: work(org, request);
	org.underWay.add(began);
	try {
		await delay(org, worked, ended);
	} finally {
		org.underWay.delete(began);
		org.unlock(request.locks);
	}
	if (fault?.cut === 'after') return cut(org, request, out, at);
	const response = instead ?? worked;
	org.calls.push({
		method,
		path,
		status: fault?.cut === 'within' ? 0 : response.status,
		...(response.records === undefined ? {} : { records: response.records }),
		...(requestId === undefined ? {} : { requestId }),
	});
	org.log.add(request, response, at, performance.now() - began);
	respond(org, request, response, out, fault);
}

/** Tells when a client hangs up before it was answered. */
function goneSignal(out: ServerResponse): AbortSignal {
	const gone = new AbortController();
	out.once('close', () => gone.abort());
	return gone.signal;
}

function cut(org: Org, request: ApiRequest, out: ServerResponse, at: Date): void {
	org.calls.push({ method: request.method, path: request.path, status: 0 });
	org.log.add(request, undefined, at, Date.now() - at.getTime());
	out.destroy();
}

/** Listens on 127.0.0.1 and answers as the org; resolves with the server once it has a port. */
export async function listen(org: Org, streaming: Streaming, port: number): Promise<Server> {
	const end = new AbortController();
	setMaxListeners(0, end.signal);
	const server = createServer({ maxHeaderSize: 2 * MAX_URI }, (message, out) => {
		serve(org, streaming, message, out, end.signal).catch((error: unknown) => {
			if (end.signal.aborted) return;
			// A mistake of this org's own must never look like an answer of Salesforce's.
			org.refuse(`${message.method} ${message.url}: ${error instanceof Error ? error.stack : String(error)}`);
			if (out.headersSent) out.destroy();
			else out.writeHead(500).end('The local org met a mistake of its own.');
		});
	});
	server.once('close', () => end.abort());
	// Clients keep connections open between calls; a short time-out would cut a call that is just being sent.
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return server;
}

/** Ends a server with every connection it has. */
export async function close(server: Server): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeAllConnections();
	await closed;
}
