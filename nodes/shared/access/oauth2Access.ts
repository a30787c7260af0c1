import type { IDataObject } from 'n8n-workflow';

import { refusal, unexpectedAnswer } from '../../../salesforce/answers';
import { isLoopbackAddress, trustedOrigin } from '../../../salesforce/domain';
import { OrgError } from '../../../salesforce/errors';
import type { OrgRequest, OrgResponse } from '../../../salesforce/orgAccess';
import { isWithoutSession, patiently } from '../../../salesforce/patiently';
import type { Wait } from '../../../salesforce/patiently';
import { waitBeforeRetry } from '../../../salesforce/retry';
import { settingsKey } from '../../../salesforce/session';
import { sessionNews } from '../../../salesforce/sessionNews';
import { tokenTypeRefusal } from '../../../salesforce/signInAnswer';
import { callOrg, tokenIn, unreachable } from './callOrg';
import type { CallOptions, OrgHost, SignedAccess } from './callOrg';

const TYPE = 'salesforceOAuth2Api';

/** How long another worker may take to store the token that it has just got, in milliseconds. */
const STORING = 1_000;

const USERINFO: OrgRequest = { method: 'GET', path: '/services/oauth2/userinfo', headers: {} };

/**
 * An org by the OAuth2 credential of n8n's own Salesforce node, which has no field for the org's address: it is that of
 * the token, and where a refresh has lost it there, or the org has moved, that which Salesforce tells of the user.
 */
export function oauth2Access(host: OrgHost, wait: Wait): SignedAccess {
	let address: Promise<string> | undefined;
	let wasMoved = false;

	const found = async (find: () => Promise<string>): Promise<string> => {
		address ??= find();
		return await address.catch((error: unknown) => {
			// The next call asks again: what stood in the way may have passed.
			address = undefined;
			throw error;
		});
	};
	const send = async (baseURL: string, request: OrgRequest): Promise<OrgResponse> => {
		const response = await refreshing(host, wait, request, { baseURL });
		const news = sessionNews(request, response);
		if (news?.what !== 'ended') return response;
		// An org whose session has ended within a Composite says so of the whole call the next time.
		const endedBy = response.status === 200 ? undefined : response.status;
		return await news.again(async (again) => await refreshing(host, wait, again, { baseURL, endedBy }));
	};
	const asked = async (): Promise<string> => await askedAddress(host, wait, send);

	return {
		send: async (request) => {
			const base = await found(async () => await storedAddress(host, asked));
			const outcome = await send(base, request).catch(unreachable);
			const isMoved = outcome instanceof OrgError || sessionNews(request, outcome)?.what === 'moved';
			if (isMoved && !wasMoved) {
				wasMoved = true;
				address = undefined;
				return await send(await found(asked), request);
			}
			if (outcome instanceof OrgError) throw outcome;
			return outcome;
		},
		instanceUrl: async () => await found(async () => await storedAddress(host, asked)),
		sessionToken: async () => tokenIn((await tokenData(host)).access_token),
		scope: async () => {
			const { scope } = await tokenData(host);
			return typeof scope === 'string' ? scope : undefined;
		},
	};
}

/** The address in the stored token, or the one that is asked for. */
async function storedAddress(host: OrgHost, asked: () => Promise<string>): Promise<string> {
	const { accessTokenUrl, oauthTokenData } = await host.getCredentials(TYPE);
	const { instance_url: stored, token_type: type } = (oauthTokenData ?? {}) as IDataObject;
	const unusable = tokenTypeRefusal(type);
	if (unusable !== undefined) throw unusable;
	if (typeof stored !== 'string' || stored === '') return await asked();
	return trustedOrigin(stored, isLocal(String(accessTokenUrl)));
}

/**
 * The credential has no switch for an org on this machine; it is taken to be meant when the credential gets its tokens
 * from this machine.
 */
const isLocal = isLoopbackAddress;

/**
 * The address that Salesforce tells of who is signed in.
 *
 * @throws OrgError `UNTRUSTED_HOST`, `NO_INSTANCE_URL`, or why Salesforce cannot be asked
 */
async function askedAddress(
	host: OrgHost,
	wait: Wait,
	send: (baseURL: string, request: OrgRequest) => Promise<OrgResponse>,
): Promise<string> {
	const tokenUrl = String((await host.getCredentials(TYPE)).accessTokenUrl);
	const loopback = isLocal(tokenUrl);
	for (let tries = 1; ; tries++) {
		const response = await send(trustedOrigin(tokenUrl, loopback), USERINFO);
		const address = restAddress(response);
		if (address !== undefined) return trustedOrigin(address, loopback);
		const error = (response.status < 300 ? unexpectedAnswer(response.status) : refusal(response)).with({
			harmless: true,
		});
		const pause = waitBeforeRetry(error, tries, Math.random);
		if (pause === undefined) throw noAddress(error);
		await wait(pause);
	}
}

/** The API's address in an answer of `userinfo`; undefined when it is not one. */
function restAddress({ status, body }: OrgResponse): string | undefined {
	if (status !== 200) return undefined;
	try {
		const { urls } = JSON.parse(body) as { urls?: { rest?: unknown } };
		return typeof urls?.rest === 'string' ? urls.rest : undefined;
	} catch {
		return undefined;
	}
}

/** The call for which the address is wanted was not made, so nothing of it is in doubt. */
function noAddress(error: OrgError): OrgError {
	const why = `The credential does not say which org it opens, and Salesforce does not tell: ${error.message}`;
	if (error.passing) return new OrgError('SIGN_IN_UNAVAILABLE', why, error.remedy, { cause: error });
	return new OrgError('NO_INSTANCE_URL', why, 'Open the credential and connect it again.', { cause: error });
}

/**
 * Makes a call whose token n8n refreshes where it has ended.
 *
 * Where apps have refresh tokens that can be used once only, a refresh is refused when another worker was faster: then
 * the token that it has stored meanwhile is used. The spent refresh token is never sent again, since Salesforce takes
 * that for theft and ends the whole connection (Salesforce Help, *Refresh Token Rotation*).
 */
async function refreshing(host: OrgHost, wait: Wait, request: OrgRequest, options: CallOptions): Promise<OrgResponse> {
	const before = await storedToken(host);
	const attempt = async (): Promise<OrgResponse> =>
		await patiently(wait, isWithoutSession, async () => await callOrg(host, TYPE, request, options));
	const outcome = await attempt().catch((error: unknown) => refused(error));
	if (!(outcome instanceof OrgError)) return outcome;
	if ((await storedToken(host)) === before) await wait(STORING);
	if ((await storedToken(host)) === before) throw outcome;
	return await attempt();
}

/** An error that says that n8n could not refresh the token, as a value; every other one is thrown on. */
async function refused(error: unknown): Promise<OrgError> {
	if (error instanceof OrgError && error.code === 'SIGN_IN_REFUSED') return error;
	return await Promise.reject(error);
}

/** The stored token, by a key that gives nothing away. */
async function storedToken(host: OrgHost): Promise<string> {
	return settingsKey({ ...(await tokenData(host)) });
}

/** What n8n has stored of the token's answer; empty where nobody has connected yet. */
async function tokenData(host: OrgHost): Promise<IDataObject> {
	const { oauthTokenData } = await host.getCredentials(TYPE);
	return (oauthTokenData ?? {}) as IDataObject;
}
