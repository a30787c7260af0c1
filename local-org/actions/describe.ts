import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import { describeObject } from '../schema/describe';
import type { ObjectSchema } from '../schema/types';
import { objectOf } from './action';
import type { Action } from './action';
import { conditional } from './conditional';

/** GET sobjects/:sObject/describe; 304 for a client whose copy is still good. */
export const describe: Action = (org, request, { sObject }) => answer(org, request, objectOf(org, sObject));

/** GET tooling/sobjects/:sObject/describe */
export const describeTooling: Action = (org, request, { sObject }) =>
	answer(org, request, objectOf(org, sObject, org.catalog.tooling));

function answer(org: Org, request: ApiRequest, object: ObjectSchema): ApiResponse {
	const { version } = request;
	return conditional(org, request, `${version} ${object.name}`, describeObject(org, object, version));
}
