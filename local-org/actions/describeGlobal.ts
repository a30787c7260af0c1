import { ok, type ApiResponse } from '../http';
import { describeBriefly } from '../schema/describe';
import type { ObjectSchema } from '../schema/types';
import type { Action } from './action';

/** GET sobjects: every object, briefly, by name. */
export const describeGlobal: Action = (org, { version }) => list(org.catalog.objects(), version);

/** GET tooling/sobjects */
export const describeGlobalTooling: Action = (org, { version }) => list(org.catalog.tooling.objects(), version);

function list(all: ObjectSchema[], version: number): ApiResponse {
	const objects = all.sort((a, b) => (a.name < b.name ? -1 : 1));
	return ok({
		encoding: 'UTF-8',
		maxBatchSize: 200,
		sobjects: objects.map((object) => describeBriefly(object, version)),
	});
}
