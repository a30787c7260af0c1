import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from '../../demo/freePort';

/** Where Debian keeps PostgreSQL's programs, by version. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** A server takes connections within a second; a busy machine gets its time. */
const READY_WITHIN = 30_000;

/** PostgreSQL and Redis for n8n's queue mode, each on a port of its own, with data that goes when they end. */
export interface QueueServices {
	/** n8n's settings for them. */
	env: Record<string, string>;
	/** Ends Redis in an orderly way and starts it again, with what it held. */
	restartRedis(): Promise<void>;
	/** Ends PostgreSQL, which cuts all its connections, and starts it again after so many milliseconds. */
	cutPostgres(milliseconds: number): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts both from Debian's packages `postgresql` and `redis-server`.
 *
 * @throws Error when they are not installed or do not start
 */
export async function startQueueServices(): Promise<QueueServices> {
	const folder = mkdtempSync(join(tmpdir(), 'salesforce-ops-queue-'));
	const [postgresPort, redisPort] = [await freePort(), await freePort()];
	makePostgresData(folder);
	const servers = { postgres: startPostgres(folder, postgresPort), redis: startRedis(folder, redisPort) };
	const stop = async (): Promise<void> => {
		await Promise.all(Object.values(servers).map(end));
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		await Promise.all([answers(postgresPort), answers(redisPort)]);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		stop,
		restartRedis: async () => {
			await end(servers.redis);
			servers.redis = startRedis(folder, redisPort);
			await answers(redisPort);
		},
		cutPostgres: async (milliseconds) => {
			await end(servers.postgres);
			await pause(milliseconds);
			servers.postgres = startPostgres(folder, postgresPort);
			await answers(postgresPort);
		},
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
		},
	};
}

/** PostgreSQL refuses to run as root, so root runs it as the user that Debian's package makes. */
const postgresUser = (): { uid?: number; gid?: number } =>
	process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};

function postgresProgram(name: string): string {
	const [version] = readdirSync(POSTGRES_VERSIONS).sort().reverse();
	return join(POSTGRES_VERSIONS, version ?? '', 'bin', name);
}

const dataOf = (folder: string): string => join(folder, 'data');

function makePostgresData(folder: string): void {
	const user = postgresUser();
	if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
	const args = ['-D', dataOf(folder), '-U', 'n8n', '--auth=trust', '--no-sync'];
	const { status } = spawnSync(postgresProgram('initdb'), args, { ...user, cwd: folder, stdio: 'ignore' });
	if (status !== 0) throw new Error('PostgreSQL could not make its data folder');
}

function startPostgres(folder: string, port: number): ChildProcess {
	const args = ['-D', dataOf(folder), '-p', String(port), '-k', folder, '-h', '127.0.0.1', '-F'];
	return spawn(postgresProgram('postgres'), args, { ...postgresUser(), cwd: folder, stdio: 'ignore' });
}

function idOf(flag: '-u' | '-g'): number {
	return Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
}

/** It keeps its data on disk, as one must that holds a queue. */
function startRedis(folder: string, port: number): ChildProcess {
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
	return spawn('redis-server', args, { stdio: 'ignore' });
}

async function answers(port: number): Promise<void> {
	const deadline = Date.now() + READY_WITHIN;
	while (!(await connects(port))) {
		if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port}`);
		await pause(100);
	}
}

async function connects(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection(port, '127.0.0.1');
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.unref();
		socket.once('connect', () => socket.destroy());
	});
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('close', resolve));
	// PostgreSQL's own sign for an end that does not wait for its clients.
	child.kill('SIGINT');
	await ended;
}
