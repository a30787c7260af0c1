import { nameKey } from '../../salesforce/apiName';
import { append } from '../../salesforce/append';
import { mayBeRepeated, notSent, OrgError } from '../../salesforce/errors';
import type { ObjectDescribe } from '../../salesforce/describe';
import { givingWay } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { deleteRecords, saveRecords } from '../../salesforce/records';
import type { SaveResult } from '../../salesforce/records';
import { createByTooling, deleteByTooling, isToolingObject } from '../../salesforce/tooling';
import { undeleteRecords } from '../../salesforce/undelete';
import { isAssignment, wentAlong } from '../assignment';
import type { Change, Values } from '../change';
import type { Left, LeftField, Restoration } from '../decideUndo';
import { rounds } from '../inOrder';
import type { Restoring } from '../inOrder';
import { withhold } from '../withhold';
import { keyOf } from './changedRecords';
import type { ChangeRecorder, Recorded } from './changeRecorder';
import { restorable } from './deleteRecords';
import { canFollow, Links } from './links';
import type { Write, Written } from './links';
import { findMadeAnew } from './madeAnew';
import { readCurrent } from './readCurrent';
import type { GuardedWrite as Acting, UndoneChange } from './undone';

/** One call after the other, since what comes later may need what came before. */
const OPTIONS = { parallel: 1, assignmentRules: false, together: true };

/**
 * Carries out what was decided, round by round. What hangs on a change of the same record that could not be undone is
 * not tried: where only an update could not, other fields are put back, and the record is deleted all the same.
 *
 * @param acting the newest change first
 * @param results where it is put what came of each
 */
export async function carryOut(
	org: Org,
	recorder: ChangeRecorder,
	acting: readonly Acting[],
	results: UndoneChange[],
): Promise<void> {
	const failed = new Map<string, Failed[]>();
	/** Why a record was not written, by its ID. */
	const unwritten = new Map<string, OrgError>();
	/** New IDs of records that were made anew, by the old ones: what refers to them has to follow. */
	const renamed = new Map<string, string>();
	const deleted: Change[] = [];
	const giveWay = givingWay();
	const fail = ({ change, decision }: Acting, error: OrgError): void => {
		append(failed, keyOf(change), { decision, error });
		if ('id' in decision) unwritten.set(decision.id, error);
	};
	const inOrder = rounds(restorings(acting));
	const links = new Links(acting, inOrder);
	for (const [round, places] of inOrder.entries()) {
		const open = places.flatMap((place) => {
			const job = acting[place] as Acting;
			const { change, decision, current } = job;
			const earlier = (failed.get(keyOf(change)) ?? []).find((one) => hangsOn(job, one.decision));
			// A child record that could not be taken away from it would be deleted along.
			const child = decision.kind === 'delete' ? current?.leaving?.find((id) => unwritten.has(id)) : undefined;
			const error = earlier?.error ?? unwritten.get(child ?? '');
			if (error === undefined) return [job];
			results[job.index] = { error: notSent(error), of: change };
			fail(job, error);
			return [];
		});
		const asked = open.map((job) => writeOf(job, renamed, (value) => links.isLate(value, round)));
		for (const [one, saved] of await writeWhatMay(org, asked)) {
			await giveWay();
			const { change, decision, index } = one.job;
			const result = settled(saved, one.job, deleted);
			results[index] = outcome(recorder, one, result);
			if (result.ok && decision.kind === 'delete') deleted.push(change);
			if (!result.ok) fail(one.job, result.error);
			else if (decision.kind === 'create' && change.id !== undefined) renamed.set(change.id, result.id);
			if (result.ok && result.there !== true && decision.kind === 'create') links.note(one, result);
		}
		for (const { write: one, result, left } of await links.fill(org, round, renamed, OPTIONS)) {
			const own = outcome(recorder, one, result);
			results[one.job.index] = 'left' in own ? { ...own, left: [...own.left, ...left] } : own;
		}
	}
}

/** A write that was not carried out. */
interface Failed {
	decision: Restoration;
	error: OrgError;
}

/**
 * Whether a write of a record makes no sense after a later one of the same record was not undone: where that is not there
 * again, or has another value of a field than it was decided by.
 */
function hangsOn({ decision }: Acting, failed: Restoration): boolean {
	if (failed.kind !== 'update') return true;
	return decision.kind !== 'delete' && Object.keys(decision.values).some((name) => name in failed.values);
}

/** What each write needs of the others. */
function restorings(acting: readonly Acting[]): Restoring[] {
	const own = acting.map(({ change, current }) => change.id ?? current?.id);
	const known = new Set(own);
	return acting.map(({ change, decision, current, object }, index): Restoring => {
		const after = 'values' in decision ? Object.values(decision.values) : [];
		const before = decision.kind === 'create' ? [] : Object.values(current?.values ?? {});
		const mentions = [...after, ...before].filter(
			(value): value is string => typeof value === 'string' && known.has(value) && value !== own[index],
		);
		const needs = decision.kind === 'create' ? mentions.filter((one) => !canFollow(object, decision.values, one)) : [];
		return { kind: decision.kind, object: change.object, id: own[index], mentions: [...new Set(mentions)], needs };
	});
}

