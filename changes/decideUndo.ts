import { isHeldExactly } from '../salesforce/values/number';
import type { Change, Stamp, Values } from './change';

/** A record as the org has it now. */
export interface Current {
	id: string;
	/** The change's fields that the API user can see. */
	values: Values;
	stamp: Stamp;
	isDeleted: boolean;
	/** Since when something else has come to need it, so that it is not deleted as if nobody knew it. */
	usedSince?: Use;
	/** IDs of child records that other changes of the run take away from it, before it is deleted. */
	leaving?: readonly string[];
}

/** What came to need a record, and when. */
export interface Use extends Stamp {
	/** API name of its object, where it is a child record that would be deleted along. */
	usedBy?: string;
}

/** What the org says of the object of a change. */
export interface Undoable {
	/** Whether the API user may write a field of a record that exists. */
	isUpdateable(field: string): boolean;
	/** Whether the API user may give a new record a value of a field. */
	isCreateable(field: string): boolean;
	/** Whether two values are kept alike; `written` may be as it was sent. */
	isSame(field: string, written: unknown, held: unknown): boolean;
}

/** How undoing goes about what somebody changed since. */
export type WhenChanged = 'leave' | 'restore';

/** Why nothing is undone. */
export type LeftReason =
	| 'alreadyUndone'
	| 'changedSince'
	| 'deletedSince'
	| 'usedSince'
	| 'notCarriedOut'
	| 'notFound'
	| 'notKept'
	| 'fieldHidden'
	| 'connectedUser'
	| 'lastAdministrator';

/** A field that is not put back, and why. */
export interface LeftField {
	field: string;
	reason: 'changedSince' | 'fieldHidden' | 'notKept';
	/** Who changed the record last, where that is why. */
	since?: Stamp;
}

/** What takes a change back. */
export type Restoration =
	| { kind: 'update'; id: string; values: Values; left: LeftField[] }
	| { kind: 'delete'; id: string }
	| {
			kind: 'create';
			values: Values;
			left: LeftField[];
			/** Whether the record lies in the recycle bin, from where it may come back as it was. */
			isInBin: boolean;
	  };

/** Why nothing is done about a change. */
export interface Left {
	reason: LeftReason;
	/** Who changed the record since, or what came to need it, where that is why. */
	since?: Use;
	fields: LeftField[];
}

/**
 * What is to be done to take a change back, from the record as it is now: what is still as the write left it becomes
 * what it was before, and whatever somebody changed since is left alone unless it is chosen otherwise. Undoing twice
 * does nothing.
 *
 * @param current undefined when the org has no such record, in the recycle bin or out of it
 */
export function decideUndo(
	change: Change,
	current: Current | undefined,
	object: Undoable,
	whenChanged: WhenChanged,
): Restoration | Left {
	switch (change.did) {
		case 'created':
			return undoCreation(change, current, object, whenChanged);
		case 'deleted':
			return undoDeletion(change, current, object, whenChanged);
		case 'updated':
		case 'closed':
			return undoUpdate(change, current, object, whenChanged);
	}
}

/** Whether a decision is to do nothing. */
export function isLeft(decision: Restoration | Left): decision is Left {
	return 'reason' in decision;
}

function left(reason: LeftReason, since?: Use, fields: LeftField[] = []): Left {
	return { reason, ...(since === undefined ? {} : { since }), fields };
}

/** Whether nobody has written the record since: the same user, as far as the object says who, and no later than the write. */
export function isUntouched({ stamp, by }: Change, current: Current): boolean {
	const isSame = current.stamp.by === undefined || current.stamp.by === by;
	return isSame && Date.parse(current.stamp.at) <= Date.parse(stamp);
}

