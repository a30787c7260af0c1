import type { ApiRequest, ApiResponse } from './http';

/** What answers the requests of signed-in users. It is handed to the org, so that an action can make sub-requests. */
export interface Router {
	/** What the REST API answers; `ApiRequest.version` and `userId` are known. */
	dispatch(request: ApiRequest): ApiResponse;
	/** Whether an API version has anything under this first part of a path. */
	offers(name: string, version: number): boolean;
}
