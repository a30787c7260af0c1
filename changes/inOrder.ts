import type { Change } from './change';

/**
 * The places of changes in the order in which they are undone: the newest first, and of one moment the one that came
 * last. What was made of a record later is taken back before what was made of it earlier.
 */
export function newestFirst(changes: ReadonlyArray<Pick<Change, 'at'>>): number[] {
	return [...changes.keys()].sort((one, other) => {
		const byTime = Date.parse(changes[other]?.at ?? '') - Date.parse(changes[one]?.at ?? '');
		return byTime === 0 ? other - one : byTime;
	});
}

/** A write that takes a change back, as far as its place among the others depends on it. */
export interface Restoring {
	kind: 'update' | 'delete' | 'create';
	object: string;
	/** The record that is written; none for one that is made anew. */
	id?: string;
}

/**
 * Puts writes together that may go to Salesforce in the same calls: those of one kind and object that follow each
 * other, each record once. What comes later may need what came before.
 *
 * @returns the places of the writes, round by round
 */
export function rounds(writes: readonly Restoring[]): number[][] {
	const all: number[][] = [];
	let ids = new Set<string>();
	writes.forEach((write, place) => {
		const last = writes[place - 1];
		const isSame = last !== undefined && last.kind === write.kind && last.object === write.object;
		const round = all.at(-1);
		if (isSame && round !== undefined && !(write.id !== undefined && ids.has(write.id))) round.push(place);
		else {
			all.push([place]);
			ids = new Set();
		}
		if (write.id !== undefined) ids.add(write.id);
	});
	return all;
}
