import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { packPackage } from '../../demo/packageTarball';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
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
	const env = { ...services.env, N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex') };
	// The first one makes the database's tables.
	const main = await startN8n({ packageTarball: await packPackage(), env });
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

it('is shared by all workers, and when it ends each of them opens one at most', async () => {
	const { api } = hosts[0] as N8nHost;
	await api.setUpOwner({ email: 'owner@example.com', password: 'Queue-tests-1' });
	const id = await api.createCredential('Org', 'salesforceOpsApi', {
		signInMethod: 'clientCredentials',
		domain: org.url,
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		allowLoopback: true,
	});
	const path = 'queue-test';
	await api.publish(
		await api.createWorkflow(
			webhookWorkflow(path, {
				type: 'n8n-nodes-salesforce-ops.salesforceSoqlQuery',
				typeVersion: 1,
				parameters: { query: 'SELECT Name FROM Account', returnAll: true },
				credentials: { salesforceOpsApi: { id, name: 'Org' } },
			}),
		),
	);
	const together = async (): Promise<void> => {
		const answers = await Promise.all(
			Array.from({ length: EXECUTIONS }, async () => await api.webhook<unknown>(path, {})),
		);
		expect(answers).toEqual(Array.from({ length: EXECUTIONS }, () => [{ Name: 'Acme' }]));
	};

	await api.webhook(path, {});
	expect(org.logIns).toBe(1);
	await together();
	expect(org.logIns).toBe(1);
	org.expireSessions();
	await together();
	expect(org.logIns).toBeLessThanOrEqual(1 + WORKERS);
});