function undoCreation(
	change: Change,
	current: Current | undefined,
	object: Undoable,
	whenChanged: WhenChanged,
): Restoration | Left {
	if (current === undefined) return left(change.inDoubt === true ? 'notCarriedOut' : 'alreadyUndone');
	if (current.isDeleted) return left('alreadyUndone');
	// A record that only has the key of one in doubt may be another's: it must hold what was written.
	const isAsWritten = Object.entries(change.after ?? {}).every(([field, value]) =>
		holds(object, current, field, value),
	);
	const isNew = isUntouched(change, current) || isLateAndNew(change, current);
	const isOurs = isNew && (change.id !== undefined || isAsWritten);
	if (isOurs && current.usedSince !== undefined && whenChanged === 'leave') return left('usedSince', current.usedSince);
	if (isOurs || (whenChanged === 'restore' && change.id !== undefined)) return { kind: 'delete', id: current.id };
	return left('changedSince', current.stamp);
}

/** Whether a record is as it was made, by a write in doubt, which may have come later than it was noted. */
function isLateAndNew({ inDoubt, by }: Change, { stamp, values }: Current): boolean {
	return inDoubt === true && stamp.by === by && Date.parse(String(values.CreatedDate)) === Date.parse(stamp.at);
}

function undoUpdate(
	change: Change,
	current: Current | undefined,
	object: Undoable,
	whenChanged: WhenChanged,
): Restoration | Left {
	if (current === undefined) return left('notFound');
	if (current.isDeleted) return left('deletedSince', current.stamp);
	const untouched = isUntouched(change, current);
	const values: Record<string, unknown> = {};
	const fields: LeftField[] = (change.withheld ?? []).map((field) => ({ field, reason: 'notKept' }));
	for (const [field, before] of Object.entries(change.before ?? {})) {
		// What the write left as it was is nobody's to undo, whatever became of it since.
		if (change.after !== null && field in change.after && object.isSame(field, before, change.after[field])) continue;
		if (!(field in current.values)) fields.push({ field, reason: 'fieldHidden' });
		else if (object.isSame(field, before, current.values[field])) continue;
		else if (isRounded(before)) fields.push({ field, reason: 'notKept' });
		else if (!object.isUpdateable(field)) fields.push({ field, reason: 'fieldHidden' });
		else if (!untouched && whenChanged === 'leave' && !holds(object, current, field, change.after?.[field])) {
			fields.push({ field, reason: 'changedSince', since: current.stamp });
		} else values[field] = before;
	}
	if (Object.keys(values).length > 0) return { kind: 'update', id: current.id, values, left: fields };
	const [first] = fields;
	if (first === undefined) return left(change.inDoubt === true ? 'notCarriedOut' : 'alreadyUndone');
	return left(first.reason, first.reason === 'changedSince' ? current.stamp : undefined, fields);
}

function undoDeletion(
	change: Change,
	current: Current | undefined,
	object: Undoable,
	whenChanged: WhenChanged,
): Restoration | Left {
	if (current !== undefined && !current.isDeleted) {
		return left(change.inDoubt === true ? 'notCarriedOut' : 'alreadyUndone');
	}
	// Somebody had taken it out of the recycle bin, and deleted it again.
	if (current !== undefined && whenChanged === 'leave' && !isDeletedBy(change, current)) {
		return left('changedSince', current.stamp);
	}
	const values: Record<string, unknown> = {};
	const fields: LeftField[] = (change.withheld ?? []).map((field) => ({ field, reason: 'notKept' }));
	for (const [field, value] of Object.entries(change.before ?? {})) {
		if (value === null) continue;
		if (isRounded(value)) fields.push({ field, reason: 'notKept' });
		else if (object.isCreateable(field)) values[field] = value;
		else fields.push({ field, reason: 'fieldHidden' });
	}
	return { kind: 'create', values, left: fields, isInBin: current !== undefined };
}

/** Whether a record in the recycle bin is there by a change; one in doubt may have come later than it was noted. */
function isDeletedBy(change: Change, current: Current): boolean {
	const { by } = current.stamp;
	return isUntouched(change, current) || (change.inDoubt === true && by === change.by);
}

/** Whether Salesforce's JSON may have lost digits of a value, so that nobody knows any more what it was. */
function isRounded(value: unknown): boolean {
	return typeof value === 'number' && !isHeldExactly(value);
}

function holds(object: Undoable, current: Current, field: string, written: unknown): boolean {
	return field in current.values && object.isSame(field, written, current.values[field]);
}
