import type { N8nApi } from '../../demo/n8nApi';
import type { LocalOrg } from '../../local-org';

/** n8n's settings that let its own Salesforce OAuth2 credential sign in to a local org in the place of Salesforce. */
export function oauth2Overwrites(org: LocalOrg): Record<string, string> {
	return {
		CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
			salesforceOAuth2Api: {
				authUrl: `${org.url}/services/oauth2/authorize`,
				accessTokenUrl: `${org.url}/services/oauth2/token`,
			},
		}),
	};
}

/**
 * Connects an OAuth2 credential as a person does with the button, the org's page and its own button.
 *
 * @returns the credential's ID
 */
export async function connectOAuth2(api: N8nApi, org: LocalOrg): Promise<string> {
	const id = await api.createCredential('OAuth2', 'salesforceOAuth2Api', {
		environment: 'production',
		clientId: org.clientId,
		clientSecret: org.clientSecret,
	});
	const address = new URL(await api.rest<string>('GET', `/oauth2-credential/auth?id=${id}`));
	const allowed = await fetch(`${address.origin}${address.pathname}`, {
		method: 'POST',
		body: address.searchParams,
		redirect: 'manual',
	});
	const back = new URL(allowed.headers.get('location') ?? '');
	expect(await api.page(`${back.pathname}${back.search}`)).toContain('Connection successful');
	return id;
}
