import { asError } from '../../salesforce/asError';
import { describeObject } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import { holdsValue } from '../../salesforce/fieldValue';
import type { FieldValue } from '../../salesforce/fieldValue';
import { givingWay } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { readChange } from '../change';
import type { SignedChange } from '../change';
import { decideUndo, isLeft } from '../decideUndo';
import type { Undoable, WhenChanged } from '../decideUndo';
import { newestFirst } from '../inOrder';
import { carryOut } from './carryOut';
import { ChangedRecords } from './changedRecords';
import { ChangeRecorder } from './changeRecorder';
import type { ChangeFault, Job, UndoneChange } from './undone';

/** What is asked for one change. */
export interface UndoChangeTask {
	/** What came back as a change, whatever it is. */
	record: Record<string, unknown>;
	/** Whether it is taken though it was signed with another secret. */
	acceptOtherSecret: boolean;
	whenChanged: WhenChanged;
}

/**
 * Takes changes back, whoever's and whenever, the newest first. Each is checked by itself: its form, its signature, and
 * that the org is still as the write left it. What does not hold is left alone, and the others are undone.
 *
 * @returns a result for each task
 * @throws OrgError when the org cannot be read; nothing was done then
 */
export async function undoChanges(
	org: Org,
	tasks: readonly UndoChangeTask[],
	dryRun: boolean,
): Promise<UndoneChange[]> {
	const recorder = await ChangeRecorder.for(org);
	const results: UndoneChange[] = [];
	const asked: Array<{ index: number; change: SignedChange; whenChanged: WhenChanged }> = [];
	const giveWay = givingWay();
	for (const [index, { record, acceptOtherSecret, whenChanged }] of tasks.entries()) {
		await giveWay();
		const change = readChange(record);
		const verdict = change === undefined ? 'malformed' : recorder.verdict(change);
		const isTaken = verdict === 'valid' || (verdict === 'otherSecret' && acceptOtherSecret);
		if (change === undefined) results[index] = { fault: 'malformed' };
		// A sandbox has the IDs of its production org.
		else if (!recorder.isOfOrg(change)) results[index] = { fault: 'otherOrg' };
		else if (!isTaken) results[index] = { fault: verdict as ChangeFault };
		else asked.push({ index, change, whenChanged });
	}
	const objects = new Map<string, ObjectDescribe | Error>();
	for (const { change } of asked) {
		if (!objects.has(change.object)) {
			objects.set(change.object, await describeObject(org, change.object).catch(asError));
		}
	}
	const known: typeof asked = [];
	for (const one of asked) {
		const object = objects.get(one.change.object);
		if (object instanceof Error) results[one.index] = { error: object, of: one.change };
		else known.push(one);
	}
	const now = await ChangedRecords.read(
		org,
		known.map(({ change }) => change),
		objects as ReadonlyMap<string, ObjectDescribe>,
	);
	const jobs: Job[] = [];
	for (const place of newestFirst(known.map(({ change }) => change))) {
		await giveWay();
		const { index, change, whenChanged } = known[place] as (typeof known)[number];
		const object = objects.get(change.object) as ObjectDescribe;
		const current = now.of(change);
		const decision = decideUndo(change, current, undoable(object), whenChanged);
		jobs.push({ index, change, object, decision, ...(current === undefined ? {} : { current }) });
		now.asIf(change, decision);
	}
	for (const { index, change, decision } of jobs) {
		if (isLeft(decision)) results[index] = { leftAlone: decision, of: change };
		else if (dryRun) results[index] = { would: decision, of: change };
	}
	if (!dryRun) await carryOut(org, recorder, jobs, results);
	return results;
}

/** What the org says of an object, as undoing wants to know it. */
function undoable(object: ObjectDescribe): Undoable {
	const field = (name: string) => object.fieldsByName.get(name.toLowerCase());
	return {
		isUpdateable: (name) => field(name)?.updateable === true,
		isCreateable: (name) => field(name)?.createable === true,
		isSame(name, written, held) {
			const described = field(name);
			return described !== undefined && holdsValue(described, written as FieldValue, held);
		},
	};
}
