import { append } from '../salesforce/append';
import type { Change } from './change';

/**
 * The places of changes in the order in which they are undone: the newest first, by Salesforce's clock, within a second
 * by that of n8n, and of one moment the one that came last. What was made of a record later is taken back before what
 * was made of it earlier.
 */
export function newestFirst(changes: ReadonlyArray<Pick<Change, 'at' | 'stamp'>>): number[] {
	const moments = changes.map(({ at, stamp }) => [Date.parse(stamp), Date.parse(at)] as const);
	return [...changes.keys()].sort((one, other) => {
		const [ownStamp, own] = moments[one] as (typeof moments)[number];
		const [otherStamp, others] = moments[other] as (typeof moments)[number];
		return otherStamp - ownStamp || others - own || other - one;
	});
}

/** A write that takes a change back, as far as its place among the others depends on it. */
export interface Restoring {
	kind: 'update' | 'delete' | 'create';
	object: string;
	/** The record that is written; of one that comes back, the one that it was. None where nobody knows it. */
	id?: string;
	/** IDs of the records that it refers to, before or after. */
	mentions: readonly string[];
	/** Those of them without which it cannot be written, since the field that refers to them must not be empty. */
	needs?: readonly string[];
}

/**
 * Puts writes together that may go to Salesforce in the same calls: those of one kind and object, each record once.
 * What comes later may need what came before: writes of one record keep their order, and so do those of a record and
 * of another that refers to it. What comes back comes before what refers to it, and what is deleted after.
 *
 * @param writes the newest change first
 * @returns the places of the writes, round by round
 */
export function rounds(writes: readonly Restoring[]): number[][] {
	const groups = new Map<string, number[]>();
	const levels = levelsOf(writes);
	for (const place of [...writes.keys()].sort((one, other) => (levels[one] ?? 0) - (levels[other] ?? 0))) {
		const { kind, object } = writes[place] as Restoring;
		append(groups, `${levels[place]} ${kind} ${object.toLowerCase()}`, place);
	}
	return [...groups.values()];
}

/** How many others each write waits for at least, one after the other. */
function levelsOf(writes: readonly Restoring[]): number[] {
	const levels: number[] = [];
	const written = new Map<string, number>();
	const mentioned = new Map<string, number>();
	for (const place of parentsFirst(writes)) {
		const { id, mentions } = writes[place] as Restoring;
		const before = [
			...(id === undefined ? [] : [written.get(id), mentioned.get(id)]),
			...mentions.map((one) => written.get(one)),
		];
		const level = before.reduce<number>((most, one) => Math.max(most, (one ?? -1) + 1), 0);
		levels[place] = level;
		if (id !== undefined) written.set(id, level);
		for (const one of mentions) mentioned.set(one, Math.max(mentioned.get(one) ?? 0, level));
	}
	return levels;
}

/**
 * The places of writes, those of parents that come back before those of their children, and those of parents that are
 * deleted after. Of records that refer to each other in a circle, one that others cannot be without comes first; else the
 * order stays as it is.
 */
function parentsFirst(writes: readonly Restoring[]): number[] {
	const comingBack = new Map<string, number>();
	const children = new Map<string, number[]>();
	writes.forEach(({ kind, id, mentions }, place) => {
		if (kind === 'create' && id !== undefined) comingBack.set(id, place);
		if (kind === 'delete') for (const one of mentions) append(children, one, place);
	});
	const needs = (place: number, wanted: number, asked = new Set<number>()): boolean => {
		if (place === wanted || asked.has(place)) return place === wanted;
		asked.add(place);
		const own = writes[place]?.needs ?? [];
		return own.some((one) => comingBack.has(one) && needs(comingBack.get(one) as number, wanted, asked));
	};
	const earlier = earlierOfSame(writes);
	const order: number[] = [];
	const seen = new Set<number>();
	const visit = (place: number): void => {
		if (seen.has(place)) return;
		seen.add(place);
		const { kind, id, mentions, needs: own = [] } = writes[place] as Restoring;
		const parents = mentions.filter((one) => own.includes(one) || !needs(comingBack.get(one) ?? -1, place));
		const first =
			kind === 'delete' ? (children.get(id ?? '') ?? []) : parents.flatMap((one) => comingBack.get(one) ?? []);
		for (const one of [...(earlier[place] ?? []), ...first]) visit(one);
		order.push(place);
	};
	for (const place of writes.keys()) visit(place);
	return order;
}

/** For each write the one before it of the same record, if there is one. */
function earlierOfSame(writes: readonly Restoring[]): number[][] {
	const last = new Map<string, number>();
	return writes.map(({ id = '' }, place) => {
		const before = last.get(id);
		if (id !== '') last.set(id, place);
		return before === undefined ? [] : [before];
	});
}
