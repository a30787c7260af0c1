/** @jest-environment node */
import { printed } from '../support/printed';

import { WorkflowExecute } from 'n8n-core';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';

import { SalesforceOpsApi } from '../../credentials/SalesforceOpsApi.credentials';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import type { TestRun } from '../support/engine';
import { credentialFor, stages } from '../support/stage';

const stage = stages();
const query = { type: 'salesforceSoqlQuery', parameters: { query: 'SELECT Name FROM Organization' } };

/** The errors that nodes threw, before n8n took them apart. */
let thrown: unknown[] = [];

beforeAll(() => {
	const prototype = WorkflowExecute.prototype as unknown as {
		reportNodeExecutionError(error: unknown, ...more: unknown[]): unknown;
	};
	const report = prototype.reportNodeExecutionError;
	jest.spyOn(prototype, 'reportNodeExecutionError').mockImplementation(function (this: unknown, error, ...more) {
		thrown.push(error);
		return report.call(this, error, ...more);
	});
});

beforeEach(() => {
	printed.length = 0;
	thrown = [];
});

afterAll(() => jest.restoreAllMocks());

/** Every text inside a value, hidden properties, causes, keys and buffers included. */
function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
	if (typeof value === 'string') return [value];
	if (Buffer.isBuffer(value)) return [value.toString()];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	if (value instanceof Map || value instanceof Set) return textsIn([...value], seen);
	return Reflect.ownKeys(value).flatMap((key) => {
		const held: unknown = Reflect.get(value, key);
		return [String(key), ...textsIn(held, seen)];
	});
}

/** Fails when anything that n8n stores, prints or is thrown holds a secret of the credential, in any usual spelling. */
function expectNoSecret(run: TestRun, credential: ICredentialDataDecryptedObject, org: LocalOrg): void {
	const stored =
		typeof credential.sessionToken === 'string' && credential.sessionToken !== '' ? credential.sessionToken : '{}';
	const { accessToken } = JSON.parse(stored) as { accessToken?: string };
	// An org makes its key when somebody asks for it.
	const keyBody = String(credential.privateKey ?? '').split('\n')[1] ?? '';
	const secrets = [
		accessToken,
		credential.clientSecret,
		credential.password,
		credential.securityToken,
		credential.privateKey,
		keyBody,
		org.clientSecret,
		org.password,
		org.securityToken,
		`${org.organizationId.slice(0, 15)}!`,
		// The beginning of any JWT.
		'eyJhbGci',
		'Bearer ',
	].filter((secret): secret is string => typeof secret === 'string' && secret.trim() !== '');
	const everything = textsIn([run, thrown, printed]).join('\n');
	const leaked = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
	expect(leaked.filter((secret) => everything.includes(secret))).toEqual([]);
}

const jwt = (org: LocalOrg) => ({ signInMethod: 'jwtBearer', username: org.username, privateKey: org.privateKey });
const password = (org: LocalOrg) => ({ signInMethod: 'password', username: org.username, password: org.password });

type Change = (org: LocalOrg) => ICredentialDataDecryptedObject | void;
const setting =
	(name: string, more: (org: LocalOrg) => ICredentialDataDecryptedObject = () => ({})): Change =>
	(org) => {
		Object.assign(org.settings, { [name]: true });
		return more(org);
	};

/** What is done to the org or the credential, and what a person then reads. */
const refusals: Array<[what: string, change: Change, message: RegExp]> = [
	['wrong client', () => ({ clientId: 'wrong-client' }), /^Salesforce does not know this Client ID \(\w+\)\. /],
	[
		'wrong secret',
		() => ({ clientSecret: 'wrong-secret' }),
		/^Salesforce does not accept this Client Secret \(\w+\)\. /,
	],
	['wrong user', (org) => ({ ...password(org), username: 'nobody@example.com' }), /^Wrong username or password/],
	[
		'wrong password',
		(org) => ({ ...password(org), password: 'wrong-password', securityToken: 'wrong-token' }),
		/^Wrong username, password/,
	],
	['no security token', setting('securityTokenRequired', password), /security token/],
	['blocked password flow', setting('passwordFlowBlocked', password), /method is blocked in this org/],
	['no run-as user', setting('noClientCredentialsUser'), /^The app has no user to run as \(\w+\)\. /],
	['user not authorised', setting('userNotAuthorised'), /^The user is not authorized for the app \(\w+\)\. /],
	['user not approved', setting('userNotApproved', jwt), /^The user has not been authorized for the app \(\w+\)\. /],
	['app too new', setting('appTooNew'), /2 to 10 minutes/],
	['app not installed', setting('appNotInstalled'), /^The app is not installed in this org/],
	['address restricted', setting('ipRestricted'), /IP address/],
	['too many log-ins', setting('loginRateExceeded'), /3,600 sign-ins an hour/],
	['user inactive', setting('userInactive'), /^The user is inactive, frozen or locked \(\w+\)\. /],
	['no API in the org', setting('apiDisabled'), /API/],
	['no API for the user', setting('apiDisabledForUser'), /API/],
	['session never accepted', setting('answer401Always'), /does not accept the session/],
	['unreadable key', (org) => ({ ...jwt(org), privateKey: 'no-such-key' }), /^The private key cannot be read\. /],
	[
		'nothing filled in',
		() => ({ clientId: '', clientSecret: ' ' }),
		/^The credential lacks Client ID and Client Secret\. /,
	],
	['empty domain', () => ({ domain: ' ' }), /^The domain is empty\. /],
	[
		'no Salesforce host',
		() => ({ domain: 'https://salesforce.com.example.com' }),
		/^The domain is not a Salesforce address\. /,
	],
	['no https', () => ({ domain: 'http://mycompany.my.salesforce.com' }), /^The domain does not begin with https\. /],
	['switch not set', () => ({ allowLoopback: false }), /"Allow an Org on This Machine"/],
	['log-in host', () => ({ domain: 'login.salesforce.com' }), /does not work through login\.salesforce\.com/],
	[
		'unreachable host',
		() => ({ domain: 'http://127.0.0.1:9' }),
		/^The host of the credential's domain could not be reached\. /,
	],
	[
		'sign-in page in place of a token',
		(org) => org.addFault({ path: '/services/oauth2/token', status: 200, body: '<html>Welcome</html>' }),
		/^The domain does not answer like a Salesforce org \(status 200\)\. /,
	],
	[
		'token for a stranger',
		(org) =>
			org.addFault({
				path: '/services/oauth2/token',
				status: 200,
				body: { access_token: 'taken', instance_url: 'https://example.com' },
			}),
		/^Salesforce named an address that is not one of its own hosts, so nothing was sent there\. /,
	],
	[
		'page in place of an answer',
		(org) => org.addFault({ path: '/query', status: 400, body: '<html>No</html>' }),
		/status 400|HTTP_400/,
	],
	[
		'redirected sign-in',
		(org) =>
			org.addFault({
				path: '/services/oauth2/token',
				status: 302,
				body: '',
				headers: { Location: 'http://127.0.0.1:9/' },
			}),
		/^The sign-in was sent to 127\.0\.0\.1:9, which is not followed \(status 302\)\. /,
	],
	[
		'redirected call',
		(org) =>
			org.addFault({ path: '/query', status: 302, body: '', headers: { Location: 'http://127.0.0.1:9/' }, times: 99 }),
		/^What came back was a redirect/,
	],
	[
		'page at a stranger',
		(org) =>
			org.addFault({
				path: '/query',
				status: 200,
				body: {
					totalSize: 2,
					done: false,
					records: [{ Name: 'A' }],
					nextRecordsUrl: 'https://example.com/services/data/v62.0/query/1',
				},
			}),
		/^Salesforce named an address outside the org, so nothing was sent there\. /,
	],
	[
		'refused query',
		(org) => void Object.assign(org.settings, { missingFields: ['Organization.Name'] }),
		/No such column 'Name'/,
	],
];

