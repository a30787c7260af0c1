import type { SignedChange, Values } from '../../changes/change';
import type { ChangeRecorder } from '../../changes/org/changeRecorder';
import { stampOf, writtenField, writtenValues } from '../../changes/written';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { QueriedRecord } from '../../salesforce/query';
import type { RecordWrite, SaveResult } from '../../salesforce/records';

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
	const after = writtenValues(object, fields);
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
