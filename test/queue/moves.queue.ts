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

/** n8n asks every few seconds rather than every half minute whether a worker that took an execution is alive. */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

let queue: QueueMode;
let org: LocalOrg;

beforeAll(async () => {
	// Slow enough that executions are under way when something happens to them.
	org = await startLocalOrg({ settings: { delayPerCallMs: 300, uniqueExternalId: true } });
	queue = await startQueueMode(WORKERS, SOON);
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

/** Sends all moves, each execution a part of them. */
async function send(): Promise<void> {
	const each = MOVES / EXECUTIONS;
	for (let part = 0; part < EXECUTIONS; part++) {
		const moves = Array.from({ length: each }, (_none, index) => ({
			moveId: `m-${part * each + index}`,
			movePlanId: 'p',
			employeeName: `Employee ${index}`,
			newSeat: `B-${part}-${index}`,
		}));
		await queue.api.webhook(PATH, { moves });
	}
}

interface Execution {
	id: string;
	status: string;
}

/** Waits until no execution is under way, and gives how all of them ended. */
async function settled(count: number): Promise<string[]> {
	const deadline = Date.now() + SETTLED_WITHIN;
	for (;;) {
		const { results } = await queue.api.rest<{ results: Execution[] }>('GET', '/executions?limit=100');
		const statuses = results.map(({ status }) => status);
		const isOver = statuses.length >= count && !statuses.some((one) => ['new', 'running', 'waiting'].includes(one));
		if (isOver) return statuses;
		if (Date.now() > deadline) throw new Error(`Executions have not ended: ${statuses.join(', ')}`);
		await pause(1_000);
	}
}

const keys = (): string[] => org.rows('Case').map(({ ExternalID__c }) => String(ExternalID__c));

/** How far the pushing has come. */
const pushed = async (count: number): Promise<void> => {
	while (keys().length < count) await pause(20);
};

/** Runs the flow again and sees one Case for each move, and no more. */
async function againIsOneCaseEach(before: number): Promise<void> {
	// None is there twice even before.
	expect(new Set(keys()).size).toBe(keys().length);
	await send();
	const statuses = await settled(before + EXECUTIONS);
	expect(statuses.slice(0, EXECUTIONS)).toEqual(Array.from({ length: EXECUTIONS }, () => 'success'));
	expect(new Set(keys()).size).toBe(MOVES);
	expect(keys()).toHaveLength(MOVES);
}

it('is one Case for each move after a worker was killed at three moments and the flow was run again', async () => {
	const sending = send();
	for (const count of [1, 500, 1_100]) {
		await Promise.race([pushed(count), sending.then(async () => await pause(5_000))]);
		await queue.killWorker(0);
	}
	await sending;
	const statuses = await settled(EXECUTIONS);
	// A worker takes what it had with it: n8n says of it that it failed.
	expect(statuses.filter((status) => status !== 'success').length).toBeGreaterThan(0);
	await againIsOneCaseEach(EXECUTIONS);
}, 600_000);
