import type { SignedChange, Values } from '../../changes/change';
import type { ChangeRecorder } from '../../changes/org/changeRecorder';
import { writtenField, writtenValues } from '../../changes/written';
import { holdsNothing } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import type { QueriedRecord } from '../../salesforce/query';
import type { RecordWrite, SaveResult } from '../../salesforce/records';
import { stampOf } from '../../salesforce/stamp';
import { ExactNumber } from '../../salesforce/values/number';
import type { WriteRules } from './options';
import type { SavePlan } from './prepare';

/**
 * Records of a run at most that are read before they go through Bulk API, which is chosen to save calls: ten calls read
 * as many.
 */
const MOST_READ_FOR_BULK = 20_000;

/** Of which writes of a run it is kept what takes them back: all, those of new records, or none. */
export type Keeping = 'all' | 'new' | 'nothing';

/** Of which writes of a run that is kept. */
export function keepingOf(plans: readonly SavePlan[], { undo, dryRun, bulkFrom }: WriteRules): Keeping {
	if (undo === undefined || dryRun) return 'nothing';
	const mayExist = plans.filter(({ operation }) => operation !== 'create').length;
	return plans.length >= bulkFrom && mayExist > MOST_READ_FOR_BULK ? 'new' : 'all';
}

/** What a person should know where the records are not read. */
export const NOT_READ = `When more than ${MOST_READ_FOR_BULK} records go through Bulk API, their earlier values are not read, because that would take many calls. Items of records that existed before have no undo. If you may have to take them back, send fewer records in a run, or set Bulk API to Never.`;

/**
 * What takes a write back.
 *
 * @param keeping whether the record was read before, if it was there
 * @returns undefined where nothing was written, or nothing could take it back: a new record that nobody can find
 */
export function changeOf(
	recorder: ChangeRecorder,
	object: ObjectDescribe,
	write: { how: RecordWrite; fields: Record<string, unknown>; before?: QueriedRecord },
	saved: SaveResult,
	keeping: Keeping,
): SignedChange | undefined {
	if (!saved.ok && !saved.error.inDoubt) return undefined;
	const { how, before, fields } = write;
	const after = writtenValues(object, fields);
	const written = saved.ok ? { id: saved.id, at: saved.at } : { inDoubt: true as const };
	const isUpserted =
		how.kind === 'upsert' && (saved.ok ? saved.created === true : keeping === 'all' && before === undefined);
	if (how.kind === 'create' || isUpserted) {
		const sent = how.kind === 'upsert' ? fields[how.externalIdField] : undefined;
		const key = sent instanceof ExactNumber ? sent.digits : sent;
		// Nobody finds the record again whose key must not be kept.
		const isFound = how.kind === 'upsert' && key !== undefined && recorder.keeps(object, how.externalIdField);
		if (!saved.ok && !isFound) return undefined;
		const found = saved.ok || how.kind !== 'upsert' ? {} : { key: { field: how.externalIdField, value: String(key) } };
		return recorder.record({ object, did: 'created', before: null, after, ...written, ...found });
	}
	if (keeping !== 'all') return undefined;
	// What holds nothing and is given nothing makes nothing.
	const made = Object.keys(fields).filter((name) => fields[name] !== null || !holdsNothing(object.name, name));
	const names = made.flatMap((name) => writtenField(object, name));
	const held = names.flatMap((name) => (before !== undefined && name in before ? [[name, before[name]]] : []));
	// Of a record that was made after the look at it, or that the look did not find, nobody knows what it was.
	const unknown = names.filter((name) => before === undefined || !(name in before));
	const found = stampOf(before);
	return recorder.record({
		object,
		did: 'updated',
		before: Object.fromEntries(held) as Values,
		after,
		...written,
		id: saved.ok ? saved.id : String(before?.Id ?? fields.id),
		...(found === undefined ? {} : { found }),
		...(unknown.length === 0 ? {} : { withheld: unknown }),
	});
}
