import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import type { Activated, Executions } from './engine';
import { random } from './random';

/** A trigger as n8n has it. */
export interface TriggerUnderTest {
	/**
	 * Starts n8n, which polls at once.
	 * @param stored what it has stored of the trigger
	 * @param executions what it makes of what the trigger hands over
	 */
	start(stored: IDataObject, executions: Executions): Promise<Activated>;
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
	/**
	 * What befalls n8n: nothing, its database refuses an execution now and then, or it is also killed in the midst of a
	 * poll, whatever of it was stored by then.
	 */
	troubles: 'none' | 'refusals' | 'crashes';
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
/** How often a start of n8n fails in a row at most. */
const MOST_STARTS = 20;
/** After so long a second is over for good, in milliseconds. */
const SETTLED = 5 * SECOND;

/**
 * People write Cases, in bursts of one second and in transactions that commit late, delete and restore them; the trigger
 * polls at random, its calls fail, n8n is started again between any two steps.
 */
export async function live(org: LocalOrg, trigger: TriggerUnderTest, options: LifeOptions): Promise<LifeReport> {
	const { advance, troubles, deletions, passingFaults } = options;
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

	const n8n: Executions = { keys: new Set() };
	let active = await trigger.start({}, n8n);
	let taken = 0;
	const takeNew = (): number => {
		const fresh = active.items.slice(taken);
		taken += fresh.length;
		take(fresh);
		return fresh.length;
	};
	/** Starts n8n again; a start that fails is tried again, as n8n does. */
	const restart = async (): Promise<void> => {
		const kept = active.kept();
		await active.close();
		for (let tries = 0; ; tries++) {
			const next = await trigger.start(kept, n8n).catch((error: unknown) => {
				if (tries === MOST_STARTS) throw error;
			});
			if (next === undefined) continue;
			[active, taken] = [next, 0];
			takeNew();
			return;
		}
	};
	const poll = async (): Promise<number> => {
		if (roll() < 0.2) breakCall(org, roll, passingFaults);
		const trouble = roll();
		n8n.fate = troubles !== 'none' && trouble < 0.05 ? 'refused' : undefined;
		const isKilled = troubles === 'crashes' && trouble > 0.8;
		if (isKilled)
			n8n.fate = ([undefined, 'under way', 'lost', 'unstored', 'vanished'] as const)[Math.floor(roll() * 5)];
		// Whoever is killed does not wait for what becomes of it.
		const killed = new Promise<void>((resolve) => (n8n.onHandedOver = isKilled ? resolve : undefined));
		const isDone = await Promise.race([active.poll(), killed]).then(
			() => true,
			() => false,
		);
		const isSure = n8n.fate === undefined && !isKilled;
		n8n.fate = undefined;
		const count = takeNew();
		if (isKilled) await restart();
		return isDone && isSure ? count : -1;
	};

	while (changes < options.changes) {
		const burst = roll() < 0.1 ? 25 : Math.floor(roll() * 4);
		for (let count = 0; count < burst && changes < options.changes; count++) write();
		if (roll() < 0.5) advance(Math.floor(roll() * 90) * SECOND);
		if (roll() < 0.05) await restart();
		if (roll() < 0.5) await poll();
		if (roll() < 0.02) advance(24 * 3600 * SECOND);
	}
	advance(SETTLED);
	// A trigger that tells the same again and again never comes to rest.
	const most = 4 * changes + 100;
	for (let polls = 0, quiet = 0; quiet < 3 && polls < most; polls++) quiet = (await poll()) === 0 ? quiet + 1 : 0;
	await active.close();
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
