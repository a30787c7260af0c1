import type { ApiResponse } from '../http';
import type { Org } from '../org';
import { identityUrl, logIn, refusal, signature, type TokenRequest } from './answer';

/** A grant of the token endpoint: what it answers once the app is known. */
export type Grant = (org: Org, request: TokenRequest) => ApiResponse;

/** Where calls that name no org go; in answers since 2024. */
const API_INSTANCE_URL = 'https://api.salesforce.com';

/** grant_type=client_credentials: the app acts as its run-as user. */
export const clientCredentials: Grant = (org) => {
	const userId = org.apiUserId;
	const issuedAt = String(org.clock().getTime());
	return {
		status: 200,
		body: {
			access_token: logIn(org, userId),
			signature: signature(org, userId, issuedAt),
			scope: 'api',
			instance_url: org.url,
			id: identityUrl(org, userId),
			token_type: 'Bearer',
			issued_at: issuedAt,
			api_instance_url: API_INSTANCE_URL,
		},
	};
};

/** grant_type=password: the password, with the security token behind it where the org asks for one. */
export const password: Grant = (org, request) => {
	const { username, password: expected, securityToken } = org.credentials;
	const accepted = org.settings.securityTokenRequired
		? [expected + securityToken]
		: [expected, expected + securityToken];
	const isKnown = request.username?.toLowerCase() === username && accepted.includes(request.password ?? '');
	if (!isKnown) return refusal('invalid_grant', 'authentication failure');
	const issuedAt = String(org.clock().getTime());
	return {
		status: 200,
		body: {
			access_token: logIn(org, org.apiUserId),
			instance_url: org.url,
			id: identityUrl(org, org.apiUserId),
			token_type: 'Bearer',
			issued_at: issuedAt,
			signature: signature(org, org.apiUserId, issuedAt),
		},
	};
};
