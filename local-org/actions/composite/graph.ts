import { requestError } from '../../errors';
import { isObject, objectBody, ok, recordsOf } from '../../http';
import type { ApiResponse } from '../../http';
import type { Action } from '../action';
import { runTogether } from './composite';
import { referencesIn } from './references';
import { asSubresponse, subrequestsOf } from './subrequest';
import type { Subrequest } from './subrequest';

const MAX_GRAPHS = 75;
const MAX_NODES = 500;
/** How many nodes may refer to each other in a row. */
const MAX_DEPTH = 15;

/** POST composite/graph: up to 75 composite requests, each of which is saved whole or not at all. */
export const graph: Action = (org, request) => {
	const { graphs } = objectBody(request);
	if (!Array.isArray(graphs) || graphs.length === 0) {
		throw requestError('JSON_PARSER_ERROR', "The 'graphs' element is required and must not be empty");
	}
	if (graphs.length > MAX_GRAPHS)
		throw requestError('LIMIT_EXCEEDED', `The number of graphs exceeds the maximum of ${MAX_GRAPHS}`);
	const read = graphs.map((entry) => {
		const { graphId, compositeRequest } = isObject(entry) ? entry : {};
		if (typeof graphId !== 'string') throw requestError('JSON_PARSER_ERROR', 'Each graph requires a graphId');
		return { graphId, subrequests: subrequestsOf(compositeRequest, MAX_NODES, 'graph') };
	});
	const nodes = read.reduce((sum, { subrequests }) => sum + subrequests.length, 0);
	if (nodes > MAX_NODES)
		throw requestError('LIMIT_EXCEEDED', `The number of nodes exceeds the maximum of ${MAX_NODES}`);
	if (read.some(({ subrequests }) => depthOf(subrequests) > MAX_DEPTH)) {
		throw requestError('LIMIT_EXCEEDED', `The depth of a graph exceeds the maximum of ${MAX_DEPTH}`);
	}
	const all: ApiResponse[] = [];
	const answers = read.map(({ graphId, subrequests }) => {
		const { responses, succeeded } = runTogether(org, subrequests, request, true, 'graph');
		all.push(...responses);
		const compositeResponse = responses.map((response: ApiResponse, at) =>
			asSubresponse(subrequests[at] as Subrequest, response),
		);
		return { graphId, graphResponse: { compositeResponse }, isSuccessful: succeeded };
	});
	return { ...ok({ graphs: answers }), ...recordsOf(all) };
};

/** The longest row of nodes of which each refers to the one before it. */
function depthOf(subrequests: Subrequest[]): number {
	const depths = new Map<string, number>();
	for (const { referenceId, url, body } of subrequests) {
		depths.set(referenceId, 1 + Math.max(0, ...referencesIn([url, body]).map((name) => depths.get(name) ?? 0)));
	}
	return Math.max(...depths.values());
}
