import { setTimeout as pause } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import { workflowFile } from '../../demo/exampleWorkflows';
import { fitToMachine } from '../../demo/fitToMachine';
import type { PlannerMove } from '../../demo/planner';
import { setStage } from '../../demo/stage';
import type { Stage } from '../../demo/stage';
import { moveNamed } from '../../moves/externalId';

let stage: Stage;

beforeAll(async () => {
	stage = await setStage(() => {}, { repair: true });
	await stage.n8n.api.publish(stage.selfStarting);
}, 240_000);

afterAll(async () => {
	expect(stage.org.refused).toEqual([]);
	await stage.close();
});

interface Answer {
	pushed: Array<{ moveId: string; case: { id: string; result: string; number: string } }>;
	notDue: unknown;
	failed: Array<{ moveId: string; error: string; details: IDataObject }>;
}

const LATER = '2999-01-01';
const call = async <T>(path: string, body: object = {}): Promise<T> => await stage.n8n.api.webhook<T>(path, body);
const push = async (movePlanId: unknown, moves: object[]) =>
	await call<Answer>('push-move-plan', { movePlanId, moves });
const pushWaiting = async () => await call<Answer>('push-waiting-moves');
const undo = async (movePlanId: string) =>
	await call<{ cases: Array<{ result: string }>; waiting: number }>('undo-move-plan', { movePlanId });
const subjects = () =>
	stage.org
		.rows('Case')
		.map(({ Subject }) => String(Subject))
		.sort();

interface Waiting {
	id: number;
	movePlanId: string;
	moveId: string;
	externalId: string;
	effectiveDate: string;
	move: string;
	reason: string | null;
}

async function tableAt(): Promise<string> {
	const { api } = stage.n8n;
	const { id } = await api.rest<{ id: string }>('GET', '/projects/personal');
	const { data } = await api.rest<{ data: Array<{ id: string; name: string }> }>('GET', `/projects/${id}/data-tables`);
	const table = data.find(({ name }) => name === 'Waiting moves');
	return `/projects/${id}/data-tables/${table?.id}`;
}

/** The table of waiting moves, by move. */
async function waiting(): Promise<Waiting[]> {
	const { data } = await stage.n8n.api.rest<{ data: Waiting[] }>('GET', `${await tableAt()}/rows?take=250`);
	return data.sort((one, other) => (one.externalId < other.externalId ? -1 : 1));
}

/** Lets the day of waiting moves come: n8n's clock cannot be moved, so the dates in the table are. */
async function letComeToday(...moveIds: string[]): Promise<void> {
	for (const { id, move, moveId } of await waiting()) {
		if (!moveIds.includes(moveId)) continue;
		const effectiveDate = '2024-01-01';
		await stage.n8n.api.rest('PATCH', `${await tableAt()}/rows`, {
			filter: { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] },
			data: { effectiveDate, move: JSON.stringify({ ...(JSON.parse(move) as object), effectiveDate }) },
		});
	}
}

