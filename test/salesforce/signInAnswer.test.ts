import { readTokenAnswer } from '../../salesforce/signInAnswer';
import type { TokenRequest } from '../../salesforce/signInAnswer';

const request: TokenRequest = { hidden: ['the-client-secret', 'the-password', 'the-token'], allowLoopback: false };

const page = (title: string): string => `<html><head><title>${title}</title></head><body></body></html>`;

/** The refusal in an answer, as a person reads it, with its code. */
function refusalOf(status: number, body: unknown, location?: string): { code: string; text: string } {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const answer = readTokenAnswer({ status, body: text, headers: { location } }, request);
	if (!('refusal' in answer)) throw new Error('That is not a refusal');
	const { code, message, remedy, passing } = answer.refusal;
	expect(passing).toBe(code === 'SIGN_IN_UNAVAILABLE');
	return { code, text: `${message} ${remedy}` };
}

describe('a refusal that passes is worth another try:', () => {
	it.each<[string, number, unknown]>([
		['a page', 503, page('Service Unavailable')],
		['an empty answer', 503, ''],
		['a gateway', 502, page('Bad Gateway')],
		['a gateway that waited too long', 504, ''],
		['too many requests', 429, ''],
		['server_error', 500, { error: 'server_error', error_description: 'unexpected' }],
		['server_error with another status', 400, { error: 'server_error' }],
		['unknown_error', 400, { error: 'unknown_error', error_description: 'retry your request' }],
		['temporarily_unavailable', 400, { error: 'temporarily_unavailable' }],
		[
			'simultaneous requests',
			400,
			{ error: 'invalid_grant', error_description: 'token request is already being processed' },
		],
		["REST's own form", 503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Please try again' }]],
		['a code with a status that passes', 503, { error: 'something_new' }],
		['a maintenance page', 200, page('Scheduled Maintenance')],
		['a maintenance page with 403', 403, '<html><body><h1>Down for maintenance</h1></body></html>'],
	])('%s', (_what, status, body) => {
		expect(refusalOf(status, body)).toMatchObject({ code: 'SIGN_IN_UNAVAILABLE' });
	});
});

describe('a refusal that stays is called by its name:', () => {
	it.each<[string, number, unknown, RegExp]>([
		['proxy', 407, page('Proxy Authentication Required'), /^A proxy between .* \(status 407\)\. .*HTTPS_PROXY/],
		[
			'firewall',
			403,
			page('Access Denied'),
			/does not answer like Salesforce \(status 403\)\..*titled "Access Denied"/,
		],
		[
			'a page that only mentions maintenance',
			403,
			'<p>Ask the maintenance team</p>',
			/does not answer like Salesforce/,
		],
		['not there', 404, page('Not Found'), /^There is no sign-in at this address \(status 404\)\. .*misspelling/],
		['a page', 200, page('Welcome'), /^The domain does not answer like a Salesforce org \(status 200\)\. .*"Welcome"/],
		['no JSON', 200, 'OK', /^The domain does not answer like a Salesforce org \(status 200\)\. /],
		['no session', 200, {}, /^The domain does not answer like a Salesforce org \(status 200\)\. /],
		['null', 200, null, /^The domain does not answer like a Salesforce org \(status 200\)\. /],
		['half an answer', 200, { access_token: 'x' }, /^The domain does not answer like a Salesforce org/],
		[
			'blocked app',
			400,
			{ error: 'OAUTH_APP_BLOCKED', error_description: 'this app is blocked by admin' },
			/^An admin has blocked the app in this org \(OAUTH_APP_BLOCKED\)\. /,
		],
		[
			'app elsewhere',
			400,
			{ error: 'app_not_found', error_description: 'External client app is not installed in this org' },
			/^This org does not have the app \(app_not_found\)\. /,
		],
		[
			'app denied',
			400,
			{ error: 'OAUTH_APPROVAL_ERROR_GENERIC' },
			/^Salesforce does not let the app act for this user \(OAUTH_APPROVAL_ERROR_GENERIC\)\. /,
		],
		[
			'either of two',
			400,
			{ error: 'invalid_grant', error_description: 'IP restricted or invalid login hours' },
			/from here, or none at this hour \(invalid_grant\)\. /,
		],
		['address', 400, { error: 'invalid_grant', error_description: 'ip restricted' }, /IP address \(invalid_grant\)\. /],
		[
			'log-in hours',
			400,
			{ error: 'invalid_grant', error_description: 'invalid login hours' },
			/^The user may not log in at this hour \(invalid_grant\)\. /,
		],
		[
			'password expired',
			400,
			{ error: 'invalid_grant', error_description: 'password expired' },
			/^The user's password has expired \(invalid_grant\)\. /,
		],
		[
			"password expired, in REST's form",
			403,
			[{ errorCode: 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD', message: 'x' }],
			/password has expired \(INVALID_OPERATION_WITH_EXPIRED_PASSWORD\)/,
		],
		['inactive user', 400, { error: 'inactive_user' }, /^The user is inactive, frozen or locked \(inactive_user\)\. /],
		['inactive org', 400, { error: 'inactive_org' }, /^The org is locked, closed or suspended \(inactive_org\)\. /],
		['too many log-ins', 400, { error: 'rate_limit_exceeded' }, /3,600 sign-ins an hour \(rate_limit_exceeded\)\. /],
		[
			'secret',
			400,
			{ error: 'invalid_client_credentials' },
			/does not accept this Client Secret \(invalid_client_credentials\)\. /,
		],
		[
			'DPoP',
			400,
			{ error: 'invalid_dpop_proof', error_description: 'DPoP proof is required' },
			/^The app requires DPoP, which n8n does not have \(invalid_dpop_proof\)\. .*Require DPoP/,
		],
		['scope', 400, { error: 'invalid_scope' }, /scope that sign-in needs \(invalid_scope\)\. /],
		[
			'API access',
			403,
			[{ errorCode: 'API_DISABLED_FOR_ORG', message: 'no' }],
			/^The API is not enabled .*\(API_DISABLED_FOR_ORG\)\. /,
		],
		[
			'authentication failure without a password',
			400,
			{ error: 'invalid_grant', error_description: 'authentication failure' },
			/^Salesforce refused to sign in \(invalid_grant: authentication failure\)\. /,
		],
		[
			'something new',
			400,
			{ error: 'something_new', error_description: 'never seen' },
			/^Salesforce refused to sign in \(something_new: never seen\)\. .*Login History/,
		],
		['a code without words', 401, { error: 'something_new' }, /^Salesforce refused to sign in \(something_new\)\. /],
	])('%s', (_what, status, body, text) => {
		const refusal = refusalOf(status, body);
		expect(refusal.text).toMatch(text);
		expect(refusal.code).toBe('SIGN_IN_REFUSED');
	});

	it('a page of the own network that wants a log-in', () => {
		const { text } = refusalOf(302, '', 'https://sso.example.com/login?token=held-by-the-query');
		expect(text).toMatch(/^The sign-in was sent to sso\.example\.com, which is not followed \(status 302\)\. /);
		expect(text).not.toContain('held-by-the-query');
	});

	it.each([undefined, '/login', 'nonsense'])('a redirect to %j', (location) => {
		expect(refusalOf(302, '', location).text).toMatch(/^The sign-in was sent elsewhere, .*\(status 302\)\. /);
	});

	it.each(request.hidden)('without %s, were it repeated', (value) => {
		const { text } = refusalOf(400, { error: 'something_new', error_description: `of ${value}` });
		expect(text).toMatch(/^Salesforce refused to sign in \(something_new: of …\)\. /);
	});
});

describe('a redirect of the token endpoint', () => {
	it('to another host of Salesforce says where to ask', () => {
		const location = 'https://renamed.my.salesforce.com/services/oauth2/token';
		expect(readTokenAnswer({ status: 301, body: '', headers: { location } }, request)).toEqual({
			movedTo: 'https://renamed.my.salesforce.com',
		});
	});

	it.each(['https://evil.example.com', 'http://renamed.my.salesforce.com', 'https://127.0.0.1'])(
		'to %s is not followed',
		(origin) => {
			const location = `${origin}/services/oauth2/token`;
			expect(() => readTokenAnswer({ status: 307, body: '', headers: { location } }, request)).toThrow(
				'nothing was sent there',
			);
		},
	);

	it('that would make a GET of it is not followed', () => {
		const location = 'https://renamed.my.salesforce.com/services/oauth2/token';
		expect(refusalOf(303, '', location).text).toMatch(/^The sign-in was sent to renamed\.my\.salesforce\.com/);
	});
});
