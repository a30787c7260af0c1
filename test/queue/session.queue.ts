import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { connectOAuth2, oauth2Overwrites } from '../support/connectOAuth2';
import { webhookWorkflow } from '../support/webhookWorkflow';
import { startQueueMode } from './queueMode';
import type { QueueMode } from './queueMode';

const WORKERS = 2;
const EXECUTIONS = 20;

let queue: QueueMode;
let org: LocalOrg;

beforeAll(async () => {
	org = await startLocalOrg({ seed: { Account: [{ Name: 'Acme' }] } });
	queue = await startQueueMode(WORKERS, oauth2Overwrites(org));
}, 400_000);

afterAll(async () => {
	await queue.stop();
	await org.close();
});

/** A published workflow of one query; gives what runs it so many times at once, and fails unless all find the account. */
async function queryWith(type: string, id: string): Promise<(executions: number) => Promise<void>> {
	const { api } = queue;
	const path = `queue-test-${type}`;
	await api.publish(
		await api.createWorkflow(
			webhookWorkflow(path, {
				type: 'n8n-nodes-salesforce-ops.salesforceSoqlQuery',
				typeVersion: 1,
				parameters: { authentication: type, query: 'SELECT Name FROM Account', returnAll: true },
				credentials: { [type]: { id, name: 'Org' } },
			}),
		),
	);
	return async (executions) => {
		const answers = await Promise.all(
			Array.from({ length: executions }, async () => await api.webhook<unknown>(path, {})),
		);
		expect(answers).toEqual(Array.from({ length: executions }, () => [{ Name: 'Acme' }]));
	};
}

it('is shared by all workers, and when it ends each of them opens one at most', async () => {
	const id = await queue.connect(org);
	const query = await queryWith('salesforceOpsApi', id);
	const before = org.logIns;
	await query(1);
	expect(org.logIns - before).toBe(1);
	await query(EXECUTIONS);
	expect(org.logIns - before).toBe(1);
	org.expireSessions();
	await query(EXECUTIONS);
	expect(org.logIns - before).toBeLessThanOrEqual(1 + WORKERS);
});

it("of n8n's OAuth2 credential outlives refresh tokens that can be used once", async () => {
	org.settings.rotatesRefreshTokens = true;
	const id = await connectOAuth2(queue.api, org);
	const query = await queryWith('salesforceOAuth2Api', id);
	await query(1);
	for (let round = 0; round < 5; round++) {
		org.expireSessions();
		// A spent refresh token that is sent again would end the connection for good.
		await query(EXECUTIONS);
	}
});
