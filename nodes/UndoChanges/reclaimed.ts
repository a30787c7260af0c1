import type { IDataObject } from 'n8n-workflow';

import type { UndoResult } from '../../licenses/org/undoReclaims';
import type { FoundStamps } from '../../salesforce/foundStamps';
import type { Org } from '../../salesforce/org';
import { giveBack } from '../shared/givenBack';
import type { GivenBack } from '../shared/givenBack';
import { readable } from '../shared/nodeError';
import { shownWrite } from '../shared/shownWrite';

/** What came of an undo record of Salesforce Reclaim License. */
export type UndoneReclaim = GivenBack & { userId: string };

/** How the records of Salesforce Reclaim License are undone. */
export interface ReclaimTask {
	record: Record<string, unknown>;
	acceptOtherSecret: boolean;
	whenChanged: 'leave' | 'restore';
}

/** Whether something that came back as a change is an undo record of Salesforce Reclaim License, by its form alone. */
export function isOfReclaim(record: Record<string, unknown>): boolean {
	return Array.isArray(record.changes) && 'action' in record;
}

/**
 * Undoes acts of Salesforce Reclaim License as Salesforce Undo Reclaim does, with its guards: nobody is locked out.
 *
 * @param now ISO 8601
 * @param found what the run has undone of the users' records before
 * @returns a result for each
 * @throws OrgError when something cannot be read that must be known; nothing was done then
 */
export async function undoReclaimed(
	org: Org,
	tasks: readonly ReclaimTask[],
	{ dryRun, now, found }: { dryRun: boolean; now: string; found: FoundStamps },
): Promise<UndoneReclaim[]> {
	const records = tasks.map(({ record, acceptOtherSecret, whenChanged }) => ({
		record,
		acceptOtherSecret,
		restoreChanged: whenChanged === 'restore',
	}));
	const { results } = await giveBack(org, { records, now, dryRun, node: 'Salesforce Undo Changes', found });
	return results.map((result, index) => ({ ...result, userId: String(tasks[index]?.record.userId ?? '') }));
}

/** What an item says of it. */
export function shownReclaim({ userId, ...one }: UndoneReclaim): IDataObject {
	const of = { object: 'User', id: userId };
	switch (one.result) {
		case 'undone':
			return { ...of, result: 'restored', ...noted(one.note) };
		case 'notSent':
			return { ...of, result: 'notSent', would: 'restore', ...noted(one.note), writes: one.writes.map(shownWrite) };
		case 'skipped':
			return { ...of, result: 'leftAlone', reason: one.reason, message: one.message, remedy: remedyOf(one.reason) };
		case 'failed': {
			const { message, remedy, code } = readable(one.error);
			return { ...of, result: 'failed', reason: code, message, remedy };
		}
	}
}

function noted(note: string): IDataObject {
	return note === '' ? {} : { message: note };
}

function remedyOf(reason: Extract<UndoResult, { result: 'skipped' }>['reason']): string {
	if (reason === 'alreadyUndone') return 'Nothing is left to do.';
	if (reason === 'changedSince' || reason === 'tooOld') {
		return 'Look at the user. To undo it anyway, set When Changed Since to Restore All the Same.';
	}
	return 'Look at the user in Setup, and give back by hand what is needed.';
}
