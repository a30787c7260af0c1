import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { packPackage } from '../../demo/packageTarball';
import { addCredential } from '../../demo/stage';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';

const OWNER = { email: 'owner@example.com', password: 'Host-tests-1' };
/** A trigger takes no interval under a minute, but any number of them, here each at a second of its own. */
const EVERY_3_SECONDS = Array.from({ length: 20 }, (_none, index) => ({
	mode: 'custom',
	cronExpression: `${index * 3} * * * * *`,
}));
const ONCE_AN_HOUR = [{ mode: 'everyHour', minute: 0 }];
/** n8n starts within half a minute; a change is told within some seconds, or a minute later where n8n polls so. */
const TOLD_WITHIN = 90_000;

let org: LocalOrg;
let n8n: N8nHost;
let home: string;
let receiver: Server;
/** What the workflows handed on, by workflow: event and subject. */
const received: Record<string, string[]> = { poll: [], minutely: [], push: [], events: [] };
const workflowIds: Record<string, string> = {};
/** Those that do not wait for the next minute. */
const WAITED_FOR = ['poll', 'push', 'events'];
/** Whether what is handed on gets no answer, so that its execution is under way. */
let isHeld = false;

beforeAll(async () => {
	const customEvent = { label: 'Seat Freed', fields: { Seat__c: { type: 'Text' as const, length: 20 } } };
	org = await startLocalOrg({
		settings: { changeEvents: ['Case'] },
		platformEvents: { Seat_Freed__e: customEvent },
	});
	receiver = createServer((request, answer) => {
		let text = '';
		request.on('data', (data: Buffer) => (text += data.toString()));
		request.on('end', () => {
			const { event, record, payload } = JSON.parse(text) as Record<string, IDataObject | string | undefined>;
			const what = (record as IDataObject | undefined)?.Subject ?? (payload as IDataObject).Seat__c;
			received[request.url?.slice(1) ?? '']?.push(`${String(event)} ${String(what)}`);
			if (!isHeld) answer.end('{}');
		});
	}).listen(0, '127.0.0.1');
	home = await mkdtemp(join(tmpdir(), 'salesforce-ops-trigger-'));
	n8n = await startN8n({ home, packageTarball: await packPackage() });
	await n8n.api.setUpOwner(OWNER);
	await publishTriggers();
	// Both streams are heard: each takes a handshake, a subscription, and a first call for events.
	await until(() => org.calls.filter(({ path }) => path.startsWith('/cometd')).length >= 6);
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await org.close();
	receiver.close();
	await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

async function publishTriggers(): Promise<void> {
	const salesforceOpsApi = await addCredential(n8n.api, 'Org', org);
	const object = { __rl: true, mode: 'name', value: 'Case' };
	const triggers: Record<string, INodeParameters> = {
		poll: { object, pollTimes: { item: EVERY_3_SECONDS } },
		minutely: { object, pollTimes: { item: [{ mode: 'everyMinute' }] } },
		push: { object, how: 'push', pollTimes: { item: ONCE_AN_HOUR } },
		events: {
			watch: 'platformEvents',
			platformEvent: { __rl: true, mode: 'name', value: 'Seat_Freed__e' },
			pollTimes: { item: ONCE_AN_HOUR },
		},
	};
	const { port } = receiver.address() as AddressInfo;
	for (const [name, parameters] of Object.entries(triggers)) {
		const trigger: INode = {
			id: 'a',
			name: 'Trigger',
			type: 'n8n-nodes-salesforce-ops.salesforceRecordTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { salesforceOpsApi },
		};
		const handOn: INode = {
			id: 'b',
			name: 'Hand On',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			position: [200, 0],
			parameters: {
				method: 'POST',
				url: `http://127.0.0.1:${port}/${name}`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: '={{ JSON.stringify($json) }}',
				options: {},
			},
		};
		workflowIds[name] = await n8n.api.createWorkflow({
			name,
			nodes: [trigger, handOn],
			connections: { Trigger: { main: [[{ node: 'Hand On', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		await n8n.api.publish(workflowIds[name]);
	}
}

async function restart(): Promise<void> {
	n8n = await startN8n({ home });
	await n8n.api.logIn(OWNER);
}

/** Resolves when something is so, or does not become so; then the test fails by what it expects. */
async function until(isSo: () => boolean): Promise<void> {
	const deadline = Date.now() + TOLD_WITHIN;
	while (!isSo() && Date.now() < deadline) await pause(100);
}

/** Waits until each workflow has handed on what is new, and two polls longer, so that what comes twice is seen. */
async function handedOn(what: Record<string, string[]>): Promise<Record<string, string[]>> {
	await until(() => Object.entries(what).every(([name, all]) => (received[name]?.length ?? 0) >= all.length));
	await pause(7_000);
	const found = Object.fromEntries(Object.keys(what).map((name) => [name, received[name] ?? []]));
	for (const name of Object.keys(received)) received[name] = [];
	return found;
}

const publish = (seat: string): string => org.person().create('Seat_Freed__e', { Seat__c: seat });
const create = (Subject: string): string => org.person().create('Case', { Subject });
let first: string;

it('hands on what happens while it is active', async () => {
	first = create('Chair');
	publish('A-1');
	const expected = { poll: ['created Chair'], push: ['created Chair'], events: ['published A-1'] };
	expect(await handedOn(expected)).toEqual(expected);
});

it('hands on what happened while n8n was down, and nothing twice', async () => {
	await n8n.stop();
	org.person().update(first, { Subject: 'Two chairs' });
	create('Desk');
	publish('A-2');
	await restart();
	const changes = ['updated Two chairs', 'created Desk'];
	const expected = { poll: changes, push: changes, events: ['published A-2'] };
	expect(await handedOn(expected)).toEqual(expected);
});

it('hands on what happened while the workflow was not active', async () => {
	for (const id of Object.values(workflowIds)) await n8n.api.rest('POST', `/workflows/${id}/deactivate`);
	await pause(2_000);
	create('Lamp');
	publish('A-3');
	await pause(5_000);
	expect(received).toMatchObject({ poll: [], push: [], events: [] });
	for (const id of Object.values(workflowIds)) await n8n.api.publish(id);
	const expected = { poll: ['created Lamp'], push: ['created Lamp'], events: ['published A-3'] };
	expect(await handedOn(expected)).toEqual(expected);
});

it('hands on what its database refused to store, once it stores it', async () => {
	const change = (): void => {
		create('Stool');
		publish('A-4');
	};
	// So that the poll that comes next is refused too.
	await withoutExecutions(change, async () => await pause(4_000));
	create('Bench');
	publish('A-5');
	const changes = ['created Stool', 'created Bench'];
	const expected = { poll: changes, push: changes, events: ['published A-4', 'published A-5'] };
	expect(await handedOn(expected)).toEqual(expected);
});

it('hands on nothing twice when n8n is killed while its executions are under way', async () => {
	isHeld = true;
	create('Rack');
	publish('A-6');
	await until(() => WAITED_FOR.every((name) => (received[name]?.length ?? 0) > 0));
	await kill();
	isHeld = false;
	await restart();
	// What is new comes out when it is decided what became of the executions.
	create('Rail');
	publish('A-7');
	const changes = ['created Rack', 'created Rail'];
	const expected = { poll: changes, push: changes, events: ['published A-6', 'published A-7'] };
	expect(await handedOn(expected)).toEqual(expected);
});

it('hands on what it had found, and stored as found, when n8n is killed before it made an execution of it', async () => {
	const change = (): void => {
		create('Hook');
		publish('A-8');
	};
	await withoutExecutions(change, kill);
	create('Shelf');
	publish('A-9');
	await restart();
	const changes = ['created Hook', 'created Shelf'];
	const expected = { poll: changes, push: changes, events: ['published A-8', 'published A-9'] };
	expect(await handedOn(expected)).toEqual(expected);
});

async function kill(): Promise<void> {
	process.kill(n8n.pid, 'SIGKILL');
	await n8n.ended;
}

/** Lets something change while n8n can store how far its triggers have come, but no execution, and then something happen. */
async function withoutExecutions(change: () => void, then: () => Promise<void>): Promise<void> {
	const database = new DatabaseSync(join(home, '.n8n', 'database.sqlite'), { timeout: 10_000 });
	const read = database.prepare('SELECT staticData FROM workflow_entity WHERE id = ?');
	const stored = (): string[] => WAITED_FOR.map((name) => JSON.stringify(read.get(String(workflowIds[name]))));
	const before = stored();
	database.exec("CREATE TRIGGER full BEFORE INSERT ON execution_entity BEGIN SELECT RAISE(ABORT, 'full'); END");
	change();
	await until(() => stored().every((one, index) => one !== before[index]));
	await then();
	database.exec('DROP TRIGGER full');
	database.close();
}
