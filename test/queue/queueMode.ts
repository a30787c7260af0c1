import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../../demo/freePort';
import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import type { N8nApi } from '../../demo/n8nApi';
import { packPackage } from '../../demo/packageTarball';
import { addCredential } from '../../demo/stage';
import type { LocalOrg } from '../../local-org';
import { startQueueServices } from './services';
import type { QueueServices } from './services';

/** n8n in queue mode: a main process and workers, with PostgreSQL and Redis. */
export interface QueueMode {
	api: N8nApi;
	services: QueueServices;
	/** The ID of a credential for the org, by client credentials. */
	connect(org: LocalOrg): Promise<string>;
	/** Kills the process of a worker at once, and starts it again, as whatever keeps it running does. */
	killWorker(index: number): Promise<void>;
	/** Ends the main process in an orderly way and starts it again where it was. */
	restartMain(): Promise<void>;
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
	const homes: string[] = [];
	const newHome = async (): Promise<string> => {
		const home = await mkdtemp(join(tmpdir(), 'salesforce-ops-queue-n8n-'));
		homes.push(home);
		return home;
	};
	// What knows its address goes on when it is started again.
	const asMain = { home: await newHome(), port: await freePort(), env };
	// The first one makes the database's tables.
	let main = await startN8n({ ...asMain, packageTarball: await packPackage() });
	const { api } = main;
	await api.setUpOwner({ email: 'owner@example.com', password: 'Queue-tests-1' });
	const hosts: N8nHost[] = [];
	const workerHomes: string[] = [];
	const startWorker = async (index: number): Promise<void> => {
		hosts[index] = await startN8n({ home: workerHomes[index] ?? '', env, worker: true });
	};
	for (let index = 0; index < workers; index++) {
		const home = await newHome();
		workerHomes.push(home);
		await cp(join(main.home, '.n8n', 'nodes'), join(home, '.n8n', 'nodes'), { recursive: true });
		await startWorker(index);
	}
	return {
		api,
		services,
		connect: async (org) => (await addCredential(api, 'Org', org)).id,
		killWorker: async (index) => {
			const worker = hosts[index] as N8nHost;
			process.kill(worker.pid, 'SIGKILL');
			await worker.ended;
			await startWorker(index);
		},
		restartMain: async () => {
			await main.stop();
			main = await startN8n(asMain);
		},
		stop: async () => {
			await Promise.all([main, ...hosts].map(async (host) => await host.stop()));
			await Promise.all(homes.map(async (home) => await rm(home, { recursive: true, force: true })));
			await services.stop();
		},
	};
}
