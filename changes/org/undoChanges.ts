import { asError } from '../../salesforce/asError';
import { describeObject } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import { notSent } from '../../salesforce/errors';
import type { OrgError } from '../../salesforce/errors';
import { holdsValue } from '../../salesforce/fieldValue';
import type { FieldValue } from '../../salesforce/fieldValue';
import type { Org } from '../../salesforce/org';
import { deleteRecords, saveRecords } from '../../salesforce/records';
import type { SaveResult } from '../../salesforce/records';
import type { SignatureVerdict } from '../../salesforce/signature';
import { createByTooling, deleteByTooling, isToolingObject, toolingRecord } from '../../salesforce/tooling';
import { readChange } from '../change';
import type { Change, SignedChange, Values } from '../change';
import { decideUndo, isLeft, isUntouched } from '../decideUndo';
import type { Current, Left, LeftField, Restoration, Undoable, WhenChanged } from '../decideUndo';
import { newestFirst, rounds } from '../inOrder';
import { ChangeRecorder } from './changeRecorder';
import { restorable, restorableFields } from './deleteRecords';
import { current, readCurrent } from './readCurrent';
import { usedSince } from './usedSince';

/** Why a record is not even looked at in the org. */
export type ChangeFault = 'malformed' | Exclude<SignatureVerdict, 'valid'>;

/** What came of one change. */
export type UndoneChange =
	| { done: Restoration['kind']; id: string; change: SignedChange; left: LeftField[]; of: Change }
	| { would: Restoration; of: Change }
	| { leftAlone: Left; of: Change }
	| { fault: ChangeFault }
	| { error: Error; of: Change; change?: SignedChange };

/** What is asked for one change. */
export interface UndoChangeTask {
	/** What came back as a change, whatever it is. */
	record: Record<string, unknown>;
	/** Whether it is taken though it was signed with another secret. */
	acceptOtherSecret: boolean;
	whenChanged: WhenChanged;
}

