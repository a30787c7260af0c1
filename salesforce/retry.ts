import type { OrgError } from './errors';

/** Waits between tries, in milliseconds; as many tries again as there are entries. */
const WAITS = [500, 1_000, 2_000, 4_000];

/** Answers of proxies and of Salesforce's front end that mean "not now"; the call may have got through all the same. */
const PASSING_STATUSES = [500, 502, 503, 504];

/**
 * Whether a call is tried again, and after how long.
 *
 * @param error why the call failed
 * @param repeatable whether doing it twice leaves the org as doing it once: true for reads, false for writes
 * @param triesSoFar how many times it has been made, from 1
 * @returns milliseconds to wait, or undefined to give up
 */
export function waitBeforeRetry(error: OrgError, repeatable: boolean, triesSoFar: number): number | undefined {
	const wait = WAITS[triesSoFar - 1];
	if (wait === undefined) return undefined;
	// Salesforce rolled the record back, so a repetition is the first time it is saved.
	if (error.code === 'UNABLE_TO_LOCK_ROW') return wait;
	// Refused at the door, before anything was carried out; the daily limit, by contrast, does not pass by waiting.
	if (error.code === 'REQUEST_LIMIT_EXCEEDED' && error.message.startsWith('Too many long')) return wait;
	// No connection was made, so nothing was carried out; three tries, because a wrong domain should be told soon.
	if (error.code === 'UNREACHABLE') return triesSoFar < 3 ? wait : undefined;
	// The call may have been carried out: only what is harmless twice is repeated.
	if (repeatable && error.outcomeUnknown) return wait;
	if (repeatable && error.status !== undefined && PASSING_STATUSES.includes(error.status)) return wait;
	return undefined;
}
