import { append } from '../../salesforce/append';
import { idKey } from '../../salesforce/recordId';
import { isOfReclaim } from './reclaimed';

/** Tasks that are undone together: acts of Salesforce Reclaim License, or changes of other writes. */
export interface Turn<Task> {
	isReclaims: boolean;
	tasks: Task[];
}

/**
 * Puts acts and changes into turns, so that what was made of one user is undone the newest first, whichever node did it.
 * What has to do with no act comes after the acts: a record may want an owner who is active again.
 *
 * @returns each turn after the one that it may need
 */
export function turnsOf<Task extends { record: Record<string, unknown> }>(tasks: readonly Task[]): Array<Turn<Task>> {
	const about = tasks.map(({ record }, place) => ({ place, ids: idsOf(record), isReclaim: isOfReclaim(record) }));
	const acts = new Map<string, number>();
	for (const { ids, isReclaim } of about) if (isReclaim) for (const id of ids) acts.set(id, (acts.get(id) ?? 0) + 1);
	const reached = new Map<string, number>();
	const turns = new Map<number, Task[]>();
	const moments = tasks.map(({ record }) => momentOf(record));
	about.sort((one, other) => (moments[other.place] ?? 0) - (moments[one.place] ?? 0) || other.place - one.place);
	// Acts have the odd turns, changes the even ones.
	for (const { place, ids, isReclaim } of about) {
		if (isReclaim) for (const id of ids) acts.set(id, (acts.get(id) ?? 0) - 1);
		const isBeforeAct = ids.some((id) => (acts.get(id) ?? 0) > 0);
		const first = isReclaim ? 1 : isBeforeAct ? 0 : 2;
		const least = Math.max(first, ...ids.map((id) => reached.get(id) ?? 0));
		const turn = least % 2 === first % 2 ? least : least + 1;
		for (const id of ids) reached.set(id, turn);
		append(turns, turn, tasks[place] as Task);
	}
	return [...turns]
		.sort(([one], [other]) => one - other)
		.map(([turn, own]) => ({ isReclaims: turn % 2 === 1, tasks: own.reverse() }));
}

/** What tells that an act and a change have to do with each other: the user, and the records that say something of the user. */
function idsOf(record: Record<string, unknown>): string[] {
	const { id, userId, before, after, changes } = record;
	const parts = [before, after, ...(Array.isArray(changes) ? changes : [])].filter(isObject);
	const ids = [id, userId, ...parts.flatMap((part) => [part.id, part.AssigneeId, part.UserId])];
	return [...new Set(ids.filter((one) => typeof one === 'string').map(idKey))];
}

/** In which second it was written, by Salesforce's clock; 0 where it does not say. */
function momentOf({ stamp, at }: Record<string, unknown>): number {
	const moment = Date.parse(String(stamp ?? at));
	return Number.isNaN(moment) ? 0 : Math.floor(moment / 1000);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
