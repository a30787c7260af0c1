import { setTimeout } from 'node:timers/promises';

import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { errorFromNetwork, networkCode, OrgError } from '../salesforce/errors';
import { readSession, sessionId, SessionError, settingsKey, shareSession, SPENT_SESSION } from '../salesforce/session';
import type { Session } from '../salesforce/session';
import type { PostForm } from '../salesforce/signIn';
import { signInPatiently } from '../salesforce/signInPatiently';
import type { SignInSettings } from '../salesforce/signInSettings';

/** Salesforce answers a log-in within seconds; longer than this in milliseconds means that no answer will come. */
const SIGN_IN_TIMEOUT = 30_000;

/**
 * Opens the credential's session; n8n stores what this returns with the credential.
 *
 * @throws SessionError with what `signIn` found
 */
export async function openSession(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const settings = signInSettings(credentials);
	const key = settingsKey({ ...settings });
	const open = async (): Promise<Session> => {
		const signedIn = await signInPatiently(settings, postForm(helpers), setTimeout);
		return { ...signedIn, openedAt: Date.now(), settings: key };
	};
	const session = await shareSession(key, readSession(credentials.sessionToken), open).catch((error: unknown) => {
		throw error instanceof OrgError ? new SessionError(error) : error;
	});
	return { sessionToken: JSON.stringify(session) };
}

/**
 * Puts the session on a request. A path goes to the session's org; a whole address must be of that very org.
 *
 * @throws an error with `response.status` 401, by which n8n opens a new session, when the stored one has
 *   ended or is of other settings; SessionError for an address outside the org
 */
export function signRequest(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const session = readSession(credentials.sessionToken);
	const { [SPENT_SESSION]: spent, ...headers } = request.headers ?? {};
	const isOpen =
		session !== undefined &&
		session.settings === settingsKey({ ...signInSettings(credentials) }) &&
		sessionId(session) !== spent;
	if (!isOpen) throw Object.assign(new Error('The session cannot be used'), { response: { status: 401 } });
	// n8n's HTTP Request node still gives the address as `uri`, in the form of the library it was first made with.
	const { uri } = request as { uri?: string };
	const address = new URL(uri ?? request.url, session.instanceUrl);
	if (address.origin !== session.instanceUrl) {
		throw new SessionError(
			new OrgError(
				'UNTRUSTED_HOST',
				'This address is not of the org that the credential opens, so nothing was sent there.',
				`Use an address that begins with ${session.instanceUrl}.`,
			),
		);
	}
	return {
		...request,
		...(uri === undefined ? { url: address.href, baseURL: undefined } : { uri: address.href }),
		headers: { ...headers, Authorization: `Bearer ${session.accessToken}` },
		sendCredentialsOnCrossOriginRedirect: false,
	};
}

function signInSettings(credentials: ICredentialDataDecryptedObject): SignInSettings {
	const text = (name: string): string => String(credentials[name] ?? '');
	return {
		domain: text('domain'),
		signInMethod: text('signInMethod') as SignInSettings['signInMethod'],
		clientId: text('clientId').trim(),
		clientSecret: text('clientSecret').trim(),
		username: text('username').trim(),
		password: text('password'),
		securityToken: text('securityToken').trim(),
		privateKey: text('privateKey'),
		allowLoopback: credentials.allowLoopback === true,
	};
}

function postForm(helpers: IHttpRequestHelper['helpers']): PostForm {
	return async (url, form) => {
		try {
			const response = (await helpers.httpRequest({
				method: 'POST',
				url,
				body: new URLSearchParams(form),
				headers: { Accept: 'application/json' },
				encoding: 'text',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: SIGN_IN_TIMEOUT,
			})) as IN8nHttpFullResponse;
			const headers = response.headers as Partial<Record<string, string>>;
			return { status: response.statusCode, body: String(response.body), headers };
		} catch (error) {
			// Only the network's code goes on: the error itself holds the form with its secrets.
			throw errorFromNetwork(networkCode(error));
		}
	};
}
