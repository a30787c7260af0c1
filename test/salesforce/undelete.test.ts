import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { Org } from '../../salesforce/org';
import { undeleteRecords } from '../../salesforce/undelete';
import { connectDirectly } from '../support/orgAccess';

let local: LocalOrg;

beforeEach(async () => {
	local = await startLocalOrg({ seed: { Case: [{ Subject: 'A' }, { Subject: 'B' }] } });
});

afterEach(async () => await local.close());

/** An org whose session has such a token. */
async function orgWith(token: string | undefined): Promise<{ org: Org; sent: string[] }> {
	const { access } = await connectDirectly(local);
	const sent: string[] = [];
	const org = new Org({
		...access,
		send: async (request) => {
			sent.push(request.path);
			return await access.send(request);
		},
		sessionToken: async () => await Promise.resolve(token === 'own' ? await access.sessionKey() : token),
	});
	return { org, sent };
}

it('says of each record what became of it', async () => {
	const [first = '', second = ''] = local.rows('Case').map(({ Id }) => String(Id));
	local.person().delete(first);
	const { org } = await orgWith('own');
	const results = await undeleteRecords(org, [first, second]);
	expect(results).toMatchObject([{ ok: true, id: first }, { ok: false }]);
	expect(results[1]).toMatchObject({ error: { shownCode: 'UNDELETE_FAILED', inDoubt: false } });
	expect(local.rows('Case')).toHaveLength(2);
});

it.each([
	['no token', undefined],
	// jsforce knows that SOAP does not take such tokens in this version.
	['a JSON Web Token', `${Buffer.from('{"alg":"RS256"}').toString('base64')}.e30.x`],
])('sends nothing with %s, and leaves nothing in doubt', async (_what, token) => {
	const { org, sent } = await orgWith(token);
	const results = await undeleteRecords(org, ['500Lo0000000001IAA', '500Lo0000000002IAA']);
	expect(results.map((result) => !result.ok && [result.error.code, result.error.inDoubt])).toEqual([
		['FUNCTIONALITY_NOT_ENABLED', false],
		['FUNCTIONALITY_NOT_ENABLED', false],
	]);
	expect(sent).toEqual([]);
});

it('asks no further where the first call is refused as a whole, and goes on where one is in doubt', async () => {
	const ids = Array.from({ length: 401 }, (_none, index) => `500Lo00000${String(index).padStart(5, '0')}AAA`);
	const refused = await orgWith('no session of this org');
	const results = await undeleteRecords(refused.org, ids);
	// The other call asks whether the session has ended.
	expect(refused.sent).toEqual(['/services/Soap/u/62.0', '/services/data/v62.0/']);
	expect(results).toHaveLength(401);
	expect(results.every((result) => !result.ok && result.error.code === 'FUNCTIONALITY_NOT_ENABLED')).toBe(true);
	const open = await orgWith('own');
	local.addFault({ path: '/services/Soap', cut: 'before' });
	const more = await undeleteRecords(open.org, ids);
	expect(open.sent).toHaveLength(3);
	expect(more.map((result) => !result.ok && result.error.inDoubt)).toEqual(ids.map((_id, index) => index < 200));
});

it('takes what is no answer of SOAP for a call in doubt', async () => {
	const { org } = await orgWith('own');
	local.addFault({ path: '/services/Soap', status: 200, body: '<html>Maintenance</html>' });
	const results = await undeleteRecords(org, ['500Lo0000000001IAA']);
	expect(results).toMatchObject([{ ok: false, error: { code: 'UNEXPECTED_ANSWER', inDoubt: true } }]);
});
