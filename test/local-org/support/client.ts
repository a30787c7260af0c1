import { startLocalOrg } from '../../../local-org';
import type { LocalOrg, LocalOrgOptions, SignIn } from '../../../local-org';

/** What the org answered. */
export interface Answer<T = unknown> {
	status: number;
	headers: Headers;
	text: string;
	/** The parsed JSON, or undefined when the answer has none. */
	body: T;
}

/** A started org with an open session. */
export interface Client {
	org: LocalOrg;
	/** Calls a path under the newest API version, or one that begins with a slash. */
	call<T = unknown>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
	/** The rows of a query's first page. */
	query<T = Record<string, unknown>>(soql: string): Promise<T[]>;
	/** Creates a record and returns its ID. */
	create(sObject: string, fields: Record<string, unknown>): Promise<string>;
}

/** Any request, signed in or not. */
export async function send(org: LocalOrg, method: string, path: string, init: RequestInit = {}): Promise<Answer> {
	const response = await fetch(org.url + path, { method, redirect: 'manual', ...init });
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
	return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** Asks the token endpoint. */
export function askToken(
	org: LocalOrg,
	parameters: Record<string, string>,
	headers: Record<string, string> = {},
): Promise<Answer> {
	return send(org, 'POST', '/services/oauth2/token', { body: new URLSearchParams(parameters), headers });
}

/** The parameters of the client credentials grant. */
export const clientCredentials = ({ clientId, clientSecret }: Pick<SignIn, 'clientId' | 'clientSecret'>) => ({
	grant_type: 'client_credentials',
	client_id: clientId,
	client_secret: clientSecret,
});

export async function signIn(org: LocalOrg, app: SignIn = org): Promise<string> {
	const { body } = await askToken(org, clientCredentials(app));
	return (body as { access_token: string }).access_token;
}

/** Starts an org and signs in. */
export async function openClient(options?: LocalOrgOptions): Promise<Client> {
	return await clientOf(await startLocalOrg(options));
}

/** A session of an org that runs, as its API user or through another app. */
export async function clientOf(org: LocalOrg, app: SignIn = org): Promise<Client> {
	const token = await signIn(org, app);
	const call: Client['call'] = async (method, path, body, headers = {}) => {
		const full = path.startsWith('/') ? path : `/services/data/v66.0/${path}`;
		const content = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
		const answer = await send(org, method, full, {
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
			...(content === undefined ? {} : { body: content }),
		});
		return answer as Answer<never>;
	};
	return {
		org,
		call,
		async query<T>(soql: string) {
			const { body, text } = await call<{ records?: T[] }>('GET', `query?q=${encodeURIComponent(soql)}`);
			if (!body.records) throw new Error(text);
			return body.records;
		},
		async create(sObject, fields) {
			const { body, text } = await call<{ id?: string }>('POST', `sobjects/${sObject}`, fields);
			if (!body.id) throw new Error(text);
			return body.id;
		},
	};
}

/** Manage Users with every permission that it needs, as a permission set is written. */
export const MANAGE_USERS = Object.fromEntries(
	[
		'ManageUsers',
		'AssignPermissionSets',
		'ManageInternalUsers',
		'ManageIpAddresses',
		'ManageLoginAccessPolicies',
		'ManagePasswordPolicies',
		'ManageProfilesPermissionsets',
		'ManageRoles',
		'ManageSharing',
		'ManageTwoFactor',
		'ResetPasswords',
		'ViewAllUsers',
		'ViewRoles',
		'ViewSetup',
	].map((name) => [`Permissions${name}`, true]),
);

/** A record of an answer with its fields alone. */
export const withoutAttributes = (record: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'attributes'));

/** An org for each test of a file; a test in which the org met something it does not know fails. */
export function useOrg(options?: () => LocalOrgOptions): Client {
	const held = {} as Client;
	beforeEach(async () => void Object.assign(held, await openClient(options?.())));
	afterEach(async () => {
		await held.org.close();
		expect(held.org.refused).toEqual([]);
	});
	return held;
}
