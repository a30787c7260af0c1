import type { Act } from './act';
import { activity } from './activity';
import type { ActivityRules } from './activity';
import type { Decision, Step } from './step';
import type { UndoRecord } from './undoReclaim';
import { sameId } from './userState';
import type { OrgState, Profile, UserState } from './userState';

/** What is asked for one user. */
export interface ReclaimRequest {
	act: Act;
	userId: string;
	/** Of the org that the user was found in; empty when nobody said. */
	orgId: string;
	/** The permission-set or package licence to remove. */
	licenseId?: string;
	/** Whether the permission sets that need the licence go with it. */
	withPermissionSets?: boolean;
	/** ID or name of the profile to move to. */
	profile?: string;
}

/** Whom nothing may happen to. */
export interface Protection {
	activity: ActivityRules;
	/** User IDs or usernames. */
	users: readonly string[];
	/** IDs or names. */
	profiles: readonly string[];
	/** IDs, names or labels. */
	permissionSets: readonly string[];
}

/** Why nothing is done. */
export type SkipReason =
	| 'otherOrg'
	| 'notFound'
	| 'systemUser'
	| 'connectedUser'
	| 'excludedUser'
	| 'excludedProfile'
	| 'excludedPermissionSet'
	| 'alreadyInactive'
	| 'alreadyFrozen'
	| 'notFrozen'
	| 'noLoginRecord'
	| 'notHeld'
	| 'neededByPermissionSets'
	| 'profileNotFound'
	| 'sameProfile'
	| 'otherUserType'
	| 'newAccount'
	| 'recentlyActive'
	| 'lastAdministrator';

/** Acts after which a user can no longer administer the org. */
const LOCKS_OUT: Act[] = ['freeze', 'deactivate', 'changeProfile'];

/**
 * What is to be done for one request, from the user as they are now. A user who is locked out by it is taken from the
 * org's administrators, so that one run does not lock out the last two.
 *
 * @param user undefined when the org has no such user
 */
export function decideReclaim(
	request: ReclaimRequest,
	user: UserState | undefined,
	org: OrgState,
	protection: Protection,
): Decision<SkipReason, { undo: UndoRecord }> {
	if (request.orgId !== '' && !sameId(request.orgId, org.orgId)) {
		return skip('otherOrg', 'The item is of another org than the one that the credential opens');
	}
	if (user === undefined) return skip('notFound', 'The org has no such user');
	const spared = protectedAlways(user, org, protection);
	if (spared !== undefined) return spared;
	const decision = ACTS[request.act](user, request, org);
	if ('skip' in decision) return decision;
	if (request.act !== 'unfreeze') {
		const inUse = protectedByUse(user, org, protection);
		if (inUse !== undefined) return inUse;
	}
	if (LOCKS_OUT.includes(request.act)) org.administrators.delete(user.id);
	return {
		steps: decision.steps,
		undo: { action: request.act, orgId: org.orgId, userId: user.id, ...decision.undo },
	};
}

type Skip = { skip: SkipReason; message: string };

function skip(reason: SkipReason, message: string): Skip {
	return { skip: reason, message };
}

function protectedAlways(user: UserState, org: OrgState, protection: Protection): Skip | undefined {
	if (user.isSystem) return skip('systemUser', "The user is one of the org's own");
	if (sameId(user.id, org.connectedUserId)) return skip('connectedUser', 'The node is signed in as this user');
	if (isNamed(protection.users, user.id, [user.username]))
		return skip('excludedUser', 'The user is on the exclusion list');
	if (isNamed(protection.profiles, user.profileId, [user.profileName])) {
		return skip('excludedProfile', "The user's profile is on the exclusion list");
	}
	const set = user.permissionSets.find(({ given, names }) =>
		isNamed(protection.permissionSets, Object.values(given)[0] ?? '', names),
	);
	return (
		set && skip('excludedPermissionSet', `The user has the permission set ${set.label}, which is on the exclusion list`)
	);
}

/** Whether a list names something by its ID, or by a name in any case. */
function isNamed(list: readonly string[], id: string, names: readonly string[]): boolean {
	const known = names.map((name) => name.toLowerCase());
	return list.some((entry) => sameId(entry, id) || known.includes(entry.toLowerCase()));
}

