import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { packPackage } from '../../demo/packageTarball';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg, OrgSettings } from '../../local-org';
import { connectOAuth2, oauth2Overwrites } from '../support/connectOAuth2';
import { webhookWorkflow } from '../support/webhookWorkflow';

let n8n: N8nHost;
let org: LocalOrg;
/** Where n8n's OAuth2 credential signs in, in the place of login.salesforce.com. */
let loginOrg: LocalOrg;

beforeAll(async () => {
	loginOrg = await startLocalOrg({ seed: { Account: [{ Name: 'Acme' }] } });
	n8n = await startN8n({
		packageTarball: await packPackage(),
		env: {
			// jest's own would make n8n end at once.
			NODE_ENV: 'production',
			...oauth2Overwrites(loginOrg),
		},
	});
	await n8n.api.setUpOwner({ email: 'owner@example.com', password: 'Host-tests-1' });
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await loginOrg.close();
});

beforeEach(async () => {
	org = await startLocalOrg({ seed: { Account: [{ Name: 'Acme' }] } });
});

afterEach(async () => {
	await org.close();
});

const ops = (data: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject => ({
	signInMethod: 'clientCredentials',
	domain: org.url,
	clientId: org.clientId,
	clientSecret: org.clientSecret,
	username: org.username,
	allowLoopback: true,
	...data,
});

let made = 0;

/** A published workflow: webhook, then one node; gives the function that calls it and returns the node's items. */
async function workflowOf(
	type: string,
	credential: { type: string; id: string },
	parameters: INode['parameters'],
	typeVersion = 1,
): Promise<() => Promise<unknown>> {
	const path = `host-test-${made++}`;
	const id = await n8n.api.createWorkflow(
		webhookWorkflow(path, {
			type,
			typeVersion,
			parameters,
			credentials: { [credential.type]: { id: credential.id, name: credential.type } },
			onError: 'continueRegularOutput',
		}),
	);
	await n8n.api.publish(id);
	return async () => await n8n.api.webhook(path, {});
}

async function queryWith(type: string, data: ICredentialDataDecryptedObject): Promise<() => Promise<unknown>> {
	const id = await n8n.api.createCredential(`Credential ${made++}`, type, data);
	return await queryWithId(type, id);
}

async function queryWithId(type: string, id: string): Promise<() => Promise<unknown>> {
	const parameters = { authentication: type, query: 'SELECT Name FROM Account', returnAll: true };
	return await workflowOf('n8n-nodes-salesforce-ops.salesforceSoqlQuery', { type, id }, parameters);
}

/** What a person reads after pressing the credential's test button. */
async function pressTest(data: ICredentialDataDecryptedObject): Promise<string> {
	const name = `Tested ${made++}`;
	const type = 'salesforceOpsApi';
	const id = await n8n.api.createCredential(name, type, data);
	const { status, message } = await n8n.api.rest<{ status: string; message: string }>('POST', '/credentials/test', {
		credentials: { id, name, type, data },
	});
	return status === 'OK' ? 'OK' : message;
}

describe('every way in, in a real n8n', () => {
	it.each([
		['client credentials', () => ops()],
		['JWT', () => ops({ signInMethod: 'jwtBearer', privateKey: org.privateKey })],
		[
			'JWT with its line breaks lost',
			() => ops({ signInMethod: 'jwtBearer', privateKey: org.privateKey.replace(/\n/g, ' ') }),
		],
		['password', () => ops({ signInMethod: 'password', password: org.password, securityToken: org.securityToken })],
	])('%s', async (_name, data) => {
		expect(await pressTest(data())).toBe('OK');
		const query = await queryWith('salesforceOpsApi', data());
		const before = org.logIns;
		expect(await query()).toEqual([{ Name: 'Acme' }]);
		expect(await query()).toEqual([{ Name: 'Acme' }]);
		expect(org.logIns - before).toBeLessThanOrEqual(1);
	});

	it("n8n's own JWT credential", async () => {
		const query = await queryWith('salesforceJwtApi', {
			environment: 'production',
			clientId: org.clientId,
			username: org.username,
			privateKey: org.privateKey,
			myDomainUrl: org.url,
		});
		expect(await query()).toEqual([{ Name: 'Acme' }]);
		org.expireSessions();
		expect(await query()).toEqual([{ Name: 'Acme' }]);
		expect(org.logIns).toBe(2);
	});

	it("n8n's own JWT credential, whose refusal is told in the same words as of ours", async () => {
		const query = await queryWith('salesforceJwtApi', {
			environment: 'production',
			clientId: 'wrong',
			username: org.username,
			privateKey: org.privateKey,
			myDomainUrl: org.url,
		});
		expect(JSON.stringify(await query())).toContain('Salesforce does not know this Client ID (invalid_client_id).');
	});

	it("n8n's own OAuth2 credential, through its log-in page, and again after its token has expired", async () => {
		const id = await connectOAuth2(n8n.api, loginOrg);
		const query = await queryWithId('salesforceOAuth2Api', id);
		expect(await query()).toEqual([{ Name: 'Acme' }]);
		const before = loginOrg.logIns;
		loginOrg.expireSessions();
		expect(await query()).toEqual([{ Name: 'Acme' }]);
		expect(loginOrg.logIns - before).toBe(1);
	});

	it("n8n's own OAuth2 credential, with refresh tokens that can be used once", async () => {
		loginOrg.settings.rotatesRefreshTokens = true;
		try {
			const query = await queryWithId('salesforceOAuth2Api', await connectOAuth2(n8n.api, loginOrg));
			for (let round = 0; round < 3; round++) {
				loginOrg.expireSessions();
				const answers = await Promise.all(Array.from({ length: 10 }, async () => await query()));
				expect(answers).toEqual(Array.from({ length: 10 }, () => [{ Name: 'Acme' }]));
			}
		} finally {
			loginOrg.settings.rotatesRefreshTokens = false;
		}
	});

	it('the HTTP Request node, for addresses of the org only', async () => {
		const type = 'salesforceOpsApi';
		const id = await n8n.api.createCredential('For HTTP', type, ops());
		const request = async (url: string): Promise<unknown> => {
			const parameters = { url, authentication: 'predefinedCredentialType', nodeCredentialType: type, options: {} };
			return await (
				await workflowOf('n8n-nodes-base.httpRequest', { type, id }, parameters, 4.2)
			)();
		};
		expect(await request(`${org.url}/services/data/v62.0/limits`)).toMatchObject([
			{ DailyApiRequests: { Max: 100_000 } },
		]);
		const other = await startLocalOrg();
		try {
			expect(JSON.stringify(await request(`${other.url}/services/data/v62.0/limits`))).toContain(
				'nothing was sent there',
			);
			expect(other.calls).toEqual([]);
		} finally {
			await other.close();
		}
	});
});

describe('one session', () => {
	it('serves executions side by side with one log-in, also when it has expired', async () => {
		const query = await queryWith('salesforceOpsApi', ops());
		const together = async (): Promise<void> => {
			const answers = await Promise.all(Array.from({ length: 20 }, async () => await query()));
			expect(answers).toEqual(Array.from({ length: 20 }, () => [{ Name: 'Acme' }]));
		};
		await together();
		expect(org.logIns).toBe(1);
		org.expireSessions();
		await together();
		expect(org.logIns).toBe(2);
	});
});

describe('the test button says', () => {
	const refusals: Array<[string, RegExp, () => ICredentialDataDecryptedObject, Partial<OrgSettings>]> = [
		['wrong client', /does not know this Client ID/, () => ops({ clientId: 'wrong' }), {}],
		['wrong secret', /does not accept this Client Secret/, () => ops({ clientSecret: 'wrong' }), {}],
		[
			'wrong user',
			/Wrong username/,
			() => ops({ signInMethod: 'password', username: 'x@y.z', password: 'p', securityToken: 't' }),
			{},
		],
		[
			'wrong password',
			/Wrong username, password/,
			() => ops({ signInMethod: 'password', password: 'wrong', securityToken: 't' }),
			{},
		],
		[
			'missing security token',
			/a missing security token/,
			() => ops({ signInMethod: 'password', password: org.password }),
			{ securityTokenRequired: true },
		],
		[
			'flow blocked',
			/password method is blocked in this org/,
			() => ops({ signInMethod: 'password', password: org.password, securityToken: org.securityToken }),
			{ passwordFlowBlocked: true },
		],
		['no run-as user', /has no user to run as/, () => ops(), { noClientCredentialsUser: true }],
		['not authorised', /not authorized for the app/, () => ops(), { userNotAuthorised: true }],
		[
			'not approved',
			/has not been authorized for the app/,
			() => ops({ signInMethod: 'jwtBearer', privateKey: org.privateKey }),
			{ userNotApproved: true },
		],
		['app too new', /takes 2 to 10 minutes/, () => ops(), { appTooNew: true }],
		['app not installed', /not installed in this org/, () => ops(), { appNotInstalled: true }],
		['IP restricted', /IP address/, () => ops(), { ipRestricted: true }],
		['too many log-ins', /3,600 sign-ins an hour/, () => ops(), { loginRateExceeded: true }],
		['API disabled', /API is not enabled/, () => ops(), { apiDisabled: true }],
		['API disabled for the user', /API is not enabled/, () => ops(), { apiDisabledForUser: true }],
		['session never accepted', /does not accept it/, () => ops(), { answer401Always: true }],
		['login host', /does not work through login\.salesforce\.com/, () => ops({ domain: 'login.salesforce.com' }), {}],
		['no Salesforce host', /not a Salesforce address/, () => ops({ domain: 'https://example.com' }), {}],
		['no switch', /switch on "Allow an Org on This Machine"/, () => ops({ allowLoopback: false }), {}],
		['unreachable', /could not be reached/, () => ops({ domain: 'http://127.0.0.1:9' }), {}],
		['unreadable key', /private key cannot be read/, () => ops({ signInMethod: 'jwtBearer', privateKey: 'key' }), {}],
	];

	it.each(refusals)('%s', async (_name, message, data, settings) => {
		Object.assign(org.settings, settings);
		expect(await pressTest(data())).toMatch(message);
	});

	it('My Domain misspelt', async () => {
		expect(await pressTest(ops({ domain: 'no-such-company-anywhere' }))).toMatch(/does not know the host/);
	});
});