describe('is told in words for a person and without a secret:', () => {
	it.each(refusals)('%s', async (_what, change, message) => {
		const { org, engine, run } = await stage();
		const credential = { ...credentialFor(org), ...change(org) };
		engine.useCredential(credential);
		for (const onError of [undefined, 'continueRegularOutput'] as const) {
			const before = { ...engine.credentials.stored.get('org') };
			const result = await run([{}], { ...query, onError });
			if (onError === undefined) {
				expect(`${result.error?.message.replace(/^Item 0: /, '')} ${result.error?.description}`).toMatch(message);
				expect(result.error?.description).not.toBe('');
			}
			expectNoSecret(result, { ...before, ...engine.credentials.stored.get('org') }, org);
		}
	});
});

it('searches what really holds the words', async () => {
	const { org, engine, run } = await stage();
	engine.useCredential({ ...credentialFor(org), clientId: 'wrong' });
	const result = await run([{}], query);
	const found = textsIn([result, thrown, printed]).join('\n');
	expect(found).toContain('Salesforce does not know this Client ID (invalid_client_id).');
	expect(printed.join('\n')).toContain('Salesforce does not know this Client ID (invalid_client_id).');
	expect(textsIn(thrown).join('\n')).toContain('Salesforce does not know this Client ID (invalid_client_id).');
	const cause = Object.defineProperty(new Error('outer', { cause: new Error(org.clientSecret) }), 'hidden', {
		value: 'deep',
	});
	expect(textsIn([cause])).toEqual(expect.arrayContaining([org.clientSecret, 'deep']));
});

it('a write whose answer is lost gives no secret away', async () => {
	const { org, engine, run } = await stage();
	org.addFault({ path: '/composite/sobjects', cut: 'before' });
	const result = await run([{ moveId: 'm-1' }], { type: 'salesforcePushMove' });
	expect(result.error?.message).toMatch(/^Item 0: The connection to Salesforce ended/);
	expectNoSecret(result, engine.credentials.stored.get('org') ?? {}, org);
});

it('nothing is printed or stored of a session that works', async () => {
	const { org, engine, run } = await stage();
	const result = await run([{}], query);
	expect(result.error).toBeUndefined();
	expectNoSecret(result, engine.credentials.stored.get('org') ?? {}, org);
});

it('a sign-in without an answer gives no secret to whoever else uses the credential', async () => {
	const credential = {
		signInMethod: 'clientCredentials',
		domain: 'mycompany',
		clientId: 'client',
		clientSecret: 'held-by-the-form',
	};
	const helpers = {
		httpRequest: async (request: unknown) =>
			await Promise.reject(
				Object.assign(new Error('socket hang up'), { code: 'ECONNRESET', config: request, form: credential }),
			),
	};
	const error: unknown = await new SalesforceOpsApi().preAuthentication
		.call({ helpers } as unknown as IHttpRequestHelper, credential)
		.catch((thrownError: unknown) => thrownError);
	const texts = textsIn(error).join('\n');
	expect(texts).toContain('The connection to Salesforce ended before its answer came.');
	expect(texts).not.toContain('held-by-the-form');
});

it('a redirect is not followed, so the token stays with the org', async () => {
	const other = await startLocalOrg();
	try {
		const { org, run } = await stage();
		org.addFault({
			path: '/query',
			status: 307,
			body: '',
			headers: { Location: `${other.url}/services/data/v62.0/query` },
			times: 99,
		});
		expect((await run([{}], query)).error).toBeDefined();
		expect(other.calls).toEqual([]);
	} finally {
		await other.close();
	}
});
