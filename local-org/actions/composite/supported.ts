import { requestError } from '../../errors';
import type { ApiError } from '../../errors';

/** The requests that put others into one. */
export type Around = 'composite' | 'batch' | 'graph';

/** Collections came into Composite with this version (docs:rest-api/resources_composite_composite_post). */
const COLLECTIONS_SINCE = 43;

/** What sub-requests may ask for, behind the version (docs:rest-api/resources_composite_composite_post, -batch, -graph_composite_subrequest). */
const SUPPORTED: Record<Around, RegExp> = {
	composite: /^(sobjects|query|queryAll|composite\/sobjects)\b/,
	batch: /^(limits|sobjects|query|queryAll|search|connect|chatter|actions)\b/,
	graph: /^sobjects\/\w/,
};

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

/**
 * Such a mistake fails the whole request. Code and wording are assumed.
 * @throws when a sub-request's method is none; case counts
 */
export function checkMethod(method: string): void {
	if (METHODS.includes(method)) return;
	throw requestError('JSON_PARSER_ERROR', `Cannot deserialize instance of method from VALUE_STRING value "${method}"`);
}

/** The refusal of a sub-request that the request around it does not take, or undefined. Code and wording are assumed. */
export function unsupported(around: Around, version: number, path: string): ApiError | undefined {
	const isEarly = around === 'composite' && path.startsWith('composite/') && version < COLLECTIONS_SINCE;
	if (SUPPORTED[around].test(path) && !isEarly) return undefined;
	return requestError('INVALID_INPUT', `The resource ${path.split('?')[0]} is not supported in a ${around} request`);
}
