import { append } from '../salesforce/append';
import { idKey, sameId } from '../salesforce/recordId';
import type { Stamp } from '../salesforce/stamp';
import type { DeletedRecord } from './change';
import { mayBeOf } from './undoRecord';

const DAY = 86_400_000;

/** For how many days Salesforce keeps its setup audit trail (Salesforce Help, monitor setup changes). */
export const TRAIL_DAYS = 180;

/** What somebody did in the org's set-up, as the setup audit trail has it. */
export interface TrailEntry {
	/** Salesforce's name for it, `PermSetAssign`. */
	action: string;
	/** A sentence that names the user by the first 15 characters of the ID, and mostly what was given or taken. */
	display: string;
	/** When, and by whom. */
	stamp: Stamp;
}

/** A record that an act deleted. */
export interface Taken {
	change: DeletedRecord;
	userId: string;
	/** When the act was decided, by Salesforce's clock, and by whom it was done. */
	at: string;
	by: string;
}

/** The trail's names for giving somebody something and taking it, as lists of real trails have them. */
interface Actions {
	given: readonly string[];
	taken: readonly string[];
}

const LICENSE: Actions = { given: ['PermSetLicenseAssign'], taken: ['PermSetLicenseUnassign'] };
const PERMISSION_SET: Actions = {
	given: ['PermSetAssign', 'PermSetAssign_HasExpiration'],
	taken: ['PermSetUnassign', 'PermSetUnassign_HasExpiration'],
};
/** That groups with an expiration have a name of their own as well is assumed. */
const GROUP: Actions = {
	given: ['PermSetGroupAssign', 'PermSetGroupAssign_HasExpiration'],
	taken: ['PermSetGroupUnassign', 'PermSetGroupUnassign_HasExpiration'],
};
/** That one was taken stands there without the user from whom. */
const PACKAGE: Actions = { given: ['granteduserpackagelicense'], taken: ['revokeduserpackagelicense'] };

function actionsOf({ object, before }: DeletedRecord): Actions {
	if (object === 'UserPackageLicense') return PACKAGE;
	if (object === 'PermissionSetLicenseAssign') return LICENSE;
	return before.PermissionSetGroupId === undefined ? PERMISSION_SET : GROUP;
}

/** The actions that tell of what these records gave. */
export function trailActions(changes: readonly DeletedRecord[]): string[] {
	return [...new Set(changes.map(actionsOf).flatMap(({ given, taken }) => [...given, ...taken]))];
}

/** The ID of the license, permission set or group that a deleted record gave. */
export function givenId({ before }: DeletedRecord): string {
	const { PermissionSetLicenseId, PackageLicenseId, PermissionSetGroupId, PermissionSetId } = before;
	return PermissionSetLicenseId ?? PackageLicenseId ?? PermissionSetGroupId ?? PermissionSetId ?? '';
}

/**
 * What an org's setup audit trail says of licenses and permission sets that users lost. Salesforce keeps nothing else of
 * an assignment that is gone. That it tells of what comes by the API as well is assumed.
 */
export class Trail {
	/** By `idKey` of the users whom an entry names. */
	private readonly entries = new Map<string, TrailEntry[]>();
	/** Those that name nobody. */
	private readonly nameless: TrailEntry[] = [];

	/**
	 * @param entries with the actions of `trailActions`
	 * @param names by `idKey` of what was given: its label and API name, either of which an entry may have
	 */
	constructor(
		entries: Iterable<TrailEntry>,
		private readonly names: ReadonlyMap<string, readonly string[]>,
	) {
		for (const entry of entries) {
			const users = [...entry.display.matchAll(/\b005[a-zA-Z0-9]{12}/g)];
			for (const [id] of users) append(this.entries, id, entry);
			if (users.length === 0) this.nameless.push(entry);
		}
	}

	/**
	 * When and by whom something was given again, or taken by somebody else, after an act had taken it: then that it is
	 * missing is no longer the act's work.
	 *
	 * What an entry is about is told by its name. Where the act's own entry is not found by it, as after a renaming, or
	 * where entries name nothing, every entry of the user and the kind counts. Of those that do not even name the user one
	 * of the act's own is taken for the act; without it the act, which may have stayed in doubt, left no trace, and anybody
	 * else's entry may be about this user.
	 */
	changedSince({ change, userId, at, by }: Taken): Stamp | undefined {
		const actions = actionsOf(change);
		// Entries are stamped to the second.
		const from = Math.floor(Date.parse(at) / 1_000) * 1_000;
		const isSince = ({ stamp }: TrailEntry): boolean => Date.parse(stamp.at) >= from;
		const names = (this.names.get(idKey(givenId(change))) ?? []).map((name) => name.toLowerCase());
		const isNamed = ({ display }: TrailEntry): boolean => names.some((name) => display.toLowerCase().includes(name));
		const isOwn = ({ action, stamp }: TrailEntry): boolean =>
			actions.taken.includes(action) && sameId(stamp.by, by) && mayBeOf({ at }, stamp.at);
		const isForeign = (entry: TrailEntry): boolean =>
			actions.given.includes(entry.action) || (actions.taken.includes(entry.action) && !isOwn(entry));
		const since = (this.entries.get(idKey(userId)) ?? []).filter(isSince);
		// Many acts leave many of these, and each act finds one of its own among the first.
		const hasOwn = this.nameless.some((entry) => isOwn(entry) && isSince(entry));
		if (!hasOwn) since.push(...this.nameless.filter(isSince));
		const tellsByName = since.some((entry) => isOwn(entry) && isNamed(entry));
		return since
			.filter((entry) => isForeign(entry) && (!tellsByName || isNamed(entry)))
			.map(({ stamp }) => stamp)
			.sort((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];
	}
}

/** Whether no trail reaches back to a moment any more. */
export function isBeforeTrail(at: string, now: string): boolean {
	return Date.parse(now) - Date.parse(at) > TRAIL_DAYS * DAY;
}
