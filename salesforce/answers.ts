import { errorFromFaults, OrgError } from './errors';
import type { OrgResponse } from './orgAccess';
import type { SalesforceFault } from './salesforceFault';

/** A fault is the first thing in an envelope. In characters. */
const SOAP_FAULT_WITHIN = 4_000;

/** Statuses of a page that stands for "not carried out": whoever answers so does not pass the call on. */
function isRefusal(status: number): boolean {
	return status >= 400 && status < 500 && status !== 406 && status !== 408;
}

/**
 * What came back was not Salesforce's, as when a proxy or a maintenance page answers in its place.
 *
 * @param status of the answer; undefined for a part of one
 */
export function unexpectedAnswer(status?: number): OrgError {
	const isRedirect = status !== undefined && status >= 300 && status < 400;
	const said = status === undefined || status < 300 ? '' : ` (status ${status})`;
	return new OrgError(
		'UNEXPECTED_ANSWER',
		isRedirect
			? `What came back was a redirect to another address${said}, which is not followed.`
			: `What came back was not an answer of Salesforce${said}.`,
		isRedirect
			? 'Check the domain in the credential: the My Domain may have been renamed, or a page stands in the way.'
			: 'Run again later; if it stays so, check the domain in the credential, and any proxy between n8n and Salesforce.',
		{ status, ...(status !== undefined && isRefusal(status) ? { inDoubt: false, passing: status === 429 } : {}) },
	);
}

/**
 * Why a call was refused, from an answer that is no success. The one reading of Salesforce's error bodies: a list of
 * faults, or a single one.
 */
export function refusal({ status, headers, body }: OrgResponse): OrgError {
	const soap = soapFaultIn(body);
	// SOAP answers every refusal with 500, so that its code alone tells what it is.
	if (soap !== undefined) return errorFromFaults([soap]);
	const faults = faultsIn(body);
	const error = faults === undefined ? unexpectedAnswer(status) : errorFromFaults(faults, status);
	return error.with({ retryAfter: retryAfter(headers['retry-after']) });
}

/** The fault in a SOAP envelope (SOAP API, API fault element): `<faultcode>sf:INVALID_SESSION_ID</faultcode>`. */
function soapFaultIn(body: string): SalesforceFault | undefined {
	const [, errorCode, message = ''] =
		/<faultcode>(?:\w+:)?(\w+)<\/faultcode>\s*<faultstring>(?:\w+: )?([^<]*)/.exec(body.slice(0, SOAP_FAULT_WITHIN)) ??
		[];
	return errorCode === undefined ? undefined : { errorCode, message };
}

/** Salesforce's faults in a text; undefined when it is anything else. */
export function faultsIn(body: string): SalesforceFault[] | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		const faults: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
		return faults.length > 0 && faults.every(isFault) ? faults : undefined;
	} catch {
		return undefined;
	}
}

/** Whether something is a fault as Salesforce states it. */
export function isFault(value: unknown): value is SalesforceFault {
	if (typeof value !== 'object' || value === null) return false;
	const { errorCode, statusCode } = value as SalesforceFault;
	return typeof errorCode === 'string' || typeof statusCode === 'string';
}

/** `Retry-After` in milliseconds: it holds seconds, or a date (RFC 9110). */
export function retryAfter(header: string | undefined): number | undefined {
	if (header === undefined) return undefined;
	const seconds = Number(header);
	const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
	return wait > 0 ? wait : undefined;
}
