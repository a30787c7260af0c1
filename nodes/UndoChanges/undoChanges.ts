import type { IDataObject } from 'n8n-workflow';

import { undoChanges } from '../../changes/org/undoChanges';
import type { UndoChangeTask } from '../../changes/org/undoChanges';
import type { ChangeFault, LeftOver, UndoneChange } from '../../changes/org/undone';
import type { Deed, SignedChange } from '../../changes/change';
import type { LeftReason, Restoration, Use } from '../../changes/decideUndo';
import { LOCK_OUTS } from '../../licenses/administrators';
import { asError } from '../../salesforce/asError';
import { FoundStamps } from '../../salesforce/foundStamps';
import { inTurns } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import type { Action, Outcome, OutcomeRecord } from '../shared/action';
import { readable } from '../shared/nodeError';
import { undoOfAll } from '../shared/undoRecord';
import { sparingAdministrators } from './lockOuts';
import { readPlan } from './parameters';
import type { UndoChangesPlan } from './parameters';
import { shownReclaim, undoReclaimed } from './reclaimed';
import type { ReclaimTask, UndoneReclaim } from './reclaimed';
import { turnsOf } from './turns';
import type { Turn } from './turns';

/** Takes changes back, the newest first, each by itself. */
export const undoChangesAction: Action<UndoChangesPlan> = {
	outputs: 2,
	extendsItem: true,
	done: 'undone',
	plan: readPlan,

	async run(org, plans) {
		// One item that is to be tried only is enough for nothing to be written.
		const dryRun = plans.some((plan) => plan.dryRun);
		const tasks = plans.flatMap(({ records, acceptOtherSecret, whenChanged }) =>
			records.map((record) => ({ record, acceptOtherSecret, whenChanged })),
		);
		const results = new Map<unknown, Result>();
		const found = new FoundStamps();
		for (const turn of turnsOf(tasks)) {
			const own = await undoTurn(org, turn, { dryRun, now: plans[0]?.now ?? '', found }).catch((error: unknown) => {
				// What went wrong with all of a turn ends the run, unless something was written before.
				if (![...results.values()].some(isWritten)) throw error;
				return turn.tasks.map(() => ({ error: asError(error) }));
			});
			turn.tasks.forEach((task, index) => results.set(task, own[index] as Result));
		}
		let next = 0;
		return await inTurns(plans, async ({ records }) => {
			const own = tasks.slice(next, next + records.length);
			next += records.length;
			return await outcome(
				org,
				own.map((task) => results.get(task) as Result),
			);
		});
	},
};

/** What came of one record. */
type Result = UndoneChange | UndoneReclaim | { error: Error };

type Task = UndoChangeTask & ReclaimTask;

/** @param found what the run has undone before */
async function undoTurn(
	org: Org,
	{ isReclaims, tasks }: Turn<Task>,
	{ dryRun, now, found }: { dryRun: boolean; now: string; found: FoundStamps },
): Promise<Result[]> {
	if (isReclaims) return await undoReclaimed(org, tasks, { dryRun, now, found });
	return await undoChanges(org, tasks, dryRun, sparingAdministrators, found);
}

/** Whether something was written, or may have been. */
const isWritten = (one: Result): boolean =>
	isDone(one) || 'change' in one || ('result' in one && one.result === 'failed') || changesOf(one).length > 0;
const isDone = (one: Result): boolean => 'done' in one || ('result' in one && one.result === 'undone');
const isFailed = (one: Result): one is Result & { error: Error } => 'error' in one;

/** What takes back what was, or may have been, written. */
function changesOf(one: Result): SignedChange[] {
	if ('changes' in one) return one.changes;
	return 'change' in one && one.change !== undefined ? [one.change] : [];
}

/** An item's changes: one of them is the item with what came of it, several come as items of their own. */
async function outcome(org: Org, results: readonly Result[]): Promise<Outcome> {
	const failed = results.find(isFailed);
	const isIdle = !results.some(isDone);
	// Where some of an item's changes were undone, their own changes are not lost over one that failed.
	if (failed !== undefined && isIdle) {
		return {
			ok: false,
			error: failed.error,
			...('partlyDone' in failed ? { partlyDone: failed.partlyDone } : {}),
			...undoOfAll(changesOf(failed)),
		};
	}
	const records: OutcomeRecord[] = [];
	for (const one of results) {
		const isFirst = isDone(one) || 'would' in one || ('result' in one && one.result === 'notSent');
		records.push({
			json: { undoChange: await shown(org, one), ...undoOfAll(changesOf(one)) },
			output: isFirst ? 0 : 1,
			ownItem: results.length > 1,
		});
	}
	return { ok: true, idle: isIdle, records };
}

