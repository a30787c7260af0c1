import { advance, cursorAt, rowsToRead, stampOf } from '../../receiving/cursor';
import type { Cursor } from '../../receiving/cursor';
import type { Change } from '../../receiving/event';

const START = new Date('2026-05-31T12:00:00Z');
const at = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);
const time = (seconds: number): { began: Date; ended: Date } => ({ began: at(seconds), ended: at(seconds) });
const change = (id: string, seconds: number, more: Partial<Change> = {}): Change => ({
	id,
	stamp: stampOf(at(seconds)),
	createdAt: stampOf(at(seconds)),
	isDeleted: false,
	...more,
});
const ids = ({ news }: { news: Array<{ change: Change }> }): string[] => news.map((one) => one.change.id);

it('is complete where all that is left belongs to the second of the reading', () => {
	const cursor = cursorAt(START);
	const changes = ['a', 'b', 'c'].map((id) => change(id, 7));
	expect(changes).toHaveLength(rowsToRead(cursor, 2));
	expect(advance(cursor, changes, 2, time(7))).toMatchObject({ news: [], isComplete: true });
	expect(ids(advance(cursor, changes, 2, time(8)))).toEqual(['a', 'b']);
});

it('goes through more of one second than it remembers, each once', () => {
	const all = Array.from({ length: 25_000 }, (_, index) => change(String(index).padStart(6, '0'), 1));
	let cursor: Cursor = cursorAt(START);
	const told: string[] = [];
	for (let isComplete = false; !isComplete;) {
		const { floor } = cursor;
		const behind = all.filter(({ id, stamp }) => stamp > floor.stamp || (stamp === floor.stamp && id > floor.id));
		const step = advance(cursor, behind.slice(0, rowsToRead(cursor, 7_000)), 7_000, time(60));
		told.push(...ids(step));
		({ cursor, isComplete } = step);
	}
	expect(told).toEqual(all.map(({ id }) => id));
	const again = all.slice(0, 2).map(({ id, createdAt }) => change(id, 61, { createdAt }));
	expect(advance(cursor, again, 7_000, time(70)).news.map(({ events }) => events[0])).toEqual(['updated', 'updated']);
});

it('tells apart what is new and what was changed, also while a backlog is worked off', () => {
	const first = advance(cursorAt(START), [change('a', 1), change('b', 2), change('c', 3)], 2, time(3_600));
	expect(first).toMatchObject({ isComplete: false, news: [{ events: ['created'] }, { events: ['created'] }] });
	const again = change('a', 3_601, { createdAt: stampOf(at(1)) });
	const second = advance(first.cursor, [change('a', 1), change('b', 2), change('c', 3), again], 10, time(3_700));
	expect(second.news.map(({ change: { id }, events }) => [id, events[0]])).toEqual([
		['c', 'created'],
		['a', 'updated'],
	]);
});
