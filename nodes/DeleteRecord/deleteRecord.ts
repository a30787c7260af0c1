import type { IDataObject } from 'n8n-workflow';

import type { Current } from '../../changes/decideUndo';
import { ChangeRecorder } from '../../changes/org/changeRecorder';
import { deleteRecords, plannedDeletes, restorableFields } from '../../changes/org/deleteRecords';
import type { Deletion } from '../../changes/org/deleteRecords';
import { readCurrent } from '../../changes/org/readCurrent';
import { append } from '../../salesforce/append';
import type { ObjectDescribe } from '../../salesforce/describe';
import { ambiguous, checkByDescribe, checkIdOf, describeEach, externalIdOf } from '../../salesforce/described';
import type { Described } from '../../salesforce/described';
import { readFieldValue } from '../../salesforce/fieldValue';
import { findRecords } from '../../salesforce/findRecords';
import type { Found, KeyValue } from '../../salesforce/findRecords';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import type { Action, Outcome } from '../shared/action';
import { fewestCalls } from '../shared/fields';
import { checkLinks } from '../shared/recordName';
import { undoOf } from '../shared/undoRecord';
import { readPlan } from './parameters';
import type { DeletePlan } from './parameters';

/** Deletes records that are named one by one, each once, and keeps what it takes to make them again. */
export const deleteRecord: Action<DeletePlan> = {
	outputs: 1,
	extendsItem: true,
	done: 'deleted',
	plan: readPlan,

	async check(org, plans) {
		const errors = await checkByDescribe(org, plans, ({ object }, plan) => {
			if ('id' in plan.record) checkIdOf(object, plan.record.id);
			else keyOf(object, plan.record);
		});
		return await checkLinks(org, plans, errors);
	},

	async run(org, plans) {
		const objects = (await describeEach(org, plans)).map(({ object }: Described) => object);
		const named = await idsOf(org, plans, objects);
		const withheld = plans[0]?.undo;
		const recorder = withheld === undefined ? undefined : await ChangeRecorder.for(org, withheld);
		const groups = await readGroups(org, named, objects, recorder !== undefined);
		const rules = { ...(plans[0] as DeletePlan).rules, parallel: fewestCalls(plans.map(parallel)) };
		const living = groups.map(({ object, found }) => ({ object, records: [...found.values()].filter(isLiving) }));
		checkCount(
			living.reduce((sum, { records }) => sum + records.length, 0),
			Math.min(...plans.map(({ atMost }) => atMost)),
		);
		// One item that is to be tried only is enough for nothing to be deleted.
		const isDry = plans.some(({ dryRun }) => dryRun);
		const deletions = isDry ? new Map<string, Deletion>() : await deleteRecords(org, living, rules, recorder);
		const calls = new Map(
			living.map(({ object, records }) => [object.name, plannedDeletes(records.length, rules).length]),
		);
		return plans.map((_plan, index) => {
			const object = objects[index] as ObjectDescribe;
			const id = named[index];
			if (id instanceof Error) return { ok: false, error: id };
			const current = groups.find((group) => group.object === object)?.found.get(id ?? '');
			if (id === undefined || current === undefined) return idle(object, id, 'notFound');
			if (current.isDeleted) return idle(object, id, 'alreadyDeleted');
			const deletion = deletions.get(id);
			if (deletion === undefined) return wouldDelete(object, id, calls.get(object.name) ?? 0);
			return outcome(object, id, deletion);
		});
	},
};

const parallel = ({ rules }: DeletePlan): { parallelCalls: number } => ({ parallelCalls: rules.parallel });
const isLiving = ({ isDeleted }: Current): boolean => !isDeleted;

/** More than was foreseen is a mistake in what chose the records. */
function checkCount(count: number, atMost: number): void {
	if (count <= atMost) return;
	throw new InputError(
		`There are ${count} records to delete, and At Most allows ${atMost}`,
		'Check what selects the records. If all of them are meant, raise At Most.',
	);
}

