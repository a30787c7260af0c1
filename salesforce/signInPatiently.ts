import { OrgError } from './errors';
import { waitBeforeRetry } from './retry';
import { signIn } from './signIn';
import type { PostForm } from './signIn';
import type { SignedIn } from './signInAnswer';
import type { SignInSettings } from './signInSettings';

/**
 * Signs in, and after a pause once more where what stands in the way passes by itself. A session that was opened and
 * not seen does no harm.
 *
 * @param wait resolves after so many milliseconds
 * @throws OrgError of `signIn`; `SIGN_IN_UNAVAILABLE` when the last try met what passes as well. Neither says of the
 *   call for which a session was wanted that it may have been carried out.
 */
export async function signInPatiently(
	settings: SignInSettings,
	post: PostForm,
	wait: (milliseconds: number) => Promise<void>,
): Promise<SignedIn> {
	for (let tries = 1; ; tries++) {
		try {
			return await signIn(settings, post, Date.now());
		} catch (error) {
			if (!(error instanceof OrgError)) throw error;
			const pause = waitBeforeRetry(error.with({ repeatSafe: true }), tries, Math.random);
			if (pause !== undefined) await wait(pause);
			else
				throw error.passing
					? new OrgError('SIGN_IN_UNAVAILABLE', error.message, error.remedy, { cause: error })
					: error;
		}
	}
}
