import type { SQLInputValue } from 'node:sqlite';
import type { Org } from '../org';
import type { FieldSchema } from '../schema/types';
import type { Row } from '../storage';
import { indexOf } from './fieldIndex';
import { changes } from './rules/types';
import type { Change } from './rules/types';
import { addBySystem } from './system';
import { showValue } from './values';

/** The objects whose changes are kept, with the object that keeps them and its lookup to the record. */
const HISTORIES: Record<string, { object: string; lookup: string }> = {
	Case: { object: 'CaseHistory', lookup: 'CaseId' },
};

/** Characters of a value that are kept (docs:object-reference/casehistory). */
const MAX_VALUE = 255;

/** What the column DataType says. Assumed, but for its existence. */
const DATA_TYPES: Partial<Record<FieldSchema['type'], string>> = {
	picklist: 'DynamicEnum',
	multipicklist: 'MultiEnum',
	boolean: 'Boolean',
	date: 'DateOnly',
	datetime: 'DateTime',
	double: 'Double',
	currency: 'Currency',
	percent: 'Percent',
	email: 'Email',
	phone: 'Phone',
	url: 'Url',
	textarea: 'TextArea',
};

/** A row of the history, without what all rows of a change have. */
interface Entry {
	Field: string;
	DataType: string;
	OldValue: unknown;
	NewValue: unknown;
}

/**
 * Writes the field history of a record that was just stored, as far as `trackedFields` names its fields: one row when
 * it is created, one for each field that an update changes, and two where a lookup changes, the first with names and
 * the second with IDs (their order is assumed). Long texts and multi-select picklists are noted without values
 * (docs:object-reference/casehistory, Help: field history tracking).
 */
export function keepHistory(change: Change): void {
	const { object, before, context } = change;
	const { trackedFields } = context.org.settings;
	const history = HISTORIES[object.name];
	if (trackedFields.length === 0 || !history || context.seeding) return;
	const prefix = `${object.name}.`.toLowerCase();
	const tracked = trackedFields.filter((name) => name.toLowerCase().startsWith(prefix));
	if (tracked.length === 0) return;
	const entries = before ? tracked.flatMap((name) => entriesOf(name.slice(prefix.length), change, before)) : [CREATED];
	for (const { OldValue, NewValue, ...rest } of entries) {
		const row: Row = { [history.lookup]: change.id, ...rest, OldValue: kept(OldValue), NewValue: kept(NewValue) };
		addBySystem(history.object, row, context);
	}
}

const CREATED: Entry = { Field: 'created', DataType: 'Text', OldValue: null, NewValue: null };

const kept = (value: unknown): SQLInputValue =>
	value === null ? null : JSON.stringify(typeof value === 'string' ? value.slice(0, MAX_VALUE) : value);

function entriesOf(name: string, change: Change, before: Row): Entry[] {
	const { object, row, context } = change;
	const field = indexOf(context.org.catalog.stored(object.name)).written.get(name.toLowerCase());
	if (!field || !changes(change, field.name)) return [];
	const [old, now] = [before[field.name] ?? null, row[field.name] ?? null];
	const entry = {
		Field: field.custom ? field.name : (field.relationshipName ?? field.name),
		DataType: DATA_TYPES[field.type] ?? 'Text',
	};
	if (field.type === 'reference') {
		const { org } = context;
		return [
			{ ...entry, OldValue: nameOf(org, old), NewValue: nameOf(org, now) },
			{ ...entry, DataType: 'EntityId', OldValue: old, NewValue: now },
		];
	}
	const isNoted = field.type === 'multipicklist' || (field.type === 'textarea' && field.filterable === false);
	if (isNoted) return [{ ...entry, OldValue: null, NewValue: null }];
	return [{ ...entry, OldValue: showValue(old, field), NewValue: showValue(now, field) }];
}

/** The name of a record that a lookup points to. */
function nameOf({ catalog, storage }: Org, id: SQLInputValue): unknown {
	const object = typeof id === 'string' ? catalog.ofId(id) : undefined;
	const nameField = object?.fields.find((field) => field.nameField);
	return object && nameField ? (storage.find(object.name, String(id))?.[nameField.name] ?? null) : null;
}