function keyOf(object: ObjectDescribe, record: { externalIdField: string; value: unknown }): KeyValue {
	const field = externalIdOf(object, record.externalIdField);
	const read = readFieldValue(field, record.value, 'UTC');
	if ('value' in read && read.value !== null) return read.value as KeyValue;
	const wants = 'wants' in read ? read.wants : 'a value';
	throw new InputError(`External ID is not ${wants}`, `${field.name} takes no other value; correct it.`);
}

/** The ID of each plan's record; undefined where there is none, an error where there are several. */
async function idsOf(
	org: Org,
	plans: readonly DeletePlan[],
	objects: readonly ObjectDescribe[],
): Promise<Array<string | Error | undefined>> {
	const searches = new Map<string, { object: ObjectDescribe; field: string; values: KeyValue[] }>();
	plans.forEach(({ record }, index) => {
		if ('id' in record) return;
		const object = objects[index] as ObjectDescribe;
		const field = externalIdOf(object, record.externalIdField).name;
		const search = searches.get(`${object.name} ${field}`) ?? { object, field, values: [] };
		search.values.push(keyOf(object, record));
		searches.set(`${object.name} ${field}`, search);
	});
	const all = [...searches.values()];
	const found = await findRecords(
		org,
		all.map(({ object, field, values }) => ({
			object: object.name,
			key: externalIdOf(object, field),
			values,
			fields: [],
		})),
	);
	const byKey = new Map([...searches.keys()].map((key, index) => [key, found[index] as Found]));
	return plans.map(({ record }, index) => {
		if ('id' in record) return record.id;
		const object = objects[index] as ObjectDescribe;
		const field = externalIdOf(object, record.externalIdField);
		const search = byKey.get(`${object.name} ${field.name}`) as Found;
		if (!search.ok) return search.error;
		const [match, ...others] = search.of(keyOf(object, record));
		if (others.length > 0 && match !== undefined) return ambiguous(object, field, [match, ...others]);
		return match === undefined ? undefined : String(match.Id);
	});
}

/** The named records as they are, by object and ID. */
async function readGroups(
	org: Org,
	named: ReadonlyArray<string | Error | undefined>,
	objects: readonly ObjectDescribe[],
	whole: boolean,
): Promise<Array<{ object: ObjectDescribe; found: Map<string, Current> }>> {
	const ids = new Map<ObjectDescribe, string[]>();
	named.forEach((id, index) => {
		const object = objects[index] as ObjectDescribe;
		if (typeof id === 'string') append(ids, object, id);
	});
	const searches = [...ids].map(([object, values]) => ({
		object,
		values,
		fields: whole ? restorableFields(object) : [],
	}));
	const found = searches.length === 0 ? [] : await readCurrent(org, searches);
	return searches.map(({ object }, index) => ({ object, found: found[index] as Map<string, Current> }));
}

function idle({ name }: ObjectDescribe, id: string | undefined, result: 'notFound' | 'alreadyDeleted'): Outcome {
	return {
		ok: true,
		idle: true,
		records: [{ json: { delete: { object: name, ...(id === undefined ? {} : { id }), result } } }],
	};
}

function wouldDelete({ name, cascades }: ObjectDescribe, id: string, calls: number): Outcome {
	const json: IDataObject = { object: name, id, result: 'notSent', would: 'delete', calls, ...goingAlong(cascades) };
	return { ok: true, idle: true, records: [{ json: { delete: json } }] };
}

/** The kinds of child record that Salesforce deletes along with it, as far as the describe tells. */
function goingAlong(cascades: ObjectDescribe['cascades']): IDataObject {
	const names = [...new Set(cascades.map(({ object }) => object))].sort();
	return names.length > 0 ? { alongWith: names } : {};
}

function outcome({ name, cascades }: ObjectDescribe, id: string, deletion: Deletion): Outcome {
	const undo = undoOf(deletion.change);
	if ('error' in deletion) return { ok: false, error: deletion.error, ...undo };
	const { result } = deletion;
	const json: IDataObject = { object: name, id, result, ...(result === 'deleted' ? goingAlong(cascades) : {}) };
	return {
		ok: true,
		idle: result !== 'deleted',
		records: [{ json: { delete: json, ...undo } }],
	};
}
