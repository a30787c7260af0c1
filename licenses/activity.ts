import type { DateTime } from 'luxon';

import { idKey } from '../salesforce/recordId';
import { nameKey } from './nameKey';

const DAY = 86_400_000;

/** When somebody counts as inactive. Days are calendar days of the time zone that `now` is in. */
export interface ActivityRules {
	now: DateTime;
	/** Inactive from so many days without a log-in on. */
	inactiveAfterDays: number;
	/** Accounts created fewer than so many days ago are never inactive. */
	spareNewDays: number;
	/** Other days for the holders of single licenses. */
	daysByLicense: readonly LicenseDays[];
}

/** After how many days without a log-in the holders of one license count as inactive. */
export interface LicenseDays {
	/** ID, API name or name, the names in any case. */
	license: string;
	days: number;
}

/** What tells whether somebody is there. */
export interface Presence {
	/** As Salesforce writes it, `2026-05-01T07:25:37.000+0000`; null for never. */
	lastLogin: string | null;
	/** When the account was made, in the same form. */
	created: string;
	isActive: boolean;
	/** Null where it is not known. */
	isFrozen: boolean | null;
}

/** How long somebody has not been there. */
export interface Activity {
	/** Days since the last log-in, since the creation of the account where there was none. */
	daysInactive: number;
	/** Inactive from so many days on. */
	inactiveAfterDays: number;
	/** Whether the account is too new to be judged. */
	isNew: boolean;
	/** Whether nobody can log in with the account, so that whatever it holds lies idle. */
	isLockedOut: boolean;
	isInactive: boolean;
}

/** A license, as far as it is known by names. */
export interface NamedLicense {
	id: string;
	apiName: string;
	name: string;
}

/**
 * Judges a user by the last log-in; whoever cannot log in is inactive, whenever that was.
 *
 * @param license the one that it is about, whose own days count where it has some
 */
export function activity(user: Presence, rules: ActivityRules, license?: NamedLicense): Activity {
	const { now, spareNewDays } = rules;
	const inactiveAfterDays = daysFor(license, rules);
	const daysInactive = daysSince(user.lastLogin ?? user.created, now);
	const isNew = daysSince(user.created, now) < spareNewDays;
	const isLockedOut = !user.isActive || user.isFrozen === true;
	const isInactive = isLockedOut || (!isNew && daysInactive >= inactiveAfterDays);
	return { daysInactive, inactiveAfterDays, isNew, isLockedOut, isInactive };
}

/** Whether a text is the ID, the API name or the name of a license, the names as people write them. */
export function isAbout(text: string, { id, apiName, name }: NamedLicense): boolean {
	const wanted = nameKey(text);
	return idKey(text) === idKey(id) || wanted === nameKey(apiName) || wanted === nameKey(name);
}

/** Of several rows for one license the most days count: they spare the more people. */
function daysFor(license: NamedLicense | undefined, { daysByLicense, inactiveAfterDays }: ActivityRules): number {
	const own = license === undefined ? [] : daysByLicense.filter((row) => isAbout(row.license, license));
	return own.length === 0 ? inactiveAfterDays : Math.max(...own.map(({ days }) => days));
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
