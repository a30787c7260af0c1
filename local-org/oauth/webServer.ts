import { createHash, randomBytes } from 'node:crypto';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { AuthorizationCode } from './authorizationCode';
import { escapeHtml } from '../page/html';
import { identityUrl, logIn, refusal, signature } from './answer';
import type { Grant } from './grants';

/** Milliseconds in which an authorization code must be used. */
const CODE_LIFE = 15 * 60_000;
const API_INSTANCE_URL = 'https://api.salesforce.com';
const SCOPE = 'refresh_token api';

/** GET /services/oauth2/authorize: the page on which a user allows the app to act for them. */
export function authorizePage(org: Org, { query }: ApiRequest): ApiResponse {
	const wrong = wrongWith(org, query);
	if (wrong) return page(`<h1>The app cannot be authorized</h1><p>${escapeHtml(wrong)}</p>`, 400);
	const hidden = [...query].map(
		([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
	);
	return page(`<h1>Allow access?</h1>
<p>The app asks to act for ${escapeHtml(org.credentials.username)}: manage data through APIs, at any time.</p>
<form method="post" action="/services/oauth2/authorize">${hidden.join('')}<button type="submit">Allow</button></form>`);
}

/** POST /services/oauth2/authorize: what the button of that page does; back to the app with a code. */
export function authorize(org: Org, { text }: ApiRequest): ApiResponse {
	const parameters = new URLSearchParams(text);
	const wrong = wrongWith(org, parameters);
	if (wrong) return page(`<p>${escapeHtml(wrong)}</p>`, 400);
	const redirectUri = parameters.get('redirect_uri') ?? '';
	const code = `aPrx${randomBytes(32).toString('base64url')}`;
	org.codes.set(code, {
		redirectUri,
		challenge: parameters.get('code_challenge') ?? undefined,
		challengeMethod: parameters.get('code_challenge_method') ?? 'S256',
		expiresAt: org.clock().getTime() + CODE_LIFE,
	});
	const target = new URL(redirectUri);
	target.searchParams.set('code', code);
	const state = parameters.get('state');
	if (state !== null) target.searchParams.set('state', state);
	return { status: 302, headers: { Location: target.href } };
}

function wrongWith(org: Org, query: URLSearchParams): string | undefined {
	if (query.get('client_id') !== org.credentials.clientId) return 'error=invalid_client_id: client identifier invalid';
	if (query.get('response_type') !== 'code') return 'error=unsupported_response_type: response type not supported';
	if (!URL.canParse(query.get('redirect_uri') ?? ''))
		return 'error=redirect_uri_mismatch: redirect_uri must match configuration';
	if (org.settings.appNotInstalled) return 'error=invalid_client: app must be installed into org';
	return undefined;
}

const page = (content: string, status = 200): ApiResponse => ({
	status,
	text: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Local org</title><body>${content}</body></html>`,
	contentType: 'text/html; charset=UTF-8',
});

function tokens(org: Org, refreshToken?: string): ApiResponse {
	const userId = org.apiUserId;
	const issuedAt = String(org.clock().getTime());
	return {
		status: 200,
		body: {
			access_token: logIn(org, userId),
			...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
			signature: signature(org, userId, issuedAt),
			scope: org.settings.oauthScopes ?? SCOPE,
			instance_url: org.url,
			id: identityUrl(org, userId),
			token_type: 'Bearer',
			issued_at: issuedAt,
			api_instance_url: API_INSTANCE_URL,
		},
	};
}

function provesItself({ challenge, challengeMethod }: AuthorizationCode, verifier: string | undefined): boolean {
	if (challenge === undefined) return true;
	if (verifier === undefined) return false;
	const proof = challengeMethod === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
	return proof === challenge;
}

/** grant_type=authorization_code: a code, once, for a session and a refresh token. */
export const authorizationCode: Grant = (org, { code = '', redirect_uri, code_verifier }) => {
	const known = org.codes.get(code);
	org.codes.delete(code);
	if (!known) return refusal('invalid_grant', 'invalid authorization code');
	if (known.expiresAt <= org.clock().getTime()) return refusal('invalid_grant', 'expired authorization code');
	if (known.redirectUri !== redirect_uri)
		return refusal('redirect_uri_mismatch', 'redirect_uri must match configuration');
	if (!provesItself(known, code_verifier)) return refusal('invalid_grant', 'invalid code verifier');
	return tokens(org, newRefreshToken(org));
};

function newRefreshToken(org: Org): string {
	const refreshToken = `5Aep861${randomBytes(48).toString('base64url')}`;
	org.refreshTokens.add(refreshToken);
	return refreshToken;
}

/**
 * grant_type=refresh_token: a new session. The refresh token stays what it is, unless the app rotates them: then it is
 * spent, and whoever sends it again is taken for a thief, so that all that was given out ends (help: Refresh Token
 * Rotation).
 */
export const refreshToken: Grant = (org, { refresh_token = '' }) => {
	const ended = refusal('invalid_grant', 'expired access/refresh token');
	if (org.spentRefreshTokens.has(refresh_token)) {
		org.refreshTokens.clear();
		org.sessions.endAll();
		return ended;
	}
	if (!org.refreshTokens.has(refresh_token)) return ended;
	if (!org.settings.rotatesRefreshTokens) return tokens(org);
	org.refreshTokens.delete(refresh_token);
	org.spentRefreshTokens.add(refresh_token);
	return tokens(org, newRefreshToken(org));
};

/** POST or GET /services/oauth2/revoke: ends a session, or makes a refresh token worthless. */
export function revoke(org: Org, request: ApiRequest): ApiResponse {
	const given = new URLSearchParams(request.text).get('token') ?? request.query.get('token') ?? '';
	const known = org.sessions.revoke(given) || org.refreshTokens.delete(given);
	return known ? { status: 200, text: '' } : refusal('invalid_token', 'invalid token');
}
