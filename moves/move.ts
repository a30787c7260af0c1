import type { DateTime } from 'luxon';

/** One employee going from one seat to another. Texts may be empty where the planner gives none. */
export interface Move {
	moveId: string;
	movePlanId: string;
	/** The start of the day for a date without a time; undefined for a move that is due at once. */
	effectiveDate?: DateTime;
	employeeName: string;
	department: string;
	team: string;
	/** Empty for a new starter. */
	currentSeat: string;
	/** Empty for an employee who loses the seat. */
	newSeat: string;
	employeeAssets: string;
	employeeNotes: string;
}

/** Whether a move is to be pushed: when its date has come, or when it has none. */
export function isDue(move: Move, now: DateTime): boolean {
	return move.effectiveDate === undefined || move.effectiveDate <= now;
}
