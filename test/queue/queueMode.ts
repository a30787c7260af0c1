import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import type { N8nApi } from '../../demo/n8nApi';
import { packPackage } from '../../demo/packageTarball';
import { addCredential } from '../../demo/stage';
import type { LocalOrg } from '../../local-org';
import { startQueueServices } from './services';

/** n8n in queue mode: a main process and workers, with PostgreSQL and Redis. */
export interface QueueMode {
	api: N8nApi;
	/** The ID of a credential for the org, by client credentials. */
	connect(org: LocalOrg): Promise<string>;
	/** Kills the process of a worker at once, and starts it again, as whatever keeps it running does. */
	killWorker(index: number): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts it with this package and its owner.
 *
 * @param workers how many there are
 * @param settings of n8n, for all of its processes
 */
export async function startQueueMode(workers: number, settings: Record<string, string> = {}): Promise<QueueMode> {
	const services = await startQueueServices();
	const env = { ...services.env, ...settings, N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex') };
	// The first one makes the database's tables.
	const main = await startN8n({ packageTarball: await packPackage(), env });
	await main.api.setUpOwner({ email: 'owner@example.com', password: 'Queue-tests-1' });
	const homes: string[] = [];
	const hosts: N8nHost[] = [];
	const startWorker = async (index: number): Promise<void> => {
		hosts[index] = await startN8n({ home: homes[index] ?? '', env, worker: true });
	};
	for (let index = 0; index < workers; index++) {
		const home = await mkdtemp(join(tmpdir(), 'salesforce-ops-worker-'));
		homes.push(home);
		await cp(join(main.home, '.n8n', 'nodes'), join(home, '.n8n', 'nodes'), { recursive: true });
		await startWorker(index);
	}
	return {
		api: main.api,
		connect: async (org) => (await addCredential(main.api, 'Org', org)).id,
		killWorker: async (index) => {
			const worker = hosts[index] as N8nHost;
			process.kill(worker.pid, 'SIGKILL');
			await worker.ended;
			await startWorker(index);
		},
		stop: async () => {
			await Promise.all([main, ...hosts].map(async (host) => await host.stop()));
			await Promise.all(homes.map(async (home) => await rm(home, { recursive: true, force: true })));
			await services.stop();
		},
	};
}
