import { requestError } from '../../errors';
import { failure, isObject, isTrue, objectBody, ok, recordsOf } from '../../http';
import type { ApiResponse } from '../../http';
import type { Action } from '../action';
import { inheritedHeaders } from '../conditional';
import { checkMethod, unsupported } from './supported';

const MAX_REQUESTS = 25;
const PATH = /^(?:\/?services\/data\/)?(v\d+\.0\/.+)$/;

/** A sub-request's version is at least this one, and no later than that of the batch (docs:rest-api/resources_composite_batch). */
const OLDEST_INSIDE = 34;

/** Assumed: code and wording, and that the other sub-requests run. */
const wrongVersion = (newest: number) =>
	requestError('INVALID_INPUT', `The API version of a subrequest must be between ${OLDEST_INSIDE}.0 and ${newest}.0`);

const HALTED: ApiResponse = {
	status: 412,
	body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
};

/** POST composite/batch: up to 25 calls, independent of each other; each counts as an API call. */
export const batch: Action = (org, request) => {
	const { batchRequests, haltOnError } = objectBody(request);
	if (!Array.isArray(batchRequests) || batchRequests.length === 0) {
		throw requestError('JSON_PARSER_ERROR', "The 'batchRequests' element is required and must not be empty");
	}
	if (batchRequests.length > MAX_REQUESTS) {
		throw requestError('LIMIT_EXCEEDED', `The number of subrequests exceeds the maximum of ${MAX_REQUESTS}`);
	}
	org.countApiCalls(batchRequests.length - 1);
	let halted = false;
	const results = batchRequests.map((entry) => {
		const response = halted ? HALTED : run(entry);
		halted ||= isTrue(haltOnError) && response.status >= 400;
		return response;
	});
	return {
		...ok({
			hasErrors: results.some(({ status }) => status >= 400),
			results: results.map(({ status, body }) => ({ statusCode: status, result: body ?? null })),
		}),
		...recordsOf(results),
	};

	function run(entry: unknown): ApiResponse {
		const { method, url, richInput } = isObject(entry) ? entry : {};
		const path = typeof url === 'string' ? PATH.exec(url)?.[1] : undefined;
		if (typeof method !== 'string' || path === undefined) {
			throw requestError('JSON_PARSER_ERROR', 'Each subrequest requires a method and a url');
		}
		checkMethod(method);
		const version = Number(/^v(\d+)/.exec(path)?.[1]);
		if (version < OLDEST_INSIDE || version > request.version) return failure(wrongVersion(request.version));
		const refusal = unsupported('batch', version, path.replace(/^v[\d.]+\//, ''));
		if (refusal) return failure(refusal);
		return org.router.dispatch({
			...request,
			headers: inheritedHeaders(request),
			method,
			path: `/services/data/${path}`,
			query: new URLSearchParams(path.split('?').slice(1).join('?')),
			text: richInput === undefined ? '' : JSON.stringify(richInput),
			version,
		});
	}
};
