import { createHash } from 'node:crypto';

import type { OrgError } from './errors';

/** An open session with an org. */
export interface Session {
	accessToken: string;
	/** The origin that the session's calls go to: `https://mycompany.my.salesforce.com`. */
	instanceUrl: string;
	/** The address that says who is signed in, whose last parts are the IDs of the org and the user. */
	identity?: string;
	/** What the app lets it do, as the token's answer says: `api refresh_token`. */
	scope?: string;
	/** When it was opened, in milliseconds since 1970, by this machine's clock. */
	openedAt: number;
	/** Which sign-in settings opened it (`settingsKey`), so that changed settings do not go on with the old org. */
	settings: string;
}

/**
 * Why no session could be opened or used, as n8n's credential test and its HTTP Request node show it.
 *
 * It is no OrgError itself: n8n would show the `code` of one in place of its message.
 */
export class SessionError extends Error {
	override readonly name = 'SessionError';

	constructor(readonly orgError: OrgError) {
		super(`${orgError.message} ${orgError.remedy}`.trim());
	}
}

/** A key that tells one set of sign-in settings from another and gives none of them away. */
export function settingsKey(settings: Readonly<Record<string, unknown>>): string {
	const sorted = Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}

/** A key that tells one session from another and does not give it away. */
export function sessionId({ accessToken }: Session): string {
	return settingsKey({ accessToken });
}

/**
 * The header by which a call asks not to be made with a session that Salesforce has answered for as ended, named by
 * `sessionId`. It does not leave n8n: signing takes it off.
 */
export const SPENT_SESSION = 'x-spent-session';

/** Reads a session that `JSON.stringify` wrote; undefined for anything else. */
export function readSession(text: unknown): Session | undefined {
	if (typeof text !== 'string' || !text.startsWith('{')) return undefined;
	return JSON.parse(text) as Session;
}

interface Shared {
	newest?: Session;
	opening?: Promise<Session>;
}

/** By settings: the youngest session of this process, and the log-in under way. */
const shared = new Map<string, Shared>();

/**
 * One log-in at a time for each set of settings, however many executions ask at once.
 *
 * n8n asks every execution that meets an expired session to open a new one. Whoever comes after the first gets the
 * first one's session, as long as that is younger than the one he holds.
 *
 * @param key from `settingsKey`
 * @param held the session that no longer works; undefined where there is none yet
 * @param open makes a log-in
 * @throws what `open` throws; the next caller then tries again
 */
export async function shareSession(
	key: string,
	held: Session | undefined,
	open: () => Promise<Session>,
): Promise<Session> {
	const entry = shared.get(key) ?? {};
	shared.set(key, entry);
	const { newest } = entry;
	if (newest !== undefined && (held === undefined || newest.openedAt > held.openedAt)) return newest;
	entry.opening ??= open().finally(() => {
		entry.opening = undefined;
	});
	entry.newest = await entry.opening;
	return entry.newest;
}
