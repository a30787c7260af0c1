import type { DateTime } from 'luxon';

import { asError } from '../../salesforce/asError';
import { batches } from '../../salesforce/batches';
import { OrgError } from '../../salesforce/errors';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import { idKey } from '../../salesforce/recordId';
import type { Signer } from '../../salesforce/signature';
import type { Stamp } from '../../salesforce/stamp';
import type { Act } from '../act';
import type { ActivityRules, NamedLicense } from '../activity';
import { isMade, stampOf, stepsOf } from '../change';
import type { Change, UpdatedRecord } from '../change';
import { decideReclaim, permissionSetLicenseTaken } from '../reclaim';
import type { Planned, Protected, ReclaimRequest, Skip, SkipReason } from '../reclaim';
import { UNDO_VERSION } from '../undoRecord';
import type { SignedUndoRecord } from '../undoRecord';
import type { UserState } from '../userState';
import { carryOutAndLook } from './carryOut';
import { findExcluded } from './readExclusions';
import type { Exclusions } from './readExclusions';
import { readMemberships } from './readMemberships';
import type { Memberships } from './readMemberships';
import { readDaysLicenses } from './readDaysLicenses';
import { readOrgState } from './readOrgState';
import type { KnownOrg } from './readOrgState';
import { PermissionSetGroups, readPermissionSetGroups } from './readPermissionSetGroups';
import { partsFor, readUserStates, usersPerCall, WRITTEN_PARTS } from './readUserStates';
import type { Reading } from './readUserStates';
import { actExplained, concernsUser, mayStillCome } from './reclaimErrors';

/** What is asked for one user, and when the user counts as inactive. */
export interface ReclaimTask {
	request: ReclaimRequest;
	rules: ActivityRules;
	dryRun: boolean;
}

/** What is asked of a run as a whole. */
export interface ReclaimRun {
	tasks: readonly ReclaimTask[];
	/** They hold for all tasks. */
	exclusions: Exclusions;
	/** How many users the run may act on. */
	atMost: number;
	/** The node's name, for messages. */
	node: string;
}

/** What came of one task. `planned` is `done` in a dry run. */
export type ReclaimResult =
	| { result: 'done'; undo: SignedUndoRecord; memberships?: Memberships }
	| { result: 'planned'; note: string; memberships?: Memberships }
	| { result: 'skipped'; reason: SkipReason | 'alreadyListed'; message: string }
	/** Nothing was done: Salesforce refused this user, or the run had to stop, whoever the user is. */
	| { result: 'refused' | 'stopped'; error: Error }
	/** Some of it was done, or it is not known whether anything was; the undo record says what may have been. */
	| { result: 'partlyDone' | 'inDoubt'; error: Error; undo: SignedUndoRecord; memberships?: Memberships };

type Decision = Skip<SkipReason | 'alreadyListed'> | Planned;

/** Users who were read longer ago are read again right before anything is done to them. In milliseconds. */
const READ_JUST_NOW = 10_000;

/** A task on its way. */
interface Job {
	task: ReclaimTask;
	decision: Decision;
	/** As read right before and right after. */
	user?: UserState;
	after?: UserState;
	/** When the user was read, in milliseconds since 1970. */
	readAt: number;
	memberships?: Memberships;
	/** Why a write was refused; undefined when there was none, or it was carried out. */
	error?: Error;
	/** Whether writes were sent. */
	isSent: boolean;
}

/** What a run knows of its org. */
interface Known extends KnownOrg {
	spared: Protected;
	/** Those with days without activity of their own. */
	licenses: readonly NamedLicense[];
	reading: Reading;
	/** What time it is by Salesforce's clock, where that is known, in the zone of rules: by n8n's, people may seem long gone. */
	now(rules: ActivityRules): DateTime;
	signer: Signer;
	/** What undo records say of the run: when it was, by Salesforce's clock where that is known, and where in n8n. */
	origin: Pick<SignedUndoRecord, 'at' | 'workflowId' | 'executionId'>;
}