describe('moves that are not due', () => {
	it('wait in the table, each once, whoever looks at its ID how, and leave it on their day', async () => {
		const first = await push('P-1', [
			{ moveId: 'now', newSeat: 'A' },
			{ moveId: 'later', newSeat: 'B', effectiveDate: LATER, employeeNotes: '"quoted", <b> 日本' },
			{ moveId: 7, newSeat: 'C', effectiveDate: LATER },
		]);
		expect(first.pushed.map(({ moveId }) => moveId)).toEqual(['now']);
		expect(first.notDue).toMatchObject([{ moveId: 'later' }, { moveId: 7 }]);
		expect(first.failed).toEqual([]);
		// The same move of the same plan, for all that people see.
		await push(' P-1', [{ moveId: 'later\u200b', newSeat: 'B2', effectiveDate: LATER }]);
		expect(await waiting()).toMatchObject([
			{ movePlanId: 'P-1', moveId: '7', externalId: '^p-1:7', reason: '' },
			{ movePlanId: 'P-1', externalId: '^p-1:later', effectiveDate: LATER },
		]);
		expect(await pushWaiting()).toEqual({ pushed: [], notDue: 2, failed: [] });
		expect(await waiting()).toHaveLength(2);

		await letComeToday('7');
		const morning = await pushWaiting();
		expect(morning).toMatchObject({ pushed: [{ moveId: 7, case: { result: 'created' } }], notDue: 1, failed: [] });
		expect(morning.pushed[0]).not.toHaveProperty('waiting');
		expect(await waiting()).toMatchObject([{ externalId: '^p-1:later' }]);
		expect(subjects()).toEqual(['Move : no seat → A', 'Move : no seat → C']);
	});

	it('leave the table as well when the plan is sent on their day, and with their plan', async () => {
		await push('P-1', [{ moveId: 'later', newSeat: 'B', effectiveDate: '2024-01-01' }]);
		expect(await waiting()).toEqual([]);
		expect(subjects()).toHaveLength(3);
		await push('P-1', [{ moveId: 'much later', effectiveDate: LATER }]);
		await push('P-2', [
			{ moveId: 'other', newSeat: 'D' },
			{ moveId: 'much later', effectiveDate: LATER },
		]);
		const undone = await undo('P-1');
		expect(undone.waiting).toBe(1);
		expect(undone.cases.map(({ result }) => result)).toEqual(['deleted', 'deleted', 'deleted']);
		expect(await waiting()).toMatchObject([{ movePlanId: 'P-2' }]);
		expect(subjects()).toEqual(['Move : no seat → D']);
		expect(await undo('P-1')).toEqual({ cases: [{ externalId: undefined, result: 'alreadyUndone' }], waiting: 0 });
		expect(await undo('none')).toEqual({ cases: [{ result: 'notFound' }], waiting: 0 });
		await undo('P-2');
	});

	it('stay with the reason when they fail, and go when they no longer do', async () => {
		await push('P-3', [
			{ moveId: 'bad', newSeat: 'E', effectiveDate: LATER },
			{ moveId: 'good', newSeat: 'F', effectiveDate: LATER },
		]);
		await letComeToday('bad', 'good');
		const { org } = stage;
		const rule = { sObject: 'Case', broken: ({ NewSeat__c }: IDataObject) => NewSeat__c === 'E', message: 'No seat E' };
		org.settings.validationRules = [rule as never];
		const morning = await pushWaiting();
		expect(morning.pushed.map(({ moveId }) => moveId)).toEqual(['good']);
		expect(morning.failed).toMatchObject([{ moveId: 'bad', error: expect.stringContaining('No seat E') as string }]);
		expect(await waiting()).toMatchObject([
			{
				moveId: 'bad',
				reason: expect.stringContaining('No seat E') as string,
				move: expect.stringContaining('"E"') as string,
			},
		]);
		org.settings.validationRules = [];
		expect((await pushWaiting()).pushed).toMatchObject([{ moveId: 'bad' }]);
		expect(await waiting()).toEqual([]);
		await undo('P-3');
	});

	it('stay alone where somebody has spoiled their row', async () => {
		await push('P-5', [
			{ moveId: 'a', newSeat: 'G', effectiveDate: LATER },
			{ moveId: 'b', newSeat: 'H', effectiveDate: LATER },
		]);
		await letComeToday('b');
		const [{ id }] = (await waiting()) as [Waiting];
		await stage.n8n.api.rest('PATCH', `${await tableAt()}/rows`, {
			filter: { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] },
			data: { move: '{"moveId": "a", ' },
		});
		const { pushed, failed } = await pushWaiting();
		expect(pushed.map(({ moveId }) => moveId)).toEqual(['b']);
		expect(failed).toHaveLength(1);
		expect(await waiting()).toMatchObject([{ id, moveId: 'a', reason: 'The column move is not the JSON of a move' }]);
		expect(await undo('P-5')).toMatchObject({ waiting: 1 });
	});

	it('stay when the org is not there', async () => {
		await push('P-4', [{ moveId: 'a', effectiveDate: LATER }]);
		await letComeToday('a');
		stage.org.addFault({ path: '/query?', status: 500, body: [{ errorCode: 'API_DISABLED_FOR_ORG', message: 'No' }] });
		const { failed } = await pushWaiting();
		expect(failed).toHaveLength(1);
		expect(await waiting()).toMatchObject([{ moveId: 'a', reason: failed[0]?.error }]);
		expect(await undo('P-4')).toMatchObject({ waiting: 1 });
	});
});

