import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { packPackage } from '../../demo/packageTarball';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { connectOAuth2, oauth2Overwrites } from '../support/connectOAuth2';
import { webhookWorkflow } from '../support/webhookWorkflow';
import { startQueueServices } from './services';
import type { QueueServices } from './services';

const WORKERS = 2;
const EXECUTIONS = 20;

let services: QueueServices;
let hosts: N8nHost[] = [];
const workerHomes: string[] = [];
let org: LocalOrg;

beforeAll(async () => {
	services = await startQueueServices();
	org = await startLocalOrg({ seed: { Account: [{ Name: 'Acme' }] } });
	const env = { ...services.env, ...oauth2Overwrites(org), N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex') };
	// The first one makes the database's tables.
	const main = await startN8n({ packageTarball: await packPackage(), env });
	await main.api.setUpOwner({ email: 'owner@example.com', password: 'Queue-tests-1' });
	hosts = [main];
	for (let index = 0; index < WORKERS; index++) {
		const home = await mkdtemp(join(tmpdir(), 'salesforce-ops-worker-'));
		workerHomes.push(home);
		await cp(join(main.home, '.n8n', 'nodes'), join(home, '.n8n', 'nodes'), { recursive: true });
		hosts.push(await startN8n({ home, env, worker: true }));
	}
}, 400_000);

afterAll(async () => {
	await Promise.all(hosts.map(async (host) => await host.stop()));
	await Promise.all(workerHomes.map(async (home) => await rm(home, { recursive: true, force: true })));
	await org.close();
	await services.stop();
});

/** A published workflow of one query; gives what runs it so many times at once, and fails unless all find the account. */
async function queryWith(type: string, id: string): Promise<(executions: number) => Promise<void>> {
	const { api } = hosts[0] as N8nHost;
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
	const id = await (hosts[0] as N8nHost).api.createCredential('Org', 'salesforceOpsApi', {
		signInMethod: 'clientCredentials',
		domain: org.url,
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		allowLoopback: true,
	});
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
	const id = await connectOAuth2((hosts[0] as N8nHost).api, org);
	const query = await queryWith('salesforceOAuth2Api', id);
	await query(1);
	for (let round = 0; round < 5; round++) {
		org.expireSessions();
		// A spent refresh token that is sent again would end the connection for good.
		await query(EXECUTIONS);
	}
});
