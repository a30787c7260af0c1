import type { SaveResult } from '../salesforce/records';
import type { Stamp } from '../salesforce/stamp';
import { fieldsOf, holderOf, stampOf } from './change';
import type { DeletedRecord, UpdatedRecord } from './change';
import type { LicenseObject, Step } from './step';
import type { UserState } from './userState';

/** What giving back wrote to one record: what it takes to take that back again. */
export interface MadeRecord {
	did: 'updated' | 'created';
	object: LicenseObject;
	id: string;
	/** The written fields as they were; null for a record that was created. */
	before: Record<string, unknown> | null;
	after: Record<string, unknown>;
	/** Of an update, who had changed the record last before it, and when. */
	found?: Stamp;
	/** When it was saved by Salesforce's clock, where that is known. */
	at?: Date;
	/** Whether no answer told that it was carried out. */
	inDoubt?: true;
}

/** What is known of a step that was sent. */
export interface SentFor {
	/** What became of each of its records. */
	results: readonly SaveResult[];
	/** The user as they were before it. */
	before: UserState;
	/** The user as they were seen after it, where something was in doubt and somebody looked. */
	after?: UserState;
	/** Whether it is done by what was seen. */
	isSeen: boolean;
}

/**
 * What a step that gives back wrote. What somebody else had given meanwhile is not among it, nor are new records whose
 * ID nobody knows, because no answer came and they were not seen.
 */
export function madeBy(step: Step, { results, before, after, isSeen }: SentFor): MadeRecord[] {
	if (step.kind === 'delete') return [];
	const { object } = step;
	const records = step.kind === 'create' ? step.records : [step.fields];
	return records.flatMap((fields, index): MadeRecord[] => {
		const result = results[index];
		if (result === undefined || (!result.ok && !result.error.inDoubt)) return [];
		const told = result.ok ? { at: result.at } : isSeen ? {} : { inDoubt: true as const };
		if (step.kind === 'update') return [{ ...updated(object, step.id, fields, before), ...told }];
		const given = { object, before: fields } as DeletedRecord;
		const id = result.ok ? result.id : after && holderOf(given, after);
		return id === undefined ? [] : [{ did: 'created', object, id, before: null, after: fields, ...told }];
	});
}

function updated(object: LicenseObject, id: string, fields: Record<string, unknown>, user: UserState): MadeRecord {
	const record = { object } as UpdatedRecord;
	const held = fieldsOf(record, user) ?? {};
	const before = Object.fromEntries(Object.keys(fields).map((name) => [name, held[name] ?? null]));
	const found = stampOf(record, user);
	return { did: 'updated', object, id, before, after: fields, ...(found === undefined ? {} : { found }) };
}
