import { setTimeout as pause } from 'node:timers/promises';

import type { INode } from 'n8n-workflow';

import type { Execution, WorkflowFile } from '../../demo/n8nApi';
import { setPlayground } from '../../demo/playground';
import type { Playground } from '../../demo/playground';
import { answerMail, buttonOf } from '../support/answerMail';

/** Milliseconds that a flow may take, its waits included. */
const WITHIN = 90_000;

/** The order in which somebody presses them: what others compare comes first, what gives back comes last. */
const ORDER = [/^Push a move plan/, /^(?!.*(undo|give back))/i];

let playground: Playground;

beforeAll(async () => {
	playground = await setPlayground(() => {});
}, 240_000);

afterAll(async () => await playground?.close());

type Kept = WorkflowFile & { id: string };

/** The workflows of the n8n, as the editor opens them. */
async function flows(): Promise<Kept[]> {
	const { api } = playground.n8n;
	const listed = await api.rest<Array<{ id: string; name: string }>>('GET', '/workflows');
	const all = await Promise.all(listed.map(async ({ id }) => await api.rest<Kept>('GET', `/workflows/${id}`)));
	const rank = ({ name }: Kept) => (ORDER.findIndex((one) => one.test(name)) + ORDER.length + 1) % (ORDER.length + 1);
	return all.sort((a, b) => rank(a) - rank(b));
}

const ours = ({ nodes }: WorkflowFile): INode[] =>
	nodes.filter(({ type }) => type.startsWith('n8n-nodes-salesforce-ops.'));

/** Where the editor's button starts a flow. */
function trigger({ nodes, name }: WorkflowFile): string {
	const found = nodes.find(({ type }) => /Trigger$|\.webhook$/.test(type));
	if (found === undefined) throw new Error(`${name} has no trigger`);
	return found.name;
}

/** How many items a node gave, by all its outputs. */
const given = ({ runData }: Execution, { name }: INode): number =>
	(runData[name] ?? []).flatMap(({ data }) => data?.main ?? []).flatMap((items) => items ?? []).length;

/** Presses a flow, and says yes wherever it asks by mail. */
async function press(flow: Kept): Promise<Execution> {
	const { api } = playground.n8n;
	const seen = new Set(playground.mail.messages);
	const id = await api.press(flow.id, trigger(flow));
	let ended = false;
	const execution = api.execution(id, WITHIN).finally(() => (ended = true));
	while (!ended) {
		for (const message of playground.mail.messages.filter((one) => !seen.has(one))) {
			seen.add(message);
			if (buttonOf(message, true) !== undefined) await answerMail(message, true);
		}
		await Promise.race([execution.catch(() => undefined), pause(200)]);
	}
	return await execution;
}

it('every flow runs at the press of its button, and each of our nodes in it shows something', async () => {
	const silent: string[] = [];
	for (const flow of await flows()) {
		const execution = await press(flow);
		expect({ flow: flow.name, status: execution.status, error: execution.error?.message }).toEqual({
			flow: flow.name,
			status: 'success',
			error: undefined,
		});
		silent.push(
			...ours(flow)
				.filter((node) => given(execution, node) === 0)
				.map(({ name }) => `${flow.name}: ${name}`),
		);
	}
	expect(silent).toEqual([]);
	expect([playground.org, playground.secondOrg].flatMap(({ refused }) => refused)).toEqual([]);
}, 300_000);

it('every node has its credential', async () => {
	const without = (await flows()).flatMap((flow) => ours(flow).filter((node) => node.credentials === undefined));
	expect(without).toEqual([]);
});
