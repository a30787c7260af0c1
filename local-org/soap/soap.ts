import { saveEach, saved } from '../actions/collections/element';
import type { Element } from '../actions/collections/element';
import { ApiError, dataError, invalidCrossReference, tooManyRecords } from '../errors';
import type { ApiRequest, ApiResponse } from '../http';
import { normalizeId } from '../ids';
import type { Org } from '../org';
import { escapeHtml } from '../page/html';
import { writeContext } from '../records/context';
import { undeleteRecord } from '../records/undelete';

/** IDs that one call may have (docs:api, undelete). */
const MAX_IDS = 200;
const NAMESPACES: Record<string, string> = {
	u: 'urn:partner.soap.sforce.com',
	c: 'urn:enterprise.soap.sforce.com',
};

/** What the elements of this name hold, whatever their prefix. */
const valuesOf = (xml: string, name: string): string[] =>
	[...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)</`, 'g'))].map(([, value]) =>
		(value ?? '').trim(),
	);

/** The name of the call: the first element of the body. */
const callIn = (xml: string): string | undefined => /<(?:\w+:)?Body(?:\s[^>]*)?>\s*<(?:\w+:)?(\w+)/.exec(xml)?.[1];

function envelope(namespace: string, body: string, status = 200): ApiResponse {
	const open = `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}">`;
	const text = `<?xml version="1.0" encoding="UTF-8"?>${open}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
	return { status, text, contentType: 'text/xml; charset=utf-8' };
}

function fault(namespace: string, code: string, message: string): ApiResponse {
	const text = `<faultcode>sf:${code}</faultcode><faultstring>${code}: ${escapeHtml(message)}</faultstring>`;
	return envelope(namespace, `<soapenv:Fault>${text}</soapenv:Fault>`, 500);
}

/** One result, as salesforce.stackexchange 138077 shows it. */
function resultXml({ id, ...element }: Element): string {
	const errors = element.errors.map(
		({ message, statusCode }) =>
			`<errors><message>${escapeHtml(message)}</message><statusCode>${statusCode}</statusCode></errors>`,
	);
	return `<result>${errors.join('')}<id>${id ?? ''}</id><success>${element.success}</success></result>`;
}

/**
 * POST /services/Soap/u/NN.0 or /c/NN.0: undelete(), the only way besides Apex and Salesforce's own pages to take
 * records out of the recycle bin; REST has none (docs:api, undelete; salesforce.stackexchange 117370). The access
 * token stands in SessionHeader, and not in an HTTP header. Every other call is written down as refused.
 */
export function soap(org: Org, request: ApiRequest): ApiResponse {
	const { text, path } = request;
	const namespace = NAMESPACES[/^\/services\/Soap\/([uc])\/\d+\.0/.exec(path)?.[1] ?? ''] ?? '';
	const session = org.settings.answer401Always ? undefined : org.sessions.use(valuesOf(text, 'sessionId')[0] ?? '');
	if (!session) {
		const reason = 'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key';
		return fault(namespace, 'INVALID_SESSION_ID', reason);
	}
	org.actingUserId = session.userId;
	const call = callIn(text);
	if (call !== 'undelete') {
		org.refuse(`SOAP ${call}: ${path}`);
		return fault(namespace, 'UNKNOWN_EXCEPTION', `The local org has no SOAP call ${call}`);
	}
	try {
		org.countApiCalls();
		const results = undelete(org, { ...request, userId: session.userId }).map(resultXml);
		return {
			...envelope(namespace, `<undeleteResponse>${results.join('')}</undeleteResponse>`),
			records: results.length,
		};
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return fault(namespace, error.items[0]?.errorCode ?? 'UNKNOWN_EXCEPTION', error.message);
	}
}

function undelete(org: Org, request: ApiRequest): Element[] {
	const ids = valuesOf(request.text, 'ids');
	if (ids.length > MAX_IDS) throw tooManyRecords();
	const context = writeContext(org, request);
	const restore = (given: string) => {
		const id = normalizeId(given);
		if (!id) throw dataError('MALFORMED_ID', `malformed id ${given}`);
		const object = org.catalog.object(org.catalog.ofId(id)?.name ?? '');
		if (!object) throw invalidCrossReference();
		undeleteRecord(id, object, context);
		return saved(id);
	};
	const allOrNone = valuesOf(request.text, 'allOrNone')[0] === 'true';
	return saveEach(org, ids, allOrNone, restore, (given) => ({ id: normalizeId(given) ?? given }));
}
