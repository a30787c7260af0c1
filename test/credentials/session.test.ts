import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { caseValues, moves } from '../support/moves';
import { credentialFor, stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const query = { type: 'salesforceSoqlQuery', parameters: { query: 'SELECT Name FROM Organization' } };
const THREE_HOURS = 3 * 60 * 60 * 1000;

/** Calls that met an ended session. */
const refused = (org: LocalOrg) => org.calls.filter(({ status }) => status === 401);

describe('a session', () => {
	it.each([
		['client credentials', () => ({})],
		[
			'JWT',
			(org: LocalOrg) => ({
				signInMethod: 'jwtBearer',
				username: org.username,
				privateKey: org.privateKey,
				clientSecret: '',
			}),
		],
		[
			'JWT whose line breaks were lost',
			(org: LocalOrg) => ({
				signInMethod: 'jwtBearer',
				username: org.username,
				privateKey: org.privateKey.replace(/\n/g, ' '),
			}),
		],
		[
			'JWT whose line breaks were written out',
			(org: LocalOrg) => ({
				signInMethod: 'jwtBearer',
				username: org.username,
				privateKey: org.privateKey.replace(/\n/g, '\\n'),
			}),
		],
		['password', (org: LocalOrg) => ({ signInMethod: 'password', username: org.username, password: org.password })],
	])('is opened by %s once and used by every node', async (_how, settings) => {
		const { org, engine, run } = await stage();
		engine.useCredential({ ...credentialFor(org), ...settings(org) });
		const { error } = await run(moves(3), push, query, query);
		expect(error).toBeUndefined();
		await run(moves(1), query);
		expect(org.logIns).toBe(1);
	});

	it('is opened by password and security token where the org asks for it', async () => {
		const { org, engine, run } = await stage({ settings: { securityTokenRequired: true } });
		const { username, password, securityToken } = org;
		engine.useCredential({ ...credentialFor(org), signInMethod: 'password', username, password, securityToken });
		expect((await run([{}], query)).error).toBeUndefined();
	});

	it('is opened once by fifty executions at the same time', async () => {
		const { org, run } = await stage();
		const runs = async () => await Promise.all(Array.from({ length: 50 }, async () => await run([{}], query)));
		expect((await runs()).map(({ error }) => error)).toEqual(Array.from({ length: 50 }, () => undefined));
		expect(org.logIns).toBe(1);
		org.expireSessions();
		expect((await runs()).map(({ error }) => error)).toEqual(Array.from({ length: 50 }, () => undefined));
		expect(org.logIns).toBe(2);
	});

	it('that ended is followed by one log-in for two hundred executions, which is tried again for all of them', async () => {
		const { org, run } = await stage();
		await run([{}], query);
		org.expireSessions();
		org.addFault({ path: '/services/oauth2/token', status: 503, body: '<html>Service Unavailable</html>' });
		const runs = await Promise.all(Array.from({ length: 200 }, async () => await run([{}], query)));
		expect(runs.filter(({ error }) => error !== undefined)).toEqual([]);
		expect(org.logIns).toBe(2);
		expect(org.calls.filter(({ path }) => path === '/services/oauth2/token').map(({ status }) => status)).toEqual([
			200, 503, 200,
		]);
	});

	it.each([
		['a page with 503', { status: 503, body: '<html>Service Unavailable</html>' }],
		['server_error', { status: 500, body: { error: 'server_error' } }],
		['unknown_error', { status: 400, body: { error: 'unknown_error', error_description: 'retry your request' } }],
		['429', { status: 429, body: '' }],
		['a cut connection', { cut: 'before' as const }],
		['an answer that is cut', { cut: 'after' as const }],
	])('is opened when the first try met %s', async (_what, fault) => {
		const { org, run } = await stage();
		org.addFault({ path: '/services/oauth2/token', ...fault });
		expect((await run(moves(1), push)).error).toBeUndefined();
		expect(org.calls.filter(({ path }) => path === '/services/oauth2/token')).toHaveLength(2);
		expect(org.rows('Case')).toHaveLength(1);
	});

	it('that could not be opened leaves nothing in doubt', async () => {
		const { org, run } = await stage();
		await run([{}], query);
		org.expireSessions();
		org.addFault({ path: '/services/oauth2/token', cut: 'before', times: 5 });
		const { error } = await run([{ moveId: 'm-1' }], push);
		expect(`${error?.message} ${error?.description}`).toMatch(
			/^The connection to Salesforce ended .* Nothing was pushed\.$/,
		);
		expect(`${error?.message} ${error?.description}`).not.toMatch(/may have been/);
	}, 20_000);

	it('that ends in mid-run is followed by one new log-in, and each call that met its end is made once more', async () => {
		const orgs: LocalOrg[] = [];
		let ended = 0;
		// The session is over when the search is done, so that the creations meet its end.
		const clock = () => {
			if (ended === 0 && (orgs[0]?.calls ?? []).filter(({ status }) => status === 200).length >= 3) ended = THREE_HOURS;
			return new Date(Date.now() + ended);
		};
		const { org, run } = await stage({ clock, settings: { delayPerCallMs: 20 } });
		orgs.push(org);
		const { outputs, error } = await run(moves(1_400), {
			...push,
			parameters: {
				effectiveDate: '',
				employeeName: '',
				department: '',
				team: '',
				currentSeat: '',
				employeeAssets: '',
				employeeNotes: '',
			},
		});
		expect(error).toBeUndefined();
		expect(refused(org).length).toBeGreaterThan(0);
		expect(org.logIns).toBe(2);
		const composites = org.calls.filter(({ path }) => path.endsWith('/composite'));
		// Each of the three steps takes two calls: the search, the creations, and the look at what was created.
		expect(composites.filter(({ status }) => status === 200)).toHaveLength(6);
		expect(composites).toHaveLength(6 + refused(org).length);
		expect(new Set(caseValues(outputs[0], 'result'))).toEqual(new Set(['created']));
		expect(org.rows('Case')).toHaveLength(1_400);
	});

	it('that is never accepted is tried twice, and told', async () => {
		const { org, run } = await stage({ settings: { answer401Always: true } });
		const { error } = await run(moves(450), push);
		expect(error?.message).toBe('Salesforce does not accept the session (INVALID_SESSION_ID)');
		expect(error?.description).toMatch(/^Open the credential and test it.* Nothing was pushed\.$/);
		expect(refused(org)).toHaveLength(2);
		expect(org.logIns).toBeLessThanOrEqual(2);
	});

	it('does not outlive the settings that opened it', async () => {
		const { org, engine, run } = await stage({ seed: { Account: [{ Name: 'First' }] } });
		await run([{}], query);
		const second = await startLocalOrg();
		try {
			// As when a person changes the credential: the stored session stays.
			engine.useCredential({ ...engine.credentials.stored.get('org'), ...credentialFor(second) });
			expect((await run([{}], query)).error).toBeUndefined();
			expect(second.calls.length).toBeGreaterThan(1);
			expect(org.apiCalls).toBe(1);
		} finally {
			await second.close();
		}
	});
});
