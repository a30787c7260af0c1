import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import { describeBriefly } from '../schema/describe';
import type { ObjectSchema } from '../schema/types';
import type { Action } from './action';
import { conditional } from './conditional';

/** GET sobjects: every object, briefly, by name; 304 for a client whose copy is still good. */
export const describeGlobal: Action = (org, request) => list(org, request, org.catalog.objects());

/** GET tooling/sobjects */
export const describeGlobalTooling: Action = (org, request) => list(org, request, org.catalog.tooling.objects());

function list(org: Org, request: ApiRequest, all: ObjectSchema[]): ApiResponse {
	const { version, path } = request;
	const objects = all.sort((a, b) => (a.name < b.name ? -1 : 1));
	return conditional(org, request, path, {
		encoding: 'UTF-8',
		maxBatchSize: 200,
		sobjects: objects.map((object) => describeBriefly(object, version)),
	});
}
