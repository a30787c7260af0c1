import { resourceNotFound } from '../errors';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { Catalog } from '../schema/catalog';
import type { ObjectSchema } from '../schema/types';

/** One action of the API: what it answers to a request. `params` are the named parts of its path, decoded. */
export type Action = (org: Org, request: ApiRequest, params: Record<string, string>) => ApiResponse;

/**
 * The object that a path names, as the user sees it.
 * @throws 404 NOT_FOUND
 */
export function objectOf(
	org: Org,
	name: string | undefined,
	catalog: Pick<Catalog, 'object'> = org.catalog,
): ObjectSchema {
	const object = catalog.object(name ?? '');
	if (!object) throw resourceNotFound();
	return object;
}