/** A change on its way. */
interface Job {
	index: number;
	change: SignedChange;
	object: ObjectDescribe;
	decision: Restoration | Left;
	current?: Current;
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
	tasks.forEach(({ record, acceptOtherSecret, whenChanged }, index) => {
		const change = readChange(record);
		const verdict = change === undefined ? 'malformed' : recorder.verdict(change);
		const isTaken = verdict === 'valid' || (verdict === 'otherSecret' && acceptOtherSecret);
		if (change === undefined) results[index] = { fault: 'malformed' };
		else if (!isTaken) results[index] = { fault: verdict as ChangeFault };
		else asked.push({ index, change, whenChanged });
	});
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
	const now = await Records.read(
		org,
		known.map(({ change }) => change),
		objects as ReadonlyMap<string, ObjectDescribe>,
	);
	const jobs: Job[] = [];
	for (const place of newestFirst(known.map(({ change }) => change))) {
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

/** The records of changes as they are, and as they will be when what was decided is done. */
class Records {
	private constructor(private readonly records: Map<string, Current>) {}

	static async read(
		org: Org,
		changes: readonly Change[],
		objects: ReadonlyMap<string, ObjectDescribe>,
	): Promise<Records> {
		const searches = new Map<string, { object: ObjectDescribe; by: string; values: string[]; fields: Set<string> }>();
		for (const change of changes.filter(({ object }) => !isToolingObject(object))) {
			const object = objects.get(change.object) as ObjectDescribe;
			const by = fieldOf(change);
			const name = searchKey(change.object, by);
			const search = searches.get(name) ?? { object, by, values: [], fields: new Set<string>() };
			search.values.push(valueOf(change));
			for (const field of fieldsOf(change, object)) search.fields.add(field);
			searches.set(name, search);
		}
		const records = await readTooling(org, changes);
		const all = [...searches.values()].map((search) => ({ ...search, fields: [...search.fields] }));
		const found = all.length === 0 ? [] : await readCurrent(org, all);
		all.forEach(({ object, by }, index) => {
			for (const [value, one] of found[index] ?? []) records.set(`${searchKey(object.name, by)} ${value}`, one);
		});
		for (const change of changes) {
			const one = records.get(keyOf(change));
			const used = one === undefined || one.isDeleted ? undefined : await usedSince(org, change);
			if (one !== undefined && used !== undefined) records.set(keyOf(change), { ...one, usedSince: used });
		}
		return new Records(records);
	}

	of(change: Change): Current | undefined {
		return this.records.get(keyOf(change));
	}

	/** Notes what a decision will make of a record, so that an earlier change of it is decided by that. */
	asIf(change: Change, decision: Restoration | Left): void {
		const current = this.of(change);
		if (isLeft(decision)) return;
		if (decision.kind === 'create') {
			// What is made anew is as the deletion found it; it gets its new ID when that is known.
			const stamp = change.found ?? { at: change.at, by: change.by };
			this.records.set(keyOf(change), { id: change.id ?? '', values: change.before ?? {}, stamp, isDeleted: false });
		}
		if (current === undefined) return;
		if (decision.kind === 'delete') this.records.set(keyOf(change), { ...current, isDeleted: true });
		if (decision.kind !== 'update') return;
		// Where this was the last change of the record, the earlier one is judged by what this one found.
		const stamp = isUntouched(change, current) ? (change.found ?? current.stamp) : current.stamp;
		this.records.set(keyOf(change), { ...current, values: { ...current.values, ...decision.values }, stamp });
	}
}

/** Records of the Tooling API one by one: their metadata is not to be had otherwise. */
async function readTooling(org: Org, changes: readonly Change[]): Promise<Map<string, Current>> {
	const records = new Map<string, Current>();
	for (const change of changes) {
		if (!isToolingObject(change.object) || change.id === undefined) continue;
		const record = await toolingRecord(org, change.object, change.id);
		if (record !== undefined) records.set(keyOf(change), current(record));
	}
	return records;
}

const searchKey = (object: string, by: string): string => `${object.toLowerCase()} ${by.toLowerCase()}`;

/** The field by which a change's record is found. */
function fieldOf({ id, key }: Change): string {
	return id === undefined ? (key?.field ?? 'Id') : 'Id';
}

function valueOf({ id, key }: Change): string {
	return id ?? key?.value ?? '';
}

function keyOf(change: Change): string {
	return `${searchKey(change.object, fieldOf(change))} ${valueOf(change)}`;
}

/** What is read of a change's record: of one that may be deleted, all that it takes to make it again. */
function fieldsOf({ did, before, after }: Change, object: ObjectDescribe): string[] {
	if (did === 'deleted') return [];
	if (did === 'created') return restorableFields(object);
	return Object.keys({ ...before, ...after });
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

/** One call after the other, since what comes later may need what came before. */
const OPTIONS = { parallel: 1, assignmentRules: false, together: true };

/** Carries out what was decided, round by round. What hangs on a change that could not be undone is not tried. */
async function carryOut(
	org: Org,
	recorder: ChangeRecorder,
	jobs: readonly Job[],
	results: UndoneChange[],
): Promise<void> {
	const acting = jobs.flatMap((job) => (isLeft(job.decision) ? [] : [{ ...job, decision: job.decision }]));
	const writes = acting.map(({ change, decision }) => ({
		kind: decision.kind,
		object: change.object,
		...('id' in decision ? { id: decision.id } : {}),
	}));
	const failed = new Map<string, OrgError>();
	/** New IDs of records that were made anew, by the old ones: what refers to them has to follow. */
	const renamed = new Map<string, string>();
	for (const [number, places] of rounds(writes).entries()) {
		const round = places.map((place) => acting[place] as (typeof acting)[number]);
		const open = round.filter(({ index, change }) => {
			const earlier = failed.get(keyOf(change));
			if (earlier !== undefined) results[index] = { error: notSent(earlier), of: change };
			return earlier === undefined;
		});
		const bodies = open.map(({ decision }) => ('values' in decision ? following(decision.values, renamed) : {}));
		const ids = open.map(({ decision }) => ('id' in decision ? (renamed.get(decision.id) ?? decision.id) : ''));
		const saved = await write(org, open, ids, bodies);
		open.forEach(({ index, change, current, decision, object }, position) => {
			const result = saved[position] as SaveResult;
			const body = bodies[position] as Values;
			if (!result.ok) {
				failed.set(keyOf(change), result.error);
				const inDoubt = result.error.inDoubt && decision.kind !== 'create' ? { inDoubt: true as const } : undefined;
				const kept = inDoubt && {
					change: recorder.record({ ...reversed(decision, ids[position] ?? '', current, body, object), ...inDoubt }),
				};
				results[index] = { error: result.error, of: change, ...kept };
				return;
			}
			if (decision.kind === 'create' && change.id !== undefined) renamed.set(change.id, result.id);
			const at = roundTime(result.at ?? org.time ?? new Date(), number);
			const own = { ...reversed(decision, ids[position] ?? '', current, body, object), id: result.id, at };
			const left = 'left' in decision ? decision.left : [];
			results[index] = { done: decision.kind, id: result.id, change: recorder.record(own), left, of: change };
		});
	}
}

type Acting = Job & { decision: Restoration };

async function write(
	org: Org,
	round: readonly Acting[],
	ids: readonly string[],
	bodies: readonly Values[],
): Promise<SaveResult[]> {
	const [first] = round;
	if (first === undefined) return [];
	const sObject = first.object.name;
	switch (first.decision.kind) {
		case 'delete':
			if (isToolingObject(sObject)) return await oneByOne(ids, async (id) => await deleteByTooling(org, sObject, id));
			return await deleteRecords(org, ids, OPTIONS);
		case 'update': {
			const records = bodies.map((body, index) => ({ id: ids[index] ?? '', ...body }));
			return await saveRecords(org, { kind: 'update', sObject }, records, OPTIONS);
		}
		case 'create':
			if (isToolingObject(sObject))
				return await oneByOne(bodies, async (body) => await createByTooling(org, sObject, body));
			return await saveRecords(org, { kind: 'create', sObject }, bodies, OPTIONS);
	}
}

/** When a round saved, to tell it from the one before: Salesforce's clock tells whole seconds. */
function roundTime(saved: Date, round: number): Date {
	return new Date(Math.floor(saved.getTime() / 1000) * 1000 + Math.min(round, 999));
}

async function oneByOne<T>(items: readonly T[], act: (item: T) => Promise<SaveResult>): Promise<SaveResult[]> {
	const results: SaveResult[] = [];
	for (const item of items) results.push(await act(item));
	return results;
}

/** Values with the IDs of records that were made anew in the place of the old ones. */
function following(values: Values, renamed: ReadonlyMap<string, string>): Values {
	if (renamed.size === 0) return values;
	return Object.fromEntries(
		Object.entries(values).map(([field, value]) => [
			field,
			typeof value === 'string' ? (renamed.get(value) ?? value) : value,
		]),
	);
}

/** What undoing made of a record, so that undoing can be undone. */
function reversed(
	decision: Restoration,
	id: string,
	current: Current | undefined,
	body: Values,
	object: ObjectDescribe,
): Parameters<ChangeRecorder['record']>[0] {
	switch (decision.kind) {
		case 'create':
			return { object, did: 'created', before: null, after: body };
		case 'delete':
			return { object, id, did: 'deleted', before: restorable(object, current?.values ?? {}), after: null };
		case 'update': {
			const before = Object.fromEntries(Object.keys(body).map((name) => [name, current?.values[name] ?? null]));
			const found = current === undefined ? {} : { found: current.stamp };
			return { object, id, did: 'updated', before, after: body, ...found };
		}
	}
}
