import { setTimeout } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { OrgError, stoppedBefore } from '../../salesforce/errors';
import { Org } from '../../salesforce/org';
import type { Wait } from '../../salesforce/patiently';
import { privateKeyId } from '../../salesforce/privateKey';
import { settingsKey } from '../../salesforce/session';
import { Signer } from '../../salesforce/signature';
import type { OrgHost, SignedAccess } from './access/callOrg';
import { jwtAccess } from './access/jwtAccess';
import { oauth2Access } from './access/oauth2Access';
import { opsAccess } from './access/opsAccess';
import type { CredentialType } from './authentication';
import { requestId } from './requestId';

/**
 * The org that the node's credential opens. Nothing is sent until its first call.
 *
 * @param keepFree percent of the org's API calls that are left to others
 */
export function connectOrg(host: OrgHost, keepFree = 0): Org {
	const type = (
		'getInputData' in host ? host.getNodeParameter('authentication', 0) : host.getNodeParameter('authentication')
	) as CredentialType;
	const wait = async (milliseconds: number): Promise<void> => await stoppableWait(host, milliseconds);
	const { send, instanceUrl, identity, sessionToken, scope } = signedAccess(host, type, wait);
	return new Org({
		send: async (request) => {
			if (stopSignal(host)?.aborted === true) throw stoppedBefore();
			const headers = { ...request.headers, 'X-SFDC-REQUEST-ID': requestId(host) };
			return await send({ ...request, headers });
		},
		instanceUrl,
		identity,
		sessionToken,
		scope,
		origin: originOf(host),
		keepFree,
		sessionKey: async () => settingsKey(await host.getCredentials(type)),
		signer: async (orgId, use) => new Signer(signingSecret(type, await host.getCredentials(type)), orgId, use),
		wait,
	});
}

function signedAccess(host: OrgHost, type: CredentialType, wait: Wait): SignedAccess {
	switch (type) {
		case 'salesforceOpsApi':
			return opsAccess(host);
		case 'salesforceOAuth2Api':
			return oauth2Access(host, wait);
		case 'salesforceJwtApi':
			return jwtAccess(host, wait);
	}
}

/** What the calls are made for; a list of a panel has no execution. */
function originOf(host: OrgHost): { workflowId: string; executionId: string } {
	const executionId = 'getExecutionId' in host ? host.getExecutionId() : '';
	return { workflowId: host.getWorkflow().id ?? '', executionId: executionId ?? '' };
}

/** Waits, but not on when the execution is stopped: the next call says so. */
async function stoppableWait(host: OrgHost, milliseconds: number): Promise<void> {
	await setTimeout(milliseconds, undefined, { signal: stopSignal(host) }).catch(() => {});
}

function stopSignal(host: OrgHost): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in host ? host.getExecutionCancelSignal() : undefined;
}

/**
 * The secret of a credential that its signatures are made with: the app's client secret, or the private key where the
 * sign-in works with one. Never the password, which could be guessed from a signature and is changed more often.
 *
 * @throws OrgError `NO_SECRET`
 */
function signingSecret(type: CredentialType, credentials: ICredentialDataDecryptedObject): string {
	const isKey = type === 'salesforceJwtApi' || credentials.signInMethod === 'jwtBearer';
	// The same key pasted in another form goes on signing as it did.
	const secret = isKey
		? privateKeyId(String(credentials.privateKey ?? ''))
		: String(credentials.clientSecret ?? '').trim();
	if (secret !== '') return secret;
	throw new OrgError(
		'NO_SECRET',
		`The credential has no ${isKey ? 'private key' : 'client secret'}, with which undo records are signed`,
		'Open the credential and fill it in.',
	);
}
