import { saveInBulk } from '../../salesforce/bulkIngest';
import type { ObjectDescribe } from '../../salesforce/describe';
import { mayBeRepeated } from '../../salesforce/errors';
import type { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { deleteRecords as deleteByCollections, plannedWrites } from '../../salesforce/records';
import type { PlannedWrite, SaveResult } from '../../salesforce/records';
import { impliedFields } from '../assignment';
import type { SignedChange, Values } from '../change';
import type { Current } from '../decideUndo';
import type { ChangeRecorder } from './changeRecorder';
import { readCurrent } from './readCurrent';

/** How records are deleted. */
export interface DeleteRules {
	parallel: number;
	/** Whether a call carries a thousand records. */
	together: boolean;
	/** From how many records of an object on Bulk API is used. */
	bulkFrom: number;
}

/** Records of one object, as they were read right before. */
export interface DeleteGroup {
	object: ObjectDescribe;
	records: readonly Current[];
}

/** What became of one record. */
export type Deletion =
	| { result: 'deleted' | 'alreadyDeleted'; change?: SignedChange }
	| { error: OrgError; change?: SignedChange };

/** The fields that a record is made again from. */
export function restorableFields({ fields }: ObjectDescribe): string[] {
	return fields.filter(({ createable }) => createable).map(({ name }) => name);
}

/** The values that a record is made again from. */
export function restorable(object: ObjectDescribe, values: Values): Values {
	const implied = impliedFields(object.name, values);
	const kept = restorableFields(object).filter(
		(name) => values[name] !== undefined && values[name] !== null && !implied.includes(name),
	);
	return Object.fromEntries(kept.map((name) => [name, values[name]]));
}

/**
 * Deletes records. What no answer told the fate of is looked at again.
 *
 * @param recorder makes the changes that take the deletions back; none where they are not wanted
 * @returns by record ID
 */
export async function deleteRecords(
	org: Org,
	groups: readonly DeleteGroup[],
	rules: DeleteRules,
	recorder?: ChangeRecorder,
): Promise<Map<string, Deletion>> {
	const deletions = new Map<string, Deletion>();
	for (const { object, records } of groups) {
		const ids = records.map(({ id }) => id);
		const saved = await send(org, object, ids, rules);
		const inDoubt = records.filter((_record, index) => isInDoubt(saved[index]));
		const seen = inDoubt.length === 0 ? undefined : await look(org, object, inDoubt);
		records.forEach((record, index) => {
			const result = saved[index] as SaveResult;
			const change = (doubt: boolean): { change?: SignedChange } =>
				recorder === undefined ? {} : { change: recorded(recorder, object, record, result, doubt) };
			if (result.ok) deletions.set(record.id, { result: 'deleted', ...change(false) });
			else if (result.error.isGone) deletions.set(record.id, { result: 'alreadyDeleted' });
			else if (!result.error.inDoubt) deletions.set(record.id, { error: result.error });
			else if (seen === undefined) {
				deletions.set(record.id, { error: mayBeRepeated(result.error, 'deleted'), ...change(true) });
			} else if (seen.get(record.id)?.isDeleted === false) {
				deletions.set(record.id, { error: result.error.with({ inDoubt: false }) });
			} else deletions.set(record.id, { result: 'deleted', ...change(false) });
		});
	}
	return deletions;
}

/** The calls that would delete so many records of one object. */
export function plannedDeletes(count: number, rules: DeleteRules): PlannedWrite[] {
	if (count >= rules.bulkFrom) return [{ method: 'POST', path: '/jobs/ingest', count }];
	return plannedWrites('DELETE', count, rules);
}

async function send(
	org: Org,
	{ name }: ObjectDescribe,
	ids: readonly string[],
	rules: DeleteRules,
): Promise<SaveResult[]> {
	if (ids.length < rules.bulkFrom) return await deleteByCollections(org, ids, rules);
	return await saveInBulk(
		org,
		{ kind: 'delete', sObject: name },
		ids.map((id) => ({ id })),
	);
}

function isInDoubt(result: SaveResult | undefined): boolean {
	return result?.ok === false && result.error.inDoubt;
}

/** @returns undefined when they cannot be read, which leaves them in doubt */
async function look(
	org: Org,
	object: ObjectDescribe,
	records: readonly Current[],
): Promise<Map<string, Current> | undefined> {
	const search = { object, values: records.map(({ id }) => id), fields: [] };
	return await readCurrent(org, [search]).then(
		([found]) => found,
		() => undefined,
	);
}

function recorded(
	recorder: ChangeRecorder,
	object: ObjectDescribe,
	{ id, values, stamp }: Current,
	result: SaveResult,
	inDoubt: boolean,
): SignedChange {
	return recorder.record({
		object,
		id,
		did: 'deleted',
		before: restorable(object, values),
		after: null,
		found: stamp,
		...(result.ok ? { at: result.at } : {}),
		...(inDoubt ? { inDoubt: true } : {}),
	});
}
