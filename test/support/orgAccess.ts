import type { LocalOrg } from '../../local-org';
import { errorFromNetwork, networkCode } from '../../salesforce/errors';
import { Org } from '../../salesforce/org';
import type { OrgAccess, OrgRequest } from '../../salesforce/orgAccess';
import { Signer } from '../../salesforce/signature';

/** An Org over plain HTTP, without n8n. */
export interface DirectOrg {
	org: Org;
	/** How it is reached. */
	access: OrgAccess;
	/** The waits that were asked for, in milliseconds; none is waited for. */
	waits: number[];
	/** What was sent, in order. */
	sent: OrgRequest[];
	/** The number of calls in flight when each was sent, itself included. */
	inFlight: number[];
}

/** Connects to a local org with a session of its own. */
export async function connectDirectly(local: LocalOrg): Promise<DirectOrg> {
	const signedIn = await fetch(`${local.url}/services/oauth2/token`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: local.clientId,
			client_secret: local.clientSecret,
		}),
	});
	const { access_token: token } = (await signedIn.json()) as { access_token: string };
	const waits: number[] = [];
	const sent: OrgRequest[] = [];
	const inFlight: number[] = [];
	let under = 0;
	const access: OrgAccess = {
		send: async (request) => {
			sent.push(request);
			inFlight.push(++under);
			try {
				const { method, path, body } = request;
				const headers = new Headers({ ...request.headers, Authorization: `Bearer ${token}` });
				// fetch counts for itself, and Node.js 22 refuses to be told twice.
				headers.delete('content-length');
				const response = await fetch(local.url + path, { method, headers, body });
				return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
			} catch (error) {
				throw errorFromNetwork(networkCode(error));
			} finally {
				under--;
			}
		},
		instanceUrl: async () => await Promise.resolve(local.url),
		sessionKey: async () => await Promise.resolve(token),
		signer: async (orgId, use) => await Promise.resolve(new Signer(local.clientSecret, orgId, use)),
		random: () => 0,
		wait: async (milliseconds) => {
			waits.push(milliseconds);
			await Promise.resolve();
		},
	};
	return { org: new Org(access), access, waits, sent, inFlight };
}
