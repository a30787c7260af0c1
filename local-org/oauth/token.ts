import { isObject } from '../http';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { OrgSettings } from '../options';
import { refusal } from './answer';
import type { TokenRequest } from './answer';
import { clientCredentials, password, signInOf, userIdOf } from './grants';
import type { Grant } from './grants';
import { jwtBearer } from './jwtBearer';
import { authorizationCode, refreshToken } from './webServer';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const GRANTS: Record<string, Grant> = {
	client_credentials: clientCredentials,
	password,
	[JWT_BEARER]: jwtBearer,
	authorization_code: authorizationCode,
	refresh_token: refreshToken,
};

/** Settings of the org that refuse a sign-in, for which grants (all when left out), and in which words. */
const REFUSALS: { setting: keyof OrgSettings; grants?: string[]; error: string; description: string }[] = [
	{ setting: 'appTooNew', error: 'invalid_client_id', description: 'client identifier invalid' },
	{ setting: 'appNotInstalled', error: 'invalid_client', description: 'app must be installed into org' },
	{
		setting: 'notMyDomain',
		grants: ['client_credentials'],
		error: 'invalid_grant',
		description: 'request not supported on this domain',
	},
	// All refusals of the password flow look alike; only the log-in history tells them apart.
	{
		setting: 'passwordFlowBlocked',
		grants: ['password'],
		error: 'invalid_grant',
		description: 'authentication failure',
	},
	{
		setting: 'noClientCredentialsUser',
		grants: ['client_credentials'],
		error: 'invalid_grant',
		description: 'no client credentials user enabled',
	},
	{
		setting: 'userNotAuthorised',
		error: 'invalid_app_access',
		description: 'user is not admin approved to access this app',
	},
	// Assumed: the wordings of the next three are not recorded from an org.
	{ setting: 'userInactive', error: 'invalid_grant', description: 'inactive user' },
	{ setting: 'ipRestricted', error: 'invalid_grant', description: 'ip restricted' },
	{ setting: 'loginRateExceeded', error: 'invalid_grant', description: 'login rate exceeded' },
];

function parametersOf(request: ApiRequest): TokenRequest {
	const parameters = Object.fromEntries(new URLSearchParams(request.text));
	const basic = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (!basic) return parameters;
	const [clientId, ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
	return { client_id: clientId ?? '', client_secret: secret.join(':'), ...parameters };
}

/** What is wrong with the app that asks; the JWT flow's app proves itself by its assertion instead. */
function wrongApp(org: Org, grant: string, parameters: TokenRequest): ApiResponse | undefined {
	if (grant === JWT_BEARER) return undefined;
	const app = [org.credentials, org.credentials.admin].find(({ clientId }) => clientId === parameters.client_id);
	if (!app) return refusal('invalid_client_id', 'client identifier invalid');
	if (parameters.client_secret === app.clientSecret) return undefined;
	return refusal('invalid_client', 'invalid client credentials');
}

const HOUR = 60 * 60 * 1000;

/** Refusals that follow from the org's records and not from a setting. A frozen user counts as inactive (assumed). */
function whatTheOrgKnows(org: Org, userId: string): Partial<OrgSettings> {
	const { storage, settings } = org;
	const frozen = storage.findBy('UserLogin', 'UserId', userId)[0]?.IsFrozen === 1;
	const inactive = storage.value('User', userId, 'IsActive') !== 1;
	const [row] = storage.all(
		'SELECT count(*) AS n FROM "LoginHistory" WHERE "UserId" = ? AND "LoginTime" > ?',
		userId,
		new Date(org.clock().getTime() - HOUR).toISOString(),
	);
	return {
		...(frozen || inactive ? { userInactive: true } : {}),
		...(Number(row?.n) >= settings.logInsPerHour ? { loginRateExceeded: true } : {}),
	};
}

/** POST /services/oauth2/token. */
export function token(org: Org, request: ApiRequest): ApiResponse {
	const parameters = parametersOf(request);
	const grant = parameters.grant_type ?? '';
	const run = GRANTS[grant];
	if (!run) return refusal('unsupported_grant_type', 'grant type not supported');
	const wrong = wrongApp(org, grant, parameters);
	if (wrong) return wrong;
	const holds = { ...org.settings, ...whatTheOrgKnows(org, userIdOf(org, signInOf(org, parameters))) };
	const refused = REFUSALS.find(({ setting, grants }) => holds[setting] && (!grants || grants.includes(grant)));
	if (refused) return refusal(refused.error, refused.description);
	const answer = run(org, parameters);
	return org.settings.requiresDpop ? boundToKey(answer) : answer;
}

/** A token answer whose token can be used with a proof of its key only (help: OAuth 2.0 DPoP Guide). */
function boundToKey(answer: ApiResponse): ApiResponse {
	const { body } = answer;
	return isObject(body) && 'access_token' in body ? { ...answer, body: { ...body, token_type: 'DPoP' } } : answer;
}
