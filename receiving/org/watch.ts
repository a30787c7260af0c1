import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { advance, cursorAt, MOST_SEEN, OVERLAP, rowsToRead, stampOf } from '../cursor';
import type { Cursor, Step } from '../cursor';
import type { ChangeEvent } from '../event';
import { readColumns } from './columns';
import type { Columns } from './columns';
import { countChanges, readChanges, readNewest } from './readChanges';
import type { ChangedRecord, ChangesQuery } from './readChanges';

/** What is waited for. */
export interface Watch {
	object: string;
	/** Undefined for all fields. */
	fields?: readonly string[];
	condition: string;
	events: readonly ChangeEvent[];
	start: { from: 'now' | 'everything' } | { from: 'moment'; moment: Date };
	/** The most changes that are handed over at once. */
	most: number;
}

/** What is kept between two looks, as plain data. */
export interface WatchState {
	/** Absent when other fields are wanted now. */
	columns?: Columns;
	cursor: Cursor;
}

/** A change that is handed over. */
export interface ToldChange extends ChangedRecord {
	event: ChangeEvent;
	/** What was changed before this stamp was told, or is older than the trigger. */
	since: string;
}

/** What a look gave. */
export interface Look {
	changes: ToldChange[];
	/** How many more wait for the next look. */
	waiting: number;
	/** What was read. */
	columns: Columns;
	/** What is kept for the next look, once the changes were handed over. */
	state: WatchState;
}

/** Salesforce's first day; no record is older. */
const BEGINNING = new Date('1999-01-01T00:00:00Z');

/**
 * Looks for changes since the last look. Nothing is kept by it: with the same state it gives the same changes again.
 *
 * @param before what the last look gave; undefined for the first one
 * @throws OrgError
 */
export async function look(org: Org, watch: Watch, before: WatchState | undefined): Promise<Look> {
	const known = before?.columns ?? (await readColumns(org, watch.object, watch.fields));
	return await withColumns(org, watch, known, async (columns) => {
		const cursor = before?.cursor ?? (await firstCursor(org, watch, columns));
		return await lookFrom(org, watch, columns, cursor);
	});
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
	const columns = await readColumns(org, watch.object, watch.fields);
	const read = await readNewest(org, queryOf(watch, columns), limit);
	const changes = read.map((change): ToldChange => ({ ...change, event: likelyEvent(change), since: change.stamp }));
	return { changes: changes.filter(({ event }) => watch.events.includes(event)), columns };
}

function likelyEvent({ isDeleted, createdAt, stamp }: ChangedRecord): ChangeEvent {
	if (isDeleted) return 'deleted';
	return createdAt === stamp ? 'created' : 'updated';
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
		const now = await readColumns(org, watch.object, watch.fields, began);
		const isSame = now.fields.join() === columns.fields.join() && now.system.join() === columns.system.join();
		if (isSame) throw error;
		return await run(now);
	}
}

async function firstCursor(org: Org, watch: Watch, columns: Columns): Promise<Cursor> {
	const { start } = watch;
	if (start.from === 'everything') return cursorAt(BEGINNING);
	if (start.from === 'moment') return cursorAt(start.moment);
	// What was changed shortly before is known as such, so that what commits late is told, and nothing else of then.
	let cursor = cursorAt(new Date((org.time ?? new Date()).getTime() - OVERLAP));
	for (;;) {
		const step = await stepFrom(org, queryOf(watch, columns), cursor, MOST_SEEN);
		cursor = step.cursor;
		if (step.isComplete) return cursor;
	}
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

async function lookFrom(org: Org, watch: Watch, columns: Columns, from: Cursor): Promise<Look> {
	const query = queryOf(watch, columns);
	let cursor = from;
	for (;;) {
		const before = cursor;
		const step = await stepFrom(org, query, before, watch.most);
		cursor = step.cursor;
		const changes = step.news.flatMap(({ change, events }): ToldChange[] => {
			const event = events.find((one) => watch.events.includes(one));
			return event === undefined
				? []
				: [{ ...(change as ChangedRecord), event, since: next(before.seen[change.id]) ?? before.floor.stamp }];
		});
		if (changes.length === 0 && !step.isComplete) continue;
		const waiting = step.isComplete ? 0 : await countWaiting(org, query, cursor);
		const columnsNow = step.news.length === 0 ? columns : await readColumns(org, watch.object, watch.fields);
		return { changes, waiting, columns, state: { columns: columnsNow, cursor } };
	}
}

/** The second after a stamp that was told. */
function next(stamp: string | undefined): string | undefined {
	return stamp === undefined ? undefined : stampOf(new Date(Date.parse(stamp) + 1000));
}

async function countWaiting(org: Org, query: ChangesQuery, cursor: Cursor): Promise<number> {
	return Math.max(1, (await countChanges(org, query, cursor)) - Object.keys(cursor.seen).length);
}

function queryOf({ condition, events }: Watch, columns: Columns): ChangesQuery {
	const wantsBin = events.includes('deleted') || events.includes('undeleted');
	return { columns, condition, includeDeleted: wantsBin && columns.system.includes('IsDeleted') };
}
