import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import type { QueriedRecord } from '../../salesforce/query';
import { advance, cursorAt, isKnown, MOST_SEEN, OVERLAP, rowsToRead, stampOf } from '../cursor';
import type { Cursor, Step } from '../cursor';
import { advanceDeletions, deletionsFrom } from '../deletions';
import type { DeletionCursor } from '../deletions';
import type { ChangeEvent } from '../event';
import { Memory, MOST_REMEMBERED } from '../memory';
import type { Remembered } from '../memory';
import { readColumns } from './columns';
import type { Columns } from './columns';
import { countChanges, readChanges, readLatest } from './readChanges';
import type { ChangedRecord, ChangesQuery } from './readChanges';
import { readDeletions } from './readDeletions';

/** What is waited for. */
export interface Watch {
	object: string;
	/** Undefined for all fields. */
	fields?: readonly string[];
	/** What stands behind WHERE, complete and without named parameters; empty for all records. */
	condition: string;
	/** Whether new records count by themselves. */
	includeCreated: boolean;
	/** Whether deleted records count. */
	includeDeleted: boolean;
	start: { from: 'now' | 'everything' } | { from: 'moment'; moment: Date };
	/** The most changes that are handed over at once. */
	most: number;
	/** What is told of a change, by name; nothing for one that does not count. */
	tell(change: SeenChange): readonly string[];
	/** What is remembered of each record, so that a later change can be compared with it. */
	remember?: Remember;
}

/** What is remembered of records. */
export interface Remember {
	/** The fields that it is made of; they are read whatever else is wanted. */
	fields: readonly string[];
	/** A short text; the same one as long as nothing that matters was changed. */
	of(record: QueriedRecord): string;
}

/** What is kept between two looks, as plain data. */
export interface WatchState {
	/** Absent when other fields are wanted now. */
	columns?: Columns;
	cursor: Cursor;
	/** Where deletions are read from the log. */
	deletions?: DeletionCursor;
	remembered?: Remembered;
}

/** A change that was not seen before. */
export interface SeenChange extends ChangedRecord {
	/** What became of the record, the most telling first. */
	events: readonly ChangeEvent[];
	/** What was changed before this stamp was told, or is older than the trigger. */
	since: string;
	/** What was remembered of the record; undefined where nothing was. */
	before?: string;
	/** What is remembered of it from now on. */
	now?: string;
}

/** A change that is handed over. */
export interface ToldChange extends SeenChange {
	event: string;
}

/** What a look gave. */
export interface Look {
	changes: ToldChange[];
	/** How many more wait for the next look. */
	waiting: number;
	/** Whether nothing waits for the second to be over in which it was changed. */
	isSettled: boolean;
	/** What was read. */
	columns: Columns;
	/** What is kept for the next look, once the changes were handed over. */
	state: WatchState;
}

/** How often a look reads on where nothing of what it read counts; the next look goes on from there. */
const MOST_READS = 20;

/** Salesforce's first day; no record is older. */
const BEGINNING = new Date('1999-01-01T00:00:00Z');

/**
 * Looks for changes since the last look. Nothing is kept by it: with the same state it gives the same changes again.
 *
 * @param before what the last look gave; undefined for the first one
 * @throws OrgError
 */
export async function look(org: Org, watch: Watch, before: WatchState | undefined): Promise<Look> {
	const known = before?.columns ?? (await columnsOf(org, watch));
	return await withColumns(org, watch, known, async (columns) => {
		checkEvents(watch, columns);
		const query = queryOf(watch, columns);
		const cursor = before?.cursor ?? (await firstCursor(org, watch, query));
		const memory = await memoryFor(org, watch, query, cursor, before?.remembered);
		const found = await lookFrom(org, watch, query, cursor, memory);
		return watch.includeDeleted && columns.deletions === 'log'
			? await withDeletions(org, watch, found, before?.deletions)
			: found;
	});
}

/** @throws InputError where new or deleted records are wanted and cannot be told */
function checkEvents(watch: Watch, { object, createdBy, deletions }: Columns): void {
	const { includeCreated, includeDeleted, condition } = watch;
	if (includeCreated && createdBy === undefined) {
		throw new InputError(
			`Records of ${object} do not tell when they were created`,
			'Choose Updated under Events instead of Created.',
		);
	}
	if (!includeDeleted || deletions === 'bin') return;
	if (deletions === 'nowhere') {
		throw new InputError(
			`Salesforce does not tell which records of ${object} were deleted`,
			'Take Deleted and Undeleted out of Events.',
		);
	}
	if (condition === '') return;
	throw new InputError(
		`Of deleted records of ${object} nothing is left but the ID, so no condition can be checked`,
		'Empty Condition, or take Deleted out of Events.',
	);
}

/** Adds what the log of deletions has; behind the changes, since such records do not come back. */
async function withDeletions(org: Org, watch: Watch, found: Look, before: DeletionCursor | undefined): Promise<Look> {
	const now = org.time ?? new Date();
	const { start } = watch;
	const begin = start.from === 'moment' ? start.moment : start.from === 'now' ? now : BEGINNING;
	const cursor = before ?? deletionsFrom(begin, now);
	const log = await readDeletions(org, found.columns.object, cursor.from, now);
	const step = advanceDeletions(cursor, log, Math.max(0, watch.most - found.changes.length));
	const gone = step.news.flatMap(({ id, at }) =>
		told(watch, { id, stamp: at, isDeleted: true, record: { Id: id }, events: ['deleted'], since: at }),
	);
	return {
		...found,
		changes: [...found.changes, ...gone],
		waiting: found.waiting + step.waiting,
		state: { ...found.state, deletions: step.cursor },
	};
}

