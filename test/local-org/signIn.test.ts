import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg, OrgSettings } from '../../local-org';
import { askToken, clientCredentials, send } from './support/client';

let org: LocalOrg;
let now = new Date('2026-05-01T12:00:00Z');

beforeEach(async () => {
	now = new Date('2026-05-01T12:00:00Z');
	org = await startLocalOrg({ clock: () => now });
});
afterEach(async () => {
	await org.close();
	expect(org.refused).toEqual([]);
});

type Token = Record<string, string>;
const granted = async (parameters: Record<string, string>) => {
	const { status, body } = await askToken(org, parameters);
	expect(status).toBe(200);
	return body as Token;
};
const limits = (token: string) =>
	send(org, 'GET', '/services/data/v66.0/limits', { headers: { authorization: `Bearer ${token}` } });
const passwordGrant = () => ({
	...clientCredentials(org),
	grant_type: 'password',
	username: org.username,
	password: org.password + org.securityToken,
});

describe('the answers', () => {
	it('of client credentials have the keys of 2024', async () => {
		const body = await granted(clientCredentials(org));
		expect(Object.keys(body)).toEqual([
			'access_token',
			'signature',
			'scope',
			'instance_url',
			'id',
			'token_type',
			'issued_at',
			'api_instance_url',
		]);
		expect(body).toMatchObject({
			instance_url: org.url,
			token_type: 'Bearer',
			issued_at: String(now.getTime()),
			scope: 'api',
		});
		expect((await limits(body.access_token ?? '')).status).toBe(200);
		expect(org.logIns).toBe(1);
	});

	it('of the password flow have neither scope nor refresh token', async () => {
		expect(Object.keys(await granted(passwordGrant()))).toEqual([
			'access_token',
			'instance_url',
			'id',
			'token_type',
			'issued_at',
			'signature',
		]);
	});

	it('take the secret in a Basic header too', async () => {
		const basic = Buffer.from(`${org.clientId}:${org.clientSecret}`).toString('base64');
		const { status } = await askToken(org, { grant_type: 'client_credentials' }, { authorization: `Basic ${basic}` });
		expect(status).toBe(200);
	});
});

describe('mistakes', () => {
	it.each([
		[{ grant_type: 'magic' }, 'unsupported_grant_type', 'grant type not supported'],
		[{ client_id: 'x' }, 'invalid_client_id', 'client identifier invalid'],
		[{ client_secret: 'x' }, 'invalid_client', 'invalid client credentials'],
		[{ grant_type: 'password', username: 'x', password: 'x' }, 'invalid_grant', 'authentication failure'],
	])('%j', async (wrong, error, error_description) => {
		const { status, text } = await askToken(org, { ...clientCredentials(org), ...wrong });
		expect(status).toBe(400);
		expect(text).toBe(JSON.stringify({ error, error_description }));
		expect(org.logIns).toBe(0);
	});
});

describe('refusals of the org', () => {
	it.each<[keyof OrgSettings, string, string]>([
		['appTooNew', 'invalid_client_id', 'client identifier invalid'],
		['appNotInstalled', 'invalid_client', 'app must be installed into org'],
		['notMyDomain', 'invalid_grant', 'request not supported on this domain'],
		['noClientCredentialsUser', 'invalid_grant', 'no client credentials user enabled'],
		['userNotAuthorised', 'invalid_app_access', 'user is not admin approved to access this app'],
		['userInactive', 'invalid_grant', 'inactive user'],
		['ipRestricted', 'invalid_grant', 'ip restricted'],
		['loginRateExceeded', 'invalid_grant', 'login rate exceeded'],
	])('%s', async (setting, error, error_description) => {
		Object.assign(org.settings, { [setting]: true });
		const { status, body } = await askToken(org, clientCredentials(org));
		expect(status).toBe(400);
		expect(body).toEqual({ error, error_description });
	});

	it('after as many log-ins as an hour may have', async () => {
		org.settings.logInsPerHour = 1;
		await granted(clientCredentials(org));
		expect((await askToken(org, clientCredentials(org))).body).toMatchObject({
			error_description: 'login rate exceeded',
		});
		now = new Date(now.getTime() + 60 * 60_000);
		await granted(clientCredentials(org));
	});

	it('passwordFlowBlocked leaves the other flows open', async () => {
		org.settings.passwordFlowBlocked = true;
		expect((await askToken(org, passwordGrant())).body).toEqual({
			error: 'invalid_grant',
			error_description: 'authentication failure',
		});
		await granted(clientCredentials(org));
	});

	it('securityTokenRequired asks for the token behind the password', async () => {
		org.settings.securityTokenRequired = true;
		expect((await askToken(org, { ...passwordGrant(), password: org.password })).status).toBe(400);
		await granted(passwordGrant());
	});

	it.each([
		['apiDisabled', 'API_DISABLED_FOR_ORG'],
		['apiDisabledForUser', 'API_CURRENTLY_DISABLED'],
	])('%s lets sign in and refuses the call', async (setting, errorCode) => {
		Object.assign(org.settings, { [setting]: true });
		const { access_token = '' } = await granted(clientCredentials(org));
		const { status, body } = await limits(access_token);
		expect(status).toBe(403);
		expect(body).toMatchObject([{ errorCode }]);
	});
});

