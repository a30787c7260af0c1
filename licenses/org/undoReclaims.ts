import { append } from '../../salesforce/append';
import { asError } from '../../salesforce/asError';
import { batches } from '../../salesforce/batches';
import { OrgError } from '../../salesforce/errors';
import { FoundStamps } from '../../salesforce/foundStamps';
import type { Org } from '../../salesforce/org';
import { idKey } from '../../salesforce/recordId';
import type { SignatureVerdict, Signer } from '../../salesforce/signature';
import type { Stamp } from '../../salesforce/stamp';
import { isoMoment } from '../activity';
import type { Skip } from '../reclaim';
import type { Step } from '../step';
import type { Taken } from '../trail';
import { isMade, isUndone } from '../change';
import { madeBy } from '../made';
import type { MadeRecord } from '../made';
import { asIfUndone, decideUndo } from '../undoReclaim';
import type { Restoring, UndoRules, UndoSkipReason } from '../undoReclaim';
import { readUndoRecord } from '../undoRecord';
import type { SignedUndoRecord } from '../undoRecord';
import type { UserState } from '../userState';
import { carryOutAndLook } from './carryOut';
import type { Refusal } from './carryOut';
import { planWrites } from './planWrites';
import type { PlannedRecord } from './planWrites';
import { readOrgState } from './readOrgState';
import type { KnownOrg } from './readOrgState';
import { PermissionSetGroups, readPermissionSetGroups } from './readPermissionSetGroups';
import { readTrail } from './readTrail';
import { partsFor, readUserStates, usersPerCall, WRITTEN_PARTS } from './readUserStates';
import type { Reading } from './readUserStates';
import { actExplained } from './reclaimErrors';

/** Why a record is not even looked at in the org. */
export type RecordFault = 'malformed' | Exclude<SignatureVerdict, 'valid'>;

/** What is asked for one record. */
export interface UndoTask {
	/** What came back as an undo record, whatever it is. */
	record: Record<string, unknown>;
	/** Whether it is taken though it was signed with another secret. */
	acceptOtherSecret: boolean;
	/** See `UndoRules`. */
	restoreChanged: boolean;
}

/** What is asked of a run. */
export interface UndoRun {
	records: readonly UndoTask[];
	/** ISO 8601; Salesforce's own time counts where it is known. */
	now: string;
	/** Whether everything is done but the writes. */
	dryRun: boolean;
	/** The node's name, for messages. */
	node: string;
	/** What the run has undone of the users' records before; what is undone now is noted there. */
	found?: FoundStamps;
}

/** What came of one record. */
export type UndoResult =
	| { result: 'undone'; note: string; made: Made[] }
	| { result: 'notSent'; note: string; writes: PlannedRecord[] }
	| { result: 'skipped'; reason: UndoSkipReason | RecordFault; message: string }
	| { result: 'failed'; error: Error; partlyDone: boolean; made: Made[] };

/** A record that was written, and its place among all those that the run wrote, so that they can be taken back in order. */
export type Made = MadeRecord & { place: number };

const FAULTS: Record<RecordFault, string> = {
	malformed: 'This is not an undo record of Salesforce Reclaim License',
	altered: 'The record was altered after Salesforce Reclaim License signed it',
	unsigned: 'The record has no signature of Salesforce Reclaim License',
	otherSecret:
		'The record was signed in another org, or with another credential or an earlier secret of it: only the option Accept Records of an Earlier Secret lets it through',
};

/** A record on its way. */
interface Job {
	undo: SignedUndoRecord;
	restoreChanged: boolean;
	index: number;
	decision?: Skip<UndoSkipReason> | Restoring;
	user?: UserState;
	error?: Error;
	isSent: boolean;
	/** Why, and at which step, it was not carried out to its end. */
	refused?: Refusal;
	/** What was written, or may have been. */
	made: Made[];
	/** What would be written, in a dry run. */
	writes?: PlannedRecord[];
}

/**
 * Gives back what records say was taken. Each record is checked by itself, its form, its signature, and that the org is
 * still as the act left it; whatever does not hold is left alone, and the others are undone. Of several acts on one
 * user the newest is undone first.
 *
 * In a dry run nothing is written, and each result tells what would be.
 *
 * @returns the org, and a result for each record
 * @throws OrgError when something cannot be read that must be known. Nothing was done then.
 */
