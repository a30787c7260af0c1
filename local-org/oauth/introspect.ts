import type { ApiRequest, ApiResponse } from '../http';
import { ok } from '../http';
import type { Org } from '../org';
import { identityUrl, refusal } from './answer';

const SECOND = 1000;

/**
 * POST /services/oauth2/introspect: what a token is good for, asked by its own app (help
 * remoteaccess_oidc_token_introspection). Besides the token's own answer this is the only place that tells its scopes:
 * neither userinfo nor the identity URL does.
 */
export function introspect(org: Org, { text }: ApiRequest): ApiResponse {
	const parameters = new URLSearchParams(text);
	const clientId = parameters.get('client_id');
	const app = [org.credentials, org.credentials.admin].find((one) => one.clientId === clientId);
	if (!app) return refusal('invalid_client_id', 'client identifier invalid');
	if (app.clientSecret !== parameters.get('client_secret'))
		return refusal('invalid_client', 'invalid client credentials');
	const session = org.sessions.peek(parameters.get('token') ?? '');
	if (!session) return ok({ active: false });
	const { userId, expiresAt, startedAt } = session;
	return ok({
		active: true,
		scope: org.settings.oauthScopes ?? 'api',
		client_id: app.clientId,
		username: org.storage.value('User', userId, 'Username'),
		sub: identityUrl(org, userId),
		token_type: 'access_token',
		exp: Math.floor(expiresAt / SECOND),
		iat: Math.floor(startedAt / SECOND),
		nbf: Math.floor(startedAt / SECOND),
	});
}