/**
 * Freezes or deactivates users, or takes licenses from them.
 *
 * All is read and decided before the first write, so that a run which would do too much does nothing. In a long run the
 * users are read again, some hundred at a time, right before anything is done to them, and so is who can manage users; only
 * what was decided both times is done.
 * In the end what was done is read once more, for the undo records, and what a gateway left in doubt is settled.
 *
 * @returns the org, and a result for each task
 * @throws InputError when an exclusion names nothing of the org, or more users would be acted on than `atMost`; OrgError
 *   when something cannot be read that must be known. Nothing was done then.
 */
export async function reclaimLicenses(org: Org, run: ReclaimRun): Promise<{ org: KnownOrg; results: ReclaimResult[] }> {
	const known = await readKnown(org, run);
	const chunks = batches(run.tasks, usersPerCall(known.reading.parts));
	const planned = await decideAll(org, known, chunks);
	const most = checkAtMost(planned, run.atMost);
	const jobs = await actOnAll(org, known, chunks, planned);
	await settle(org, known, jobs);
	return { org: known, results: jobs.map((job) => result(job, known, run.node, most)) };
}

/** Where it stands who holds the licenses that are assigned. */
const ASSIGNED = [
	{ prefix: '0PL', part: 'permissionSetLicenses' },
	{ prefix: '050', part: 'packageLicenses' },
] as const;

async function readKnown(org: Org, { tasks, exclusions, node }: ReclaimRun): Promise<Known> {
	const known = await readOrgState(org, node);
	const acts = [...new Set(tasks.map(({ request }) => request.act))];
	const withSets = exclusions.permissionSets.length > 0;
	const days = tasks.flatMap(({ rules }) => rules.daysByLicense);
	const licenses = await readDaysLicenses(org, days, node);
	const parts = partsFor(acts, [
		...(withSets ? (['permissionSets'] as const) : []),
		...ASSIGNED.flatMap(({ prefix, part }) => (licenses.some(({ id }) => id.startsWith(prefix)) ? [part] : [])),
	]);
	const features = licenses.flatMap(({ id, apiName }) => (id === '' ? [apiName] : []));
	const groups = parts.includes('permissionSets')
		? await readPermissionSetGroups(org, node)
		: new PermissionSetGroups([]);
	const { time = new Date() } = org;
	return {
		...known,
		// Where the credential has no secret, nothing is done that could not be undone.
		signer: await org.signer(known.orgId, 'reclaim'),
		spared: await findExcluded(org, exclusions, { profiles: known.profiles, groups, node }),
		licenses,
		reading: { parts, groups, features, node },
		now: ({ now }) => now.plus(time.getTime() - now.toMillis()),
		origin: { at: time.toISOString(), ...org.origin },
	};
}

/** What is to be done for each task, by what the org is like before anything is done. */
async function decideAll(org: Org, known: Known, chunks: readonly ReclaimTask[][]): Promise<Job[]> {
	const decide = deciding(known);
	const jobs: Job[] = [];
	for (const chunk of chunks) jobs.push(...decide(chunk, await readUsers(org, known, chunk)));
	const leaving = jobs.filter(({ task, decision }) => task.request.act === 'deactivate' && 'changes' in decision);
	const memberships = await readMemberships(
		org,
		leaving.map(({ task }) => task.request.userId),
	);
	for (const job of leaving) job.memberships = memberships.get(idKey(job.task.request.userId));
	return jobs;
}

async function readUsers(org: Org, known: Known, tasks: readonly ReclaimTask[]): Promise<Map<string, UserState>> {
	return await readUserStates(org, [...new Set(tasks.map(({ request }) => request.userId))], known.reading);
}

