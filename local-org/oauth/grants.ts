import type { ApiResponse } from '../http';
import type { Org } from '../org';
import type { SignIn } from './credentials';
import { identityUrl, logIn, refusal, signature } from './answer';
import type { TokenRequest } from './answer';

/** A grant of the token endpoint: what it answers once the app is known. */
export type Grant = (org: Org, request: TokenRequest) => ApiResponse;

/** Where calls that name no org go; in answers since 2024. */
const API_INSTANCE_URL = 'https://api.salesforce.com';

/** The app and user that a request's client ID or username names. */
export const signInOf = ({ credentials }: Org, { client_id, username }: TokenRequest): SignIn =>
	[credentials.admin].find((one) => one.clientId === client_id || one.username === username?.toLowerCase()) ??
	credentials;

/** The ID of the user of a way into the org. */
export const userIdOf = (org: Org, { username }: SignIn): string =>
	username === org.credentials.username
		? org.apiUserId
		: String(org.storage.findBy('User', 'Username', username)[0]?.Id);

/** grant_type=client_credentials: the app acts as its run-as user. */
export const clientCredentials: Grant = (org, request) => {
	const userId = userIdOf(org, signInOf(org, request));
	const issuedAt = String(org.clock().getTime());
	return {
		status: 200,
		body: {
			access_token: logIn(org, userId),
			signature: signature(org, userId, issuedAt),
			scope: org.settings.oauthScopes ?? 'api',
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
	const signIn = signInOf(org, { username: request.username ?? '' });
	const { username, password: expected, securityToken } = signIn;
	const accepted = org.settings.securityTokenRequired
		? [expected + securityToken]
		: [expected, expected + securityToken];
	const isKnown = request.username?.toLowerCase() === username && accepted.includes(request.password ?? '');
	if (!isKnown) return refusal('invalid_grant', 'authentication failure');
	const userId = userIdOf(org, signIn);
	const issuedAt = String(org.clock().getTime());
	return {
		status: 200,
		body: {
			access_token: logIn(org, userId),
			instance_url: org.url,
			id: identityUrl(org, userId),
			token_type: 'Bearer',
			issued_at: issuedAt,
			signature: signature(org, userId, issuedAt),
		},
	};
};
