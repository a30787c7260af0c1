import type { SignedChange, Stamp, Values } from '../../changes/change';
import type { ChangeRecorder } from '../../changes/org/changeRecorder';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { QueriedRecord } from '../../salesforce/query';
import type { RecordWrite, SaveResult } from '../../salesforce/records';
import { ExactNumber } from '../../salesforce/values/number';

/** Who changed a record last, and when. */
export const STAMPS = ['SystemModstamp', 'LastModifiedById'] as const;

/** The field that a body's name writes: of a parent by its external ID, the reference to it. */
export function writtenField(object: ObjectDescribe, name: string): string[] {
	const field = object.fieldsByName.get(name.toLowerCase()) ?? object.fieldsByRelationship.get(name.toLowerCase());
	return field === undefined || field.type === 'id' ? [] : [field.name];
}

/**
 * What takes a write back.
 *
 * @returns undefined where nothing was written, or nothing could take it back: a new record that nobody can find
 */
export function changeOf(
	recorder: ChangeRecorder,
	object: ObjectDescribe,
	write: { how: RecordWrite; fields: Record<string, unknown>; before?: QueriedRecord },
	saved: SaveResult,
): SignedChange | undefined {
	if (!saved.ok && !saved.error.inDoubt) return undefined;
	const { how, before, fields } = write;
	const after = plain(object, fields);
	const written = saved.ok ? { id: saved.id, at: saved.at } : { inDoubt: true as const };
	const isUpserted = how.kind === 'upsert' && (saved.ok ? saved.created === true : before === undefined);
	if (how.kind === 'create' || isUpserted) {
		const key = how.kind === 'upsert' ? after[how.externalIdField] : undefined;
		if (!saved.ok && key === undefined) return undefined;
		const found = saved.ok || how.kind !== 'upsert' ? {} : { key: { field: how.externalIdField, value: String(key) } };
		return recorder.record({ object, did: 'created', before: null, after, ...written, ...found });
	}
	const names = Object.keys(fields).flatMap((name) => writtenField(object, name));
	// Of a record that was made after the look at it, nobody knows what it was.
	const held = names.flatMap((name) => (before !== undefined && name in before ? [[name, before[name]]] : []));
	const found = stampOf(before);
	return recorder.record({
		object,
		did: 'updated',
		before: Object.fromEntries(held) as Values,
		after,
		...written,
		id: saved.ok ? saved.id : String(before?.Id ?? fields.id),
		...(found === undefined ? {} : { found }),
	});
}

function stampOf(record: QueriedRecord | undefined): Stamp | undefined {
	const { SystemModstamp, LastModifiedById } = record ?? {};
	if (typeof SystemModstamp !== 'string' || typeof LastModifiedById !== 'string') return undefined;
	return { at: SystemModstamp, by: LastModifiedById };
}

/** What was written, as JSON gives it back; a parent that was named by its external ID is known to Salesforce alone. */
function plain(object: ObjectDescribe, fields: Record<string, unknown>): Values {
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, value]): Array<[string, unknown]> => {
			const field = object.fieldsByName.get(name.toLowerCase());
			if (field === undefined || field.type === 'id') return [];
			if (value instanceof ExactNumber) return [[field.name, Number(value.digits)]];
			return typeof value === 'object' && value !== null ? [] : [[field.name, value]];
		}),
	);
}
