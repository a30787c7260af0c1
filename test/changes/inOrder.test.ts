import { newestFirst, rounds } from '../../changes/inOrder';
import type { Restoring } from '../../changes/inOrder';

const write = (kind: Restoring['kind'], id: string, mentions: string[] = [], object = 'Case'): Restoring => {
	return { kind, object, id, mentions };
};
const ids = (writes: Restoring[]) => rounds(writes).map((round) => round.map((place) => writes[place]?.id));

describe('the order of changes', () => {
	it('is the newest first: by seconds of Salesforce, then by the clock of n8n, then by their places', () => {
		const of = (stamp: string, at: string) => ({ stamp: `2026-05-01T${stamp}Z`, at: `2026-05-01T${at}Z` });
		expect(
			newestFirst([
				of('10:00:01', '09:00:00.100'),
				of('10:00:02', '09:00:00.000'),
				of('10:00:01', '09:00:00.200'),
				of('10:00:01', '09:00:00.200'),
			]),
		).toEqual([1, 3, 2, 0]);
	});
});

describe('the rounds of writes', () => {
	it('put what hangs on nothing together, by kind and object', () => {
		expect(
			ids([
				write('update', 'a'),
				write('delete', 'b'),
				write('update', 'c'),
				write('update', 'd', [], 'Account'),
				write('delete', 'e'),
			]),
		).toEqual([['a', 'c'], ['b', 'e'], ['d']]);
	});

	it('write a record once in a call, and keep the order of its writes', () => {
		expect(ids([write('update', 'a'), write('update', 'a'), write('update', 'b'), write('delete', 'a')])).toEqual([
			['a', 'b'],
			['a'],
			['a'],
		]);
	});

	it('bring parents back before their children, and delete them after, in whatever order they come', () => {
		expect(ids([write('create', 'child', ['parent']), write('create', 'parent')])).toEqual([['parent'], ['child']]);
		expect(ids([write('delete', 'parent'), write('delete', 'child', ['parent'])])).toEqual([['child'], ['parent']]);
		expect(ids([write('update', 'child', ['parent']), write('create', 'parent')])).toEqual([['parent'], ['child']]);
	});

	it('let a record go from its parent before that is deleted', () => {
		expect(ids([write('update', 'child', ['parent']), write('delete', 'parent')])).toEqual([['child'], ['parent']]);
	});

	it('keep the order of one record where its parent would change it', () => {
		const writes = [write('delete', 'parent'), write('update', 'child'), write('delete', 'child', ['parent'])];
		expect(rounds(writes)).toEqual([[1], [2], [0]]);
	});

	it('leave a circle in the order in which it came', () => {
		expect(ids([write('create', 'a', ['b']), write('create', 'b', ['a'])])).toEqual([['b'], ['a']]);
	});

	it('bring back first, of a circle, what others cannot be without', () => {
		const needing = (id: string, ...needs: string[]) => ({
			...write(
				'create',
				id,
				['a', 'b', 'c'].filter((one) => one !== id),
			),
			needs,
		});
		expect(ids([needing('a'), needing('b', 'a')])).toEqual([['a'], ['b']]);
		expect(ids([needing('b', 'a'), needing('a')])).toEqual([['a'], ['b']]);
		expect(ids([needing('a'), needing('b', 'c'), needing('c', 'a')])).toEqual([['a'], ['c'], ['b']]);
		expect(ids([needing('a', 'b'), needing('b', 'a')])).toEqual([['b'], ['a']]);
	});
});
