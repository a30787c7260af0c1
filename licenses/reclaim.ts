import { idKey, sameId } from '../salesforce/recordId';
import type { Act } from './act';
import { activity, isAbout } from './activity';
import type { ActivityRules, NamedLicense } from './activity';
import { LOCK_OUTS } from './administrators';
import type { Change, DeletedRecord, UpdatedRecord } from './change';
import type { HeldPermissionSet, OrgState, Profile, UserState } from './userState';

/** What is asked for one user. */
export interface ReclaimRequest {
	act: Act;
	userId: string;
	/** Of the org that the user was found in; empty when nobody said. */
	orgId: string;
	/** The permission-set or package license to remove. */
	licenseId?: string;
	/** Whether the permission sets that need the license go with it. */
	withPermissionSets?: boolean;
	/** ID or name of the profile to move to. */
	profile?: string;
}

/** Whom nothing may happen to: IDs by `idKey`, and in words how they were named. */
export interface Protected {
	users: ReadonlyMap<string, string>;
	profiles: ReadonlyMap<string, string>;
	/** Permission sets and groups of them. */
	permissionSets: ReadonlyMap<string, string>;
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

/** Why nothing is to be done, for a machine and for a person. */
export interface Skip<Reason extends string = SkipReason> {
	skip: Reason;
	message: string;
}

/** What is to be done. */
export interface Planned {
	changes: Change[];
}

/**
 * What is to be done for one request, from the user as they are now. What it takes from somebody who administers the
 * org is noted among the org's administrators, so that one run does not lock out the last two.
 *
 * @param user undefined when the org has no such user
 * @param licenses those of the org that have days without activity of their own
 */
export function decideReclaim(
	request: ReclaimRequest,
	user: UserState | undefined,
	org: OrgState,
	spared: Protected,
	rules: ActivityRules,
	licenses: readonly NamedLicense[] = [],
): Skip | Planned {
	if (request.orgId !== '' && !sameId(request.orgId, org.orgId)) {
		return skip('otherOrg', 'The item is of another org than the one that the credential opens');
	}
	if (user === undefined) return skip('notFound', 'The org has no such user');
	const always = sparedAlways(user, org, spared);
	if (always !== undefined) return always;
	const decision = DECIDE[request.act](user, request, org);
	if ('skip' in decision) return decision;
	if (request.act === 'unfreeze') return { changes: decision.changes };
	for (const license of licensesOf(request, user, licenses, rules)) {
		const inUse = sparedByUse(user, rules, license);
		if (inUse !== undefined) return inUse;
	}
	if (!org.administrators.take(user.id, decision.lost)) return skip('lastAdministrator', LOCK_OUTS.lastAdministrator);
	return { changes: decision.changes };
}

function skip(reason: SkipReason, message: string): Skip {
	return { skip: reason, message };
}

function sparedAlways(user: UserState, org: OrgState, spared: Protected): Skip | undefined {
	if (user.isSystem) return skip('systemUser', "The user is one of the org's own");
	if (sameId(user.id, org.connectedUserId)) return skip('connectedUser', LOCK_OUTS.connectedUser);
	const byUser = spared.users.get(idKey(user.id));
	if (byUser !== undefined) return skip('excludedUser', `The user is excluded by ${byUser}`);
	const byProfile = spared.profiles.get(idKey(user.profileId));
	if (byProfile !== undefined) return skip('excludedProfile', `The user's profile is excluded by ${byProfile}`);
	for (const { label, given, contains } of user.permissionSets) {
		for (const id of [...Object.values(given), ...contains]) {
			const bySet = spared.permissionSets.get(idKey(id));
			if (bySet !== undefined) {
				return skip('excludedPermissionSet', `The user has the permission set ${label}, which is excluded by ${bySet}`);
			}
		}
	}
	return undefined;
}

/**
 * The licenses whose days without activity count: that of the one to remove. What is done to the user as a whole is done
 * to whatever they hold, so that each of their licenses may spare them.
 */
function licensesOf(
	{ licenseId }: ReclaimRequest,
	user: UserState,
	licenses: readonly NamedLicense[],
	{ daysByLicense }: ActivityRules,
): readonly NamedLicense[] {
	if (licenseId !== undefined) {
		return [licenses.find(({ id }) => sameId(licenseId, id)) ?? { id: licenseId, apiName: '', name: '' }];
	}
	const assigned = [...user.permissionSetLicenses, ...user.packageLicenses];
	const isHeld = ({ id, apiName }: NamedLicense): boolean =>
		id === '' ? user.features.includes(apiName) : assigned.some((one) => sameId(one.licenseId, id));
	const hasDays = (license: NamedLicense): boolean => daysByLicense.some((row) => isAbout(row.license, license));
	return [user.userLicense, ...licenses.filter((license) => isHeld(license) && hasDays(license))];
}

function sparedByUse(user: UserState, rules: ActivityRules, license: NamedLicense): Skip | undefined {
	const presence = { ...user, isFrozen: user.login?.isFrozen ?? null };
	const { isLockedOut, isNew, daysInactive, inactiveAfterDays } = activity(presence, rules, license);
	if (isLockedOut) return undefined;
	if (isNew) return skip('newAccount', `The account is newer than ${rules.spareNewDays} days`);
	if (daysInactive >= inactiveAfterDays) return undefined;
	return skip(
		'recentlyActive',
		`The user was active ${daysInactive} days ago, which is less than the ${inactiveAfterDays} days without activity that are asked for`,
	);
}

/** What an act changes, and which assignments the user loses by it that may let them manage users. */
type Decided = Skip | { changes: Change[]; lost: 'all' | readonly string[] };

/** What each act takes, for a user to whom it may be done. */
const DECIDE: Record<Act, (user: UserState, request: ReclaimRequest, org: OrgState) => Decided> = {
	freeze(user) {
		if (!user.isActive) return inactive();
		if (user.login === undefined) return skip('noLoginRecord', 'The user has no log-in record to freeze');
		if (user.login.isFrozen) return skip('alreadyFrozen', 'The user is frozen already');
		return { changes: [freezing(user.login, true)], lost: 'all' };
	},

	unfreeze(user) {
		if (user.login === undefined) return skip('noLoginRecord', 'The user has no log-in record to unfreeze');
		if (!user.login.isFrozen) return skip('notFrozen', 'The user is not frozen');
		return { changes: [freezing(user.login, false)], lost: [] };
	},

	deactivate(user) {
		if (!user.isActive) return inactive();
		return { changes: [updating(user, { IsActive: true }, { IsActive: false })], lost: 'all' };
	},

	removePermissionSetLicense(user, { licenseId = '', withPermissionSets }) {
		const held = user.permissionSetLicenses.find((assignment) => sameId(licenseId, assignment.licenseId));
		if (held === undefined) return notHeld();
		const needing = user.permissionSets.filter(({ licenseIds }) => licenseIds.some((id) => sameId(id, held.licenseId)));
		if (needing.length > 0 && withPermissionSets !== true) {
			const labels = needing.map(({ label }) => label).join(', ');
			return skip('neededByPermissionSets', `These permission sets of the user need the license: ${labels}`);
		}
		return {
			changes: [
				// Salesforce refuses to take the license while a permission set needs it (Help, removing permission-set licenses).
				...needing.map((set) => permissionSetTaken(user.id, set)),
				permissionSetLicenseTaken(user.id, held),
			],
			lost: needing.map(({ id }) => id),
		};
	},

	removePackageLicense(user, { licenseId = '' }) {
		const held = user.packageLicenses.find((assignment) => sameId(licenseId, assignment.licenseId));
		if (held === undefined) return notHeld();
		const before = { UserId: user.id, PackageLicenseId: held.licenseId };
		return { changes: [{ did: 'deleted', object: 'UserPackageLicense', id: held.id, before }], lost: [] };
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
			changes: [updating(user, { ProfileId: user.profileId }, { ProfileId: profile.id })],
			// With the license of another profile, permission sets may go as well.
			lost: profile.managesUsers ? [] : 'all',
		};
	},
};

