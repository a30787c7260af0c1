import { append } from '../../salesforce/append';
import type { FieldDescribe, ObjectDescribe } from '../../salesforce/describe';
import { ambiguous } from '../../salesforce/described';
import { OrgError } from '../../salesforce/errors';
import type { FoundStamps } from '../../salesforce/foundStamps';
import type { Org } from '../../salesforce/org';
import { isToolingObject, toolingRecord } from '../../salesforce/tooling';
import type { Change, Stamp, Values } from '../change';
import { isLeft, isUntouched } from '../decideUndo';
import type { Current, Left, Restoration } from '../decideUndo';
import { childrenOf } from './childrenOf';
import type { Child } from './childrenOf';
import { restorableFields } from './deleteRecords';
import { current, findCurrent } from './readCurrent';
import type { FoundCurrent } from './readCurrent';
import { hasOwnUses, usedSince } from './usedSince';

/** The records of changes as they are, and as they will be when what was decided is done. */
export class ChangedRecords {
	/** The changes that wrote an ID of another record of the run, by that ID. */
	private readonly references = new Map<string, Array<{ change: Change; field: string }>>();

	private readonly seen: ReadonlyMap<string, Stamp>;

	/** What is deleted, and which of their fields others no longer have as they are, once what was decided is done. */
	private readonly goes = new Set<string>();

	private constructor(
		private readonly records: Map<string, Current>,
		private readonly refused: Map<Change, OrgError>,
		private readonly searches: ReadonlyMap<string, Pick<Searching, 'object' | 'fields'>>,
		private readonly children: ReadonlyMap<string, readonly Child[]>,
		changes: readonly Change[],
	) {
		this.seen = new Map([...records].map(([key, { stamp }]) => [key, stamp]));
		const ids = new Set(changes.map(({ id }) => id));
		for (const change of changes) {
			for (const [field, value] of Object.entries(change.after ?? {})) {
				if (typeof value === 'string' && ids.has(value)) append(this.references, value, { change, field });
			}
		}
	}

	/**
	 * @param sparing whether a new record is looked at for child records that others gave it, since it is spared then
	 * @throws OrgError when no further call of the run can succeed, or the connection is lost
	 */
	static async read(
		org: Org,
		changes: readonly Change[],
		objects: ReadonlyMap<string, ObjectDescribe>,
		sparing: (change: Change) => boolean,
	): Promise<ChangedRecords> {
		const records = new Map<string, Current>();
		const refused = new Map<Change, OrgError>();
		const searches = new Map<string, Searching>();
		for (const change of changes.filter(({ object }) => !isToolingObject(object))) {
			const object = objects.get(change.object) as ObjectDescribe;
			const by = fieldOf(change);
			const name = searchOf(change);
			const search = searches.get(name) ?? { object, by, values: [], fields: new Set<string>(), of: [] };
			search.values.push(valueOf(change));
			search.of.push(change);
			for (const field of fieldsOf(change, object)) search.fields.add(field);
			searches.set(name, search);
		}
		const all = [...searches.values()];
		const found = await findCurrent(
			org,
			all.map((search) => ({ ...search, fields: [...search.fields] })),
		);
		all.forEach(({ object, by, of }, index) => {
			const one = found[index] as FoundCurrent;
			for (const change of of) {
				if (!one.ok) {
					refused.set(change, one.error);
					continue;
				}
				const [record, ...others] = one.of(valueOf(change));
				if (others.length > 0) refused.set(change, severalFound(object, by, [record as Current, ...others]));
				else if (record !== undefined) records.set(keyOf(change), record);
			}
		});
		for (const read of [readMetadata, readUse]) {
			for (const change of changes) {
				await read(org, change, records).catch((error: unknown) => {
					if (!(error instanceof OrgError)) throw error;
					refused.set(change, error);
				});
			}
		}
		const children = new Map<string, readonly Child[]>();
		const made = [...newRecords(changes.filter(sparing), records)];
		const given = await childrenOf(
			org,
			made.map(([object, own]) => ({
				object: objects.get(object) as ObjectDescribe,
				ids: [...new Set(own.map((change) => records.get(keyOf(change))?.id ?? ''))],
			})),
		);
		made.forEach(([, own], index) => {
			const read = given[index] as (typeof given)[number];
			if (read instanceof OrgError) for (const change of own) refused.set(change, read);
			else for (const [id, list] of read) children.set(id, list);
		});
		const lost = [...refused.values()].find(({ endsTheRun, kind }) => endsTheRun || kind === 'network');
		if (lost !== undefined) throw lost;
		return new ChangedRecords(records, refused, searches, children, changes);
	}

	/** Why a change's record could not be read; undefined where it could. */
	refusalOf(change: Change): OrgError | undefined {
		return this.refused.get(change);
	}

	/** A change's record; undefined where the org has none, in the recycle bin or out of it. */
	of(change: Change): Current | undefined {
		const current = this.records.get(keyOf(change));
		if (current === undefined || change.did !== 'created') return current;
		const children = (this.children.get(current.id) ?? []).filter((one) => !isOfWrite(change, current, one));
		if (children.length === 0) return current;
		const staying = children.find(({ id, field }) => !this.goes.has(id) && !this.goes.has(placeOf(id, field)));
		return staying === undefined
			? { ...current, leaving: children.map(({ id }) => id) }
			: { ...current, usedSince: { at: staying.at, usedBy: staying.object } };
	}

