import type { DateTime } from 'luxon';

/** One employee going from one seat to another. Texts may be empty where the planner gives none. */
export interface Move {
	moveId: string;
	movePlanId: string;
	/** The day on which it takes place in its time zone, `2026-05-01`; undefined for a move that is due at once. */
	effectiveDate?: string;
	/** Tells employees of one name apart. */
	employeeId: string;
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

/**
 * Whether a move is to be pushed: when its date has come, or when it has none.
 *
 * @param effectiveDate the start of the day for a date without a time
 */
export function isDue(effectiveDate: DateTime | undefined, now: DateTime): boolean {
	return effectiveDate === undefined || effectiveDate <= now;
}
