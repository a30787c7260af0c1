import { sameId } from '../salesforce/recordId';
import type { Stamp } from '../salesforce/stamp';
import { LOCK_OUTS } from './administrators';
import { hasValues, isHeld, stampOf } from './change';
import type { DeletedRecord, UpdatedRecord } from './change';
import type { Skip } from './reclaim';
import type { Step } from './step';
import { mayBeOf } from './undoRecord';
import type { UndoRecord } from './undoRecord';
import { isBeforeTrail, TRAIL_DAYS } from './trail';
import type { Trail } from './trail';
import type { OrgState, UserState } from './userState';

/** Why nothing is undone. */
export type UndoSkipReason =
	| 'otherOrg'
	| 'notFound'
	| 'alreadyUndone'
	| 'changedSince'
	| 'tooOld'
	| 'expired'
	| 'lastAdministrator'
	| 'connectedUser';

/** What is to be given back, and what of it no longer can be, in words; empty for nothing. */
export interface Restoring {
	steps: Step[];
	note: string;
}

/** How undoing goes about what somebody changed since. */
export interface UndoRules {
	/** ISO 8601. */
	now: string;
	/** Whether what is still as the act left it is restored although somebody changed it since. */
	restoreChanged: boolean;
	/** What the org keeps of what was given and taken since the act. */
	trail: Trail;
}

/**
 * What is to be done to undo an act, from the user as they are now: what was taken is given back where the org is still
 * as the act left it. Undoing twice does nothing.
 */
export function decideUndo(
	undo: UndoRecord,
	user: UserState | undefined,
	org: OrgState,
	rules: UndoRules,
): Skip<UndoSkipReason> | Restoring {
	if (!sameId(undo.orgId, org.orgId)) {
		return { skip: 'otherOrg', message: 'The record is of another org than the one that the credential opens' };
	}
	if (user === undefined) return { skip: 'notFound', message: 'The org has no such user' };
	const updates = undo.changes.filter((change) => change.did === 'updated');
	const deletions = undo.changes.filter((change) => change.did === 'deleted');
	const open = updates.filter((change) => !hasValues(change, change.before, user));
	const changed = open.find((change) => !isOurs(change, undo, user, rules));
	if (changed !== undefined) return changedSince(changed, user);
	const missing = deletions.filter((change) => !isHeld(change, user));
	const foreign = rules.restoreChanged ? undefined : missingOtherwise(undo, missing, rules);
	if (foreign !== undefined) return foreign;
	if (open.length + missing.length === 0) {
		return { skip: 'alreadyUndone', message: 'It is already as it was before' };
	}
	const expired = missing.filter(({ before }) => isPast(before.ExpirationDate, rules.now));
	const note =
		expired.length === 0 ? '' : `${expired.length} permission sets had expired in the meantime and stay taken`;
	if (open.length + missing.length === expired.length) {
		return { skip: 'expired', message: 'What was taken would have expired in the meantime' };
	}
	const locking = lockedOut(undo, user, org);
	if (locking !== undefined) return locking;
	return { steps: [...open.map(restored), ...givenBack(missing, expired)], note };
}

/**
 * A user as they will be when an act was undone, so that the acts before it can be undone with it: each of them must find
 * what it wrote as it left it, which is as the next one found it.
 */
export function asIfUndone({ changes }: UndoRecord, user: UserState): UserState {
	const undone: UserState = {
		...user,
		permissionSets: [...user.permissionSets],
		permissionSetLicenses: [...user.permissionSetLicenses],
		packageLicenses: [...user.packageLicenses],
	};
	for (const change of changes) {
		if (change.did === 'updated') restore(undone, change);
		else if (!isHeld(change, undone)) giveBack(undone, change);
	}
	return undone;
}

function restore(user: UserState, { object, before, found }: UpdatedRecord): void {
	if (object === 'UserLogin') {
		if (user.login !== undefined) user.login = { ...user.login, isFrozen: before.IsFrozen === true, changed: found };
		return;
	}
	if (typeof before.IsActive === 'boolean') user.isActive = before.IsActive;
	if (typeof before.ProfileId === 'string') user.profileId = before.ProfileId;
	user.changed = found;
}

