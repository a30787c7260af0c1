import { startLocalOrg } from '../../../local-org';

/** An org to try clients against. */
export interface TriedOrg {
	/** `https://acme.my.salesforce.com`, without a slash at the end. */
	url: string;
	clientId: string;
	clientSecret: string;
	isReal: boolean;
	/** Ends a local org; a request that it did not know fails the tests here. */
	close(): Promise<void>;
}

/**
 * The org that SALESFORCE_URL, SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET name (an app with the client
 * credentials flow, whose user may write Accounts, Contacts and Cases), or a new one on this machine.
 */
export async function openTriedOrg(): Promise<TriedOrg> {
	const { SALESFORCE_URL: url, SALESFORCE_CLIENT_ID: clientId, SALESFORCE_CLIENT_SECRET: clientSecret } = process.env;
	if (url && clientId && clientSecret) {
		return { url: url.replace(/\/$/, ''), clientId, clientSecret, isReal: true, close: async () => {} };
	}
	const org = await startLocalOrg();
	return {
		url: org.url,
		clientId: org.clientId,
		clientSecret: org.clientSecret,
		isReal: false,
		async close() {
			await org.close();
			expect(org.refused).toEqual([]);
		},
	};
}
