import { sleep } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { trustedOrigin } from '../../salesforce/domain';
import { errorFromFaults, errorFromNetwork, networkCode, OrgError } from '../../salesforce/errors';
import type { SalesforceFault } from '../../salesforce/errors';
import { Org } from '../../salesforce/org';
import type { OrgRequest, OrgResponse } from '../../salesforce/org';
import { readSession } from '../../salesforce/session';
import type { CredentialType } from './authentication';

/** Salesforce ends a call after ten minutes at the latest; nothing comes after that. In milliseconds. */
const CALL_TIMEOUT = 610_000;

/** The org that the node's credential opens. Nothing is sent until its first call. */
export function connectOrg(host: IExecuteFunctions): Org {
	const type = host.getNodeParameter('authentication', 0) as CredentialType;
	return new Org({
		send: async (request) => await send(host, type, request),
		instanceUrl: async () => (await instanceUrl(host, type)) ?? '',
		wait: sleep,
	});
}

/**
 * Where the calls of a credential go; undefined while it has no session.
 * @throws OrgError `UNTRUSTED_HOST` when the credential holds an address that is not Salesforce's
 */
async function instanceUrl(host: IExecuteFunctions, type: CredentialType): Promise<string | undefined> {
	const credentials = await host.getCredentials(type);
	switch (type) {
		case 'salesforceOpsApi':
			return readSession(credentials.sessionToken)?.instanceUrl;
		case 'salesforceOAuth2Api':
			return address((credentials.oauthTokenData as IDataObject | undefined)?.instance_url);
		case 'salesforceJwtApi':
			return address(credentials.instanceUrl);
	}
}

function address(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? trustedOrigin(value, false) : undefined;
}

async function send(host: IExecuteFunctions, type: CredentialType, request: OrgRequest): Promise<OrgResponse> {
	try {
		const response = (await host.helpers.httpRequestWithAuthentication.call(host, type, {
			method: request.method,
			url: request.path,
			headers: { Accept: 'application/json', ...request.headers },
			body: request.body,
			encoding: 'text',
			json: false,
			returnFullResponse: true,
			// 401 is n8n's sign to open a new session; every other status is Salesforce's answer, and read as such.
			ignoreHttpStatusErrors: { ignore: true, except: [401] },
			disableFollowRedirect: true,
			timeout: CALL_TIMEOUT,
		})) as IN8nHttpFullResponse;
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
		const { response } = cause as Error & { response?: { status?: number; data?: unknown } };
		if (response?.status === 401) return errorFromFaults(faults(response.data), 401);
	}
	return errorFromNetwork(networkCode(error));
}

function faults(body: unknown): SalesforceFault[] {
	try {
		const parsed: unknown = JSON.parse(String(body));
		return Array.isArray(parsed) ? (parsed as SalesforceFault[]) : [];
	} catch {
		return [];
	}
}
