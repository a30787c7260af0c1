/** What one refusal of the token endpoint means. */
export interface SignInRefusal {
	/** What of the answer's `error: error_description` this row stands for. */
	said: RegExp;
	/** What happened, as one sentence. */
	message: string;
	/** What to do next. */
	remedy: string;
	/** Whether it is true of sign-in by password only. */
	ofPassword?: true;
	/** Replaces the message where the credential has no security token. */
	withoutToken?: string;
	/** Whether it passes by itself within seconds. */
	passes?: true;
	/** Whether the JWT's audience is what is refused, or may be what is behind it: another one is worth a try. */
	audience?: 'refused' | 'doubtful';
}

const LOGIN_HISTORY = "The user's Login History in Setup may say more.";

/**
 * Every refusal of the token endpoint that is known; the first that matches is the one.
 *
 * Sources: Salesforce Help, *OAuth 2.0 Authorization Errors* and *OAuth 2.0 DPoP Guide*; the release notes of Winter '25
 * for simultaneous token requests; dust-tt/dust#26727 and forcedotcom/cli#3482 for `app_not_found`; n8n-io/n8n#21589
 * for `OAUTH_APP_BLOCKED`; amazon-connect-salesforce-lambda#43 for `unknown_error`.
 */
export const SIGN_IN_REFUSALS: readonly SignInRefusal[] = [
	{
		said: /^(server_error|temporarily_unavailable|unknown_error|SERVER_UNAVAILABLE|UNKNOWN_EXCEPTION)\b|retry your request|already being processed/i,
		message: 'Salesforce could not open a session at the moment.',
		remedy: 'Run again later; status.salesforce.com says when Salesforce has trouble of its own.',
		passes: true,
	},
	{
		said: /dpop/i,
		message: 'The app requires DPoP, which n8n does not have.',
		remedy:
			'In the app\'s OAuth settings, switch off "Require DPoP (Demonstrating Proof-of-Possession)", or make an app for n8n without it.',
	},
	{
		said: /^token_type/,
		message: 'The app gives tokens of a kind that n8n cannot use.',
		remedy: "Look at the app's OAuth settings: its tokens must be bearer tokens.",
	},
	{
		said: /app must be installed/i,
		message: 'The app is not installed in this org, and Salesforce blocks apps that are not.',
		remedy: 'Install it under Setup > Connected Apps OAuth Usage, or use an External Client App of the org itself.',
	},
	{
		said: /app_not_found|not installed in this org/i,
		message: 'This org does not have the app.',
		remedy:
			'Check that the domain is that of the org in which the app was made: an External Client App works there only, unless it is packaged and installed elsewhere.',
	},
	{
		said: /^OAUTH_APP_BLOCKED|blocked by admin/i,
		message: 'An admin has blocked the app in this org.',
		remedy:
			'Unblock it under Setup > Connected Apps OAuth Usage. Where API Access Control is on, the app must be installed and the user admitted to it.',
	},
	{
		said: /^OAUTH_(APP_ACCESS_DENIED|APPROVAL_ERROR|AUTHORIZATION_BLOCKED)/i,
		message: 'Salesforce does not let the app act for this user.',
		remedy: `Look at the app's policies: who may use it, and from which IP addresses. ${LOGIN_HISTORY}`,
	},
	{
		said: /^invalid_client_id\b/i,
		message: 'Salesforce does not know this Client ID.',
		remedy:
			'Copy the consumer key again. A new app takes 2 to 10 minutes until it works, and it must be of this very org.',
	},
	{
		said: /^invalid_client(_credentials)?\b/i,
		message: 'Salesforce does not accept this Client Secret.',
		remedy: 'Copy the consumer secret again; if somebody made a new one, the old one has ended.',
	},
	{
		said: /no client credentials user/i,
		message: 'The app has no user to run as.',
		remedy: 'In the app\'s policies, enable the client credentials flow and set "Run As" to the API user.',
	},
	{
		said: /not supported on this domain/i,
		message: 'This sign-in method does not work on this domain.',
		remedy: 'Enter the My Domain of the org, such as mycompany.my.salesforce.com.',
	},
	{
		said: /hasn't approved/i,
		message: 'The user has not been authorized for the app.',
		remedy:
			'In the app\'s policies, set "Admin approved users are pre-authorized" and assign the user\'s permission set.',
		audience: 'doubtful',
	},
	{
		said: /^invalid_app_access|not admin approved/i,
		message: 'The user is not authorized for the app.',
		remedy: "Assign the user's profile or a permission set to the app under its policies.",
	},
	{
		said: /security token/i,
		message: "The user's security token is missing or wrong.",
		remedy:
			"Add n8n's address to the trusted IP ranges, or enter the security token, which Salesforce e-mails when it is reset.",
	},
	{
		// Salesforce has one wording for both (Help, OAuth 2.0 Authorization Errors).
		said: /ip restricted or invalid login hours/i,
		message: 'Salesforce accepts no sign-in of this user from here, or none at this hour.',
		remedy:
			"Look at the profile's Login IP Ranges and Login Hours, and at IP Relaxation in the app's policies; the user's Login History says which it was.",
	},
	{
		said: /ip restricted|ip address|restricted ip/i,
		message: "Salesforce does not accept sign-ins from this machine's IP address.",
		remedy: "Add n8n's address to the profile's log-in IP ranges, or relax the IP restrictions in the app's policies.",
	},
	{
		said: /log-?in hours|restricted time|restricted_time/i,
		message: 'The user may not log in at this hour.',
		remedy: "Widen the Login Hours of the user's profile, or run the workflow within them.",
	},
	{
		said: /\brate\b|rate_(limit_)?exceeded/i,
		message: 'This user has signed in too often; Salesforce allows 3,600 sign-ins an hour.',
		remedy: 'Wait an hour, and find out which other program signs in with this user.',
	},
	{
		said: /api.*disabled|API_DISABLED|API_CURRENTLY_DISABLED/i,
		message: 'The API is not enabled for this user or org.',
		remedy:
			'Give the user the permission "API Enabled", as Salesforce Prepare Org does; some editions have no API at all.',
	},
	{
		said: /expired.?password|password.*expired/i,
		message: "The user's password has expired.",
		remedy:
			'Set a new one in Salesforce and enter it, with the new security token; a policy without expiry for the API user keeps it from happening again.',
	},
	{
		said: /^inactive_org|org(anization)? (is )?(locked|closed|suspended)/i,
		message: 'The org is locked, closed or suspended.',
		remedy: 'Ask Salesforce, or whoever owns the org.',
	},
	{
		said: /inactive.user|user.*(frozen|inactive|locked)/i,
		message: 'The user is inactive, frozen or locked.',
		remedy: 'Activate or unlock the user under Setup > Users.',
	},
	{
		said: /audience/i,
		message: 'Salesforce does not accept the domain as the audience of the JWT.',
		remedy: 'Enter the My Domain of the org, or login.salesforce.com (test.salesforce.com for a sandbox).',
		audience: 'refused',
	},
	{
		said: /refresh token/i,
		message: 'The connection that somebody made with this credential has ended.',
		remedy: 'Open the credential and connect it again; the app says how long its refresh tokens live.',
	},
	{
		said: /expired authorization code|(assertion|jwt|token).*expired/i,
		message: 'Salesforce took the JWT for expired.',
		remedy: 'Correct the clock of this machine.',
	},
	{
		said: /invalid assertion|signature/i,
		message: "The JWT's signature does not belong to the app's certificate.",
		remedy: 'Upload the certificate of this private key to the app.',
	},
	{
		said: /^unsupported_grant_type|grant type/i,
		message: 'The app does not allow this sign-in method.',
		remedy: "Enable the method's flow in the app's OAuth settings, or choose another sign-in method.",
	},
	{
		said: /^invalid_scope/i,
		message: 'The app lacks a scope that sign-in needs.',
		remedy: 'In the app\'s OAuth settings, add "Manage user data via APIs (api)".',
	},
	{
		// Salesforce gives the same answer to all of these, so that nobody can try out passwords by it.
		said: /^invalid_grant: (authentication failure|invalid user credentials)/i,
		ofPassword: true,
		message: 'Wrong username, password or security token, or the password method is blocked in this org.',
		withoutToken:
			'Wrong username or password, a missing security token, or the password method is blocked in this org.',
		remedy:
			"The user's Login History in Setup says which it was. Orgs made since Summer '23 block the method, External Client Apps never allow it, and Salesforce ends it everywhere on 20 February 2027: use client credentials instead.",
	},
];

/** What stands for every refusal that the table does not know: no more than Salesforce says. */
export const UNKNOWN_REFUSAL: SignInRefusal = {
	said: /^/,
	message: 'Salesforce refused to sign in.',
	remedy: LOGIN_HISTORY,
};
