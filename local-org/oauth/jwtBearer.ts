import { verify } from 'node:crypto';
import { isObject } from '../http';
import type { Org } from '../org';
import { identityUrl, logIn, refusal } from './answer';
import type { Grant } from './grants';

/** Whom an assertion may be meant for, besides the org's own address. */
const AUDIENCES = ['https://login.salesforce.com', 'https://test.salesforce.com'];

interface Claims {
	iss?: unknown;
	sub?: unknown;
	aud?: unknown;
	exp?: unknown;
}

/** The claims of an assertion whose signature the app's certificate confirms; undefined for any other text. */
function claimsOf(org: Org, assertion: string): Claims | undefined {
	const [head, payload, signature, ...more] = assertion.split('.');
	if (!head || !payload || !signature || more.length > 0) return undefined;
	try {
		const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as unknown;
		if (!isObject(header) || header.alg !== 'RS256') return undefined;
		const signed = Buffer.from(`${head}.${payload}`);
		if (!verify('RSA-SHA256', signed, org.appKey().publicKey, Buffer.from(signature, 'base64url'))) return undefined;
		const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
		return isObject(claims) ? claims : undefined;
	} catch {
		return undefined;
	}
}

/**
 * grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer: an assertion signed with the app's key (RS256) instead of
 * a secret. Its answer has neither `issued_at` nor `signature`.
 */
export const jwtBearer: Grant = (org, { assertion = '' }) => {
	const claims = claimsOf(org, assertion);
	if (!claims) return refusal('invalid_grant', 'invalid assertion');
	if (claims.iss !== org.credentials.clientId) return refusal('invalid_client_id', 'client identifier invalid');
	const audience = String(claims.aud).replace(/\/$/, '');
	const { jwtAudience } = org.settings;
	const accepted = jwtAudience === undefined ? [org.url, ...AUDIENCES] : [jwtAudience];
	if (!accepted.includes(audience)) return refusal('invalid_grant', 'audience is invalid');
	if (typeof claims.exp !== 'number' || claims.exp * 1000 <= org.clock().getTime()) {
		return refusal('invalid_grant', 'expired authorization code');
	}
	const [user] = org.storage.findBy('User', 'Username', String(claims.sub));
	if (!user || user.IsActive !== 1 || org.settings.userNotApproved) {
		return refusal('invalid_grant', "user hasn't approved this consumer");
	}
	const userId = String(user.Id);
	return {
		status: 200,
		body: {
			access_token: logIn(org, userId),
			scope: org.settings.oauthScopes ?? 'api',
			instance_url: org.url,
			id: identityUrl(org, userId),
			token_type: 'Bearer',
		},
	};
};
