import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { readIdentity } from '../../salesforce/identity';
import { connectDirectly } from '../support/orgAccess';

let local: LocalOrg;

beforeEach(async () => {
	local = await startLocalOrg();
});

afterEach(async () => {
	await local.close();
});

describe('readIdentity', () => {
	it('gives the org and the user, in one call for a session', async () => {
		const { org, sent } = await connectDirectly(local);
		const user = local.rows('User').find(({ Username }) => Username === local.username);
		const identity = { orgId: local.organizationId, userId: user?.Id };
		expect(await readIdentity(org)).toEqual(identity);
		expect(await readIdentity(org)).toEqual(identity);
		expect(sent).toHaveLength(1);
	});

	it.each<[string, unknown]>([
		['nothing', {}],
		['an address without IDs', { identity: 'https://login.salesforce.com/id' }],
		['an address with a mistyped ID', { identity: 'https://login.salesforce.com/id/00Dxx0000001gPLEAX/005' }],
	])('says that Salesforce does not tell: %s', async (_how, body) => {
		const { org } = await connectDirectly(local);
		local.addFault({ path: '/services/data', status: 200, body });
		await expect(readIdentity(org)).rejects.toMatchObject({ code: 'NO_IDENTITY' });
	});
});