describe('sessions', () => {
	const ended = (answer: Awaited<ReturnType<typeof limits>>) => {
		expect(answer.status).toBe(401);
		expect(answer.headers.get('www-authenticate')).toBe('Token');
		expect(answer.text).toBe('[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]');
	};

	it('end when they are idle for as long as the org allows', async () => {
		org.settings.sessionMinutes = 15;
		const { access_token = '' } = await granted(clientCredentials(org));
		now = new Date(now.getTime() + 14 * 60_000);
		expect((await limits(access_token)).status).toBe(200);
		now = new Date(now.getTime() + 14 * 60_000);
		expect((await limits(access_token)).status).toBe(200);
		now = new Date(now.getTime() + 15 * 60_000);
		ended(await limits(access_token));
	});

	it('end at will, for ever, and one by one', async () => {
		const { access_token = '' } = await granted(clientCredentials(org));
		const other = await granted(clientCredentials(org));
		const revoked = await send(org, 'POST', '/services/oauth2/revoke', {
			body: new URLSearchParams({ token: access_token }),
		});
		expect(revoked.status).toBe(200);
		ended(await limits(access_token));
		expect((await limits(other.access_token ?? '')).status).toBe(200);
		org.settings.answer401Always = true;
		ended(await limits(other.access_token ?? ''));
		org.settings.answer401Always = false;
		org.expireSessions();
		ended(await limits(other.access_token ?? ''));
	});

	it('need a readable header', async () => {
		const { status, text } = await send(org, 'GET', '/services/data/v66.0/limits', {
			headers: { authorization: 'Bearer' },
		});
		expect(status).toBe(401);
		expect(text).toBe('[{"message":"INVALID_AUTH_HEADER","errorCode":"INVALID_AUTH_HEADER"}]');
		expect(org.apiCalls).toBe(0);
	});
});

describe('who is signed in', () => {
	it('is told by userinfo and by the identity address', async () => {
		const { access_token, id = '' } = await granted(clientCredentials(org));
		const headers = { authorization: `Bearer ${access_token}` };
		const userinfo = await send(org, 'GET', '/services/oauth2/userinfo', { headers });
		expect(userinfo.body).toMatchObject({
			sub: id,
			organization_id: org.organizationId,
			preferred_username: org.username,
			utcOffset: -28_800_000,
			active: true,
		});
		const identity = await send(org, 'GET', new URL(id).pathname, { headers });
		expect(identity.body).toMatchObject({ id, username: org.username, is_app_installed: true });
		expect(org.apiCalls).toBe(0);
	});
});

describe('the JWT bearer flow', () => {
	const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
	const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const assertion = (claims: Record<string, unknown> = {}, key = org.privateKey, alg = 'RS256') => {
		const all = {
			iss: org.clientId,
			sub: org.username,
			aud: 'https://login.salesforce.com',
			exp: now.getTime() / 1000 + 180,
			...claims,
		};
		const text = `${encode({ alg })}.${encode(all)}`;
		return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
	};

	it('needs no secret, and answers neither time nor signature', async () => {
		const body = await granted({ grant_type: GRANT, assertion: assertion() });
		expect(Object.keys(body)).toEqual(['access_token', 'scope', 'instance_url', 'id', 'token_type']);
		expect((await limits(body.access_token ?? '')).status).toBe(200);
		await granted({ grant_type: GRANT, assertion: assertion({ aud: org.url }) });
	});

	it.each([
		[{ aud: 'https://example.com' }, 'audience is invalid'],
		[{ exp: 1 }, 'expired authorization code'],
		[{ sub: 'nobody@example.com' }, "user hasn't approved this consumer"],
		[{ iss: 'x' }, 'client identifier invalid'],
	])('refuses %j', async (claims, error_description) => {
		const { status, body } = await askToken(org, { grant_type: GRANT, assertion: assertion(claims) });
		expect(status).toBe(400);
		expect(body).toMatchObject({ error_description });
	});

	it('refuses another key, another algorithm and no token at all', async () => {
		const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
			type: 'pkcs8',
			format: 'pem',
		});
		for (const wrong of [assertion({}, String(other)), assertion({}, org.privateKey, 'none'), 'x.y.z', '']) {
			const { body } = await askToken(org, { grant_type: GRANT, assertion: wrong });
			expect(body).toEqual({ error: 'invalid_grant', error_description: 'invalid assertion' });
		}
	});

	it('needs the approval of the user', async () => {
		org.settings.userNotApproved = true;
		const { body } = await askToken(org, { grant_type: GRANT, assertion: assertion() });
		expect(body).toEqual({ error: 'invalid_grant', error_description: "user hasn't approved this consumer" });
	});
});

