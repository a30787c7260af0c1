import type { ObjectDescribe } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import type { SignatureVerdict } from '../../salesforce/signature';
import type { Change, SignedChange } from '../change';
import type { Current, Left, LeftField, LeftReason, Restoration } from '../decideUndo';

/** Why a record is not even looked at in the org. */
export type ChangeFault = 'malformed' | 'otherOrg' | Exclude<SignatureVerdict, 'valid'>;

/**
 * A field that was not put back. `notLinked`: what it refers to did not come back, or could not be named in it any more.
 */
export type LeftOver = LeftField | { field: string; reason: 'notLinked'; since?: undefined };

/** What came of one change. */
export type UndoneChange =
	| { done: Restoration['kind'] | 'undelete'; id: string; change: SignedChange; left: LeftOver[]; of: Change }
	| { would: Restoration; of: Change }
	| { leftAlone: Left; of: Change }
	| { fault: ChangeFault }
	| { error: Error; of: Change; change?: SignedChange };

/** A change on its way. */
export interface Job {
	index: number;
	change: SignedChange;
	object: ObjectDescribe;
	decision: Restoration | Left;
	current?: Current;
}

/** A change that is to be undone by a write. */
export type GuardedWrite = Job & { decision: Restoration };

/**
 * Which writes are not to be made though the records are as they were left, and why: a reason, or an error of their own.
 *
 * @param writes in the order in which they are decided, the newest change first
 */
export type Guard = (
	org: Org,
	writes: readonly GuardedWrite[],
) => Promise<ReadonlyMap<GuardedWrite, LeftReason | Error>>;
