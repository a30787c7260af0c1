import type { LocalOrg } from '../../local-org';
import { moves } from '../support/moves';
import { credentialFor, stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const query = { type: 'salesforceSoqlQuery', parameters: { query: 'SELECT Name FROM Account' } };
const push = { type: 'salesforcePushMove', parameters: {} };

const ENDED = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
const MOVED = [
	{ errorCode: 'URL_NOT_RESET', message: 'Destination URL not reset. The URL returned from login must be set' },
];

/** The org's port under its other name, as the address that an org had before. */
const oldAddress = ({ url }: LocalOrg): string => url.replace('127.0.0.1', 'localhost');

const tokenCalls = ({ calls }: LocalOrg): number =>
	calls.filter(({ path }) => path === '/services/oauth2/token').length;

/** An engine whose credential of n8n's own JWT kind opens the org at an address. */
function useJwt({ org, engine }: Stage, more: object = {}): void {
	engine.useCredential({
		myDomainUrl: org.url,
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		privateKey: org.privateKey,
		...more,
	});
}

describe.each(['salesforceOpsApi', 'salesforceJwtApi'])('a session of %s', (authentication) => {
	const using = <T extends { parameters: object }>(node: T): T => ({
		...node,
		parameters: { ...node.parameters, authentication },
	});
	const start = async (): Promise<Stage> => {
		const started = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		if (authentication === 'salesforceJwtApi') useJwt(started);
		await started.run([{}], using(query));
		return started;
	};

	it('lets a deleted record come back with its old ID', async () => {
		const { org, run } = await start();
		const [before] = org.rows('Account');
		const deleted = await run(
			[{ Id: before?.Id as string }],
			using({ type: 'salesforceDeleteRecord', parameters: { object: 'Account', dryRun: false } }),
		);
		const undo = using({ type: 'salesforceUndoChanges', parameters: { dryRun: false } });
		const { outputs } = await run(deleted.outputs[0] ?? [], undo);
		expect(outputs[0]).toMatchObject([{ undoChange: { result: 'undeleted', id: before?.Id } }]);
	});

	it.each<[string, object]>([
		['403 INVALID_SESSION_ID', { status: 403, body: ENDED }],
		['301', { status: 301, body: '', headers: { Location: 'https://elsewhere.my.salesforce.com/' } }],
		['308', { status: 308, body: '' }],
		[
			'307 to the same resource',
			{ status: 307, body: '', headers: { Location: 'https://x.example.com/services/data' } },
		],
		['URL_NOT_RESET', { status: 400, body: MOVED }],
	])('that was answered %s is opened anew', async (_what, fault) => {
		const { org, run } = await start();
		// n8n asks again before it renews a session of its own credential.
		org.addFault({ path: '/services/data/', times: authentication === 'salesforceJwtApi' ? 2 : 1, ...fault });
		const before = tokenCalls(org);
		expect(await run([{}], using(query))).toMatchObject({ outputs: [[{ Name: 'Acme' }]] });
		expect(tokenCalls(org)).toBe(before + 1);
	});

	it.each<[string, object]>([
		['403 INVALID_SESSION_ID', { status: 403, body: ENDED }],
		['URL_NOT_RESET', { status: 400, body: MOVED }],
	])('that goes on being answered %s is opened anew once, and told as what it is', async (_what, fault) => {
		const { org, run } = await start();
		org.addFault({ path: '/services/data/', times: 99, ...fault });
		const before = tokenCalls(org);
		const { error } = await run(moves(450), using(push));
		expect(tokenCalls(org)).toBe(before + 1);
		expect(`${error?.message} ${error?.description}`).toMatch(/INVALID_SESSION_ID|URL_NOT_RESET/);
		expect(error?.description).toMatch(/Nothing was pushed\.$/);
	});

	it('that ended is opened anew for a write, which is then made once', async () => {
		const { org, run } = await start();
		org.addFault({
			path: '/composite/sobjects',
			times: authentication === 'salesforceJwtApi' ? 2 : 1,
			status: 403,
			body: ENDED,
		});
		expect((await run(moves(3), using(push))).error).toBeUndefined();
		expect(org.rows('Case')).toHaveLength(3);
	});

	it('that ended before a write and cannot be opened anew leaves nothing in doubt', async () => {
		const { org, run } = await start();
		org.addFault({ path: '/composite/sobjects', times: 99, status: 401, body: ENDED });
		org.addFault({ path: '/services/oauth2/token', times: 99, cut: 'before' });
		const { error } = await run(moves(3), using(push));
		expect(`${error?.message} ${error?.description}`).toMatch(/Nothing was pushed/);
		expect(`${error?.message} ${error?.description}`).not.toContain('may have been');
	}, 30_000);

	it('that ended within a Composite is opened anew, once', async () => {
		const { org, run } = await start();
		org.expireSessions();
		org.addFault({
			path: /\/composite$/,
			status: 200,
			body: { compositeResponse: [{ httpStatusCode: 401, referenceId: 'read0', httpHeaders: {}, body: ENDED }] },
		});
		const before = tokenCalls(org);
		expect((await run(moves(3), using(push))).error).toBeUndefined();
		expect(tokenCalls(org)).toBe(before + 1);
		expect(org.rows('Case')).toHaveLength(3);
	});

	it.each(['redirect', 'URL_NOT_RESET'] as const)('is opened where the org is now, after a %s', async (answer) => {
		const { org, engine, run } = await start();
		const { sessionToken, instanceUrl, ...settings } = engine.credentials.stored.get('org') ?? {};
		const moved = (text: unknown) => String(text ?? '').replace(org.url, oldAddress(org));
		engine.useCredential({
			...settings,
			...(sessionToken === undefined ? {} : { sessionToken: moved(sessionToken) }),
			...(instanceUrl === undefined ? {} : { instanceUrl: moved(instanceUrl) }),
		});
		org.settings.movedFrom = { host: new URL(oldAddress(org)).host, answer };
		const before = tokenCalls(org);
		expect(await run([{}], using(query))).toMatchObject({ outputs: [[{ Name: 'Acme' }]] });
		expect(tokenCalls(org)).toBe(before + 1);
		// The next execution has the new address.
		const calls = org.calls.length;
		expect(await run([{}], using(query))).toMatchObject({ outputs: [[{ Name: 'Acme' }]] });
		expect(org.calls.slice(calls).filter(({ status }) => status !== 200)).toEqual([]);
	});
});

it.each<[string, object, RegExp]>([
	[
		'refused',
		{ status: 400, body: { error: 'invalid_app_access' } },
		/not authorized for the app \(invalid_app_access\)/,
	],
	[
		'answered by a firewall',
		{ status: 403, body: '<html>No</html>' },
		/does not answer like Salesforce \(status 403\)/,
	],
])(
	"what n8n's own JWT credential meets when its sign-in is %s is told in the same words",
	async (_what, fault, message) => {
		const started = await stage();
		useJwt(started);
		started.org.addFault({ path: '/services/oauth2/token', ...fault });
		const { error } = await started.run([{}], {
			...query,
			parameters: { ...query.parameters, authentication: 'salesforceJwtApi' },
		});
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/Nothing was read\.$/);
	},
);