export async function undoReclaims(org: Org, run: UndoRun): Promise<{ org: KnownOrg; results: UndoResult[] }> {
	const known = await readOrgState(org, run.node);
	const signer = await org.signer(known.orgId, 'reclaim');
	const results: UndoResult[] = [];
	const jobs: Job[] = [];
	run.records.forEach((task, index) => {
		const undo = readUndoRecord(task.record);
		const fault = undo === undefined ? 'malformed' : faultOf(task, signer);
		if (undo === undefined || fault !== undefined) {
			results[index] = { result: 'skipped', reason: fault ?? 'malformed', message: FAULTS[fault ?? 'malformed'] };
		} else jobs.push({ undo, restoreChanged: task.restoreChanged, index, isSent: false, made: [] });
	});
	if (jobs.length > 0) await undoAll(org, known, jobs, run);
	for (const job of jobs) results[job.index] = result(job, run.node);
	return { org: known, results };
}

function faultOf({ record, acceptOtherSecret }: UndoTask, signer: Signer): RecordFault | undefined {
	const verdict = signer.verdict(record);
	return verdict === 'valid' || (verdict === 'otherSecret' && acceptOtherSecret) ? undefined : verdict;
}

/** Undoes records, those of one user together. */
async function undoAll(org: Org, known: KnownOrg, jobs: Job[], run: UndoRun): Promise<void> {
	const reading = await readingFor(org, jobs, run.node);
	const trail = await readTrail(org, jobs.flatMap(taken), reading);
	const byUser = new Map<string, Job[]>();
	for (const job of jobs) append(byUser, idKey(job.undo.userId), job);
	let end: Error | undefined;
	let place = 0;
	const decided: Job[][] = [];
	for (const users of batches([...byUser.values()], usersPerCall(reading.parts))) {
		try {
			if (end !== undefined) throw end;
			const ids = users.map(([first]) => first?.undo.userId ?? '');
			const states = await readUserStates(org, ids, reading);
			for (const own of users) {
				decide(own, states, known, { now: org.time?.toISOString() ?? run.now, trail }, run.found);
			}
			// Of acts that wrote one field the oldest comes last, whose value is the one to end with.
			const chunk = users.flat();
			decided.push(chunk);
			if (run.dryRun) continue;
			const look = async (open: readonly Job[]) => await readAgain(org, reading, open, states);
			for (const [job, made] of await carryOutJobs(org, chunk, look)) job.made.push({ ...made, place: place++ });
		} catch (error) {
			// What earlier chunks gave back is not lost over it.
			end = asError(error);
			for (const job of users.flat()) job.error ??= end;
		}
	}
	if (!run.dryRun) return;
	const planned = planWrites(decided.map((chunk) => chunk.map(stepsIn)));
	for (const job of decided.flat()) job.writes = planned.get(stepsIn(job));
}

/** A user as the run found them, where it has undone something of their records before. */
function asFound(user: UserState, found: FoundStamps, userId: string): UserState {
	const before = (id: string, stamp: Stamp): Stamp => {
		const { at, by } = found.of(id, stamp, userId);
		return { at: isoMoment(at) ?? stamp.at, by: by ?? stamp.by };
	};
	const { login } = user;
	return {
		...user,
		changed: before(user.id, user.changed),
		login: login && { ...login, changed: before(login.id, login.changed) },
	};
}

/** What a record says was deleted, unless somebody chose that it does not matter what became of it since. */
function taken({ undo: { userId, at, by, changes }, restoreChanged }: Job): Taken[] {
	if (restoreChanged) return [];
	return changes.flatMap((change) => (change.did === 'deleted' ? [{ change, userId, at, by }] : []));
}

async function readingFor(org: Org, jobs: readonly Job[], node: string): Promise<Reading> {
	const parts = partsFor([...new Set(jobs.map(({ undo }) => undo.action))]);
	const groups = parts.includes('permissionSets')
		? await readPermissionSetGroups(org, node)
		: new PermissionSetGroups([]);
	return { parts, groups, node };
}