it('what waits is pushed, and what differs repaired, when the clock begins it', async () => {
	const { n8n, org, planner, mail, credential, smtp } = stage;
	const ids: string[] = [];
	for (const name of ['push-waiting-moves', 'reconcile-moves']) {
		const surroundings = { orgs: { '': credential }, smtp, folder: '', planner: planner.url, repair: true };
		const workflow = fitToMachine(await workflowFile(name), surroundings);
		for (const node of workflow.nodes) {
			if (node.type === 'n8n-nodes-base.webhook')
				Object.assign(node, { parameters: { path: `${name}-too` }, webhookId: `${name}-too` });
			if (node.type === 'n8n-nodes-base.scheduleTrigger') {
				node.parameters.rule = { interval: [{ field: 'seconds', secondsInterval: 3 }] };
			}
		}
		ids.push(await n8n.api.createWorkflow(workflow));
	}
	await push('C', [{ moveId: 'w', newSeat: 'W', effectiveDate: LATER }]);
	await letComeToday('w');
	planner.moves = [
		{ movePlanId: 'C', moveId: 'w', newSeat: 'W', effectiveDate: '2024-01-01' },
		{ movePlanId: 'C', moveId: 'n', newSeat: 'N' },
	];
	mail.messages.length = 0;
	const [waitingId, nightId] = ids as [string, string];
	const begun = async (id: string, isDone: () => Promise<boolean>) => {
		await n8n.api.publish(id);
		const deadline = Date.now() + 40_000;
		while (!(await isDone()) && Date.now() < deadline) await pause(300);
		await n8n.api.rest('POST', `/workflows/${id}/deactivate`, {});
	};
	await begun(waitingId, async () => (await waiting()).length === 0);
	expect(await waiting()).toEqual([]);
	expect(subjects()).toEqual(['Move : no seat → W']);
	await begun(nightId, async () => await Promise.resolve(mail.messages.length > 0));
	expect(subjects()).toEqual(['Move : no seat → N', 'Move : no seat → W']);
	expect(mail.messages[0]).toContain('Subject: 1 move differs from its Case, ');
	for (const id of ids) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id, status: ['error', 'crashed'] }));
		const { results } = await n8n.api.rest<{ results: unknown[] }>('GET', `/executions?filter=${filter}`);
		expect(results).toEqual([]);
	}
	await undo('C');
	expect(org.rows('Case')).toEqual([]);
});

it('what is no plan is refused', async () => {
	for (const body of [{}, { movePlanId: '', moves: [{}] }, { movePlanId: 'P', moves: [] }, { movePlanId: 'P' }]) {
		await expect(call('push-move-plan', body)).rejects.toMatchObject({ status: 400 });
	}
	await expect(call('undo-move-plan', {})).rejects.toMatchObject({ status: 422 });
});

describe('the planner', () => {
	const told = () => stage.planner.changes.filter(({ movePlanId }) => movePlanId === 'T');
	/** What it was told of plan T, as soon as it is as much. */
	const toldBy = async (count: number) => {
		const deadline = Date.now() + 90_000;
		while (told().length < count && Date.now() < deadline) await pause(200);
		return told().map(({ moveId, event }) => `${moveId} ${event}`);
	};

	it('is told once of what became of the Cases, and of nothing while it is away', async () => {
		const { org, planner } = stage;
		const { pushed } = await push('T', [
			{ moveId: 'a', newSeat: 'T-1' },
			{ moveId: 'b', newSeat: 'T-2' },
		]);
		const [a, b] = pushed.map((item) => item.case.id) as [string, string];
		const person = org.person();
		person.update(a, { Status: 'Closed' });
		expect(await toldBy(1)).toEqual(['a closed']);
		planner.isAway = true;
		person.update(b, { OwnerId: org.rows('User').find(({ Id }) => Id !== org.rows('Case')[0]?.OwnerId)?.Id });
		// The planner is asked every two seconds.
		await pause(12_000);
		expect(told()).toHaveLength(1);
		planner.isAway = false;
		expect(await toldBy(2)).toEqual(['a closed', 'b reassigned']);
		person.update(a, { Status: 'New' });
		expect(await toldBy(3)).toEqual(['a closed', 'b reassigned', 'a reopened']);
		await undo('T');
		const all = await toldBy(5);
		expect(all.slice(0, 3)).toEqual(['a closed', 'b reassigned', 'a reopened']);
		expect(all.slice(3).sort()).toEqual(['a deleted', 'b deleted']);
		await pause(6_000);
		expect(told()).toHaveLength(5);
		expect(told()[0]).toMatchObject({ at: expect.stringMatching(/Z$/) as string, record: { Id: a, Status: 'Closed' } });
	}, 300_000);
});