/** @param isLate whether a field's value names a record that is not there yet */
function writeOf(job: Acting, renamed: ReadonlyMap<string, string>, isLate: (value: unknown) => boolean): Write {
	const { decision, current } = job;
	const values = 'values' in decision ? following(decision.values, renamed) : {};
	const isWhole = decision.kind !== 'create' || !Object.values(decision.values).some(isLate);
	return {
		job,
		id: 'id' in decision ? (renamed.get(decision.id) ?? decision.id) : '',
		held: following(current?.values ?? {}, renamed),
		body: isWhole
			? values
			: Object.fromEntries(Object.entries(values).filter(([field]) => !isLate(decision.values[field]))),
	};
}

/** Writes records of one object, in one way. */
async function write(org: Org, writes: readonly Write[]): Promise<Written[]> {
	const [first] = writes;
	if (first === undefined) return [];
	const { decision, object } = first.job;
	const ids = writes.map(({ id }) => id);
	const bodies = writes.map(({ body }) => body);
	switch (decision.kind) {
		case 'delete':
			if (isToolingObject(object.name))
				return await each(ids, async (id) => await deleteByTooling(org, object.name, id));
			return await deleteRecords(org, ids, OPTIONS);
		case 'update': {
			const records = bodies.map((body, index) => ({ id: ids[index] ?? '', ...body }));
			return await saveRecords(org, { kind: 'update', sObject: object.name }, records, OPTIONS);
		}
		case 'create':
			if (isToolingObject(object.name)) {
				return await each(bodies, async (body) => await createByTooling(org, object.name, body));
			}
			return await bringBack(org, object, writes);
	}
}

async function each<T>(items: readonly T[], act: (item: T) => Promise<SaveResult>): Promise<SaveResult[]> {
	const results: SaveResult[] = [];
	for (const item of items) results.push(await act(item));
	return results;
}

/**
 * Takes records out of the recycle bin under their old IDs, and makes those anew that Salesforce does not let out, unless
 * that was done before.
 */
async function bringBack(org: Org, object: ObjectDescribe, writes: readonly Write[]): Promise<Written[]> {
	const results: Written[] = [];
	const inBin = [...writes.entries()].flatMap(([position, { job }]) =>
		'isInBin' in job.decision && job.decision.isInBin && job.change.id !== undefined
			? [{ position, id: job.change.id }]
			: [],
	);
	const undeleted = await undeleteAll(
		org,
		object,
		inBin.map(({ id }) => id),
	);
	inBin.forEach(({ position }, index) => {
		const result = undeleted[index];
		if (result !== undefined) results[position] = result.ok ? { ...result, undeleted: true } : result;
	});
	const lost = [...writes.keys()].filter((position) => results[position] === undefined);
	const asked = lost.map((position) => writes[position] as Write);
	const there = await findMadeAnew(
		org,
		object,
		asked.map(({ job, body }) => ({ change: job.change, body })),
	);
	const anew: number[] = [];
	lost.forEach((position, index) => {
		const one = there[index];
		if (one === undefined) anew.push(position);
		else results[position] = one instanceof OrgError ? { ok: false, error: one } : { ok: true, id: one, there: true };
	});
	const bodies = anew.map((position) => (writes[position] as Write).body);
	const created = await saveRecords(org, { kind: 'create', sObject: object.name }, bodies, OPTIONS);
	anew.forEach((position, index) => {
		results[position] = created[index] as SaveResult;
	});
	return results;
}

/**
 * Undeletes, and looks at what did not come out, or no answer told the fate of: somebody else may have let it out at the
 * same moment.
 *
 * @returns undefined for what Salesforce does not let out of the bin, and what lies there still. Whatever may be out, or
 *   may yet come out, would be there twice if it were made anew as well.
 */
async function undeleteAll(
	org: Org,
	object: ObjectDescribe,
	ids: readonly string[],
): Promise<Array<SaveResult | undefined>> {
	const results = await undeleteRecords(org, ids);
	const inside = ids.filter((_id, index) => results[index]?.ok === false);
	if (inside.length === 0) return results;
	const search = { object, values: inside, fields: [] };
	const seen = await readCurrent(org, [search]).then(
		([found]) => found,
		() => undefined,
	);
	return results.map((result, index): SaveResult | undefined => {
		const id = ids[index] ?? '';
		if (result.ok) return result;
		if (seen?.get(id)?.isDeleted === false) return { ok: true, id };
		const { error } = result;
		if (error.inDoubt) return result;
		// What stopped the call says nothing of the record, unless SOAP is not for such sessions: that no right will change,
		// nor a new session.
		const changes = error.kind !== 'permission' || error.lacksRight || error.endsTheRun;
		const isUntold = error.concernsTheCall && changes;
		return isUntold || seen === undefined ? result : undefined;
	});
}

