import { stampOf } from './cursor';

/** An entry in the log of what was deleted. */
export interface Deletion {
	id: string;
	/** A stamp. */
	at: string;
}

/** How far the log was read, as plain data that can be stored. */
export interface DeletionCursor {
	/** It is read from here on: a stamp. */
	from: string;
	/** Which entries from then on were told: when they were deleted, by ID. */
	told: Record<string, string>;
}

/** A part of the log, as Salesforce gives it. */
export interface DeletionLog {
	deletions: readonly Deletion[];
	/** Up to when it is complete: what is still under way may be stamped with a later moment. */
	covered: string;
}

/** How long Salesforce keeps the log, in milliseconds: 15 days (REST API, Get Deleted), less an hour for its clock. */
const KEPT = (15 * 24 - 1) * 3_600_000;

/** Tells what is deleted from a moment on, as far as it is in the log yet. */
export function deletionsFrom(moment: Date, now: Date): DeletionCursor {
	return { from: stampOf(new Date(Math.max(moment.getTime(), now.getTime() - KEPT))), told: {} };
}

/**
 * Goes on from a cursor.
 *
 * @param log what was read from it on
 * @param wanted how many new entries are taken at most
 */
export function advanceDeletions(
	{ from, told }: DeletionCursor,
	{ deletions, covered }: DeletionLog,
	wanted: number,
): { cursor: DeletionCursor; news: Deletion[]; waiting: number } {
	const fresh = deletions
		.filter(({ id, at }) => at >= from && told[id] === undefined)
		.sort((a, b) => (`${a.at} ${a.id}` < `${b.at} ${b.id}` ? -1 : 1));
	const news = fresh.slice(0, wanted);
	const reached = fresh[wanted]?.at ?? covered;
	const next = reached > from ? reached : from;
	const all = [...Object.entries(told), ...news.map(({ id, at }) => [id, at] as const)];
	return {
		cursor: { from: next, told: Object.fromEntries(all.filter(([, at]) => at >= next)) },
		news,
		waiting: fresh.length - news.length,
	};
}
