import { readOnce } from './describe';
import { OrgError } from './errors';
import type { Org } from './org';
import { isRecordId, longRecordId } from './recordId';
import { isObject } from './shapes';

/** Who is signed in, and where. IDs have 18 characters. */
export interface Identity {
	orgId: string;
	userId: string;
}

/**
 * The org that the credential opens and the user whom it signs in as: as the session's token said, or else read once per
 * session in one call.
 *
 * They are the last two parts of the identity URL (REST API, Identity URLs), which the resource of a version holds.
 *
 * @throws OrgError `NO_IDENTITY` when Salesforce does not say
 */
export async function readIdentity(org: Org): Promise<Identity> {
	const known = identityIn(await org.identity());
	if (known !== undefined) return known;
	return await readOnce(org, '/', 0, async () => {
		const answer = await org.call('GET', '/', isObject);
		const identity = identityIn(answer.identity);
		if (identity === undefined) {
			throw new OrgError(
				'NO_IDENTITY',
				'Salesforce did not say which org and user the credential opens',
				'Run again; if it stays so, try another sign-in method in the credential.',
			);
		}
		return identity;
	});
}

function identityIn(url: unknown): Identity | undefined {
	const [orgId = '', userId = ''] = String(url ?? '')
		.split('/')
		.slice(-2);
	if (!isRecordId(orgId) || !isRecordId(userId)) return undefined;
	return { orgId: longRecordId(orgId.slice(0, 15)), userId: longRecordId(userId.slice(0, 15)) };
}
