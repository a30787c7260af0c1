import { setTimeout } from 'node:timers/promises';

import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import { stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const query = {
	type: 'salesforceSoqlQuery',
	parameters: { authentication: 'salesforceOAuth2Api', query: 'SELECT Name FROM Account' },
};

const push = { type: 'salesforcePushMove', parameters: { authentication: 'salesforceOAuth2Api' } };

/** The statuses of the refreshes that were asked for. */
const refreshes = ({ calls }: LocalOrg): number[] =>
	calls.flatMap(({ path, status }) => (path === '/services/oauth2/token' ? [status] : []));

/** A refresh token, as a person gets it for the credential at the log-in page. */
async function refreshTokenOf(org: LocalOrg): Promise<string> {
	const redirect = 'http://localhost:5678/rest/oauth2-credential/callback';
	const allowed = await fetch(`${org.url}/services/oauth2/authorize`, {
		method: 'POST',
		body: new URLSearchParams({ client_id: org.clientId, response_type: 'code', redirect_uri: redirect }),
		redirect: 'manual',
	});
	const answer = await fetch(`${org.url}/services/oauth2/token`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			client_id: org.clientId,
			client_secret: org.clientSecret,
			redirect_uri: redirect,
			code: new URL(allowed.headers.get('location') ?? '').searchParams.get('code') ?? '',
		}),
	});
	return ((await answer.json()) as { refresh_token: string }).refresh_token;
}

/** A token as the org gives it by client credentials, which is one like any other to whoever uses it. */
async function tokenOf(org: LocalOrg): Promise<string> {
	const answer = await fetch(`${org.url}/services/oauth2/token`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: org.clientId,
			client_secret: org.clientSecret,
		}),
	});
	return ((await answer.json()) as { access_token: string }).access_token;
}

/** The credential with a token, as n8n stores it. */
async function connected({ org }: Stage, more: IDataObject, accessTokenUrl?: string): Promise<IDataObject> {
	return {
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		grantType: 'pkce',
		accessTokenUrl: accessTokenUrl ?? `${org.url}/services/oauth2/token`,
		oauthTokenData: { access_token: await tokenOf(org), ...more },
	};
}

/** Stores the credential; the calls that it took to make it do not count. */
async function useToken(s: Stage, more: IDataObject, accessTokenUrl?: string): Promise<void> {
	s.engine.useCredential((await connected(s, more, accessTokenUrl)) as ICredentialDataDecryptedObject);
	s.org.calls.length = 0;
}

