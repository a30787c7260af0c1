import { requestError } from '../../errors';
import { isObject, isTrue, objectBody, ok, recordsOf } from '../../http';
import type { ApiRequest, ApiResponse } from '../../http';
import type { Org } from '../../org';
import type { Action } from '../action';
import { refuseMixed } from '../mixedSetup';
import type { Answers } from './references';
import type { Around } from './supported';
import { HALTED, asSubresponse, runSubrequest, subrequestsOf } from './subrequest';
import type { Subrequest } from './subrequest';

const MAX_SUBREQUESTS = 25;
/** Sub-requests that are queries or Collections calls. */
const MAX_QUERIES_AND_COLLECTIONS = 5;
const COUNTED = /\/(query|queryAll|composite\/sobjects)\b/;

/** POST composite: up to 25 calls that may use each other's answers; one API call. */
export const composite: Action = (org, request) => {
	const { compositeRequest, allOrNone } = objectBody(request);
	const subrequests = subrequestsOf(compositeRequest, MAX_SUBREQUESTS, 'composite');
	if (subrequests.filter(({ url }) => COUNTED.test(url)).length > MAX_QUERIES_AND_COLLECTIONS) {
		throw requestError(
			'LIMIT_EXCEEDED',
			`The number of query and sObject Collections subrequests exceeds the maximum of ${MAX_QUERIES_AND_COLLECTIONS}`,
		);
	}
	const { responses } = runTogether(org, subrequests, request, isTrue(allOrNone), 'composite');
	const compositeResponse = responses.map((response, index) =>
		asSubresponse(subrequests[index] as Subrequest, response),
	);
	return { ...ok({ compositeResponse }), ...recordsOf(responses) };
};

/**
 * Runs sub-requests one after another. With `allOrNone` one failure undoes them all, and every other one answers
 * PROCESSING_HALTED.
 */
export function runTogether(
	org: Org,
	subrequests: Subrequest[],
	outer: ApiRequest,
	allOrNone: boolean,
	around: Around,
): { responses: ApiResponse[]; succeeded: boolean } {
	const answers: Answers = new Map();
	const responses: ApiResponse[] = [];
	if (allOrNone) refuseMixedSetup(org, subrequests);
	const undo = new Error('a subrequest failed');
	try {
		org.storage.transaction(() => {
			for (const subrequest of subrequests) {
				responses.push(runSubrequest(org, subrequest, outer, answers, around));
				if (allOrNone && hasFailed(responses.at(-1))) throw undo;
			}
		});
	} catch (error) {
		if (error !== undo) throw error;
		const failed = responses.length - 1;
		const all = subrequests.map((_one, index) => (index === failed ? (responses[failed] ?? HALTED) : HALTED));
		return { responses: all, succeeded: false };
	}
	return { responses, succeeded: responses.every(({ status }) => status < 400) };
}

/** A Collections call that saved only some of its records has failed for the transaction around it. */
function hasFailed(response: ApiResponse | undefined): boolean {
	if (!response || response.status >= 400) return true;
	const { body } = response;
	return Array.isArray(body) && body.some((element: { success?: boolean } | null) => element?.success === false);
}

/** Setup objects and others cannot be written in one transaction. */
function refuseMixedSetup(org: Org, subrequests: Subrequest[]): void {
	const names = subrequests.filter(({ method }) => method !== 'GET').flatMap(objectsOf);
	refuseMixed(names.flatMap((name) => org.catalog.object(name) ?? []));
}

/** Names of the objects that a sub-request writes: in its address, or with the records of a Collections call. */
function objectsOf({ url, body }: Subrequest): string[] {
	const { records } = isObject(body) ? body : {};
	const types = (Array.isArray(records) ? records.filter(isObject) : []).map(({ attributes }) =>
		isObject(attributes) ? attributes.type : undefined,
	);
	// Behind `composite/sobjects` stands the object of an upsert, if any.
	return [/\/sobjects\/(\w+)/.exec(url)?.[1], ...types].filter((name) => typeof name === 'string');
}
