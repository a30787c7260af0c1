import { append } from '../../salesforce/append';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import { isToolingObject, toolingRecord } from '../../salesforce/tooling';
import type { Change, Stamp } from '../change';
import { isLeft, isUntouched } from '../decideUndo';
import type { Current, Left, Restoration } from '../decideUndo';
import { restorableFields } from './deleteRecords';
import { current, readCurrent } from './readCurrent';
import { usedSince } from './usedSince';

/** The records of changes as they are, and as they will be when what was decided is done. */
export class ChangedRecords {
	/** The changes that wrote an ID of another record of the run, by that ID. */
	private readonly references = new Map<string, Array<{ change: Change; field: string }>>();

	private constructor(
		private readonly records: Map<string, Current>,
		changes: readonly Change[],
	) {
		const ids = new Set(changes.map(({ id }) => id));
		for (const change of changes) {
			for (const [field, value] of Object.entries(change.after ?? {})) {
				if (typeof value === 'string' && ids.has(value)) append(this.references, value, { change, field });
			}
		}
	}

	/** @throws OrgError when they cannot be read */
	static async read(
		org: Org,
		changes: readonly Change[],
		objects: ReadonlyMap<string, ObjectDescribe>,
	): Promise<ChangedRecords> {
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
		const all = [...searches.values()].map((search) => ({ ...search, fields: [...search.fields] }));
		const found = all.length === 0 ? [] : await readCurrent(org, all);
		const records = await readTooling(org, changes);
		all.forEach(({ object, by }, index) => {
			for (const [value, one] of found[index] ?? []) records.set(`${searchKey(object.name, by)} ${value}`, one);
		});
		for (const change of changes) {
			const one = records.get(keyOf(change));
			const used = one === undefined || one.isDeleted ? undefined : await usedSince(org, change);
			if (one !== undefined && used !== undefined) records.set(keyOf(change), { ...one, usedSince: used });
		}
		return new ChangedRecords(records, changes);
	}

	/** A change's record; undefined where the org has none, in the recycle bin or out of it. */
	of(change: Change): Current | undefined {
		return this.records.get(keyOf(change));
	}

	/** Notes what a decision will make of a record, so that an earlier change of it is decided by that. */
	asIf(change: Change, decision: Restoration | Left): void {
		const current = this.of(change);
		if (isLeft(decision)) {
			// Where the write changed no value, there is nothing to undo, but it has stamped the record.
			if (decision.reason !== 'alreadyUndone' || current === undefined || current.isDeleted) return;
			this.records.set(keyOf(change), { ...current, stamp: stampBefore(change, current) });
			return;
		}
		if (decision.kind === 'create') {
			// What is made anew is as the deletion found it; it gets its new ID when that is known.
			const stamp = change.found ?? { at: change.at, by: change.by };
			this.records.set(keyOf(change), { id: change.id ?? '', values: change.before ?? {}, stamp, isDeleted: false });
			if (decision.isInBin) this.refill(change);
		}
		if (current === undefined) return;
		if (decision.kind === 'delete') this.records.set(keyOf(change), { ...current, isDeleted: true });
		if (decision.kind !== 'update') return;
		const stamp = stampBefore(change, current);
		this.records.set(keyOf(change), { ...current, values: { ...current.values, ...decision.values }, stamp });
	}

	/**
	 * Salesforce empties lookups to a record that is deleted, and fills those again that nobody has filled since when it
	 * comes out of the recycle bin (Help, recycle bin). What we had written is then there again, to be undone.
	 */
	private refill({ id = '' }: Change): void {
		for (const { change, field } of this.references.get(id) ?? []) {
			const current = this.of(change);
			const isOurs = current?.isDeleted === false && current.stamp.by === change.by;
			if (!isOurs || current.values[field] !== null) continue;
			this.records.set(keyOf(change), { ...current, values: { ...current.values, [field]: id } });
		}
	}
}

/** Where a change was the last of its record, the earlier one is judged by what this one found. */
function stampBefore(change: Change, current: Current): Stamp {
	return isUntouched(change, current) ? (change.found ?? current.stamp) : current.stamp;
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

/** Tells a change's record from others. */
export function keyOf(change: Change): string {
	return `${searchKey(change.object, fieldOf(change))} ${valueOf(change)}`;
}

/** What is read of a change's record: of one that may be deleted, all that it takes to make it again. */
function fieldsOf({ did, before, after }: Change, object: ObjectDescribe): string[] {
	if (did === 'deleted') return [];
	if (did === 'created') return restorableFields(object);
	return Object.keys({ ...before, ...after });
}
