import { advanceDeletions } from '../../receiving/deletions';
import type { Deletion } from '../../receiving/deletions';

const stamp = (seconds: number): string => `2026-05-31T12:00:${String(seconds).padStart(2, '0')}Z`;
const gone = (id: string, seconds: number): Deletion => ({ id, at: stamp(seconds) });
const ids = (news: readonly Deletion[]): string[] => news.map(({ id }) => id);

it('takes a log in batches, each entry once, also what is stamped late', () => {
	const start = { from: stamp(10), told: {} };
	const log = { deletions: [gone('old', 9), gone('b', 20), gone('a', 20), gone('c', 30)], covered: stamp(15) };
	const first = advanceDeletions(start, log, 1);
	expect([ids(first.news), first.waiting]).toEqual([['a'], 2]);
	const second = advanceDeletions(first.cursor, log, 10);
	expect([ids(second.news), second.waiting]).toEqual([['b', 'c'], 0]);
	const late = { deletions: [...log.deletions, gone('late', 21)], covered: stamp(40) };
	const third = advanceDeletions(second.cursor, late, 10);
	expect(ids(third.news)).toEqual(['late']);
	expect(third.cursor).toEqual({ from: stamp(40), told: {} });
});

it('goes on from the first entry that waits', () => {
	const log = { deletions: [gone('a', 20), gone('b', 25)], covered: stamp(40) };
	expect(advanceDeletions({ from: stamp(10), told: {} }, log, 1).cursor).toEqual({ from: stamp(25), told: {} });
});