describe('the web-server flow', () => {
	const redirect_uri = 'http://127.0.0.1:1/callback';
	const verifier = 'a-verifier-of-the-app';
	const asked = () => ({
		response_type: 'code',
		client_id: org.clientId,
		redirect_uri,
		state: 's&1',
		code_challenge: createHash('sha256').update(verifier).digest('base64url'),
	});
	const allow = async () => {
		const { status, headers } = await send(org, 'POST', '/services/oauth2/authorize', {
			body: new URLSearchParams(asked()),
		});
		expect(status).toBe(302);
		const target = new URL(headers.get('location') ?? '');
		expect(target.searchParams.get('state')).toBe('s&1');
		return target.searchParams.get('code') ?? '';
	};
	const exchange = (code: string, more: Record<string, string> = {}) =>
		askToken(org, {
			...clientCredentials(org),
			grant_type: 'authorization_code',
			code,
			redirect_uri,
			code_verifier: verifier,
			...more,
		});

	it('shows a page, gives a code, then a session that can be refreshed', async () => {
		const page = await send(org, 'GET', `/services/oauth2/authorize?${new URLSearchParams(asked())}`);
		expect(page.headers.get('content-type')).toContain('text/html');
		expect(page.text).toContain('value="s&amp;1"');
		const code = await allow();
		const { status, body } = await exchange(code);
		expect(status).toBe(200);
		const { refresh_token = '' } = body as Token;
		expect(refresh_token).not.toBe('');
		expect((await exchange(code)).status).toBe(400);
		const refresh = { ...clientCredentials(org), grant_type: 'refresh_token', refresh_token };
		const refreshed = await granted(refresh);
		expect(refreshed).not.toHaveProperty('refresh_token');
		expect((await limits(refreshed.access_token ?? '')).status).toBe(200);
		await send(org, 'POST', '/services/oauth2/revoke', { body: new URLSearchParams({ token: refresh_token }) });
		expect((await askToken(org, refresh)).body).toEqual({
			error: 'invalid_grant',
			error_description: 'expired access/refresh token',
		});
	});

	it.each([
		['a wrong verifier', { code_verifier: 'x' }, 'invalid code verifier'],
		['another address', { redirect_uri: 'http://127.0.0.1:2/' }, 'redirect_uri must match configuration'],
		['an unknown code', { code: 'x' }, 'invalid authorization code'],
	])('refuses %s', async (_name, more, error_description) => {
		expect((await exchange(await allow(), more)).body).toMatchObject({ error_description });
	});

	it('refuses a code after a quarter of an hour', async () => {
		const code = await allow();
		now = new Date(now.getTime() + 15 * 60_000);
		expect((await exchange(code)).body).toMatchObject({ error_description: 'expired authorization code' });
	});

	it('does not send a stranger back', async () => {
		const { status } = await send(org, 'POST', '/services/oauth2/authorize', {
			body: new URLSearchParams({ ...asked(), client_id: 'x' }),
		});
		expect(status).toBe(400);
	});
});

describe('scopes', () => {
	const introspect = (org: LocalOrg, token: string, secret = org.clientSecret) =>
		send(org, 'POST', '/services/oauth2/introspect', {
			body: new URLSearchParams({ token, client_id: org.clientId, client_secret: secret }),
		});

	it('stand in the answer to a sign-in, and in what a token’s own app is told of it', async () => {
		org.settings.oauthScopes = 'full';
		const { body } = await askToken(org, clientCredentials(org));
		const { access_token: token, scope } = body as { access_token: string; scope: string };
		expect(scope).toBe('full');
		expect((await introspect(org, token)).body).toMatchObject({
			active: true,
			scope: 'full',
			username: org.username,
			token_type: 'access_token',
		});
		expect(await introspect(org, token, 'wrong')).toMatchObject({ status: 400, body: { error: 'invalid_client' } });
		org.expireSessions();
		expect((await introspect(org, token)).body).toEqual({ active: false });
	});
});
