/** How a move and its Case stand to each other. */
export type ReconcileState =
	| 'inStep'
	| 'missing'
	| 'changed'
	| 'stale'
	| 'closed'
	| 'reopened'
	| 'duplicate'
	| 'notDue'
	| 'conflict';

/** What is to be done about it. */
export type ReconcileWay = 'inStep' | 'toPush' | 'toUndo' | 'attention';

/** A state and what it asks for. */
export interface Standing {
	state: ReconcileState;
	way: ReconcileWay;
}

/** What is known of a Case when it is compared. */
export interface CaseFacts {
	isClosed: boolean;
	/** Whether it does not hold what the move says. */
	differs: boolean;
	/** Whether it was closed before, and is open again. */
	wasReopened: boolean;
}

/**
 * How a move stands to its Case.
 *
 * A closed Case is never written: what differs is for a person. A move that is not due, but has a Case, was put off
 * after it was pushed; whether its Case is to go is for a person too.
 *
 * @param found its Case; undefined where there is none
 * @param isInConflict whether it gets in the way of another move
 */
export function standingOfMove(
	{ isDue, isInConflict }: { isDue: boolean; isInConflict: boolean },
	found: CaseFacts | undefined,
): Standing {
	if (found?.isClosed === true) return { state: 'closed', way: found.differs || !isDue ? 'attention' : 'inStep' };
	if (isInConflict) return { state: 'conflict', way: 'attention' };
	if (!isDue) return { state: 'notDue', way: found === undefined ? 'inStep' : 'attention' };
	if (found === undefined) return { state: 'missing', way: 'toPush' };
	if (found.differs) return { state: 'changed', way: 'toPush' };
	if (found.wasReopened) return { state: 'reopened', way: 'attention' };
	return { state: 'inStep', way: 'inStep' };
}

/**
 * How a Case stands whose move the planner no longer has. What is closed was done, or undone, and stays.
 *
 * @param isSure whether the planner's moves are known to be complete
 */
export function standingOfStray(isClosed: boolean, isSure: boolean): Standing {
	if (isClosed) return { state: 'closed', way: 'inStep' };
	return { state: 'stale', way: isSure ? 'toUndo' : 'attention' };
}

/** How a Case stands that is not the oldest of its move. One that somebody closed has been worked on. */
export function standingOfDuplicate(isClosed: boolean): Standing {
	return { state: 'duplicate', way: isClosed ? 'attention' : 'toUndo' };
}