/** A function that decides tasks one after another, from the org's administrators as they are now. */
function deciding(
	known: Known,
	administrators = known.administrators.copy(),
): (tasks: readonly ReclaimTask[], users: ReadonlyMap<string, UserState>) => Job[] {
	const org = { ...known, administrators };
	const listed = new Set<string>();
	return (tasks, users) =>
		tasks.map((task) => {
			const { request, rules } = task;
			const user = users.get(idKey(request.userId));
			const key = [request.act, idKey(request.userId), idKey(request.licenseId ?? '')].join(' ');
			const decision: Decision = listed.has(key)
				? { skip: 'alreadyListed', message: 'An earlier item of this run asks for the same' }
				: decideReclaim(request, user, org, known.spared, { ...rules, now: known.now(rules) }, known.licenses);
			listed.add(key);
			return { task, decision, user, readAt: Date.now(), isSent: false };
		});
}

/** @returns a sentence for the items of a dry run that would be stopped; empty where none would be */
function checkAtMost(jobs: readonly Job[], atMost: number): string {
	const countOf = (dryRun: boolean): number =>
		new Set(
			jobs
				.filter(({ task, decision }) => task.dryRun === dryRun && 'changes' in decision)
				.map(({ task }) => idKey(task.request.userId)),
		).size;
	const count = countOf(false);
	if (count > atMost) {
		throw new InputError(
			`${count} users would be acted on, and At Most allows ${atMost}`,
			'If so many are right, raise At Most in the options; a dry run shows who they are.',
		);
	}
	const planned = countOf(true);
	return planned > atMost
		? `${planned} users would be acted on. At Most allows ${atMost}, so the run would stop without Dry Run`
		: '';
}

async function actOnAll(
	org: Org,
	known: Known,
	chunks: readonly ReclaimTask[][],
	planned: readonly Job[],
): Promise<Job[]> {
	if (planned.every(({ task, decision }) => task.dryRun || 'skip' in decision)) return [...planned];
	const administrators = known.administrators.copy();
	const decide = deciding(known, administrators);
	const jobs: Job[] = [];
	let end: Error | undefined;
	for (const chunk of chunks) {
		const before = planned.slice(jobs.length, jobs.length + chunk.length);
		if (end !== undefined) {
			jobs.push(...before.map((job) => stopped(job, end as Error)));
			continue;
		}
		try {
			const isOld = before.some(({ readAt }) => Date.now() - readAt > READ_JUST_NOW);
			if (isOld) administrators.keepOnly((await readOrgState(org, known.reading.node)).administrators);
			const now = isOld ? decide(chunk, await readUsers(org, known, chunk)) : before;
			const agreed = now.map((job, position) => agreedOn(job, before[position] as Job));
			const acted = await act(org, known, agreed);
			jobs.push(...acted);
			end = acted.find(({ error }) => error !== undefined && !concernsUser(error) && !mayStillCome(error))?.error;
		} catch (error) {
			// What earlier chunks did is not lost over it.
			end = asError(error);
			jobs.push(...before.map((job) => stopped(job, end as Error)));
		}
	}
	return jobs;
}

/** A job as it was decided the second time, if the first time something was to be done as well. */
function agreedOn(again: Job, before: Job): Job {
	return 'skip' in before.decision ? before : { ...again, memberships: before.memberships };
}

/** What was to be done is not, because of an error that concerns all. */
function stopped(job: Job, error: Error): Job {
	return 'skip' in job.decision || job.task.dryRun ? job : { ...job, error };
}

async function act(org: Org, known: Known, jobs: readonly Job[]): Promise<Job[]> {
	const { refused } = await carryOutAndLook(org, jobs.map(writesOf), async (open) => {
		const users = await readAfter(
			org,
			known,
			open.flatMap((index) => jobs[index] ?? []),
		).catch(() => new Map<string, UserState>());
		return (index, step) => {
			const { decision, task } = jobs[index] as Job;
			const user = users.get(idKey(task.request.userId));
			const changes = 'skip' in decision ? [] : decision.changes;
			const own = changes.filter(({ id }) =>
				step.kind === 'delete' ? step.ids.includes(id) : 'id' in step && step.id === id,
			);
			return user !== undefined && own.every((change) => isMade(change, user));
		};
	});
	return jobs.map((job, index) => ({ ...job, error: refused[index]?.error, isSent: writesOf(job).length > 0 }));
}

function writesOf({ task, decision }: Job): ReturnType<typeof stepsOf> {
	return 'skip' in decision || task.dryRun ? [] : stepsOf(decision.changes);
}