function protectedByUse(user: UserState, { administrators }: OrgState, protection: Protection): Skip | undefined {
	const { isNew, daysInactive } = activity(user.lastLogin, user.created, protection.activity);
	const { inactiveAfterDays, spareNewDays } = protection.activity;
	if (isNew) return skip('newAccount', `The account is newer than ${spareNewDays} days`);
	if (daysInactive < inactiveAfterDays) {
		return skip(
			'recentlyActive',
			`The user was active ${daysInactive} days ago, and ${inactiveAfterDays} days without activity are asked for`,
		);
	}
	if (administrators.size === 1 && administrators.has(user.id)) {
		return skip(
			'lastAdministrator',
			'Nobody else who is active could manage users, apart from the user of the credential',
		);
	}
	return undefined;
}

type ActDecision = Skip | { steps: Step[]; undo: Partial<UndoRecord> };

/** What each act takes, for a user to whom it may be done. */
const ACTS: Record<Act, (user: UserState, request: ReclaimRequest, org: OrgState) => ActDecision> = {
	freeze(user) {
		if (!user.isActive) return inactive();
		if (user.login === undefined) return skip('noLoginRecord', 'The user has no log-in record to freeze');
		if (user.login.isFrozen) return skip('alreadyFrozen', 'The user is frozen already');
		return freezing(user.login.id, true);
	},

	unfreeze(user) {
		if (user.login === undefined) return skip('noLoginRecord', 'The user has no log-in record to unfreeze');
		if (!user.login.isFrozen) return skip('notFrozen', 'The user is not frozen');
		return freezing(user.login.id, false);
	},

	deactivate(user) {
		if (!user.isActive) return inactive();
		return { steps: [{ kind: 'update', object: 'User', id: user.id, fields: { IsActive: false } }], undo: {} };
	},

	removePermissionSetLicense(user, { licenseId = '', withPermissionSets }) {
		const held = user.permissionSetLicenses.find((assignment) => sameId(licenseId, assignment.licenseId));
		if (held === undefined) return notHeld();
		const needing = user.permissionSets.filter((set) => sameId(set.licenseId, held.licenseId));
		if (needing.length > 0 && withPermissionSets !== true) {
			const labels = needing.map(({ label }) => label).join(', ');
			return skip('neededByPermissionSets', `These permission sets of the user need the license: ${labels}`);
		}
		return {
			steps: [
				// Salesforce refuses to take the licence while a permission set needs it (Help, removing permission-set licences).
				...(needing.length === 0
					? []
					: [
							{ kind: 'delete' as const, object: 'PermissionSetAssignment' as const, ids: needing.map(({ id }) => id) },
						]),
				{ kind: 'delete', object: 'PermissionSetLicenseAssign', ids: [held.id] },
			],
			undo: { permissionSetLicenseId: held.licenseId, permissionSets: needing.map(({ given }) => given) },
		};
	},

	removePackageLicense(user, { licenseId = '' }) {
		const held = user.packageLicenses.find((assignment) => sameId(licenseId, assignment.licenseId));
		if (held === undefined) return notHeld();
		return {
			steps: [{ kind: 'delete', object: 'UserPackageLicense', ids: [held.id] }],
			undo: { packageLicenseId: held.licenseId },
		};
	},

	changeProfile(user, { profile: wanted = '' }, { profiles }) {
		if (!user.isActive) return inactive();
		const profile = findProfile(profiles, wanted);
		if (profile === undefined) return skip('profileNotFound', 'The org has no profile of this name or ID');
		if (sameId(profile.id, user.profileId)) return skip('sameProfile', 'The user has this profile already');
		if (profile.userType !== user.userType) {
			return skip(
				'otherUserType',
				'The license of the profile is for another type of user, and Salesforce lets no user change type',
			);
		}
		return {
			steps: [{ kind: 'update', object: 'User', id: user.id, fields: { ProfileId: profile.id } }],
			undo: { profileId: user.profileId, newProfileId: profile.id },
		};
	},
};

function findProfile(profiles: readonly Profile[], wanted: string): Profile | undefined {
	return profiles.find(({ id, name }) => sameId(wanted, id) || name.toLowerCase() === wanted.toLowerCase());
}

function freezing(id: string, IsFrozen: boolean): ActDecision {
	return { steps: [{ kind: 'update', object: 'UserLogin', id, fields: { IsFrozen } }], undo: {} };
}

function inactive(): Skip {
	return skip('alreadyInactive', 'The user is not active, and so holds no user license');
}

function notHeld(): Skip {
	return skip('notHeld', 'The user does not hold this license');
}