/** Decides the records of one user, the newest first, each as if those before were undone already. */
function decide(
	jobs: Job[],
	states: ReadonlyMap<string, UserState>,
	org: KnownOrg,
	rules: Omit<UndoRules, 'restoreChanged'>,
	found = new FoundStamps(),
): void {
	const waiting = [...jobs].sort((one, other) => momentOf(other) - momentOf(one));
	const seen = states.get(idKey(jobs[0]?.undo.userId ?? ''));
	let user = seen && asFound(seen, found, org.connectedUserId);
	jobs.length = 0;
	for (let job = takeNewest(waiting, user); job !== undefined; job = takeNewest(waiting, user)) {
		job.decision = decideUndo(job.undo, user, org, { ...rules, restoreChanged: job.restoreChanged });
		job.user = user;
		if (user !== undefined && 'steps' in job.decision) user = asIfUndone(job.undo, user);
		jobs.push(job);
	}
	if (seen === undefined || user === undefined) return;
	found.note(user.id, seen.changed, user.changed);
	if (seen.login !== undefined && user.login !== undefined) {
		found.note(seen.login.id, seen.login.changed, user.login.changed);
	}
}

function momentOf({ undo }: Job): number {
	return Date.parse(undo.at);
}

/** The newest of several acts, newest first; of those of one second, one that left the user as they are now. */
function takeNewest(waiting: Job[], user: UserState | undefined): Job | undefined {
	const [first] = waiting;
	if (first === undefined) return undefined;
	const together = waiting.filter((job) => momentOf(job) === momentOf(first));
	const left = together.find(({ undo }) => user !== undefined && undo.changes.every((change) => isMade(change, user)));
	const newest = left ?? first;
	waiting.splice(waiting.indexOf(newest), 1);
	return newest;
}

/** @returns what was written for which job, in the order in which it was sent */
async function carryOutJobs(
	org: Org,
	jobs: readonly Job[],
	look: (open: readonly Job[]) => Promise<ReadonlyMap<string, UserState>>,
): Promise<Array<[Job, MadeRecord]>> {
	const seen = new Map<string, UserState>();
	const isSeen = ({ undo }: Job, step: Step): boolean => isStepDone(step, undo, seen.get(idKey(undo.userId)));
	const { refused, sent } = await carryOutAndLook(org, jobs.map(stepsIn), async (open) => {
		const users = await look(open.flatMap((index) => jobs[index] ?? []));
		for (const [id, user] of users) seen.set(id, user);
		return (index, step) => isSeen(jobs[index] as Job, step);
	});
	jobs.forEach((job, index) => {
		job.isSent = stepsIn(job).length > 0;
		job.refused = refused[index];
	});
	return sent.flatMap(({ act, step, results }) => {
		const job = jobs[act] as Job;
		const { user: before } = job;
		if (before === undefined) return [];
		const after = seen.get(idKey(job.undo.userId));
		const made = madeBy(step, { results, before, after, isSeen: isSeen(job, step) });
		return made.map((record): [Job, MadeRecord] => [job, record]);
	});
}

function isStepDone(step: Step, { changes }: SignedUndoRecord, user: UserState | undefined): boolean {
	const own = changes.filter((change) =>
		step.kind === 'create'
			? change.did === 'deleted' && step.records.includes(change.before)
			: change.did === 'updated' && change.object === step.object,
	);
	return user !== undefined && own.every((change) => isUndone(change, user));
}

function stepsIn({ decision }: Job): Restoring['steps'] {
	return decision !== undefined && 'steps' in decision ? decision.steps : [];
}

/** The users of records as they are after what was sent; none where they cannot be read now. */
async function readAgain(
	org: Org,
	reading: Reading,
	open: readonly Job[],
	before: ReadonlyMap<string, UserState>,
): Promise<ReadonlyMap<string, UserState>> {
	const parts = [...new Set(open.flatMap(({ undo }) => WRITTEN_PARTS[undo.action]))];
	const ids = [...new Set(open.map(({ undo }) => undo.userId))];
	return await readUserStates(org, ids, { ...reading, parts }, before).catch(() => new Map());
}

function result(job: Job, node: string): UndoResult {
	const { undo, decision, refused, isSent, writes, made } = job;
	const error = job.error ?? refused?.error;
	if (error !== undefined) {
		const explained = error instanceof OrgError ? actExplained(error, undo.action, node) : error;
		const step = stepsIn(job)[refused?.step ?? 0];
		const mayBePart = step?.kind === 'create' && step.records.length > 1;
		return { result: 'failed', error: explained, partlyDone: isSent && ((refused?.step ?? 0) > 0 || mayBePart), made };
	}
	if (decision === undefined || 'skip' in decision) {
		return { result: 'skipped', reason: decision?.skip ?? 'notFound', message: decision?.message ?? '' };
	}
	if (writes !== undefined) return { result: 'notSent', note: decision.note, writes };
	return { result: 'undone', note: decision.note, made };
}