describe("n8n's own OAuth2 credential", () => {
	it('opens the org that its token names', async () => {
		const s = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		await useToken(s, { instance_url: s.org.url });
		expect((await s.run([{}], query)).outputs).toEqual([[{ Name: 'Acme' }]]);
	});

	it("lets a deleted record come back with its old ID, which takes the session's token", async () => {
		const s = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		await useToken(s, { instance_url: s.org.url });
		const [before] = s.org.rows('Case');
		const authentication = 'salesforceOAuth2Api';
		const deleted = await s.run([{ Id: before?.Id as string }], {
			type: 'salesforceDeleteRecord',
			parameters: { authentication, object: 'Case', dryRun: false },
		});
		const { outputs } = await s.run(deleted.outputs[0] ?? [], {
			type: 'salesforceUndoChanges',
			parameters: { authentication, dryRun: false },
		});
		expect(outputs[0]).toMatchObject([{ undoChange: { result: 'undeleted', id: before?.Id } }]);
	});

	it('still does when a refresh has lost the address', async () => {
		const s = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		await useToken(s, {});
		expect((await s.run([{}, {}], query)).outputs).toEqual([[{ Name: 'Acme' }, { Name: 'Acme' }]]);
		expect(s.org.calls.filter(({ path }) => path === '/services/oauth2/userinfo')).toHaveLength(1);
	});

	it.each([
		['not a Salesforce host', 'https://evil.example.com', 'https://login.salesforce.com/services/oauth2/token'],
		[
			'this machine, where the log-in is not',
			'http://127.0.0.1:9',
			'https://login.salesforce.com/services/oauth2/token',
		],
	])('sends nothing to %s', async (_name, address, tokenUrl) => {
		const s = await stage();
		await useToken(s, { instance_url: address }, tokenUrl);
		const before = s.org.calls.length;
		expect((await s.run([{}], query)).error?.message).toContain('nothing was sent there');
		expect(s.org.calls).toHaveLength(before);
	});

	it('that was never connected says so', async () => {
		const s = await stage();
		s.engine.useCredential({
			clientId: 'x',
			clientSecret: 'y',
			accessTokenUrl: `${s.org.url}/t`,
			grantType: 'authorizationCode',
		});
		expect((await s.run([{}], query)).error).toMatchObject({
			message: expect.stringContaining('OAuth credentials not connected'),
			description: expect.stringContaining('Open the credential and connect it again.'),
		});
	});

	describe.each([
		['401', { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] }],
		[
			'403 INVALID_SESSION_ID',
			{ status: 403, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }] },
		],
	])('whose token has ended with %s', (_what, fault) => {
		it('is refreshed, and the call is made once more', async () => {
			const s = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
			await useToken(s, { instance_url: s.org.url, refresh_token: await refreshTokenOf(s.org) });
			s.org.addFault({ path: '/query', times: fault.status === 403 ? 2 : 1, ...fault });
			expect((await s.run([{}], query)).outputs).toEqual([[{ Name: 'Acme' }]]);
			expect(refreshes(s.org)).toEqual([200]);
		});
	});

	it('whose token has ended and whose address is lost is refreshed where userinfo answers 403', async () => {
		const s = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		await useToken(s, { refresh_token: await refreshTokenOf(s.org) });
		s.org.expireSessions();
		s.org.addFault({ path: '/userinfo', status: 403, body: 'Bad_OAuth_Token', times: 2 });
		expect((await s.run([{}], query)).outputs).toEqual([[{ Name: 'Acme' }]]);
		expect(refreshes(s.org)).toEqual([200]);
	});

	it.each([
		['503', { status: 503, body: '<html>Service Unavailable</html>' }],
		['429', { status: 429, body: '' }],
		['a page with 200', { status: 200, body: '<html>Maintenance</html>' }],
		['a cut connection', { cut: 'before' as const }],
	])('is asked for its address again after %s', async (_what, fault) => {
		const s = await stage();
		await useToken(s, {});
		s.org.addFault({ path: '/userinfo', ...fault });
		expect((await s.run([{ moveId: 'm-1' }], push)).error).toBeUndefined();
		expect(s.org.rows('Case')).toHaveLength(1);
	});

	it.each<[string, object, RegExp]>([
		[
			'a page',
			{ status: 200, body: '<html>Welcome</html>' },
			/does not tell: What came back was not an answer of Salesforce/,
		],
		['another 403', { status: 403, body: '<html>Access Denied</html>' }, /does not tell: .*status 403/],
	])(
		'says that nothing was done when its address is answered by %s for good',
		async (_what, fault, message) => {
			const s = await stage();
			await useToken(s, {});
			s.org.addFault({ path: '/userinfo', times: 99, ...fault });
			const { error } = await s.run([{ moveId: 'm-1' }], push);
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(/Nothing was pushed\.$/);
		},
		30_000,
	);

	it.each<[string, object]>([
		['503', { status: 503, body: '<html>Service Unavailable</html>' }],
		['a cut connection', { cut: 'before' as const }],
		['server_error', { status: 500, body: { error: 'server_error' } }],
	])('is refreshed again when the first try met %s', async (_what, fault) => {
		const s = await stage();
		await useToken(s, { instance_url: s.org.url, refresh_token: await refreshTokenOf(s.org) });
		s.org.expireSessions();
		s.org.addFault({ path: '/services/oauth2/token', ...fault });
		expect((await s.run([{ moveId: 'm-1' }], push)).error).toBeUndefined();
		expect(s.org.rows('Case')).toHaveLength(1);
	});

	it('that cannot be refreshed says so, leaves nothing in doubt and does not send its refresh token again', async () => {
		const s = await stage({ settings: { rotatesRefreshTokens: true } });
		await useToken(s, { instance_url: s.org.url, refresh_token: 'never-given-out' });
		s.org.expireSessions();
		const { error } = await s.run([{ moveId: 'm-1' }], push);
		expect(error?.message).toContain('needs to be reconnected');
		expect(error?.description).toMatch(/Nothing was pushed\.$/);
		expect(refreshes(s.org)).toEqual([400]);
	});

	describe('with refresh tokens that can be used once', () => {
		it('keeps the next one', async () => {
			const s = await stage({ seed: { Account: [{ Name: 'Acme' }] }, settings: { rotatesRefreshTokens: true } });
			await useToken(s, { instance_url: s.org.url, refresh_token: await refreshTokenOf(s.org) });
			for (let round = 0; round < 3; round++) {
				s.org.expireSessions();
				expect((await s.run([{}], query)).outputs).toEqual([[{ Name: 'Acme' }]]);
			}
			expect(refreshes(s.org)).toEqual([200, 200, 200]);
		});

		it('is refreshed once for fifty executions at the same time', async () => {
			const s = await stage({ seed: { Account: [{ Name: 'Acme' }] }, settings: { rotatesRefreshTokens: true } });
			await useToken(s, { instance_url: s.org.url, refresh_token: await refreshTokenOf(s.org) });
			s.org.expireSessions();
			const runs = await Promise.all(Array.from({ length: 50 }, async () => await s.run([{}], query)));
			expect(runs.filter(({ error }) => error !== undefined)).toEqual([]);
			expect(refreshes(s.org)).toEqual([200]);
		});

		it.each([
			['while this one is refused', 100],
			['a moment later', 700],
		])('goes on with the token that a faster worker stores %s', async (_when, delay) => {
			const s = await stage({ seed: { Account: [{ Name: 'Acme' }] }, settings: { rotatesRefreshTokens: true } });
			await useToken(s, { instance_url: s.org.url, refresh_token: await refreshTokenOf(s.org) });
			s.org.expireSessions();
			const next = await connected(s, { instance_url: s.org.url, refresh_token: 'the-next-one' });
			s.org.calls.length = 0;
			s.org.addFault({
				path: '/services/oauth2/token',
				delayMs: 200,
				status: 400,
				body: { error: 'invalid_grant', error_description: 'token request is already being processed' },
			});
			const running = s.run([{}], query);
			// From when the ended session was met, however long that takes.
			while (!s.org.calls.some(({ status }) => status === 401 || status === 403)) await setTimeout(5);
			await setTimeout(delay);
			s.engine.useCredential(next as ICredentialDataDecryptedObject);
			expect((await running).outputs).toEqual([[{ Name: 'Acme' }]]);
			expect(refreshes(s.org)).toEqual([400]);
		});
	});

	it.each(['redirect', 'URL_NOT_RESET'] as const)('finds an org that has moved, after a %s', async (answer) => {
		const s = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		const old = s.org.url.replace('127.0.0.1', 'localhost');
		await useToken(s, { instance_url: old });
		s.org.settings.movedFrom = { host: new URL(old).host, answer };
		expect((await s.run([{}, {}], query)).outputs).toEqual([[{ Name: 'Acme' }, { Name: 'Acme' }]]);
		expect(s.org.calls.filter(({ path }) => path === '/services/oauth2/userinfo')).toHaveLength(1);
	});

	it('finds an org whose old host is gone', async () => {
		const s = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		// Port 9 takes no connections.
		await useToken(s, { instance_url: 'http://127.0.0.1:9' });
		expect((await s.run([{}, {}], query)).outputs).toEqual([[{ Name: 'Acme' }, { Name: 'Acme' }]]);
	});

	it('whose app requires DPoP says so before any call', async () => {
		const s = await stage();
		await useToken(s, { instance_url: s.org.url, token_type: 'DPoP' });
		const before = s.org.calls.length;
		expect((await s.run([{}], query)).error?.message).toContain(
			'The app requires DPoP, which n8n does not have (token_type DPoP).',
		);
		expect(s.org.calls).toHaveLength(before);
	});
});
