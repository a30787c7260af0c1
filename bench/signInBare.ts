import type { OrgReport } from './org';

/** Opens a session without anything of ours, and gives its token. */
export async function signInBare({ url, clientId, clientSecret }: OrgReport): Promise<string> {
	const response = await fetch(`${url}/services/oauth2/token`, {
		method: 'POST',
		body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
	});
	return ((await response.json()) as { access_token: string }).access_token;
}