/** A permission-set license that a user loses. */
export function permissionSetLicenseTaken(userId: string, held: { id: string; licenseId: string }): DeletedRecord {
	const before = { AssigneeId: userId, PermissionSetLicenseId: held.licenseId };
	return { did: 'deleted', object: 'PermissionSetLicenseAssign', id: held.id, before };
}

function permissionSetTaken(userId: string, { id, given, expires }: HeldPermissionSet): DeletedRecord {
	const before = { AssigneeId: userId, ...given, ...(expires === null ? {} : { ExpirationDate: expires }) };
	return { did: 'deleted', object: 'PermissionSetAssignment', id, before };
}

function freezing({ id, changed }: NonNullable<UserState['login']>, IsFrozen: boolean): UpdatedRecord {
	const before = { IsFrozen: !IsFrozen };
	return { did: 'updated', object: 'UserLogin', id, before, after: { IsFrozen }, found: changed, left: null };
}

function updating({ id, changed }: UserState, before: object, after: object): UpdatedRecord {
	const fields = { before: { ...before }, after: { ...after } };
	return { did: 'updated', object: 'User', id, ...fields, found: changed, left: null };
}

function findProfile(profiles: readonly Profile[], wanted: string): Profile | undefined {
	return profiles.find(({ id, name }) => sameId(wanted, id) || name.toLowerCase() === wanted.toLowerCase());
}

function inactive(): Skip {
	return skip('alreadyInactive', 'The user is not active, and so holds no user license');
}

function notHeld(): Skip {
	return skip('notHeld', 'The user does not hold this license');
}
