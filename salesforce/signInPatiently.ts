import { patiently } from './patiently';
import type { Wait } from './patiently';
import { signIn } from './signIn';
import type { PostForm } from './signIn';
import type { SignedIn } from './signInAnswer';
import type { SignInSettings } from './signInSettings';

/**
 * Signs in, and after a pause once more where what stands in the way passes by itself. A session that was opened and
 * not seen does no harm.
 *
 * @throws OrgError of `signIn`; `SIGN_IN_UNAVAILABLE` when the last try met what passes as well. Neither says of the
 *   call for which a session was wanted that it may have been carried out.
 */
export async function signInPatiently(settings: SignInSettings, post: PostForm, wait: Wait): Promise<SignedIn> {
	return await patiently(
		wait,
		() => true,
		async () => await signIn(settings, post, Date.now()),
	);
}
