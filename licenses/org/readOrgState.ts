import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { isObject } from '../../salesforce/shapes';
import { isSystemUser } from '../users';
import type { OrgState, Profile } from '../userState';
import { ORGANIZATION, seen } from './licenseQueries';

const RIGHT = 'View Setup and Configuration';

/**
 * Who may manage users, by profile or permission set: every profile has a permission set of its own, which its users
 * are assigned (object reference, PermissionSet).
 */
const MANAGERS = `SELECT AssigneeId, Assignee.UserType, Assignee.Profile.Name FROM PermissionSetAssignment
	WHERE PermissionSet.PermissionsManageUsers = true AND Assignee.IsActive = true`.replace(/\s+/g, ' ');

const FROZEN = 'SELECT UserId FROM UserLogin WHERE IsFrozen = true';

const PROFILES = 'SELECT Id, Name, UserType FROM Profile';

/** An org with what has to be known of it before anybody in it is touched. */
export interface KnownOrg extends OrgState {
	/** The organization's own name. */
	name: string;
}

/**
 * Reads, in two calls, who is connected and who could still manage users.
 *
 * @param node the node's name, for a message about a missing right
 * @throws OrgError that names the missing right
 */
export async function readOrgState(org: Org, node: string): Promise<KnownOrg> {
	const { identity } = await org.call('GET', '/', isObject);
	const connectedUserId = typeof identity === 'string' ? identity.split('/').at(-1) : undefined;
	if (connectedUserId === undefined) {
		throw new OrgError(
			'NO_IDENTITY',
			'Salesforce did not say which user is connected, so nobody can be kept from locking themselves out',
			'Run again; if it stays so, try another sign-in method in the credential.',
		);
	}
	const [organization, managers, frozen, profiles] = (
		await queryEach(org, [ORGANIZATION, MANAGERS, FROZEN, PROFILES])
	).map((outcome, index) => seen(outcome as QueryOutcome, ...(SEEN[index] as [string, string]), node)) as [
		QueriedRecord[],
		QueriedRecord[],
		QueriedRecord[],
		QueriedRecord[],
	];
	const locked = new Set([connectedUserId.slice(0, 15), ...frozen.map(({ UserId }) => String(UserId).slice(0, 15))]);
	return {
		orgId: String(organization[0]?.Id),
		name: String(organization[0]?.Name),
		connectedUserId,
		administrators: new Set(
			managers
				.filter(({ Assignee }) => !isSystemUser(Assignee as QueriedRecord))
				.map(({ AssigneeId }) => String(AssigneeId))
				.filter((id) => !locked.has(id.slice(0, 15))),
		),
		profiles: profiles.map(profile),
	};
}

/** The objects of the four queries, with the rights that show them. */
const SEEN = [
	['Organization', RIGHT],
	['PermissionSetAssignment', RIGHT],
	['UserLogin', 'Manage Users'],
	['Profile', RIGHT],
];

function profile({ Id, Name, UserType }: QueriedRecord): Profile {
	return { id: String(Id), name: String(Name), userType: String(UserType) };
}