/**
 * Writes records of one object, in one way. What is refused for fields that the API user may no longer write is sent once
 * more without them.
 *
 * @returns each write as it was sent last, with what became of it
 */
async function writeWhatMay(org: Org, writes: readonly Write[]): Promise<Array<[Write, Written]>> {
	const saved = await write(org, writes);
	const results = writes.map((one, position): [Write, Written] => [one, saved[position] as Written]);
	const again = results.flatMap(([one, result], position) => {
		const narrower = withoutHidden(one, result);
		return narrower === undefined ? [] : [{ position, narrower }];
	});
	const resaved = await write(
		org,
		again.map(({ narrower }) => narrower),
	);
	again.forEach(({ position, narrower }, index) => {
		results[position] = [narrower, resaved[index] as Written];
	});
	return results;
}

/**
 * A write without the fields that Salesforce no longer lets the API user write, where it was refused for them: what was
 * described may be some minutes old. Undefined where that is not so, or nothing would be left.
 */
function withoutHidden(one: Write, result: Written): Write | undefined {
	if (result.ok || !result.error.describeMayBeOld) return undefined;
	const refused = new Set(result.error.fields.map(nameKey));
	const kept = Object.entries(one.body).filter(([name]) => !refused.has(nameKey(name)));
	const hidden = Object.keys(one.body).filter((name) => refused.has(nameKey(name)));
	if (hidden.length === 0 || kept.length === 0) return undefined;
	return { ...one, body: Object.fromEntries(kept), hidden };
}

function fieldHidden(field: string): LeftField {
	return { field, reason: 'fieldHidden' };
}

/** What became of a write, where something that was deleted before took its record along. */
function settled(result: Written, { change, decision }: Acting, deleted: readonly Change[]): Written {
	if (result.ok || decision.kind !== 'delete' || !result.error.isGone || !wentAlong(change, deleted)) return result;
	return { ok: true, id: decision.id };
}

/** What came of a change whose undoing was sent. */
function outcome(recorder: ChangeRecorder, one: Write, result: Written): UndoneChange {
	const { change, decision } = one.job;
	const { hidden = [] } = one;
	const own = without(change.withheld, reversed(one));
	if (result.ok && result.there === true) return { leftAlone: { reason: 'alreadyUndone', fields: [] }, of: change };
	if (result.ok) {
		const isUndeleted = result.undeleted === true;
		return {
			done: isUndeleted ? 'undelete' : decision.kind,
			id: result.id,
			change: recorder.record({ ...own, id: result.id, at: result.at }),
			// What comes out of the recycle bin is whole.
			left: 'left' in decision && !isUndeleted ? [...decision.left, ...hidden.map(fieldHidden)] : [],
			of: change,
		};
	}
	const { error } = result;
	if (error.isGone && decision.kind !== 'create') {
		const left: Left = { reason: decision.kind === 'delete' ? 'alreadyUndone' : 'deletedSince', fields: [] };
		return { leftAlone: left, of: change };
	}
	// Somebody else has given it back meanwhile.
	if (error.code === 'DUPLICATE_VALUE' && decision.kind === 'create' && isAssignment(change.object)) {
		return { leftAlone: { reason: 'alreadyUndone', fields: [] }, of: change };
	}
	// Of a record that is made anew nobody knows the ID; one that comes back has its own.
	const isKnown = decision.kind !== 'create' || decision.isInBin;
	if (!error.inDoubt || !isKnown) return { error, of: change };
	const known = decision.kind === 'create' ? { id: change.id } : {};
	return {
		error: mayBeRepeated(error, 'undone'),
		of: change,
		change: recorder.record({ ...own, ...known, inDoubt: true }),
	};
}

/** What the write was not to keep, its undoing does not keep either. */
function without(fields: readonly string[] = [], own: Recorded): Recorded {
	return { ...own, ...withhold(own, (field) => !fields.includes(field)) };
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
function reversed({ job, id, body, held }: Write): Recorded {
	const { decision, current, object } = job;
	switch (decision.kind) {
		case 'create':
			return { object, did: 'created', before: null, after: body };
		case 'delete':
			return { object, id, did: 'deleted', before: restorable(object, held), after: null };
		case 'update': {
			const before = Object.fromEntries(Object.keys(body).map((name) => [name, held[name] ?? null]));
			const found = current === undefined ? {} : { found: current.stamp };
			return { object, id, did: 'updated', before, after: body, ...found };
		}
	}
}
