import { standingOfDuplicate, standingOfMove, standingOfStray } from '../../moves/reconcile';
import type { CaseFacts } from '../../moves/reconcile';

const open = { isClosed: false, differs: false, wasReopened: false };
const closed = { ...open, isClosed: true };
const due = { isDue: true, isInConflict: false };

describe('a move and its Case', () => {
	it.each<[string, { isDue: boolean; isInConflict: boolean }, CaseFacts | undefined, string, string]>([
		['the same', due, open, 'inStep', 'inStep'],
		['no Case', due, undefined, 'missing', 'toPush'],
		['no Case, and not due', { ...due, isDue: false }, undefined, 'notDue', 'inStep'],
		['a Case that differs', due, { ...open, differs: true }, 'changed', 'toPush'],
		['a Case, though not due', { ...due, isDue: false }, open, 'notDue', 'attention'],
		['closed', due, closed, 'closed', 'inStep'],
		['closed and different', due, { ...closed, differs: true }, 'closed', 'attention'],
		['closed, though not due', { ...due, isDue: false }, closed, 'closed', 'attention'],
		['reopened', due, { ...open, wasReopened: true }, 'reopened', 'attention'],
		['reopened and different', due, { ...open, wasReopened: true, differs: true }, 'changed', 'toPush'],
		['in conflict, no Case', { ...due, isInConflict: true }, undefined, 'conflict', 'attention'],
		['in conflict and different', { ...due, isInConflict: true }, { ...open, differs: true }, 'conflict', 'attention'],
		['in conflict, but closed', { ...due, isInConflict: true }, closed, 'closed', 'inStep'],
	])('%s', (_what, move, found, state, way) => {
		expect(standingOfMove(move, found)).toEqual({ state, way });
	});
});

it('a Case without a move is to be undone while it is open, and only when the moves are complete', () => {
	expect(standingOfStray(false, true)).toEqual({ state: 'stale', way: 'toUndo' });
	expect(standingOfStray(false, false)).toEqual({ state: 'stale', way: 'attention' });
	expect(standingOfStray(true, true)).toEqual({ state: 'closed', way: 'inStep' });
});

it('a second Case of a move is to be undone while it is open', () => {
	expect(standingOfDuplicate(false)).toEqual({ state: 'duplicate', way: 'toUndo' });
	expect(standingOfDuplicate(true)).toEqual({ state: 'duplicate', way: 'attention' });
});