describe('our own credential', () => {
	it('signs in by a My Domain that was renamed', async () => {
		const { org, engine, run } = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		engine.useCredential({ ...credentialFor(org), domain: oldAddress(org) });
		org.settings.movedFrom = { host: new URL(oldAddress(org)).host, answer: 'redirect' };
		expect(await run([{}], query)).toMatchObject({ outputs: [[{ Name: 'Acme' }]] });
	});

	it('is opened anew where the org is now, when its old host is gone', async () => {
		const { org, engine, run } = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		await run([{}], query);
		const stored = engine.credentials.stored.get('org') ?? {};
		// Port 9 takes no connections.
		const sessionToken = String(stored.sessionToken).replace(org.url, 'http://127.0.0.1:9');
		engine.useCredential({ ...stored, sessionToken });
		expect(await run([{}], query)).toMatchObject({ outputs: [[{ Name: 'Acme' }]] });
		expect(org.logIns).toBe(2);
	});

	it('renews an ended session once for two hundred executions, also where Salesforce answers 403', async () => {
		const { org, run } = await stage({ seed: { Account: [{ Name: 'Acme' }] } });
		await run([{}], query);
		org.addFault({ path: '/services/data/', times: 200, status: 403, body: ENDED });
		const runs = await Promise.all(Array.from({ length: 200 }, async () => await run([{}], query)));
		expect(runs.filter(({ error }) => error !== undefined)).toEqual([]);
		expect(org.logIns).toBe(2);
	});

	it('tells of a session that the call was not made with', async () => {
		const { org, run, engine } = await stage();
		await run([{}], query);
		org.addFault({ path: '/services/data/', status: 403, body: ENDED });
		await run([{}], query);
		expect(JSON.stringify(org.calls)).not.toContain('x-spent-session');
		expect(engine.credentials.stored.get('org')?.sessionToken).toBeDefined();
	});

	it.each([
		['https://login.salesforce.com', 'login'],
		['https://test.salesforce.com', 'test'],
	])('signs in by JWT to an org that wants %s', async (jwtAudience) => {
		const { org, engine, run } = await stage({ seed: { Account: [{ Name: 'Acme' }] }, settings: { jwtAudience } });
		const { username, privateKey } = org;
		engine.useCredential({ ...credentialFor(org), signInMethod: 'jwtBearer', username, privateKey });
		expect(await run([{}], query)).toMatchObject({ outputs: [[{ Name: 'Acme' }]] });
	});

	it('says that the app requires DPoP, and makes no call', async () => {
		const { org, run } = await stage({ settings: { requiresDpop: true } });
		const { error } = await run([{}], query);
		expect(error?.message).toContain('The app requires DPoP, which n8n does not have (token_type DPoP).');
		expect(error?.description).toContain('Require DPoP');
		expect(org.calls.map(({ path }) => path)).toEqual(['/services/oauth2/token']);
	});
});