	/** Notes how the changes that were decided found their records. */
	noteFound(found: FoundStamps): void {
		for (const [key, { id, stamp }] of this.records) {
			const seen = this.seen.get(key);
			if (seen !== undefined && seen !== stamp) found.note(id, seen, stamp);
		}
	}

	/** Takes records as the run found them, where it has undone something of them before. */
	asFound(found: FoundStamps, userId: string): void {
		for (const [key, one] of this.records) {
			const stamp = found.of(one.id, one.stamp, userId);
			if (stamp !== one.stamp) this.records.set(key, { ...one, stamp });
		}
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
			// What is made anew is as the deletion found it, and empty where that kept nothing; its new ID is not known yet.
			const stamp = change.found ?? { at: change.at, by: change.by };
			const values = { ...this.emptyOf(change), ...current?.values, ...change.before };
			this.records.set(keyOf(change), { id: change.id ?? '', values, stamp, isDeleted: false });
			if (decision.isInBin) this.refill(change);
		}
		if (current === undefined) return;
		if (decision.kind === 'delete') {
			// As whatever deleted it earlier left it.
			this.records.set(keyOf(change), { ...current, isDeleted: true, stamp: DELETED });
			this.goes.add(current.id);
		}
		if (decision.kind !== 'update') return;
		for (const field of Object.keys(decision.values)) this.goes.add(placeOf(current.id, field));
		const stamp = stampBefore(change, current);
		this.records.set(keyOf(change), { ...current, values: { ...current.values, ...decision.values }, stamp });
	}

	/** The fields that are known of a change's record, without values. */
	private emptyOf(change: Change): Values {
		const { object, fields } = this.searches.get(searchOf(change)) ?? {};
		const known = [...(fields ?? [])].flatMap((name) => object?.fieldsByName.get(name.toLowerCase())?.name ?? []);
		return Object.fromEntries(known.map((name) => [name, null]));
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

/** A field of a record. */
function placeOf(id: string, field: string): string {
	return `${id} ${field.toLowerCase()}`;
}

/**
 * Whether a child record is as the write left it: made by it, as by a flow of the org, or come out of the recycle bin
 * with its parent. One that was moved there since has been changed since.
 */
function isOfWrite({ inDoubt, stamp }: Change, current: Current, { at }: Child): boolean {
	return Date.parse(at) <= Date.parse(inDoubt === true ? current.stamp.at : stamp);
}

/** The changes whose new records are still there, by object. */
function newRecords(changes: readonly Change[], records: ReadonlyMap<string, Current>): Map<string, Change[]> {
	const all = new Map<string, Change[]>();
	for (const change of changes) {
		const { did, object } = change;
		const isThere = did === 'created' && records.get(keyOf(change))?.isDeleted === false;
		if (isThere && !isToolingObject(object) && !hasOwnUses(object)) append(all, object, change);
	}
	return all;
}

/** Of a record that lies in the recycle bin once a change is undone: no change that deleted it finds it touched. */
const DELETED: Stamp = { at: new Date(0).toISOString() };

/** Where a change was the last of its record, the earlier one is judged by what this one found. */
function stampBefore(change: Change, current: Current): Stamp {
	return isUntouched(change, current) ? (change.found ?? current.stamp) : current.stamp;
}

/** A search that is put together, and the changes whose records it finds. */
interface Searching {
	object: ObjectDescribe;
	by: string;
	values: string[];
	fields: Set<string>;
	of: Change[];
}

/** More than one living record has the value that is to name one; of those nobody can tell which was written. */
function severalFound(object: ObjectDescribe, by: string, found: readonly Current[]): OrgError {
	const field = object.fieldsByName.get(by.toLowerCase()) as FieldDescribe;
	return ambiguous(
		object,
		field,
		found.map(({ id }) => ({ Id: id })),
	);
}

/** Reads a record of the Tooling API, one by one: its metadata is not to be had otherwise. */
async function readMetadata(org: Org, change: Change, records: Map<string, Current>): Promise<void> {
	if (!isToolingObject(change.object) || change.id === undefined) return;
	const record = await toolingRecord(org, change.object, change.id);
	if (record !== undefined) records.set(keyOf(change), current(record));
}

/** Notes whether something needs a record by now. */
async function readUse(org: Org, change: Change, records: Map<string, Current>): Promise<void> {
	const one = records.get(keyOf(change));
	if (one === undefined || one.isDeleted) return;
	const used = await usedSince(org, change);
	if (used !== undefined) records.set(keyOf(change), { ...one, usedSince: used });
}

/** Tells the search that finds a change's record from others. */
function searchOf(change: Change): string {
	return `${change.object.toLowerCase()} ${fieldOf(change).toLowerCase()}`;
}

/** The field by which a change's record is found. */
function fieldOf({ id, key }: Change): string {
	return id === undefined ? (key?.field ?? 'Id') : 'Id';
}

function valueOf({ id, key }: Change): string {
	return id ?? key?.value ?? '';
}

/** Tells a change's record from others. */
export function keyOf(change: Change): string {
	return `${searchOf(change)} ${valueOf(change)}`;
}

/** What is read of a change's record: of one that may be deleted, all that it takes to make it again. */
function fieldsOf({ did, before, after }: Change, object: ObjectDescribe): string[] {
	if (did === 'deleted') return [];
	if (did === 'created') return restorableFields(object);
	return Object.keys({ ...before, ...after });
}
