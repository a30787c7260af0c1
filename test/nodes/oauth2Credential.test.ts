import type { LocalOrg } from '../../local-org';
import { stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const query = {
	type: 'salesforceSoqlQuery',
	parameters: { authentication: 'salesforceOAuth2Api', query: 'SELECT Name FROM Account' },
};

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

async function useToken(
	{ org, engine }: Stage,
	more: { instance_url?: string },
	accessTokenUrl?: string,
): Promise<void> {
	engine.useCredential({
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		grantType: 'pkce',
		accessTokenUrl: accessTokenUrl ?? `${org.url}/services/oauth2/token`,
		oauthTokenData: { access_token: await tokenOf(org), ...more },
	});
}

describe("n8n's own OAuth2 credential", () => {
	it('opens the org that its token names', async () => {
		const s = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		await useToken(s, { instance_url: s.org.url });
		expect((await s.run([{}], query)).outputs).toEqual([[{ Name: 'Acme' }]]);
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
});
