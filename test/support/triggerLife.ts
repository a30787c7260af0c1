import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import { random } from './random';

/** A trigger as n8n has it: it polls from what was kept, and gives items and what is to be kept. */
export interface TriggerUnderTest {
	poll(kept: IDataObject): Promise<{ items: IDataObject[]; kept: IDataObject }>;
	/** Which state of a record an item tells: its stamp, `2026-05-31T12:00:00Z`, and whether it is in the recycle bin. */
	tells(item: IDataObject): Told;
}

/** A state of a record that was told. */
export interface Told {
	id: string;
	stamp: string;
	isDeleted: boolean;
}

/** How a trigger lives. */
export interface LifeOptions {
	seed: number;
	/** How many changes people make. */
	changes: number;
	/** Whether people delete and restore Cases too. */
	deletions: boolean;
	/** Whether n8n may also end in the midst of a poll, before it has stored what the poll kept. */
	crashes: boolean;
	/** Whether calls may also meet what passes by itself, after which they are made again a second later. */
	passingFaults: boolean;
	/** Moves the clocks of the org, and of whoever else goes by one. */
	advance(milliseconds: number): void;
}

/** What became of the changes. */
export interface LifeReport {
	changes: number;
	/** Changes that were told, or that another change of their record followed which was. */
	arrived: number;
	/** States of records, each told by more than one item. */
	doubled: number;
	/** Items that tell an older state of a record than the one before. */
	backwards: number;
	/** What was lost, for people. */
	lost: string[];
}

interface Write {
	stamp: string;
	isDeleted: boolean;
}

interface Life {
	writes: Write[];
	/** How many of the writes, from the first on, were told. */
	told: number;
	/** Whatever was told of it, in order. */
	states: string[];
}

const SECOND = 1_000;
/** Apex runs for ten minutes at most. */
const LONGEST_TRANSACTION = 600 * SECOND;
/** After so long a second is over for good, in milliseconds. */
const SETTLED = 5 * SECOND;

/**
 * People write Cases, in bursts of one second and in transactions that commit late, delete and restore them; the trigger
 * polls at random, its calls fail, n8n is started again between any two steps.
 */
export async function live(org: LocalOrg, trigger: TriggerUnderTest, options: LifeOptions): Promise<LifeReport> {
	const { advance, crashes, deletions, passingFaults } = options;
	const roll = random(options.seed);
	const lives = new Map<string, Life>();
	const ids: string[] = [];
	let changes = 0;

	const write = (): void => {
		// Salesforce stamps a record when it is written, and a locked record cannot be written by another meanwhile.
		const id = ids[Math.floor(roll() * ids.length)];
		const late = roll() < 0.1 ? Math.floor(roll() * LONGEST_TRANSACTION) : 0;
		const at = new Date(org.clock.now().getTime() - late);
		const stamp = `${at.toISOString().slice(0, 19)}Z`;
		const person = org.person({ at });
		const life = id === undefined ? undefined : lives.get(id);
		const last = life?.writes.at(-1);
		const Subject = `Case ${++changes}`;
		if (id === undefined || life === undefined || last === undefined || roll() < 0.3) {
			const created = person.create('Case', { Subject });
			lives.set(created, { writes: [{ stamp, isDeleted: false }], told: 0, states: [] });
			ids.push(created);
		} else if (late > 0 && stamp <= last.stamp) {
			changes--;
		} else if (last.isDeleted) {
			person.undelete(id);
			life.writes.push({ stamp, isDeleted: false });
		} else if (deletions && roll() < 0.15) {
			person.delete(id);
			life.writes.push({ stamp, isDeleted: true });
		} else {
			person.update(id, { Subject });
			life.writes.push({ stamp, isDeleted: false });
		}
	};
	const take = (items: readonly IDataObject[]): void => {
		for (const { id, stamp, isDeleted } of items.map((item) => trigger.tells(item))) {
			const life = lives.get(id);
			if (life === undefined) continue;
			const place = life.writes.findLastIndex((one) => one.stamp === stamp && one.isDeleted === isDeleted);
			life.told = Math.max(life.told, place + 1);
			life.states.push(`${stamp} ${isDeleted}`);
		}
	};

	let stored = (await trigger.poll({})).kept;
	let kept = stored;
	const poll = async (): Promise<number> => {
		if (roll() < 0.2) breakCall(org, roll, passingFaults);
		const isCrash = crashes && roll() < 0.2;
		const polled = await trigger.poll(kept).catch(() => undefined);
		if (polled === undefined) return -1;
		if (isCrash) {
			// n8n ends before it has stored anything; whether the items went out before, nobody knows.
			if (roll() < 0.5) take(polled.items);
			kept = stored;
			return -1;
		}
		({ kept } = polled);
		// n8n stores what a poll kept with the items, and not without any.
		if (polled.items.length > 0) stored = kept;
		take(polled.items);
		return polled.items.length;
	};

	while (changes < options.changes) {
		const burst = roll() < 0.1 ? 25 : Math.floor(roll() * 4);
		for (let count = 0; count < burst && changes < options.changes; count++) write();
		if (roll() < 0.5) advance(Math.floor(roll() * 90) * SECOND);
		if (roll() < 0.05) kept = stored;
		if (roll() < 0.5) await poll();
		if (roll() < 0.02) advance(24 * 3600 * SECOND);
	}
	advance(SETTLED);
	// A trigger that tells the same again and again never comes to rest.
	const most = 4 * changes + 100;
	for (let polls = 0, quiet = 0; quiet < 3 && polls < most; polls++) quiet = (await poll()) === 0 ? quiet + 1 : 0;
	return report(lives, changes);
}

/** Lets one of a poll's next calls fail, for good or so that it passes, before or after it did its work. */
function breakCall(org: LocalOrg, roll: () => number, passingFaults: boolean): void {
	const which = { path: '/services/data', skip: Math.floor(roll() ** 2 * 4) };
	const kind = roll();
	if (passingFaults && kind < 0.05) org.addFault({ ...which, cut: kind < 0.025 ? 'before' : 'after' });
	else if (passingFaults && kind < 0.1) org.addFault({ ...which, status: 503, body: 'Down' });
	else org.addFault({ ...which, status: 400, body: [{ errorCode: 'BROKEN', message: 'Broken' }] });
}

function report(lives: ReadonlyMap<string, Life>, changes: number): LifeReport {
	const all = [...lives];
	const lost = all.flatMap(([id, { writes, told }]) =>
		writes.slice(told).map(({ stamp, isDeleted }) => `${id} ${stamp}${isDeleted ? ' deleted' : ''}`),
	);
	const sum = (count: (life: Life) => number): number => all.reduce((total, [, life]) => total + count(life), 0);
	return {
		changes,
		lost,
		arrived: changes - lost.length,
		doubled: sum(({ states }) => states.length - new Set(states).size),
		backwards: sum(({ states }) => states.filter((state, index) => state < (states[index - 1] ?? '')).length),
	};
}