describe('the nightly run', () => {
	const of = (moveId: string, more: object = {}): PlannerMove => ({
		movePlanId: 'N',
		moveId,
		newSeat: `S-${moveId}`,
		...more,
	});
	const night = async () =>
		await call<Record<'inStep' | 'toPush' | 'toUndo' | 'attention' | 'failed', number>>('reconcile-moves');

	it('pushes what is missing or changed, undoes what is stale, and mails a table of it', async () => {
		const { org, planner, mail } = stage;
		await push('N', [of('same'), of('changed'), of('stale'), of('closed'), of('gone')]);
		const rows = () => new Map(org.rows('Case').map((row) => [moveNamed(String(row.ExternalID__c))?.moveId, row]));
		org.person().update(String(rows().get('closed')?.Id), { Status: 'Closed' });
		org.person().delete(String(rows().get('gone')?.Id));
		const bad = '<img src=x onerror=alert(1)>';
		planner.moves = [
			of('same'),
			of('changed', { newSeat: bad }),
			of('closed'),
			of('gone'),
			of('new'),
			of('x', { effectiveDate: 'soon' }),
		];
		mail.messages.length = 0;
		// A move that could not be read might be any Case's: nothing counts as stale then.
		const { attention, ...first } = await night();
		expect(first).toEqual({ inStep: 2, toPush: 3, toUndo: 0, failed: 1 });
		planner.moves.pop();
		expect(await night()).toMatchObject({ inStep: 5, toPush: 0, toUndo: 1, attention: 0, failed: 0 });
		expect([...rows().keys()].sort()).toEqual(['changed', 'closed', 'gone', 'new', 'same']);
		expect(rows().get('changed')?.NewSeat__c).toBe(bad);
		expect(rows().get('closed')?.Status).toBe('Closed');
		expect(mail.messages).toHaveLength(2);
		// As mail encodes it.
		const [told] = mail.messages.map((message) => message.replaceAll('=\n', '').replaceAll('=3D', '='));
		expect(told).toContain(`Subject: ${4 + attention} moves differ from their Cases, `);
		expect(told).toContain('&lt;img src=x onerror=alert(1)&gt;');
		expect(told).not.toContain('<img');
		expect(await night()).toMatchObject({ inStep: 5, toPush: 0, toUndo: 0, attention: 0 });
	});

	it('undoes nothing when a move of the planner has no ID', async () => {
		stage.planner.moves = [of('same'), { movePlanId: 'N' } as PlannerMove];
		const before = stage.org.rows('Case');
		expect(await night()).toMatchObject({ toUndo: 0, failed: 1 });
		expect(stage.org.rows('Case')).toEqual(before);
	});

	it('undoes nothing when the planner gives nothing', async () => {
		const before = stage.org.rows('Case');
		stage.planner.moves = [];
		expect(await night()).toEqual({ inStep: 0, toPush: 0, toUndo: 0, attention: 0, failed: 0 });
		expect(stage.org.rows('Case')).toEqual(before);
		await undo('N');
	});
});

// The last, for the trigger needs its time for so many Cases.
it('a plan of 1,000 with bad moves and later ones is pushed, waits, is told, and undone', async () => {
	const items = Array.from({ length: 1_000 }, (_none, index) => ({
		moveId: index % 167 === 0 ? ' ' : `m-${index}`,
		newSeat: `Z-${index}`,
		...(index % 25 === 1 ? { effectiveDate: LATER } : {}),
	}));
	const bad = items.filter(({ moveId }) => moveId === ' ').length;
	const later = items.filter(({ moveId, effectiveDate }) => moveId !== ' ' && effectiveDate !== undefined).length;
	const { pushed, notDue, failed } = await push('BIG', items);
	expect(failed).toHaveLength(bad);
	expect(failed[0]).toMatchObject({ error: 'Item 0: Move ID is empty', moveId: ' ', newSeat: 'Z-0' });
	expect(notDue).toHaveLength(later);
	expect(pushed).toHaveLength(1_000 - bad - later);
	expect(await waiting()).toHaveLength(later);
	const undone = await undo('BIG');
	expect(undone.waiting).toBe(later);
	expect(undone.cases.filter(({ result }) => result === 'deleted')).toHaveLength(pushed.length);
	expect(await waiting()).toEqual([]);
	expect(stage.org.rows('Case')).toEqual([]);
}, 240_000);
