import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from './freePort';
import { installPackage } from './installPackage';
import { N8nApi } from './n8nApi';

/** A cold start with all migrations takes about 15 s on two cores; a busy machine gets its time. */
const READY_WITHIN = 180_000;
/** n8n gives running executions 30 s when it is asked to end. */
const END_WITHIN = 40_000;

/** n8n as it is started here asks nobody outside for anything, and is reached over plain HTTP from this machine only. */
const QUIET = {
	// A test runner's own value would make n8n end at once.
	NODE_ENV: 'production',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_SECURE_COOKIE: 'false',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
};

/** How a real n8n is to be started. */
export interface N8nOptions {
	/** The folder for its database and settings; a temporary one, gone after `stop()`, when left out. */
	home?: string;
	/** The editor's port; any free one when left out. */
	port?: number;
	/** Further settings of n8n, as environment variables. */
	env?: Record<string, string>;
	/** A community package to install before the start. */
	packageTarball?: string;
	/** Whether it is a worker of queue mode instead of an n8n with an editor. */
	worker?: boolean;
}

/** An n8n that runs. */
export interface N8nHost {
	/** Where the editor and the API are, without a slash at the end. */
	url: string;
	/** Drives it without hands; the owner is not set up yet. */
	api: N8nApi;
	home: string;
	/** The process ID, for measuring. */
	pid: number;
	/** What it has written so far. */
	log(): string;
	/** Resolves when it has ended, by itself or by `stop()`. */
	ended: Promise<void>;
	/** Ends it and waits until it has ended. */
	stop(): Promise<void>;
}

/**
 * Starts a real n8n in a process of its own and waits until it takes requests.
 *
 * @throws Error with the end of n8n's log when it ends by itself or is not ready in time
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8nHost> {
	const home = options.home ?? (await mkdtemp(join(tmpdir(), 'salesforce-ops-n8n-')));
	let running: Running | undefined;
	const stop = async () => {
		if (running) await end(running);
		if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		if (options.packageTarball !== undefined) await installPackage(home, options.packageTarball);
		running = await launch(home, options);
		await ready(running);
		const { url, log, pid, ended } = running;
		return { url, api: new N8nApi(url), home, pid, log, ended, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface Running {
	child: ChildProcess;
	url: string;
	pid: number;
	log(): string;
	ended: Promise<void>;
}

/** The settings that every n8n started here has, each process with ports of its own. */
async function settings(home: string, port: number): Promise<Record<string, string>> {
	return {
		...QUIET,
		N8N_USER_FOLDER: home,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
	};
}

async function launch(home: string, options: N8nOptions): Promise<Running> {
	const script = join(__dirname, '..', 'setup', 'n8n', 'node_modules', 'n8n', 'bin', 'n8n');
	if (!existsSync(script)) throw new Error('n8n is not installed; `npm run demo` installs it.');
	const port = options.port ?? (await freePort());
	// A worker has nothing on its port but the address that tells whether it is ready.
	const asWorker = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) };
	const child = spawn(process.execPath, [script, options.worker ? 'worker' : 'start'], {
		env: { ...process.env, ...(await settings(home, port)), ...(options.worker && asWorker), ...options.env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let text = '';
	child.stdout.on('data', (data: Buffer) => (text += data.toString()));
	child.stderr.on('data', (data: Buffer) => (text += data.toString()));
	// A caller that is ended half-way must not leave n8n behind.
	const abandon = () => child.kill();
	process.once('exit', abandon);
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	void ended.then(() => process.off('exit', abandon));
	if (child.pid === undefined) throw new Error('n8n could not be started');
	return { child, url: `http://127.0.0.1:${port}`, pid: child.pid, log: () => text, ended };
}

/** `/healthz` answers earlier, before n8n takes requests. */
async function ready({ child, url, log }: Running): Promise<void> {
	const deadline = Date.now() + READY_WITHIN;
	while (Date.now() < deadline) {
		if (hasEnded(child)) throw new Error(`n8n ended by itself:\n${log().slice(-4000)}`);
		const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
		if (answer?.ok) return;
		await pause(200);
	}
	throw new Error(`n8n was not ready within ${READY_WITHIN / 1000} s:\n${log().slice(-4000)}`);
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

async function end({ child, ended }: Running): Promise<void> {
	if (hasEnded(child)) return;
	child.kill('SIGTERM');
	const tooLong = setTimeout(() => child.kill('SIGKILL'), END_WITHIN);
	await ended;
	clearTimeout(tooLong);
}
