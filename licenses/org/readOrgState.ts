import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { idKey } from '../../salesforce/recordId';
import { Administrators } from '../administrators';
import { isSystemUser } from '../users';
import type { OrgState, Profile } from '../userState';
import { ORGANIZATION, seen } from './licenseQueries';

const RIGHT = 'View Setup and Configuration';

/**
 * Who may manage users, by profile, permission set or group: every profile and every group has a permission set of its
 * own, which its users are assigned (object reference, PermissionSet). One that has to be activated counts in some
 * sessions only.
 */
const MANAGERS =
	`SELECT Id, AssigneeId, ExpirationDate, PermissionSet.HasActivationRequired, Assignee.UserType, Assignee.Profile.Name
	FROM PermissionSetAssignment
	WHERE PermissionSet.PermissionsManageUsers = true AND Assignee.IsActive = true`.replace(/\s+/g, ' ');

const FROZEN = 'SELECT UserId FROM UserLogin WHERE IsFrozen = true';

const PROFILES = 'SELECT Id, Name, UserType, PermissionsManageUsers FROM Profile';

/** An org with what has to be known of it before anybody in it is touched. */
export interface KnownOrg extends OrgState {
	/** The organization's own name. */
	name: string;
}

/**
 * Reads who is connected and who could still manage users: in one call, and one more that is made once per session.
 *
 * @param node the node's name, for a message about a missing right
 * @throws OrgError that names the missing right
 */
export async function readOrgState(org: Org, node: string): Promise<KnownOrg> {
	const { userId: connectedUserId } = await readIdentity(org);
	const [organization, managers, frozen, profiles] = (
		await queryEach(org, [ORGANIZATION, MANAGERS, FROZEN, PROFILES])
	).map((outcome, index) => seen(outcome as QueryOutcome, ...(SEEN[index] as [string, string]), node)) as [
		QueriedRecord[],
		QueriedRecord[],
		QueriedRecord[],
		QueriedRecord[],
	];
	const locked = new Set([connectedUserId, ...frozen.map(({ UserId }) => String(UserId))].map(idKey));
	return {
		orgId: String(organization[0]?.Id),
		name: String(organization[0]?.Name),
		connectedUserId,
		administrators: new Administrators(
			managers
				.filter(
					({ AssigneeId, Assignee }) =>
						!isSystemUser(Assignee as QueriedRecord) && !locked.has(idKey(String(AssigneeId))),
				)
				.map(({ Id, AssigneeId, ExpirationDate, PermissionSet }) => ({
					id: String(Id),
					userId: String(AssigneeId),
					lasts: ExpirationDate === null && (PermissionSet as QueriedRecord | null)?.HasActivationRequired !== true,
				})),
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

function profile({ Id, Name, UserType, PermissionsManageUsers }: QueriedRecord): Profile {
	return {
		id: String(Id),
		name: String(Name),
		userType: String(UserType),
		managesUsers: PermissionsManageUsers === true,
	};
}
