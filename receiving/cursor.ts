import { readMoment } from '../salesforce/moment';
import { eventsOf } from './event';
import type { Change, ChangeEvent, Told } from './event';

/**
 * How far a reader of changes has come, as plain data that can be stored. It holds no clock of ours: all stamps are
 * Salesforce's own, `2026-05-01T07:25:37Z`.
 */
export interface Cursor {
	/** Changes are read from here on: a stamp, and within its second the records behind an ID. */
	floor: { stamp: string; id: string };
	/** The stamps of the changes behind the floor that were told, by record. */
	seen: Record<string, string>;
	/** When records in the recycle bin were deleted, so that their return is known. */
	bin: Record<string, string>;
	/** Everything that was created before this stamp, and could be told, was told. */
	horizon: string;
	/** While more waits than is taken at once: when that began. */
	backlogSince?: string;
}

/** What one reading of changes makes of a cursor. */
export interface Step {
	cursor: Cursor;
	/** The changes that were not told before, in order, with what became of their records. */
	news: Array<{ change: Change; events: ChangeEvent[] }>;
	/** Whether everything was read that there is. */
	isComplete: boolean;
	/** Whether what was stamped in the second of the reading waits for the next one. */
	isSettled: boolean;
}

/**
 * When changes were read, by Salesforce's clock. What was stamped in the second in which the reading began waits for the
 * next one: the same record may be changed again within that second, and the two could not be told apart.
 */
export interface TimeOfReading {
	/** Not later than it did. */
	began: Date;
	/** Not earlier than it did. */
	ended: Date;
}

/**
 * How long Salesforce may show a change later than it stamps it, in milliseconds: an Apex transaction runs for ten
 * minutes at most (Apex guide, execution governors), and the clocks of its servers may differ by some seconds (assumed).
 */
export const OVERLAP = 11 * 60_000;

/** The most changes that are remembered; n8n keeps them with the workflow. */
export const MOST_SEEN = 10_000;

/** The most deleted records that are remembered. */
const MOST_IN_BIN = 5_000;

/**
 * How long records may come back out of the recycle bin, in milliseconds: they lie there for 15 days (Salesforce Help,
 * recycle bin), and some time longer until Salesforce clears them away (assumed).
 */
const IN_BIN = 30 * 24 * 3_600_000;

/** A cursor that tells everything from a moment on. */
export function cursorAt(moment: Date): Cursor {
	const stamp = stampOf(moment);
	return { floor: { stamp, id: '' }, seen: {}, bin: {}, horizon: stamp };
}

/** A moment as stamps are written. */
export function stampOf(moment: Date): string {
	return `${moment.toISOString().slice(0, 19)}Z`;
}

/** `2026-05-01T07:25:37.000+0000` as stamps are written; Salesforce keeps no fraction of a second. */
export function readStamp(moment: unknown): string {
	return stampOf(new Date(readMoment(moment)));
}

/** Whether a change was told, or is older than what is to be told. */
export function isKnown({ seen, floor }: Cursor, { id, stamp }: Pick<Change, 'id' | 'stamp'>): boolean {
	return seen[id] === stamp || !isLater({ id, stamp }, floor);
}

/** How many changes must be asked for so that `wanted` new ones are among them, and one more that tells of the rest. */
export function rowsToRead({ seen }: Cursor, wanted: number): number {
	return Object.keys(seen).length + wanted + 1;
}

/**
 * Goes on from a cursor.
 *
 * @param changes what was read from its floor on, ordered by stamp and ID, at most `rowsToRead` of them
 * @param wanted how many new ones are taken at most
 * @param read when they were read, by Salesforce's clock, where that is known
 */
export function advance(cursor: Cursor, changes: readonly Change[], wanted: number, read?: TimeOfReading): Step {
	const settled = read === undefined ? changes : changes.filter(({ stamp }) => stamp < stampOf(read.began));
	const fresh = settled.filter(({ id, stamp }) => cursor.seen[id] !== stamp);
	const taken = fresh.slice(0, wanted);
	// Those that are not settled come last: where there is one, all others were read.
	const isAllRead = settled.length < changes.length || changes.length < rowsToRead(cursor, wanted);
	const isComplete = isAllRead && fresh.length === taken.length;
	const seen = new Map(Object.entries(cursor.seen));
	const bin = new Map(Object.entries(cursor.bin));
	const told: Told = {
		before: (change) => seen.has(change.id) || wasTold(cursor, change),
		deleted: (id) => bin.has(id),
	};
	const news = taken.map((change) => {
		const events = eventsOf(change, told);
		seen.set(change.id, change.stamp);
		bin.delete(change.id);
		if (change.isDeleted) bin.set(change.id, change.stamp);
		return { change, events };
	});
	const last = taken.at(-1)?.stamp ?? cursor.floor.stamp;
	const reached = isComplete && read !== undefined ? stampOf(read.ended) : last;
	const floor = later(cursor.floor, { stamp: before(reached, OVERLAP), id: '' });
	const kept = remembered(floor, seen);
	return {
		cursor: {
			...kept,
			bin: youngest(bin, before(reached, IN_BIN)),
			horizon: isComplete && kept.floor.stamp > cursor.horizon ? kept.floor.stamp : cursor.horizon,
			...(isComplete
				? {}
				: { backlogSince: cursor.backlogSince ?? (read === undefined ? reached : stampOf(read.ended)) }),
		},
		news,
		isComplete,
		isSettled: settled.length === changes.length,
	};
}

/**
 * Whether a record that is not remembered was told. While a backlog is worked off, one that was created in it has been
 * told when its turn had come and it was changed again since the backlog began; before, each record has one place in it.
 */
function wasTold({ horizon, floor, backlogSince }: Cursor, { id, createdAt, stamp }: Change): boolean {
	if (createdAt === undefined || createdAt < horizon) return true;
	if (isLater({ stamp: createdAt, id }, floor)) return false;
	return horizon === floor.stamp || (backlogSince !== undefined && stamp > backlogSince);
}

/** What of the told changes lies behind the floor; the floor rises where these are too many to be remembered. */
function remembered(floor: Cursor['floor'], seen: ReadonlyMap<string, string>): Pick<Cursor, 'floor' | 'seen'> {
	const behind = [...seen]
		.map(([id, stamp]) => ({ id, stamp }))
		.filter((place) => isLater(place, floor))
		.sort((a, b) => (isLater(a, b) ? 1 : -1));
	const dropped = behind.slice(0, Math.max(0, behind.length - MOST_SEEN));
	return {
		floor: dropped.at(-1) ?? floor,
		seen: Object.fromEntries(behind.slice(dropped.length).map(({ id, stamp }) => [id, stamp])),
	};
}

function youngest(bin: ReadonlyMap<string, string>, from: string): Record<string, string> {
	const young = [...bin].filter(([, stamp]) => stamp >= from).sort(([, a], [, b]) => (a < b ? -1 : 1));
	return Object.fromEntries(young.slice(-MOST_IN_BIN));
}

/** Whether a place comes behind another. SOQL orders IDs as texts with regard to case (assumed). */
function isLater(a: Cursor['floor'], b: Cursor['floor']): boolean {
	return a.stamp === b.stamp ? a.id > b.id : a.stamp > b.stamp;
}

function later(a: Cursor['floor'], b: Cursor['floor']): Cursor['floor'] {
	return isLater(b, a) ? b : a;
}

function before(stamp: string, milliseconds: number): string {
	return stampOf(new Date(Date.parse(stamp) - milliseconds));
}
