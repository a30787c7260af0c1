import { asError } from '../../salesforce/asError';
import { describeObject } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import { OrgError } from '../../salesforce/errors';
import { holdsValue } from '../../salesforce/fieldValue';
import type { FieldValue } from '../../salesforce/fieldValue';
import type { FoundStamps } from '../../salesforce/foundStamps';
import { givingWay } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { readChange } from '../change';
import type { Change, SignedChange } from '../change';
import { decideUndo, isLeft } from '../decideUndo';
import type { Undoable, WhenChanged } from '../decideUndo';
import { newestFirst } from '../inOrder';
import { carryOut } from './carryOut';
import { ChangedRecords } from './changedRecords';
import { ChangeRecorder } from './changeRecorder';
import type { ChangeFault, Guard, GuardedWrite, Job, UndoneChange } from './undone';

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
 * @param found what the run has undone of the records before; what is undone now is noted there
 * @returns a result for each task
 * @throws OrgError when no further call of the run can succeed, or the connection is lost; nothing was done then
 */
export async function undoChanges(
	org: Org,
	tasks: readonly UndoChangeTask[],
	dryRun: boolean,
	guard: Guard,
	found: FoundStamps,
): Promise<UndoneChange[]> {
	const recorder = await ChangeRecorder.for(org);
	const results: UndoneChange[] = [];
	const asked: Asked[] = [];
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
	const { objects, now, errors } = await readAll(org, asked);
	asked.forEach(({ index, change }, place) => {
		const error = errors[place];
		if (error !== undefined) results[index] = { error, of: change };
	});
	const known = asked.filter((_one, place) => errors[place] === undefined);
	now.asFound(found, recorder.userId);
	const jobs: Job[] = [];
	for (const place of newestFirst(known.map(({ change }) => change))) {
		await giveWay();
		const { index, change, whenChanged } = known[place] as Asked;
		const object = objects.get(change.object) as ObjectDescribe;
		const current = now.of(change);
		const decision = decideUndo(change, current, undoable(object), whenChanged);
		jobs.push({ index, change, object, decision, ...(current === undefined ? {} : { current }) });
		now.asIf(change, decision);
	}
	now.noteFound(found);
	for (const { index, change, decision } of jobs) {
		if (isLeft(decision)) results[index] = { leftAlone: decision, of: change };
	}
	const writes = jobs.flatMap((job): GuardedWrite[] =>
		isLeft(job.decision) ? [] : [{ ...job, decision: job.decision }],
	);
	const spared = await guard(org, writes);
	for (const [{ index, change }, why] of spared) {
		results[index] =
			why instanceof Error ? { error: why, of: change } : { leftAlone: { reason: why, fields: [] }, of: change };
	}
	const open = writes.filter((write) => !spared.has(write));
	if (!dryRun) await carryOut(org, recorder, open, results);
	else for (const { index, change, decision } of open) results[index] = { would: decision, of: change };
	return results;
}

/** A change that is taken, and the place of its task. */
interface Asked {
	index: number;
	change: SignedChange;
	whenChanged: WhenChanged;
}

/** Objects and records as they are. */
interface Read {
	objects: ReadonlyMap<string, ObjectDescribe>;
	now: ChangedRecords;
	/** For each change why something that it needs could not be read; undefined where all could. */
	errors: Array<Error | undefined>;
}

/**
 * Reads objects and records. What cannot be read fails the changes that need it, and no others.
 *
 * @throws OrgError when no further call of the run can succeed, or the connection is lost
 */
async function readAll(org: Org, asked: readonly Asked[]): Promise<Read> {
	const start = Date.now();
	const read = await readBy(org, asked, 0);
	// A field may have been hidden since the describe was read, which fails all records of its object.
	const isOld = read.errors.some((error) => error instanceof OrgError && error.describeMayBeOld);
	return isOld ? await readBy(org, asked, start) : read;
}

/** @param notBefore as of `describeObject` */
async function readBy(org: Org, asked: readonly Asked[], notBefore: number): Promise<Read> {
	const changes = asked.map(({ change }) => change);
	const spared = new Set<Change>(asked.flatMap(({ change, whenChanged }) => (whenChanged === 'leave' ? [change] : [])));
	const objects = new Map<string, ObjectDescribe>();
	const refused = new Map<string, Error>();
	for (const object of new Set(changes.map((change) => change.object))) {
		await describeObject(org, object, notBefore).then(
			(described) => objects.set(object, described),
			(error: unknown) => refused.set(object, asError(error)),
		);
	}
	const described = changes.filter(({ object }) => objects.has(object));
	const now = await ChangedRecords.read(org, described, objects, (change) => spared.has(change));
	return { objects, now, errors: changes.map((change) => refused.get(change.object) ?? now.refusalOf(change)) };
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
