import { isRecordId, sameId } from '../salesforce/recordId';
import { ACTS } from './act';
import type { Act } from './act';
import type { Change, DeletedRecord, UpdatedRecord } from './change';

/** The number of this form of undo records. */
export const UNDO_VERSION = 1;

/**
 * What it takes to undo an act. It goes out signed with the act's result, may be kept as JSON text, and is checked like
 * a stranger's input when it comes back.
 */
export interface UndoRecord {
	version: typeof UNDO_VERSION;
	action: Act;
	orgId: string;
	userId: string;
	/** When the act was decided, ISO 8601. */
	at: string;
	/** ID of the user under whom it was done. */
	by: string;
	/** n8n's IDs of the workflow and the execution; empty where there are none, left out of earlier records. */
	workflowId?: string;
	executionId?: string;
	/** What was made of which record, in the order in which it was made. */
	changes: Change[];
}

/**
 * How long after it was decided an act may still come, in milliseconds: Salesforce ends a call after ten minutes (REST
 * API limits), and a run acts on its users within the hour.
 */
const LATEST = 3_600_000;

/** Whether something that was done at a moment, by Salesforce's clock, may be this act's work. */
export function mayBeOf({ at }: Pick<UndoRecord, 'at'>, moment: string): boolean {
	return Date.parse(moment) - Date.parse(at) <= LATEST;
}

/** An undo record as it goes out. */
export type SignedUndoRecord = UndoRecord & { signature: string };

/**
 * Reads an undo record that came back. Whatever no act would have written is refused, so nothing reaches the org that
 * an act did not take from it, whoever wrote the record.
 *
 * @returns undefined for anything but an undo record
 */
export function readUndoRecord(value: Record<string, unknown>): SignedUndoRecord | undefined {
	const { version, action, orgId, userId, at, by, workflowId, executionId, changes, signature, ...more } = value;
	const isWhole =
		version === UNDO_VERSION &&
		typeof action === 'string' &&
		(ACTS as readonly string[]).includes(action) &&
		isId(orgId, '00D') &&
		isId(userId, '005') &&
		isId(by, '005') &&
		isMoment(at) &&
		[workflowId, executionId].every((id) => id === undefined || typeof id === 'string') &&
		(signature === undefined || typeof signature === 'string') &&
		Object.keys(more).length === 0 &&
		Array.isArray(changes) &&
		changes.every((change) => typeof change === 'object' && change !== null);
	if (!isWhole) return undefined;
	const isPossible = POSSIBLE[action as Act](changes as Array<Partial<Change>>, userId);
	return isPossible ? (value as unknown as SignedUndoRecord) : undefined;
}

type Unread = Partial<UpdatedRecord> | Partial<DeletedRecord>;

/** Whether changes are those that an act makes to a user. */
const POSSIBLE: Record<Act, (changes: Unread[], userId: string) => boolean> = {
	freeze: ([change, ...more]) => more.length === 0 && isFreezing(change, false, true),
	unfreeze: ([change, ...more]) => more.length === 0 && isFreezing(change, true, false),
	deactivate: ([change, ...more], userId) =>
		more.length === 0 &&
		isUpdate(change, 'User', userId) &&
		isOnly(change.before, { IsActive: true }) &&
		isOnly(change.after, { IsActive: false }),
	changeProfile: ([change, ...more], userId) =>
		more.length === 0 &&
		isUpdate(change, 'User', userId) &&
		isOnly(change.before, { ProfileId: '00e' }) &&
		isOnly(change.after, { ProfileId: '00e' }),
	removePackageLicense: ([change, ...more], userId) =>
		more.length === 0 &&
		isDeletion(change, 'UserPackageLicense', { UserId: userId }) &&
		isOnly(change.before, { UserId: '005', PackageLicenseId: '050' }),
	removePermissionSetLicense: (changes, userId) =>
		changes.length > 0 &&
		changes.every((change) =>
			change.object === 'PermissionSetAssignment'
				? isDeletion(change, change.object, { AssigneeId: userId }) && isAssignment(change.before)
				: isDeletion(change, 'PermissionSetLicenseAssign', { AssigneeId: userId }) &&
					isOnly(change.before, { AssigneeId: '005', PermissionSetLicenseId: '0PL' }),
		),
};

function isFreezing(change: Unread | undefined, before: boolean, after: boolean): boolean {
	return (
		isUpdate(change, 'UserLogin') &&
		isOnly(change.before, { IsFrozen: before }) &&
		isOnly(change.after, { IsFrozen: after })
	);
}

function isUpdate(change: Unread | undefined, object: UpdatedRecord['object'], id?: string): change is UpdatedRecord {
	const { did, object: of, before, after, found, left, ...more } = (change ?? {}) as Partial<UpdatedRecord>;
	return (
		did === 'updated' &&
		of === object &&
		isOnly(more, { id: object === 'User' ? '005' : '' }) &&
		(id === undefined || sameId(String(more.id), id)) &&
		isObject(before) &&
		isObject(after) &&
		isStamp(found) &&
		(left === null || isStamp(left))
	);
}

function isDeletion(
	change: Unread | undefined,
	object: DeletedRecord['object'],
	holder: Record<string, string>,
): change is DeletedRecord {
	const { did, object: of, before, ...more } = (change ?? {}) as Partial<DeletedRecord>;
	return (
		did === 'deleted' &&
		of === object &&
		isOnly(more, { id: '' }) &&
		isObject(before) &&
		Object.entries(holder).every(([field, id]) => sameId(String(before[field]), id))
	);
}

function isAssignment({ ExpirationDate, ...more }: Record<string, string>): boolean {
	return (
		(ExpirationDate === undefined || isMoment(ExpirationDate)) &&
		(isOnly(more, { AssigneeId: '005', PermissionSetId: '0PS' }) ||
			isOnly(more, { AssigneeId: '005', PermissionSetGroupId: '0PG' }))
	);
}

/** Whether an object has these members and no others: switches as they are, IDs by their prefixes. */
function isOnly(object: object, members: Record<string, boolean | string>): boolean {
	const entries = Object.entries(object) as Array<[string, unknown]>;
	return (
		entries.length === Object.keys(members).length &&
		entries.every(([name, value]) => {
			const wanted = Object.hasOwn(members, name) ? members[name] : undefined;
			return typeof wanted === 'string' ? isId(value, wanted) : wanted !== undefined && value === wanted;
		})
	);
}

function isObject(value: unknown): value is Record<string, string> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStamp(value: unknown): boolean {
	return isObject(value) && Object.keys(value).length === 2 && isMoment(value.at) && isId(value.by, '005');
}

function isMoment(value: unknown): value is string {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
}

function isId(value: unknown, prefix: string): value is string {
	return typeof value === 'string' && isRecordId(value) && value.startsWith(prefix);
}
