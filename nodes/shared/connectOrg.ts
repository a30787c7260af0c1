import { setTimeout } from 'node:timers/promises';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';

import { ALLOWED_DOMAINS, isLoopbackAddress, trustedOrigin } from '../../salesforce/domain';
import { errorFromFaults, errorFromNetwork, networkCode, OrgError } from '../../salesforce/errors';
import type { SalesforceFault } from '../../salesforce/salesforceFault';
import { Org } from '../../salesforce/org';
import type { OrgRequest, OrgResponse } from '../../salesforce/orgAccess';
import { readSession, SessionError, settingsKey } from '../../salesforce/session';
import { Signer } from '../../salesforce/signature';
import type { CredentialType } from './authentication';

/** Salesforce ends a call after ten minutes at the latest; nothing comes after that. In milliseconds. */
const CALL_TIMEOUT = 610_000;

/** n8n's own Salesforce node refreshes its OAuth2 token in this way. */
const OAUTH2 = { oauth2: { tokenType: 'Bearer', includeCredentialsOnRefreshOnBody: true } };

/** What of n8n reaches an org: a node at work, or one whose panel asks for the choices of a list. */
export type OrgHost = IExecuteFunctions | ILoadOptionsFunctions;

/** The org that the node's credential opens. Nothing is sent until its first call. */
export function connectOrg(host: OrgHost): Org {
	const type = (
		'getInputData' in host ? host.getNodeParameter('authentication', 0) : host.getNodeParameter('authentication')
	) as CredentialType;
	let oauth2Url: Promise<string> | undefined;
	const baseUrl = async (): Promise<string | undefined> => {
		if (type !== 'salesforceOAuth2Api') return undefined;
		oauth2Url ??= oauth2InstanceUrl(host);
		return await oauth2Url;
	};
	return new Org({
		send: async (request) => await send(host, type, await baseUrl(), request),
		instanceUrl: async () => (await baseUrl()) ?? sessionUrl(type, await host.getCredentials(type)),
		sessionKey: async () => settingsKey(await host.getCredentials(type)),
		signer: async (orgId, use) => new Signer(signingSecret(type, await host.getCredentials(type)), orgId, use),
		wait: async (milliseconds) => await stoppableWait(host, milliseconds),
	});
}

/** Waits, but not on when the execution is stopped: the next call says so. */
async function stoppableWait(host: OrgHost, milliseconds: number): Promise<void> {
	const signal = 'getExecutionCancelSignal' in host ? host.getExecutionCancelSignal() : undefined;
	await setTimeout(milliseconds, undefined, { signal }).catch(() => {});
}

/**
 * The secret of a credential that its signatures are made with: the app's client secret, or the private key where the
 * sign-in works with one. Never the password, which could be guessed from a signature and is changed more often.
 *
 * @throws OrgError `NO_SECRET`
 */
function signingSecret(type: CredentialType, credentials: ICredentialDataDecryptedObject): string {
	const isKey = type === 'salesforceJwtApi' || credentials.signInMethod === 'jwtBearer';
	// Without blanks and line breaks, which the field of a key may lose or have written out.
	const secret = String((isKey ? credentials.privateKey : credentials.clientSecret) ?? '').replace(/\\n|\s/g, '');
	if (secret !== '') return secret;
	throw new OrgError(
		'NO_SECRET',
		`The credential has no ${isKey ? 'private key' : 'client secret'}, with which undo records are signed`,
		'Open the credential and fill it in.',
	);
}

/** The address in a credential that puts it on requests by itself; empty before the first of them. */
function sessionUrl(type: CredentialType, credentials: ICredentialDataDecryptedObject): string {
	if (type === 'salesforceOpsApi') return readSession(credentials.sessionToken)?.instanceUrl ?? '';
	const loopback = isLoopbackAddress(String(credentials.myDomainUrl ?? ''));
	return credentials.instanceUrl ? trustedOrigin(String(credentials.instanceUrl), loopback) : '';
}

/**
 * The org's address by n8n's OAuth2 credential, which has no field for it: from the token, and where a refresh has
 * lost it there, from Salesforce's account of who is signed in.
 *
 * The credential has no switch for an org on this machine either; it is taken to be meant when the credential gets its
 * tokens from this machine.
 *
 * @throws OrgError `UNTRUSTED_HOST` or `NO_INSTANCE_URL`
 */
async function oauth2InstanceUrl(host: OrgHost): Promise<string> {
	const type = 'salesforceOAuth2Api';
	const { accessTokenUrl, oauthTokenData } = await host.getCredentials(type);
	const tokenUrl = String(accessTokenUrl);
	const loopback = isLoopbackAddress(tokenUrl);
	const stored = (oauthTokenData as IDataObject | undefined)?.instance_url;
	if (typeof stored === 'string' && stored !== '') return trustedOrigin(stored, loopback);
	const answer = await send(host, type, trustedOrigin(tokenUrl, loopback), {
		method: 'GET',
		path: '/services/oauth2/userinfo',
		headers: {},
	});
	if (answer.status !== 200) {
		throw new OrgError(
			'NO_INSTANCE_URL',
			'The credential does not say which org it opens, and Salesforce does not tell.',
			'Open the credential and connect it again.',
		);
	}
	const { urls } = JSON.parse(answer.body) as { urls?: { rest?: string } };
	return trustedOrigin(urls?.rest ?? '', loopback);
}

async function send(
	host: OrgHost,
	type: CredentialType,
	baseURL: string | undefined,
	request: OrgRequest,
): Promise<OrgResponse> {
	const options: IHttpRequestOptions = {
		method: request.method,
		...(baseURL === undefined ? {} : { baseURL }),
		url: request.path,
		headers: { Accept: 'application/json', ...request.headers },
		body: request.body,
		encoding: 'text',
		json: false,
		returnFullResponse: true,
		// 401 is n8n's sign to open a new session; every other status is Salesforce's answer, and read as such.
		ignoreHttpStatusErrors: { ignore: true, except: [401] },
		disableFollowRedirect: true,
		allowedDomains: ALLOWED_DOMAINS,
		timeout: CALL_TIMEOUT,
	};
	try {
		const response = (await host.helpers.httpRequestWithAuthentication.call(
			host,
			type,
			options,
			OAUTH2,
		)) as IN8nHttpFullResponse;
		return {
			status: response.statusCode,
			headers: response.headers as Record<string, string>,
			body: String(response.body ?? ''),
		};
	} catch (error) {
		throw withoutRequest(error);
	}
}

/** What n8n's helper threw, as an OrgError without the request that it holds. */
function withoutRequest(error: unknown): OrgError {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if (cause instanceof OrgError) return cause;
		if (cause instanceof SessionError) return cause.orgError;
		const { response } = cause as Error & { response?: { status?: number; data?: unknown } };
		if (response?.status === 401) return errorFromFaults(faults(response.data), 401);
	}
	const code = networkCode(error);
	if (code !== undefined || !(error instanceof Error)) return errorFromNetwork(code);
	// n8n itself refused to send the call, as for a credential that was never connected, and says why.
	const { description } = error as Error & { description?: string | null };
	return new OrgError('SIGN_IN_REFUSED', error.message, description ?? 'Open the credential and connect it again.');
}

function faults(body: unknown): SalesforceFault[] {
	try {
		const parsed: unknown = JSON.parse(String(body));
		return Array.isArray(parsed) ? (parsed as SalesforceFault[]) : [];
	} catch {
		return [];
	}
}
