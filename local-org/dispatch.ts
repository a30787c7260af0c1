import { checkVersion } from './actions/versions';
import { ApiError, requestError, resourceNotFound } from './errors';
import { isGap } from './gaps';
import { failure } from './http';
import type { ApiRequest, ApiResponse } from './http';
import type { Org } from './org';
import { findRoute, isOffered } from './routes';
import type { Router } from './router';

const PREFIX = /^\/services\/data\/v\d+\.0\/?/;

/** The decoded parts of a path behind the version; a slash inside a part is `%2F`. */
function partsOf(path: string): string[] {
	const rest = (path.split('?')[0] ?? '').replace(PREFIX, '').replace(/\/$/, '');
	try {
		return rest.split('/').map(decodeURIComponent);
	} catch {
		throw resourceNotFound();
	}
}

/** The router of an org over the table of paths. */
export const router = (org: Org): Router => ({ dispatch: (request) => dispatch(org, request), offers: isOffered });

/**
 * What the REST API answers to a request of a signed-in user. Whatever an action throws as ApiError becomes its
 * answer, and undoes what the action wrote.
 */
function dispatch(org: Org, request: ApiRequest): ApiResponse {
	try {
		return request.method === 'GET' || request.method === 'HEAD'
			? act(org, request)
			: org.storage.transaction(() => act(org, request));
	} catch (error) {
		if (error instanceof ApiError) return failure(error);
		throw error;
	}
}

/** The methods of a path in the order of the alphabet, HEAD beside GET (seen in orgs: `Allowed are GET,HEAD,POST`). */
function methodsOf(actions: Record<string, unknown>): string[] {
	const methods = Object.keys(actions);
	return (methods.includes('GET') ? [...methods, 'HEAD'] : methods).sort();
}

function act(org: Org, request: ApiRequest): ApiResponse {
	checkVersion(request.version);
	const parts = partsOf(request.path);
	const route = isGap(parts) ? undefined : findRoute(parts);
	if (!route) {
		org.refuse(`${request.method} ${request.path}`);
		throw resourceNotFound();
	}
	if (route.since > request.version) throw resourceNotFound();
	// HEAD is answered as GET is, but for the body.
	const action = route.actions[request.method === 'HEAD' ? 'GET' : request.method];
	if (action) return action(org, request, route.params);
	throw requestError(
		'METHOD_NOT_ALLOWED',
		`HTTP Method '${request.method}' not allowed. Allowed are ${methodsOf(route.actions).join(',')}`,
		405,
	);
}
