import { createSign } from 'node:crypto';

import { isLoginHost, loginUrl, orgUrl, trustedOrigin } from './domain';
import { OrgError } from './errors';

/** What a person enters to sign in. Empty texts stand for what the chosen method does not need. */
export interface SignInSettings {
	domain: string;
	signInMethod: 'clientCredentials' | 'jwtBearer' | 'password';
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
	securityToken: string;
	/** PEM, with line breaks, with `\n` written out, or on one line. */
	privateKey: string;
	/** Whether the org may be on this machine, without https. */
	allowLoopback: boolean;
}

/** Posts a form and gives the answer whatever its status. Must not follow redirects. */
export type PostForm = (url: string, form: Record<string, string>) => Promise<{ status: number; body: string }>;

/** What a sign-in brings. */
export interface SignedIn {
	accessToken: string;
	instanceUrl: string;
}

/** How long a JWT assertion is good for, in seconds; Salesforce refuses more than five minutes (sources say 3 or 5). */
const ASSERTION_SECONDS = 150;

/**
 * Signs in and gives the session's token and address.
 *
 * @param now milliseconds since 1970
 * @throws OrgError `INVALID_DOMAIN` before anything is sent, `SIGN_IN_REFUSED` with the reason in words,
 *   `UNTRUSTED_HOST` when the answer names a host that is not Salesforce's
 */
export async function signIn(settings: SignInSettings, post: PostForm, now: number): Promise<SignedIn> {
	const origin = orgUrl(settings.domain, settings.allowLoopback);
	const ask = async (audience: string): Promise<{ status: number; answer: TokenAnswer }> => {
		const { status, body } = await post(`${origin}/services/oauth2/token`, grant(settings, origin, audience, now));
		return { status, answer: parsed(body) };
	};
	let { status, answer } = await ask(origin);
	// Whether a My Domain is accepted as a JWT's audience depends on the org's age; its log-in host always was.
	if (isAudienceRefused(answer)) ({ status, answer } = await ask(loginUrl(origin)));
	if (status === 200 && typeof answer.access_token === 'string' && typeof answer.instance_url === 'string') {
		return {
			accessToken: answer.access_token,
			instanceUrl: trustedOrigin(answer.instance_url, settings.allowLoopback),
		};
	}
	throw refusal(settings, status, answer);
}

function isAudienceRefused({ error_description: description }: TokenAnswer): boolean {
	return typeof description === 'string' && /audience/i.test(description);
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
	try {
		return `${content}.${createSign('RSA-SHA256').update(content).sign(pem(privateKey), 'base64url')}`;
	} catch {
		throw refused(
			'The private key cannot be read.',
			'Paste the whole PEM text, from -----BEGIN to -----END, of a key without a passphrase.',
		);
	}
}