async function shown(org: Org, one: Result): Promise<IDataObject> {
	if ('userId' in one) return shownReclaim(one);
	if ('fault' in one) return { result: 'leftAlone', reason: one.fault, ...FAULTS[one.fault] };
	if (!('of' in one)) return failure(one.error);
	const { object, did } = one.of;
	const of = { object, ...(one.of.id === undefined ? {} : { id: one.of.id }) };
	if ('leftAlone' in one) {
		const { reason, since, fields } = one.leftAlone;
		return {
			...of,
			result: 'leftAlone',
			reason,
			...LEFT[reason],
			...whoSince(since),
			...(fields.length > 0 ? { fields: fields.map(shownField) } : {}),
		};
	}
	if ('would' in one) {
		const { would } = one;
		const values = 'values' in would ? { values: { ...would.values } as IDataObject } : {};
		const left = 'left' in would && would.left.length > 0 ? { fields: would.left.map(shownField) } : {};
		return { ...of, result: 'notSent', would: nameOf(wayOf(would), did), ...values, ...left };
	}
	if ('error' in one) return { ...of, ...failure(one.error) };
	return {
		...of,
		result: DONE[nameOf(one.done, did)],
		...(one.done === 'create' ? { newId: one.id } : {}),
		...(one.done === 'delete' ? {} : { link: await org.recordLink(object, one.id) }),
		...(one.left.length > 0 ? { fields: one.left.map(shownField) } : {}),
	};
}

/** A field that is not put back. */
function shownField({ field, reason, since }: LeftOver): IDataObject {
	return { field, reason, ...whoSince(since) };
}

function whoSince(since: Use | undefined): IDataObject {
	if (since === undefined) return {};
	const { at, by, usedBy } = since;
	return {
		...(usedBy === undefined ? {} : { usedBy }),
		changedAt: at,
		...(by === undefined ? {} : { changedBy: by }),
	};
}

function failure(error: Error): IDataObject {
	const { message, remedy, code } = readable(error);
	return { result: 'failed', reason: code, message, remedy };
}

type Undoing = 'restore' | 'reopen' | 'delete' | 'undelete' | 'recreate';

/** A record may still be made anew where Salesforce does not let it out of the recycle bin. */
function wayOf(would: Restoration): Way {
	return would.kind === 'create' && would.isInBin ? 'undelete' : would.kind;
}

type Way = Restoration['kind'] | 'undelete';

function nameOf(kind: Way, did: Deed): Undoing {
	if (kind === 'update') return did === 'closed' ? 'reopen' : 'restore';
	return kind === 'create' ? 'recreate' : kind;
}

const DONE: Record<Undoing, string> = {
	restore: 'restored',
	reopen: 'reopened',
	delete: 'deleted',
	undelete: 'undeleted',
	recreate: 'recreated',
};

/** What a person is told of a change that was not undone. */
interface Told {
	message: string;
	remedy: string;
}

const FAULTS: Record<ChangeFault, Told & IDataObject> = {
	malformed: {
		message: 'This is not a change as a Salesforce Ops node writes it',
		remedy: 'Give it the whole undo that the write put into its item.',
	},
	otherOrg: {
		message: 'The change is of another org than the one that the credential opens',
		remedy: 'Use the credential that wrote it. A sandbox has the IDs of its production org, and is another org.',
	},
	altered: {
		message: 'The change was altered after it was signed',
		remedy: 'Use the undo of the item as the write gave it.',
	},
	unsigned: {
		message: 'The change has no signature of a Salesforce Ops node',
		remedy: 'Use the undo of the item as the write gave it.',
	},
	otherSecret: {
		message: 'The change was signed in another org, or with another credential or an earlier secret of it',
		remedy:
			'Use the credential that wrote it. After its secret was changed, the option Accept Changes of an Earlier Secret lets it through.',
	},
};

const LEFT: Record<LeftReason, Told & IDataObject> = {
	alreadyUndone: { message: 'It is already as it was before the write', remedy: 'Nothing is left to do.' },
	changedSince: {
		message: 'Somebody changed the record after the write',
		remedy: 'Look at the record. To undo it anyway, set When Changed Since to Restore All the Same.',
	},
	deletedSince: {
		message: 'Somebody deleted the record after the write',
		remedy: 'Restore it from the recycle bin, then undo again.',
	},
	usedSince: {
		message:
			'It may be in use: since the write it was given child records that would be deleted with it, records were saved that may hold a value of the field, or others were given the permission set',
		remedy:
			'Look at them. To delete it anyway, set When Changed Since to Restore All the Same; Salesforce keeps deleted records and fields for 15 days.',
	},
	notCarriedOut: { message: 'The write was not carried out', remedy: 'Nothing is left to do.' },
	notFound: {
		message: 'The org has no such record that the API user can see',
		remedy: 'Check that the API user may see the record.',
	},
	notKept: { message: 'The values before the write were not kept', remedy: 'Put them back by hand.' },
	fieldHidden: {
		message: 'The API user can no longer see or write the fields',
		remedy: 'Let a permission set of the API user read and edit them, then undo again.',
	},
	connectedUser: {
		message: LOCK_OUTS.connectedUser,
		remedy: 'Use the credential of another user, or change this one by hand.',
	},
	lastAdministrator: {
		message: LOCK_OUTS.lastAdministrator,
		remedy: 'Let somebody else manage users first, then undo again.',
	},
};