/**
 * The newest changes, to try a workflow with.
 *
 * @param limit how many at most
 * @throws OrgError
 */
export async function lookAtNewest(
	org: Org,
	watch: Watch,
	limit: number,
): Promise<{ changes: ToldChange[]; columns: Columns }> {
	const columns = await columnsOf(org, watch);
	const read = await readLatest(org, queryOf(watch, columns), limit);
	const changes = read.map((change): SeenChange => ({ ...change, events: likelyEvents(change), since: change.stamp }));
	return { changes: changes.flatMap((change) => told(watch, change)), columns };
}

function likelyEvents({ isDeleted, createdAt, stamp }: ChangedRecord): ChangeEvent[] {
	if (isDeleted) return ['deleted'];
	return createdAt === stamp ? ['created'] : ['updated'];
}

function told(watch: Watch, change: SeenChange): ToldChange[] {
	return watch.tell(change).map((event) => ({ ...change, event }));
}

async function columnsOf(org: Org, { object, fields, remember }: Watch, notBefore?: number): Promise<Columns> {
	return await readColumns(org, object, fields, remember?.fields ?? [], notBefore);
}

/** A field that was there at the last look may have gone, or been hidden, since: it is left out, and named. */
async function withColumns(
	org: Org,
	watch: Watch,
	columns: Columns,
	run: (columns: Columns) => Promise<Look>,
): Promise<Look> {
	const began = Date.now();
	try {
		return await run(columns);
	} catch (error) {
		if (!(error instanceof OrgError && error.code === 'INVALID_FIELD')) throw error;
		const now = await columnsOf(org, watch, began);
		const isSame = now.fields.join() === columns.fields.join() && now.system.join() === columns.system.join();
		if (isSame) throw error;
		return await run(now);
	}
}

async function firstCursor(org: Org, { start }: Watch, query: ChangesQuery): Promise<Cursor> {
	if (start.from === 'everything') return cursorAt(BEGINNING);
	if (start.from === 'moment') return cursorAt(start.moment);
	// What was changed shortly before is known as such, so that what commits late is told, and nothing else of then.
	let cursor = cursorAt(new Date((org.time ?? new Date()).getTime() - OVERLAP));
	for (;;) {
		const step = await stepFrom(org, query, cursor, MOST_SEEN);
		cursor = step.cursor;
		if (step.isComplete) return cursor;
	}
}

/** What is remembered; where that is nothing yet, or of other fields, the records that were changed last are read. */
async function memoryFor(
	org: Org,
	{ remember }: Watch,
	query: ChangesQuery,
	cursor: Cursor,
	remembered: Remembered | undefined,
): Promise<Memory | undefined> {
	if (remember === undefined) return undefined;
	const memory = new Memory(remember.fields, remembered);
	if (!memory.isNew) return memory;
	const latest = [...Object.values(cursor.seen), cursor.floor.stamp].sort().at(-1);
	const columns = { ...query.columns, fields: [...remember.fields] };
	const records = await readLatest(org, { ...query, columns }, MOST_REMEMBERED, latest);
	for (const change of records.reverse()) {
		if (isKnown(cursor, change)) memory.put(change.id, remember.of(change.record));
	}
	return memory;
}

/** Reads on from a cursor. Salesforce tells its time with its answer; when the reading began, follows from how long it took. */
async function stepFrom(org: Org, query: ChangesQuery, cursor: Cursor, most: number): Promise<Step> {
	const began = Date.now();
	const changes = await readChanges(org, query, cursor, rowsToRead(cursor, most));
	const ended = org.time;
	if (ended === undefined) return advance(cursor, changes, most);
	const took = Date.now() - began;
	// The time in an answer has no fraction of a second.
	return advance(cursor, changes, most, { began: new Date(ended.getTime() - took - 1000), ended });
}

async function lookFrom(
	org: Org,
	watch: Watch,
	query: ChangesQuery,
	from: Cursor,
	memory: Memory | undefined,
): Promise<Look> {
	let cursor = from;
	for (let reads = 1; ; reads++) {
		const before = cursor;
		const step = await stepFrom(org, query, before, watch.most);
		cursor = step.cursor;
		const changes = step.news.flatMap(({ change, events }): ToldChange[] => {
			const since = next(before.seen[change.id]) ?? before.floor.stamp;
			const changed = change as ChangedRecord;
			const now = watch.remember?.of(changed.record);
			const seen = { ...changed, events, since, before: memory?.get(change.id), now };
			if (now !== undefined) memory?.put(change.id, now);
			return told(watch, seen);
		});
		if (changes.length === 0 && !step.isComplete && reads < MOST_READS) continue;
		const waiting = step.isComplete || changes.length === 0 ? 0 : await countWaiting(org, query, cursor);
		const columns = step.news.length === 0 ? query.columns : await columnsOf(org, watch);
		const state = { columns, cursor, remembered: memory?.stored() };
		return { changes, waiting, isSettled: step.isSettled, columns: query.columns, state };
	}
}

/** The second after a stamp that was told. */
function next(stamp: string | undefined): string | undefined {
	return stamp === undefined ? undefined : stampOf(new Date(Date.parse(stamp) + 1000));
}

async function countWaiting(org: Org, query: ChangesQuery, cursor: Cursor): Promise<number> {
	return Math.max(1, (await countChanges(org, query, cursor)) - Object.keys(cursor.seen).length);
}

function queryOf({ condition, includeDeleted }: Watch, columns: Columns): ChangesQuery {
	return { columns, condition, includeDeleted: includeDeleted && columns.deletions === 'bin' };
}
