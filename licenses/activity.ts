import type { DateTime } from 'luxon';

const DAY = 86_400_000;

/** When somebody counts as inactive. Days are calendar days of the time zone that `now` is in. */
export interface ActivityRules {
	now: DateTime;
	/** Inactive from so many days without a log-in on. */
	inactiveAfterDays: number;
	/** Accounts created fewer than so many days ago are never inactive. */
	spareNewDays: number;
}

/** How long somebody has not been there. */
export interface Activity {
	/** Days since the last log-in, since the creation of the account where there was none. */
	daysInactive: number;
	/** Whether the account is too new to be judged. */
	isNew: boolean;
	isInactive: boolean;
}

/**
 * Judges a user by the last log-in.
 *
 * @param lastLogin as Salesforce writes it, `2026-05-01T07:25:37.000+0000`; null for never
 * @param created when the account was made, in the same form
 */
export function activity(lastLogin: string | null, created: string, rules: ActivityRules): Activity {
	const { now, inactiveAfterDays, spareNewDays } = rules;
	const daysInactive = daysSince(lastLogin ?? created, now);
	const isNew = daysSince(created, now) < spareNewDays;
	return { daysInactive, isNew, isInactive: !isNew && daysInactive >= inactiveAfterDays };
}

/** A moment of Salesforce's in ISO 8601 with milliseconds and `Z`; null stays null. */
export function isoMoment(value: unknown): string | null {
	return typeof value === 'string' ? new Date(value).toISOString() : null;
}

function daysSince(moment: string, now: DateTime): number {
	return Math.max(0, dayNumber(now.toMillis(), now) - dayNumber(Date.parse(moment), now));
}

/** The number of the calendar day on which a moment falls in a zone. */
function dayNumber(milliseconds: number, { zone }: DateTime): number {
	return Math.floor((milliseconds + zone.offset(milliseconds) * 60_000) / DAY);
}