/** The users of jobs as they are after what was sent. */
async function readAfter(org: Org, known: Known, jobs: readonly Job[]): Promise<Map<string, UserState>> {
	const acts = [...new Set(jobs.map(({ task }) => task.request.act))];
	const parts = [...new Set(acts.flatMap((one) => WRITTEN_PARTS[one]))];
	const before = new Map(jobs.flatMap(({ user }) => (user === undefined ? [] : [[idKey(user.id), user] as const])));
	const ids = [...before.values()].map(({ id }) => id);
	return await readUserStates(org, ids, { ...known.reading, parts }, before);
}

/** Reads again what was written, where it is needed for an undo record, or where it is not known what became of it. */
async function settle(org: Org, known: Known, jobs: Job[]): Promise<void> {
	const open = jobs.filter(
		(job) => job.isSent && (job.error === undefined || isInDoubt(job.error) || writesOf(job).length > 1),
	);
	if (open.length === 0) return;
	try {
		const after = await readAfter(org, known, open);
		for (const job of open) job.after = after.get(idKey(job.task.request.userId));
	} catch (error) {
		// What was done is told all the same; its undo records say that nobody saw the users afterwards.
		if (!(error instanceof OrgError)) throw error;
	}
}

function result(job: Job, known: Known, node: string, note: string): ReclaimResult {
	const { task, decision, user, after, error, memberships } = job;
	if ('skip' in decision) return { result: 'skipped', reason: decision.skip, message: decision.message };
	if (task.dryRun) return { result: 'planned', note, memberships };
	const { act: asked } = task.request;
	const { changes } = decision;
	const undo = (made: readonly Change[]): SignedUndoRecord => record(asked, made, job, known);
	const made = after === undefined ? changes : changes.filter((change) => isMade(change, after));
	if (error === undefined || (after !== undefined && user !== undefined && made.length === changes.length)) {
		return { result: 'done', undo: undo(changes), memberships };
	}
	const explained = error instanceof OrgError ? actExplained(error, asked, node) : error;
	// What is in doubt may still come; undoing leaves alone what never came.
	if (job.isSent && isInDoubt(error) && (after === undefined || mayStillCome(error))) {
		return { result: 'inDoubt', error: explained, undo: undo(changes), memberships };
	}
	const isPartly = job.isSent && writesOf(job).length > 1 && made.length > 0;
	return isPartly
		? { result: 'partlyDone', error: explained, undo: undo(made) }
		: { result: concernsUser(error) ? 'refused' : 'stopped', error: explained };
}

function isInDoubt(error: Error): boolean {
	return error instanceof OrgError && error.inDoubt;
}

function record(action: Act, changes: readonly Change[], { user, after }: Job, known: Known): SignedUndoRecord {
	const userId = user?.id ?? '';
	return known.signer.sign({
		version: UNDO_VERSION,
		action,
		orgId: known.orgId,
		userId,
		by: known.connectedUserId,
		...known.origin,
		changes: [
			...changes.map((change) => (change.did === 'updated' ? { ...change, left: leftBy(change, after) } : change)),
			...alsoTaken(changes, user, after).map((held) => permissionSetLicenseTaken(userId, held)),
		],
	});
}

/** How an act left a record; null where nobody saw it so. */
function leftBy(change: UpdatedRecord, after: UserState | undefined): Stamp | null {
	return after === undefined || !isMade(change, after) ? null : (stampOf(change, after) ?? null);
}

/** Permission-set licenses that went along, because nothing of the user needs them any more. */
function alsoTaken(
	changes: readonly Change[],
	before: UserState | undefined,
	after: UserState | undefined,
): UserState['permissionSetLicenses'] {
	if (before === undefined || after === undefined) return [];
	const known = new Set([
		...changes.map(({ id }) => idKey(id)),
		...after.permissionSetLicenses.map(({ id }) => idKey(id)),
	]);
	return before.permissionSetLicenses.filter(({ id }) => !known.has(idKey(id)));
}
