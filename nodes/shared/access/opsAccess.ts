import { orgUrl } from '../../../salesforce/domain';
import { OrgError } from '../../../salesforce/errors';
import { readSession, sessionId } from '../../../salesforce/session';
import type { Session } from '../../../salesforce/session';
import { sessionNews, unreached } from '../../../salesforce/sessionNews';
import { callOrg, unreachable } from './callOrg';
import type { OrgHost, SignedAccess } from './callOrg';

const TYPE = 'salesforceOpsApi';

/** An org by our own credential, which puts the session's address on requests by itself. */
export function opsAccess(host: OrgHost): SignedAccess {
	let wasMoved = false;
	return {
		send: async (request) => {
			const began = Date.now();
			const outcome = await callOrg(host, TYPE, request).catch(unreachable);
			const news = outcome instanceof OrgError ? unreached(request) : sessionNews(request, outcome);
			const session = news === undefined ? undefined : await storedSession(host);
			// Who signs in at the address that cannot be reached learns of no other one.
			const isHopeless = outcome instanceof OrgError && (session === undefined || session.isAtDomain);
			if (news !== undefined && !(news.what === 'moved' && wasMoved) && !isHopeless) {
				// A new session tells where the org is now; where that is where it was, there is no other to ask for.
				if (news.what === 'moved') wasMoved = true;
				// One that was opened since is another execution's, which met the same.
				const spent = session !== undefined && session.openedAt < began ? sessionId(session) : undefined;
				return await news.again(async (call) => await callOrg(host, TYPE, call, { spent }));
			}
			if (outcome instanceof OrgError) throw outcome;
			return outcome;
		},
		instanceUrl: async () => (await storedSession(host))?.instanceUrl ?? '',
		identity: async () => (await storedSession(host))?.identity,
		sessionToken: async () => (await storedSession(host))?.accessToken,
		scope: async () => (await storedSession(host))?.scope,
	};
}

/** The session that n8n keeps with the credential, and whether its org is at the credential's very domain. */
async function storedSession(host: OrgHost): Promise<(Session & { isAtDomain: boolean }) | undefined> {
	const { sessionToken, domain, allowLoopback } = await host.getCredentials(TYPE);
	const session = readSession(sessionToken);
	if (session === undefined) return undefined;
	const isAtDomain = session.instanceUrl === orgUrl(String(domain), allowLoopback === true);
	return { ...session, isAtDomain };
}
