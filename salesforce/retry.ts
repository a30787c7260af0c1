import type { OrgError } from './errors';

/** Pauses between tries, in milliseconds; as many tries again as there are entries. */
const PAUSES = [500, 1_000, 2_000, 4_000];

/** The longest pause that Salesforce may ask for; whoever asks for more is not waited for. In milliseconds. */
const LONGEST_PAUSE = 60_000;

/**
 * Whether a call is made again, and after how long.
 *
 * @param error why it failed; whether it passes by itself and may be repeated is decided there
 * @param triesSoFar how many times it has been made, from 1
 * @param random from 0 to below 1: pauses differ by up to a half, so that those who failed together do not come
 *   together again
 * @returns milliseconds to wait, or undefined to give up
 */
export function waitBeforeRetry(error: OrgError, triesSoFar: number, random: () => number): number | undefined {
	const pause = PAUSES[triesSoFar - 1];
	if (pause === undefined || triesSoFar >= (error.tries ?? Infinity)) return undefined;
	// What was refused for good is refused again; what may have been carried out could be done twice.
	if (!error.passing || !error.repeatSafe) return undefined;
	if ((error.retryAfter ?? 0) > LONGEST_PAUSE) return undefined;
	return Math.max(error.retryAfter ?? 0, Math.round(pause * (1 + random() / 2)));
}
