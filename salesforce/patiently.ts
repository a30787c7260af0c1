import { OrgError } from './errors';
import { waitBeforeRetry } from './retry';

/** Resolves after so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/** After so many milliseconds no further try begins: each may itself have waited for an answer until it was given up. */
const LONGEST = 60_000;

/** Whether no session could be opened for a call, so that nothing of it was carried out, writes included. */
export const isWithoutSession = ({ code }: OrgError): boolean => code === 'SIGN_IN_UNAVAILABLE';

/**
 * Makes an attempt again, after a pause, where no session could be opened for a reason that passes.
 *
 * @param isSafe whether an attempt that failed so may be made again
 * @throws OrgError what the attempt threw; `SIGN_IN_UNAVAILABLE` when the last try met what passes as well, which is not
 *   worth another one and leaves nothing in doubt
 */
export async function patiently<T>(
	wait: Wait,
	isSafe: (error: OrgError) => boolean,
	attempt: () => Promise<T>,
): Promise<T> {
	const began = Date.now();
	for (let tries = 1; ; tries++) {
		try {
			return await attempt();
		} catch (error) {
			if (!(error instanceof OrgError) || !error.passing || !isSafe(error)) throw error;
			const pause = waitBeforeRetry(error.with({ repeatSafe: true }), tries, Math.random);
			if (pause === undefined || Date.now() - began > LONGEST) {
				throw new OrgError('SIGN_IN_UNAVAILABLE', error.message, error.remedy, { cause: error });
			}
			await wait(pause);
		}
	}
}
