import { createSign } from 'node:crypto';

import { isLoginHost, jwtAudiences, orgUrl } from './domain';
import { OrgError } from './errors';
import { readPrivateKey } from './privateKey';
import { readTokenAnswer, TOKEN_PATH } from './signInAnswer';
import type { SignedIn, TokenRequest, TokenResponse } from './signInAnswer';
import type { SignInSettings } from './signInSettings';

/** Posts a form and gives the answer whatever its status. Must not follow redirects. */
export type PostForm = (url: string, form: Record<string, string>) => Promise<TokenResponse>;

/** How long a JWT assertion is good for, in seconds; Salesforce refuses more than five minutes (sources say 3 or 5). */
const ASSERTION_SECONDS = 150;

/**
 * Signs in and gives the session's token and address.
 *
 * A redirect to another host of Salesforce's is followed once. A JWT that may have named the wrong audience is made
 * again for the next one.
 *
 * @param now milliseconds since 1970
 * @throws OrgError `INVALID_DOMAIN` before anything is sent, `SIGN_IN_REFUSED` with the reason in words,
 *   `SIGN_IN_UNAVAILABLE` when it is worth another try, `UNTRUSTED_HOST` when the answer names a host that is not
 *   Salesforce's
 */
export async function signIn(settings: SignInSettings, post: PostForm, now: number): Promise<SignedIn> {
	const origin = orgUrl(settings.domain, settings.allowLoopback);
	const answer = await signInAt(origin, settings, post, now);
	if ('session' in answer) return answer.session;
	const moved = await signInAt(answer.movedTo, settings, post, now);
	if ('session' in moved) return moved.session;
	throw refused(
		'Salesforce sends the sign-in from one address to the next.',
		'Enter the My Domain of the org as Setup > My Domain shows it.',
	);
}

async function signInAt(
	origin: string,
	settings: SignInSettings,
	post: PostForm,
	now: number,
): Promise<{ session: SignedIn } | { movedTo: string }> {
	const refusals: Array<{ refusal: OrgError; audience?: 'refused' | 'doubtful' }> = [];
	for (const audience of settings.signInMethod === 'jwtBearer' ? jwtAudiences(origin) : [origin]) {
		const form = grant(settings, origin, audience, now);
		const answer = readTokenAnswer(await post(`${origin}${TOKEN_PATH}`, form), asked(settings));
		if (!('refusal' in answer)) return answer;
		refusals.push(answer);
		if (answer.audience === undefined) break;
	}
	// Of several refusals the one that is not of the audience says more.
	const telling = refusals.find(({ audience }) => audience !== 'refused') ?? refusals.at(-1);
	throw telling?.refusal ?? refused('Salesforce refused to sign in.', '');
}

function asked(settings: SignInSettings): TokenRequest {
	const { signInMethod, clientId, clientSecret, username, password, securityToken, allowLoopback } = settings;
	return {
		password: signInMethod !== 'password' ? undefined : securityToken === '' ? 'alone' : 'withToken',
		hidden: [clientId, clientSecret, username, password, securityToken],
		allowLoopback,
	};
}

function grant(settings: SignInSettings, origin: string, audience: string, now: number): Record<string, string> {
	const { clientId, clientSecret, username, password, securityToken } = settings;
	switch (settings.signInMethod) {
		case 'clientCredentials':
			needs({ 'Client ID': clientId, 'Client Secret': clientSecret });
			if (isLoginHost(new URL(origin).hostname)) {
				throw refused(
					'The client credentials method does not work through login.salesforce.com or test.salesforce.com.',
					'Enter the My Domain of the org, such as mycompany.my.salesforce.com.',
				);
			}
			return { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
		case 'jwtBearer':
			needs({ 'Client ID': clientId, Username: username, 'Private Key': settings.privateKey });
			return {
				grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
				assertion: assertion(settings, audience, now),
			};
		case 'password':
			needs({ 'Client ID': clientId, 'Client Secret': clientSecret, Username: username, Password: password });
			return {
				grant_type: 'password',
				client_id: clientId,
				client_secret: clientSecret,
				username,
				password: password + securityToken,
			};
	}
}

function needs(fields: Record<string, string>): void {
	const missing = Object.keys(fields).filter((name) => fields[name]?.trim() === '');
	if (missing.length > 0) {
		throw refused(`The credential lacks ${missing.join(' and ')}.`, 'Open the credential and fill it in.');
	}
}

/** A signed JWT (RFC 7523). */
function assertion({ clientId, username, privateKey }: SignInSettings, audience: string, now: number): string {
	const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
	const exp = Math.floor(now / 1000) + ASSERTION_SECONDS;
	const content = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss: clientId, sub: username, aud: audience, exp })}`;
	return `${content}.${createSign('RSA-SHA256').update(content).sign(readPrivateKey(privateKey), 'base64url')}`;
}

/** Without an HTTP status, which n8n would put its own general words in place of. */
function refused(message: string, remedy: string): OrgError {
	return new OrgError('SIGN_IN_REFUSED', message, remedy);
}
