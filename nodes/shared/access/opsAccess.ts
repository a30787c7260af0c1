import { readSession, sessionId } from '../../../salesforce/session';
import { sessionNews } from '../../../salesforce/sessionNews';
import { callOrg } from './callOrg';
import type { OrgHost } from './callOrg';
import type { SignedAccess } from './signedAccess';

const TYPE = 'salesforceOpsApi';

/** An org by our own credential, which puts the session's address on requests by itself. */
export function opsAccess(host: OrgHost): SignedAccess {
	const stored = async () => readSession((await host.getCredentials(TYPE)).sessionToken);
	let wasMoved = false;
	return {
		send: async (request) => {
			const began = Date.now();
			const response = await callOrg(host, TYPE, request);
			const news = sessionNews(request, response);
			if (news === undefined || (news === 'moved' && wasMoved)) return response;
			// A new session tells where the org is now; where that is where it was, there is no other to ask for.
			if (news === 'moved') wasMoved = true;
			const session = await stored();
			// One that was opened since is another execution's, which met the same.
			const spent = session !== undefined && session.openedAt < began ? sessionId(session) : undefined;
			return await callOrg(host, TYPE, request, { spent });
		},
		instanceUrl: async () => (await stored())?.instanceUrl ?? '',
	};
}
