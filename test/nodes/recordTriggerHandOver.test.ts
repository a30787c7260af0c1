import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import type { Activated, Executions } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();
const NOW = new Date('2026-05-31T12:00:00Z');
/** After so many milliseconds a second is over for good. */
const SETTLED = 5_000;
const ALL_EVENTS = { events: ['created', 'updated', 'deleted', 'undeleted'] };

interface Scene {
	org: LocalOrg;
	/** What n8n makes of what is handed over. */
	n8n: Executions;
	/** Starts n8n, with what was stored when it ended. */
	start: (kept?: IDataObject) => Promise<Activated>;
	/** Lets n8n poll when the second is over. */
	poll: (active: Activated) => Promise<void>;
	/** Lets n8n poll while this becomes of what is handed over; then it works again. */
	pollTo: (fate: Executions['fate'], active: Activated) => Promise<void>;
}

async function scene(parameters: INodeParameters = {}, options: LocalOrgOptions = {}): Promise<Scene> {
	const { org, engine } = await stage({ clock: () => NOW, ...options });
	const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case', ...ALL_EVENTS, ...parameters } };
	const n8n: Executions = { keys: new Set() };
	const poll = async (active: Activated): Promise<void> => {
		org.clock.advance(SETTLED);
		await active.poll();
	};
	return {
		org,
		n8n,
		start: async (kept) => {
			org.clock.advance(SETTLED);
			return await engine.activate(node, kept, n8n);
		},
		poll,
		pollTo: async (fate, active) => {
			n8n.fate = fate;
			await poll(active);
			n8n.fate = undefined;
		},
	};
}

const told = (items: IDataObject[]): unknown[] =>
	items.map(({ event, record }) => [event, (record as IDataObject).Subject]);

it('tells again what n8n had made no execution of when it was killed', async () => {
	const { org, start, poll, pollTo } = await scene();
	const first = await start();
	org.person().create('Case', { Subject: 'Chair' });
	await pollTo('lost', first);
	const second = await start(first.kept());
	await poll(second);
	expect([told(first.items), told(second.items)]).toEqual([[], [['created', 'Chair']]]);
	const third = await start(second.kept());
	expect(told(third.items)).toEqual([]);
});

it('tells with it what was changed meanwhile', async () => {
	const { org, start, poll, pollTo } = await scene();
	const first = await start();
	const id = org.person().create('Case', { Subject: 'Chair' });
	await pollTo('lost', first);
	org.person().update(id, { Subject: 'Two chairs' });
	org.person().create('Case', { Subject: 'Desk' });
	const second = await start(first.kept());
	await poll(second);
	expect(told(second.items)).toEqual([
		['created', 'Two chairs'],
		['created', 'Desk'],
	]);
});

it.each([
	['finished', undefined],
	['not finished', 'under way' as const],
])('tells nothing twice of which n8n had an execution that was %s', async (_name, fate) => {
	const { org, start, poll, pollTo } = await scene();
	const first = await start();
	const id = org.person().create('Case', { Subject: 'Chair' });
	await pollTo(fate, first);
	org.person().update(id, { Subject: 'Two chairs' });
	org.person().create('Case', { Subject: 'Desk' });
	const second = await start(first.kept());
	await poll(second);
	expect([told(first.items), told(second.items)]).toEqual([
		[['created', 'Chair']],
		[
			['updated', 'Two chairs'],
			['created', 'Desk'],
		],
	]);
});

it('makes good with the next poll what n8n could make no execution of', async () => {
	const { org, n8n, start, poll } = await scene();
	const active = await start();
	const id = org.person().create('Case', { Subject: 'Chair' });
	n8n.fate = 'refused';
	await poll(active);
	await poll(active);
	org.person().update(id, { Subject: 'Two chairs' });
	await poll(active);
	n8n.fate = undefined;
	await poll(active);
	await poll(active);
	expect(told(active.items)).toEqual([['created', 'Two chairs']]);
});

it('loses nothing when n8n refuses what it has an execution of, and is killed once more', async () => {
	const { org, n8n, start, poll } = await scene();
	const first = await start();
	org.person().create('Case', { Subject: 'Chair' });
	n8n.fate = 'under way';
	await poll(first);
	n8n.fate = 'refused';
	const second = await start(first.kept());
	org.person().create('Case', { Subject: 'Desk' });
	await poll(second);
	await poll(second);
	n8n.fate = undefined;
	const third = await start(second.kept());
	await poll(third);
	expect([told(first.items), told(second.items), told(third.items)]).toEqual([
		[['created', 'Chair']],
		[],
		[['created', 'Desk']],
	]);
});

it('loses nothing when n8n is killed while several executions are under way', async () => {
	const { org, start, pollTo } = await scene();
	const first = await start();
	for (const [Subject, fate] of [
		['Chair', 'lost'],
		['Desk', 'under way'],
	] as const) {
		org.person().create('Case', { Subject });
		await pollTo(fate, first);
	}
	const second = await start(first.kept());
	expect(told(second.items)).toEqual([
		['created', 'Chair'],
		['created', 'Desk'],
	]);
});

it('tells nothing twice when n8n is killed after it has made several executions, none of which was over', async () => {
	const { org, n8n, start, poll } = await scene();
	const first = await start();
	n8n.fate = 'under way';
	for (const Subject of ['Chair', 'Desk', 'Lamp']) {
		org.person().create('Case', { Subject });
		await poll(first);
	}
	n8n.fate = undefined;
	org.person().create('Case', { Subject: 'Shelf' });
	const second = await start(first.kept());
	// n8n says of one after the other that it knows it.
	for (let polls = 0; polls < 4; polls++) await poll(second);
	expect(told(second.items)).toEqual([['created', 'Shelf']]);
});

it('knows of earlier ones that n8n has taken them when a later one is under way', async () => {
	const { org, start, poll, pollTo } = await scene();
	const first = await start();
	for (const [Subject, fate] of [
		['Chair', undefined],
		['Desk', 'under way'],
	] as const) {
		org.person().create('Case', { Subject });
		await pollTo(fate, first);
	}
	const second = await start(first.kept());
	await poll(second);
	expect(told(second.items)).toEqual([]);
});

it('goes on from what is left when all that was in doubt has gone', async () => {
	const { org, start, poll, pollTo } = await scene({ events: ['created'] });
	const first = await start();
	const id = org.person().create('Case', { Subject: 'Chair' });
	await pollTo('lost', first);
	org.person().delete(id);
	org.person().create('Case', { Subject: 'Desk' });
	const second = await start(first.kept());
	await poll(second);
	expect(told(second.items)).toEqual([['created', 'Desk']]);
});

it('remembers of a batch that was lost what the fields were like before it', async () => {
	const { org, start, poll, pollTo } = await scene({ events: ['updated'], onlyWhenChanged: 'Status' });
	const id = org.person().create('Case', { Subject: 'Chair', Status: 'New' });
	const first = await start();
	org.person().update(id, { Status: 'Working' });
	await pollTo('lost', first);
	const second = await start(first.kept());
	await poll(second);
	expect(told(second.items)).toEqual([['updated', 'Chair']]);
});

it('leaves the hand-over to n8n where that does not say what becomes of it', async () => {
	const { org, engine } = await stage({ clock: () => NOW });
	const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case' } };
	const old = await engine.activate(node, {}, { keys: new Set(), fate: 'without keys' });
	org.person().create('Case', { Subject: 'Chair' });
	org.clock.advance(SETTLED);
	await old.poll();
	expect(told(old.items)).toEqual([['created', 'Chair']]);
});