/** A PEM text as it was before a one-line field took its line breaks away. */
function pem(text: string): string {
	const [, label, content] = /-----BEGIN ([A-Z ]+)-----(.*)-----END \1-----/s.exec(text.replace(/\\n/g, '\n')) ?? [];
	if (label === undefined || content === undefined) return '';
	const lines = content.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
	return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

interface TokenAnswer {
	access_token?: unknown;
	instance_url?: unknown;
	error?: unknown;
	error_description?: unknown;
}

function parsed(body: string): TokenAnswer {
	try {
		const answer: unknown = JSON.parse(body);
		return typeof answer === 'object' && answer !== null ? answer : {};
	} catch {
		return {};
	}
}

interface Reason {
	/** What of the answer's `error` and `error_description` this row stands for. */
	matches: RegExp;
	message: string;
	remedy: string;
}

/** Every refusal of the token endpoint, by its own words; the first that matches is the one. */
const REASONS: Reason[] = [
	{
		matches: /app must be installed/,
		message: 'The app is not installed in this org, and Salesforce blocks apps that are not.',
		remedy: 'Install it under Setup > Connected Apps OAuth Usage, or use an External Client App of the org itself.',
	},
	{
		matches: /^invalid_client_id/,
		message: 'Salesforce does not know this Client ID.',
		remedy:
			'Copy the consumer key again. A new app takes 2 to 10 minutes until it works, and it must be of this very org.',
	},
	{
		matches: /^invalid_client\b/,
		message: 'Salesforce does not accept this Client Secret.',
		remedy: 'Copy the consumer secret again; if somebody made a new one, the old one has ended.',
	},
	{
		matches: /no client credentials user/,
		message: 'The app has no user to run as.',
		remedy: 'In the app\'s policies, enable the client credentials flow and set "Run As" to the API user.',
	},
	{
		matches: /not supported on this domain/,
		message: 'This sign-in method does not work on this domain.',
		remedy: 'Enter the My Domain of the org, such as mycompany.my.salesforce.com.',
	},
	{
		matches: /hasn't approved/,
		message: 'The user has not been authorised for the app.',
		remedy:
			'In the app\'s policies, set "Admin approved users are pre-authorized" and assign the user\'s permission set.',
	},
	{
		matches: /^invalid_app_access|not admin approved/,
		message: 'The user is not authorised for the app.',
		remedy: "Assign the user's profile or a permission set to the app under its policies.",
	},
	{
		matches: /security token/,
		message: "The user's security token is missing or wrong.",
		remedy:
			"Add n8n's address to the trusted IP ranges, or enter the security token, which Salesforce e-mails when it is reset.",
	},
	{
		matches: /ip restricted|ip address/,
		message: "Salesforce does not accept sign-ins from this machine's IP address.",
		remedy: "Add n8n's address to the profile's log-in IP ranges, or relax the IP restrictions in the app's policies.",
	},
	{
		matches: /\brate\b|LOGIN_RATE_EXCEEDED/,
		message: 'This user has signed in too often; Salesforce allows 3,600 sign-ins an hour.',
		remedy: 'Wait an hour, and find out which other program signs in with this user.',
	},
	{
		matches: /api.*disabled|API_DISABLED|API_CURRENTLY_DISABLED/,
		message: 'The API is not enabled for this user or org.',
		remedy: 'Give the user the permission "API Enabled"; some editions have no API at all.',
	},
	{
		matches: /inactive user|user.*(frozen|inactive|locked)/,
		message: 'The user is inactive, frozen or locked.',
		remedy: 'Activate or unlock the user under Setup > Users.',
	},
	{
		matches: /audience/i,
		message: 'Salesforce does not accept the domain as the audience of the JWT.',
		remedy: 'Enter the My Domain of the org, or login.salesforce.com (test.salesforce.com for a sandbox).',
	},
	{
		matches: /expired authorization code|assertion.*expired|token.*expired/,
		message: 'Salesforce took the JWT for expired.',
		remedy: "Set this machine's clock right.",
	},
	{
		matches: /invalid assertion|signature/,
		message: "The JWT's signature does not belong to the app's certificate.",
		remedy: 'Upload the certificate of this private key to the app.',
	},
	{
		matches: /^unsupported_grant_type|grant type not/,
		message: 'The app does not allow this sign-in method.',
		remedy: "Enable the method's flow in the app's OAuth settings, or choose another sign-in method.",
	},
];

/** Salesforce gives the same answer to all of these, so that nobody can try out passwords by it. */
const PASSWORD_REMEDY =
	"The user's Login History in Setup says which it was. Orgs made since Summer '23 block the method, and External Client Apps never allow it: use client credentials instead.";

/** What an unexplained refusal means depends on the method; Salesforce tells no more than this to the client. */
const OTHERWISE: Record<SignInSettings['signInMethod'] | 'passwordWithoutToken', { message: string; remedy: string }> =
	{
		clientCredentials: {
			message: 'Salesforce refused to sign in.',
			remedy: 'Check that the client credentials flow is enabled in the app, both in its settings and in its policies.',
		},
		jwtBearer: {
			message: 'Salesforce refused to sign in.',
			remedy:
				'Check the username, that the app has the certificate of this key, and that the user is authorised for the app.',
		},
		password: {
			message: 'Wrong username, password or security token, or the password method is blocked in this org.',
			remedy: PASSWORD_REMEDY,
		},
		passwordWithoutToken: {
			message: 'Wrong username or password, a missing security token, or the password method is blocked in this org.',
			remedy: PASSWORD_REMEDY,
		},
	};

function refusal(settings: SignInSettings, status: number, answer: TokenAnswer): OrgError {
	if (typeof answer.error !== 'string') {
		return refused(
			`The domain does not answer like a Salesforce org (status ${status}).`,
			'Check the My Domain in the credential for a misspelling.',
		);
	}
	const said = `${answer.error}: ${typeof answer.error_description === 'string' ? answer.error_description : ''}`;
	const withoutToken = settings.signInMethod === 'password' && settings.securityToken === '';
	const reason =
		REASONS.find(({ matches }) => matches.test(said)) ??
		OTHERWISE[withoutToken ? 'passwordWithoutToken' : settings.signInMethod];
	return refused(reason.message, reason.remedy);
}

/** Without an HTTP status, which n8n would put its own general words in place of. */
function refused(message: string, remedy: string): OrgError {
	return new OrgError('SIGN_IN_REFUSED', message, remedy);
}