function giveBack(user: UserState, { object, id, before }: DeletedRecord): void {
	const { PermissionSetLicenseId = '', PackageLicenseId = '', PermissionSetId = '', PermissionSetGroupId } = before;
	if (object === 'PermissionSetLicenseAssign') {
		user.permissionSetLicenses.push({ id, licenseId: PermissionSetLicenseId });
	} else if (object === 'UserPackageLicense') {
		user.packageLicenses.push({ id, licenseId: PackageLicenseId });
	} else {
		const given = PermissionSetGroupId === undefined ? { PermissionSetId } : { PermissionSetGroupId };
		user.permissionSets.push({ id, given, expires: null, label: '', contains: [], licenseIds: [] });
	}
}

/** Whether a record is as an act left it. */
function isOurs(change: UpdatedRecord, undo: UndoRecord, user: UserState, rules: UndoRules): boolean {
	const stamp = stampOf(change, user);
	const isOwnRecord = change.object === 'User' || sameId(change.id, user.login?.id ?? '');
	if (stamp === undefined || !isOwnRecord || !hasValues(change, change.after, user)) return false;
	if (rules.restoreChanged) return true;
	const { found, left } = change;
	// Nobody saw the record after the act: it must be the same user's, no earlier than the act found it, and not much later.
	if (left === null) return sameId(stamp.by, undo.by) && stamp.at >= found.at && mayBeOf(undo, stamp.at);
	return left.at === stamp.at && sameId(left.by, stamp.by);
}

function changedSince(change: UpdatedRecord, user: UserState): Skip<UndoSkipReason> {
	const { at, by } = stampOf(change, user) ?? {};
	const who = at === undefined ? '' : `; the last change was made on ${at} by user ${by}`;
	return { skip: 'changedSince', message: `The user is no longer as the act left them${who}` };
}

/** Why it may not be the act any more by which something is missing: then giving it back would undo somebody else's act. */
function missingOtherwise(
	{ userId, at, by }: UndoRecord,
	missing: readonly DeletedRecord[],
	{ now, trail }: UndoRules,
): Skip<UndoSkipReason> | undefined {
	if (missing.length > 0 && isBeforeTrail(at, now)) {
		return {
			skip: 'tooOld',
			message: `The act is older than the ${TRAIL_DAYS} days of the setup audit trail, so it cannot be known whether somebody gave it back and took it again since`,
		};
	}
	const stamps = missing.flatMap((change) => trail.changedSince({ change, userId, at, by }) ?? []);
	const [last] = stamps.sort((one: Stamp, other: Stamp) => Date.parse(other.at) - Date.parse(one.at));
	if (last === undefined) return undefined;
	return {
		skip: 'changedSince',
		message: `What was taken was given back since, or taken by somebody else; the last such change was made on ${last.at} by user ${last.by}`,
	};
}

/** Undoing an act may lock somebody out as well, as it does by freezing again. */
function lockedOut(undo: UndoRecord, user: UserState, org: OrgState): Skip<UndoSkipReason> | undefined {
	const profileId = undo.changes.find((change) => change.did === 'updated')?.before.ProfileId;
	const profile = org.profiles.find(({ id }) => sameId(id, typeof profileId === 'string' ? profileId : ''));
	const locks = undo.action === 'unfreeze' || (undo.action === 'changeProfile' && profile?.managesUsers !== true);
	if (!locks) return undefined;
	if (sameId(user.id, org.connectedUserId)) return { skip: 'connectedUser', message: LOCK_OUTS.connectedUser };
	if (org.administrators.take(user.id, 'all')) return undefined;
	return { skip: 'lastAdministrator', message: LOCK_OUTS.lastAdministrator };
}

function restored({ object, id, before }: UpdatedRecord): Step {
	return { kind: 'update', object, id, fields: before };
}

/** What the licenses are needed for comes after them. */
function givenBack(missing: readonly DeletedRecord[], expired: readonly DeletedRecord[]): Step[] {
	const steps = new Map<string, Extract<Step, { kind: 'create' }>>();
	const lasting = missing.filter((change) => !expired.includes(change));
	for (const { object, before } of lasting.sort((one, other) => order(one) - order(other))) {
		const step = steps.get(object) ?? { kind: 'create', object, records: [] };
		step.records.push(before);
		steps.set(object, step);
	}
	return [...steps.values()];
}

function order({ object }: DeletedRecord): number {
	return object === 'PermissionSetAssignment' ? 1 : 0;
}

function isPast(moment: string | undefined, now: string): boolean {
	return moment !== undefined && Date.parse(moment) <= Date.parse(now);
}
