import { createHmac } from 'node:crypto';
import type { ApiResponse } from '../http';
import type { Org } from '../org';

/** The parameters of a token request, from its form body and its Basic header. */
export type TokenRequest = Record<string, string>;

/** A refusal of the token endpoint: one object, not an array as elsewhere. */
export function refusal(error: string, error_description: string): ApiResponse {
	return { status: 400, body: { error, error_description } };
}

/** The address under which Salesforce knows a user. */
export function identityUrl(org: Org, userId: string): string {
	return `${org.url}/id/${org.organizationId}/${userId}`;
}

/** Proof that the identity was not changed on its way: HMAC-SHA256 with the app's secret, in base64. */
export function signature(org: Org, userId: string, issuedAt: string): string {
	return createHmac('sha256', org.credentials.clientSecret)
		.update(identityUrl(org, userId) + issuedAt)
		.digest('base64');
}

/** A new session for a user, noted as a log-in. */
export function logIn(org: Org, userId: string): string {
	const now = org.now();
	org.logIns++;
	org.storage.update('User', userId, { LastLoginDate: now });
	org.storage.insert('LoginHistory', {
		Id: org.storage.nextId('LoginHistory', '0Ya'),
		UserId: userId,
		LoginTime: now,
		LoginType: 'Remote Access 2.0',
		SourceIp: '127.0.0.1',
		Status: 'Success',
		Application: 'Local org',
	});
	return org.sessions.start(userId);
}
