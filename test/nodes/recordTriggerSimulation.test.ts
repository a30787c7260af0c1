import type { IDataObject } from 'n8n-workflow';

import { stages } from '../support/stage';

const stage = stages();

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const START = new Date('2026-05-31T12:00:00Z');
const SECOND = 1_000;
const LONGEST_TRANSACTION = 600 * SECOND;

/** What a record is, and what was told of it last. */
interface Life {
	stamp: string;
	isDeleted: boolean;
	/** Whether it was deleted when it was told last. */
	toldDeleted?: boolean;
	told?: string;
}

/**
 * People write, in bursts of one second and in transactions that commit late, delete and restore; the trigger polls at
 * random, with calls that fail, lose their answer, and polls whose result n8n throws away.
 */
async function live(
	seed: number,
	steps: number,
	crashes: boolean,
): Promise<{ lost: string[]; doubled: string[]; changes: number }> {
	const roll = random(seed);
	const { org, engine } = await stage({ clock: () => START });
	const node = {
		type: 'salesforceRecordTrigger',
		parameters: {
			object: 'Case',
			events: ['created', 'updated', 'deleted', 'undeleted'],
			whichFields: 'chosen',
			fields: ['Subject'],
			options: { changesPerPoll: 1 + Math.floor(roll() * 30) },
		},
	};
	let { kept } = await engine.poll(node);
	const lives = new Map<string, Life>();
	const doubled: string[] = [];
	const outOfOrder: string[] = [];
	let changes = 0;
	const write = (): void => {
		// Salesforce stamps a record when it is written, and a locked record cannot be written by another meanwhile.
		const ids = [...lives.keys()];
		const id = ids[Math.floor(roll() * ids.length)];
		const late = roll() < 0.1 ? Math.floor(roll() * LONGEST_TRANSACTION) : 0;
		const at = new Date(org.clock.now().getTime() - late);
		const stamp = `${at.toISOString().slice(0, 19)}Z`;
		const life = id === undefined ? undefined : lives.get(id);
		changes++;
		if (id === undefined || life === undefined || roll() < 0.3) {
			const person = org.person({ at });
			lives.set(person.create('Case', { Subject: `Case ${changes}` }), { stamp, isDeleted: false });
		} else if (late > 0 && stamp <= life.stamp) {
			changes--;
		} else if (life.isDeleted) {
			org.person({ at }).undelete(id);
			Object.assign(life, { stamp, isDeleted: false });
		} else if (roll() < 0.15) {
			org.person({ at }).delete(id);
			Object.assign(life, { stamp, isDeleted: true });
		} else {
			org.person({ at }).update(id, { Subject: `Case ${changes}` });
			life.stamp = stamp;
		}
	};
	const take = (items: IDataObject[]): void => {
		for (const { event, at, record } of items) {
			const id = String((record as IDataObject).Id);
			const life = lives.get(id);
			if (life === undefined) continue;
			const isTwice = life.told === at && life.toldDeleted === (event === 'deleted');
			if (isTwice && !crashes) doubled.push(`${id} ${String(event)} ${String(at)}`);
			if (life.told !== undefined && String(at) < life.told && !crashes) outOfOrder.push(id);
			Object.assign(life, { told: at, toldDeleted: event === 'deleted' });
		}
	};
	const poll = async (): Promise<number> => {
		if (roll() < 0.2) {
			// Refused for good: what passes by itself would be tried again after a pause, within the poll.
			org.addFault({ path: '/services/data', status: 400, body: [{ errorCode: 'BROKEN', message: 'Broken' }] });
		}
		const polled = await engine.poll(node, kept).catch(() => undefined);
		if (polled === undefined) return -1;
		// n8n ends before it has stored anything; whether the items went out before, nobody knows.
		if (crashes && roll() < 0.2) {
			if (roll() < 0.5) take(polled.items);
			return -1;
		}
		kept = polled.kept;
		take(polled.items);
		return polled.items.length;
	};
	for (let step = 0; step < steps; step++) {
		const burst = roll() < 0.1 ? 25 : Math.floor(roll() * 4);
		for (let count = 0; count < burst; count++) write();
		if (roll() < 0.5) org.clock.advance(Math.floor(roll() * 90) * SECOND);
		if (roll() < 0.5) await poll();
		if (roll() < 0.02) org.clock.advance(24 * 3600 * SECOND);
	}
	org.clock.advance(5 * SECOND);
	for (let quiet = 0; quiet < 3; ) quiet = (await poll()) === 0 ? quiet + 1 : 0;
	const lost = [...lives].filter(([, life]) => life.told !== life.stamp || life.toldDeleted !== life.isDeleted);
	return {
		lost: lost.map(([id, life]) => `${id} ${JSON.stringify(life)}`),
		doubled: [...doubled, ...outOfOrder],
		changes,
	};
}

it.each([1, 2, 3])('tells every change once, in order, whatever calls fail (%i)', async (seed) => {
	const { lost, doubled, changes } = await live(seed, 150, false);
	expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
	expect(changes).toBeGreaterThan(150);
});

it.each([4, 5])('loses no change when n8n ends between any two steps (%i)', async (seed) => {
	expect((await live(seed, 150, true)).lost).toEqual([]);
});
