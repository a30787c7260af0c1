import { ApiError, requestError } from '../../errors';
import { faultAnswer, takeFault } from '../../faults';
import { failure, isObject } from '../../http';
import type { ApiRequest, ApiResponse } from '../../http';
import type { Org } from '../../org';
import { inheritedHeaders } from '../conditional';
import { checkMethod, unsupported } from './supported';
import type { Around } from './supported';
import { resolve } from './references';
import type { Answers } from './references';

/** One call inside a composite request. */
export interface Subrequest {
	method: string;
	url: string;
	referenceId: string;
	body?: unknown;
	httpHeaders: Record<string, string>;
}

/** Its answer, keys in the order in which Salesforce writes them. */
export interface Subresponse {
	body: unknown;
	httpHeaders: Record<string, string>;
	httpStatusCode: number;
	referenceId: string;
}

const REFERENCE_ID = /^[A-Za-z0-9]\w*$/;
/** In a graph a hyphen may be among them. */
const REFERENCE_ID_IN_GRAPH = /^[A-Za-z0-9][\w-]*$/;
/** Headers that a sub-request has from the request around it, and may not have itself (docs:rest-api/requests_composite). */
const INHERITED = ['accept', 'authorization', 'content-type'];
const PATH = /^\/?services\/data\/v(\d+)\.0\/(.+)$/;

/**
 * The sub-requests of a body.
 * @throws ApiError for those that would fail the whole request
 */
export function subrequestsOf(list: unknown, limit: number, around: Around): Subrequest[] {
	if (!Array.isArray(list) || list.length === 0) {
		throw requestError('JSON_PARSER_ERROR', "The 'compositeRequest' element is required and must not be empty");
	}
	if (list.length > limit) {
		throw requestError('LIMIT_EXCEEDED', `The number of subrequests exceeds the maximum of ${limit}`);
	}
	const subrequests = list.map((entry) =>
		readSubrequest(entry, around === 'graph' ? REFERENCE_ID_IN_GRAPH : REFERENCE_ID),
	);
	const ids = new Set<string>();
	for (const { referenceId } of subrequests) {
		if (ids.has(referenceId)) throw requestError('INVALID_INPUT', `Duplicate referenceId: ${referenceId}`);
		ids.add(referenceId);
	}
	return subrequests;
}

function readSubrequest(entry: unknown, referenceIds: RegExp): Subrequest {
	const { method, url, referenceId, body, httpHeaders } = isObject(entry) ? entry : {};
	if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
		throw requestError('JSON_PARSER_ERROR', 'Each subrequest requires a method, a url and a referenceId');
	}
	if (!referenceIds.test(referenceId)) {
		throw requestError(
			'JSON_PARSER_ERROR',
			`Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`,
		);
	}
	checkMethod(method);
	const headers = Object.entries(isObject(httpHeaders) ? httpHeaders : {}).map(([name, value]) => [
		name.toLowerCase(),
		String(value),
	]);
	const inherited = headers.find(([name = '']) => INHERITED.includes(name))?.[0];
	// The status is documented; code and wording are assumed.
	if (inherited) throw requestError('INVALID_INPUT', `The header ${inherited} can not be specified in a subrequest`);
	return { method, url, referenceId, body, httpHeaders: Object.fromEntries(headers) };
}

/** The sub-request as a request of its own, with its references replaced. */
function asRequest(subrequest: Subrequest, outer: ApiRequest, answers: Answers, around: Around): ApiRequest {
	const path = String(resolve(subrequest.url, answers));
	const [, version, rest] = PATH.exec(path) ?? [];
	if (version === undefined || rest === undefined || Number(version) !== outer.version) {
		throw requestError(
			'INVALID_INPUT',
			`The url '${path}' of a subrequest must begin with /services/data/v${outer.version}.0/`,
		);
	}
	const refusal = unsupported(around, outer.version, rest);
	if (refusal) throw refusal;
	const body = resolve(subrequest.body, answers);
	return {
		...outer,
		method: subrequest.method,
		path: path.startsWith('/') ? path : `/${path}`,
		query: new URLSearchParams(rest.split('?').slice(1).join('?')),
		headers: { ...inheritedHeaders(outer), ...subrequest.httpHeaders },
		text: body === undefined || body === null ? '' : JSON.stringify(body),
	};
}

/** Runs a sub-request and remembers its answer for those after it. */
export function runSubrequest(
	org: Org,
	subrequest: Subrequest,
	outer: ApiRequest,
	answers: Answers,
	around: Around,
): ApiResponse {
	const fault = takeFault(org.faults, subrequest.method, subrequest.url, true);
	const own = (): ApiResponse => attempt(() => org.router.dispatch(asRequest(subrequest, outer, answers, around)));
	const response = (fault && faultAnswer(fault)) ?? own();
	if (response.status < 400) answers.set(subrequest.referenceId, response.body);
	return response;
}

function attempt(run: () => ApiResponse): ApiResponse {
	try {
		return run();
	} catch (error) {
		if (error instanceof ApiError) return failure(error);
		throw error;
	}
}

/** A sub-request's answer as the composite answer shows it. */
export function asSubresponse({ referenceId }: Subrequest, { body, status, headers }: ApiResponse): Subresponse {
	return { body: body ?? null, httpHeaders: headers ?? {}, httpStatusCode: status, referenceId };
}

/** What stands in place of the answers of a transaction that another sub-request broke. */
export const HALTED: ApiResponse = {
	status: 400,
	body: [
		{
			errorCode: 'PROCESSING_HALTED',
			message: 'The transaction was rolled back since another operation in the same transaction failed.',
		},
	],
};
