import { isLoopbackAddress, trustedOrigin } from '../../../salesforce/domain';
import type { OrgRequest, OrgResponse } from '../../../salesforce/orgAccess';
import { isWithoutSession, patiently } from '../../../salesforce/patiently';
import type { Wait } from '../../../salesforce/patiently';
import { sessionNews } from '../../../salesforce/sessionNews';
import { callOrg, tokenIn } from './callOrg';
import type { CallOptions, OrgHost, SignedAccess } from './callOrg';

const TYPE = 'salesforceJwtApi';

/** An org by the JWT credential of n8n's own Salesforce node, which puts the session's address on requests by itself. */
export function jwtAccess(host: OrgHost, wait: Wait): SignedAccess {
	let wasMoved = false;
	const call = async (request: OrgRequest, options: CallOptions = {}): Promise<OrgResponse> =>
		await patiently(wait, isWithoutSession, async () => await callOrg(host, TYPE, request, options));
	return {
		send: async (request) => {
			const response = await call(request);
			const news = sessionNews(request, response);
			if (news === undefined || (news.what === 'moved' && wasMoved)) return response;
			// An org whose session has ended within a Composite says so of the whole call the next time.
			const endedBy = response.status === 200 ? undefined : response.status;
			const renewed = await news.again(async (again) => await call(again, { endedBy }));
			if (news.what !== 'moved') return renewed;
			wasMoved = true;
			// n8n repeats a call at the address it was first made for; the next one goes to that of the new session.
			return sessionNews(request, renewed)?.what === 'moved' ? await call(request) : renewed;
		},
		instanceUrl: async () => {
			const { instanceUrl, myDomainUrl } = await host.getCredentials(TYPE);
			const loopback = isLoopbackAddress(String(myDomainUrl ?? ''));
			return instanceUrl ? trustedOrigin(String(instanceUrl), loopback) : '';
		},
		sessionToken: async () => tokenIn((await host.getCredentials(TYPE)).accessToken),
	};
}
