import { setTimeout as pause } from 'node:timers/promises';

import type { WorkflowFile } from '../../demo/n8nApi';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { startQueueMode } from './queueMode';
import type { QueueMode } from './queueMode';

const WORKERS = 2;
const EXECUTIONS = 20;
const MOVES = 2_000;
const PATH = 'queued-moves';

/** How long n8n may take until no execution is under way any more, in milliseconds; it looks for dead workers now and then. */
const SETTLED_WITHIN = 240_000;

/** How long n8n may take until it takes what it is asked, in milliseconds; it answers again a few seconds after its database. */
const TAKEN_WITHIN = 60_000;

/** Executions of which none has ended for so many seconds are run by nobody, or by a worker that waits for its database. */
const STUCK_FOR = 15;

/**
 * Half of the executions wait in Redis while the others run. n8n asks every few seconds rather than every half minute
 * whether a worker that took an execution is alive, and waits no half minute for executions when it is ended.
 */
const SETTINGS = {
	N8N_CONCURRENCY_PRODUCTION_LIMIT: String(EXECUTIONS / 2 / WORKERS),
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

let queue: QueueMode;
let org: LocalOrg;

beforeAll(async () => {
	// Slow enough that executions are under way when something happens to them.
	org = await startLocalOrg({ settings: { delayPerCallMs: 300, uniqueExternalId: true } });
	queue = await startQueueMode(WORKERS, SETTINGS);
	const { api } = queue;
	await api.publish(await api.createWorkflow(movesWorkflow(await queue.connect(org))));
}, 400_000);

afterAll(async () => {
	await queue.stop();
	await org.close();
});

/** A webhook that takes moves and answers at once, and pushes them. */
function movesWorkflow(id: string): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters: parameters as never,
	});
	return {
		name: PATH,
		nodes: [
			{
				...node('Plan', 'n8n-nodes-base.webhook', 2.1, { httpMethod: 'POST', path: PATH, responseMode: 'onReceived' }),
				webhookId: PATH,
			},
			node('Moves', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.moves', options: {} }),
			{
				...node('Push', 'n8n-nodes-salesforce-ops.salesforcePushMove', 1, { options: { recordsPerCall: '200' } }),
				credentials: { salesforceOpsApi: { id, name: 'Org' } },
			},
		],
		connections: {
			Plan: { main: [[{ node: 'Moves', type: 'main', index: 0 }]] },
			Moves: { main: [[{ node: 'Push', type: 'main', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}

/** Sends all moves of a plan, each execution a part of them; n8n takes a part again that it could not take. */
async function send(plan: string): Promise<void> {
	const each = MOVES / EXECUTIONS;
	for (let part = 0; part < EXECUTIONS; part++) {
		const moves = Array.from({ length: each }, (_none, index) => ({
			moveId: `m-${part * each + index}`,
			movePlanId: plan,
			employeeName: `Employee ${index}`,
			newSeat: `B-${part}-${index}`,
		}));
		await patiently(async () => await queue.api.webhook(PATH, { moves }));
	}
}

/** Tries again for a while: n8n refuses what it is asked while its database is away. */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
	const deadline = Date.now() + TAKEN_WITHIN;
	for (;;) {
		try {
			return await act();
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await pause(500);
		}
	}
}

interface Listed {
	id: string;
	status: string;
}

/** The executions after one of them, as n8n lists them. */
async function executionsAfter(id: number): Promise<Listed[]> {
	const { results } = await patiently(
		async () => await queue.api.rest<{ results: Listed[] }>('GET', '/executions?limit=100'),
	);
	return results.filter((one) => Number(one.id) > id);
}

const newestExecution = async (): Promise<number> =>
	Math.max(0, ...(await executionsAfter(0)).map(({ id }) => Number(id)));

const isUnderWay = ({ status }: Listed): boolean => ['new', 'running', 'waiting'].includes(status);

/** Waits until no execution after this one is under way, and gives all of them. */
async function settled(after: number): Promise<Listed[]> {
	const deadline = Date.now() + SETTLED_WITHIN;
	for (;;) {
		const executions = await executionsAfter(after);
		if (executions.length >= EXECUTIONS && !executions.some(isUnderWay)) return executions;
		if (Date.now() > deadline) {
			throw new Error(`Executions have not ended: ${executions.map(({ status }) => status).join(', ')}`);
		}
		await pause(1_000);
	}
}

/** Waits until no execution after this one ends any more, and gives the IDs of those that stay under way. */
async function stuck(after: number): Promise<string[]> {
	let left: string[] = [];
	for (let seconds = 0; seconds < STUCK_FOR; seconds++) {
		const now = (await executionsAfter(after)).filter(isUnderWay).map(({ id }) => id);
		if (now.length !== left.length) seconds = 0;
		left = now;
		await pause(1_000);
	}
	return left;
}

/** The external IDs of a plan's Cases. */
const keys = (plan: string): string[] =>
	org
		.rows('Case')
		.map(({ ExternalID__c }) => String(ExternalID__c))
		.filter((key) => key.startsWith(`${plan}:`));

/** How far the pushing of a plan has come. */
const pushed = async (plan: string, count: number): Promise<void> => {
	while (keys(plan).length < count) await pause(20);
};

/** Sees that all executions since another one succeed. */
async function allSucceed(before: number): Promise<void> {
	const executions = await settled(before);
	expect(executions.map(({ status }) => status)).toEqual(Array.from({ length: EXECUTIONS }, () => 'success'));
}

/** Sees that no move has two Cases, runs the flow again, and sees one Case for each move. */
async function againIsOneCaseEach(plan: string): Promise<void> {
	expect(new Set(keys(plan)).size).toBe(keys(plan).length);
	const before = await newestExecution();
	await send(plan);
	await allSucceed(before);
	expect(new Set(keys(plan)).size).toBe(MOVES);
	expect(keys(plan)).toHaveLength(MOVES);
}

/** Presses *Retry execution*, and gives how the new execution ended. */
async function retry(id: string): Promise<string> {
	return (await queue.api.rest<Listed>('POST', `/executions/${id}/retry`, { loadWorkflow: false })).status;
}

it('is one Case for each move after a worker was killed at three moments and the flow was run again', async () => {
	const before = await newestExecution();
	const sending = send('killed');
	for (const count of [1, 500, 1_100]) {
		await Promise.race([pushed('killed', count), sending.then(async () => await pause(5_000))]);
		await queue.killWorker(0);
	}
	await sending;
	const failed = (await settled(before)).filter(({ status }) => status !== 'success');
	// A worker takes what it had with it, the input too.
	expect(failed.length).toBeGreaterThan(0);
	const cases = keys('killed').length;
	for (const { id } of failed) {
		const { status, error } = await queue.api.execution(id, SETTLED_WITHIN);
		expect([status, error?.message]).toEqual([
			'error',
			expect.stringContaining('This execution failed to be processed too many times'),
		]);
	}
	expect(await retry(failed[0]?.id ?? '')).toBe('error');
	expect(keys('killed')).toHaveLength(cases);
	await againIsOneCaseEach('killed');
}, 600_000);

it('is one Case for each move after Redis was restarted, and n8n goes on by itself', async () => {
	const before = await newestExecution();
	const sending = send('redis');
	await pushed('redis', 500);
	await queue.services.restartRedis();
	await sending;
	await allSucceed(before);
	expect(keys('redis')).toHaveLength(MOVES);
	await againIsOneCaseEach('redis');
}, 600_000);

it('is one Case for each move after PostgreSQL was away for ten seconds and the flow was run again', async () => {
	const before = await newestExecution();
	const sending = send('postgres');
	await pushed('postgres', 500);
	await queue.services.cutPostgres(10_000);
	await sending;
	// Those that ended meanwhile could not be saved: n8n lists them as under way until its main process looks for them.
	const left = await stuck(before);
	await queue.restartMain();
	const crashed = (await settled(before)).filter(({ status }) => status === 'crashed').map(({ id }) => id);
	expect(crashed.length).toBeGreaterThan(0);
	expect(left).toEqual(expect.arrayContaining(crashed));
	expect(await Promise.all(crashed.map(retry))).toEqual(crashed.map(() => 'success'));
	await againIsOneCaseEach('postgres');
}, 600_000);
