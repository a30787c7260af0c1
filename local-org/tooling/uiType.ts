import type { FieldSchema, FieldType } from '../schema/types';

/** What Setup calls a type. */
const NAMES: Partial<Record<FieldType, string>> = {
	boolean: 'Checkbox',
	date: 'Date',
	datetime: 'Date/Time',
	time: 'Time',
	email: 'Email',
	phone: 'Phone',
	picklist: 'Picklist',
	multipicklist: 'Picklist (Multi-Select)',
	address: 'Address',
	combobox: 'Picklist',
};

/**
 * A field's type as Setup's pages write it, `Text(255) (External ID)`: FieldDefinition.DataType is defined so
 * (docs:tooling-api, FieldDefinition). The words behind the type are assumed.
 */
export function uiType(field: FieldSchema): string {
	const { type, length = 0, precision = 18, scale = 0 } = field;
	const digits = `(${precision - scale}, ${scale})`;
	const unique = field.unique ? ` (Unique Case ${field.caseSensitive ? 'Sensitive' : 'Insensitive'})` : '';
	const marks = `${field.externalId ? ' (External ID)' : ''}${unique}`;
	if (field.autoNumber) return `Auto Number${marks}`;
	if (type === 'reference') return `Lookup(${(field.referenceTo ?? []).join(',')})${marks}`;
	if (type === 'textarea') return field.filterable === false ? `Long Text Area(${length})` : `Text Area(${length})`;
	if (type === 'currency' || type === 'percent') return `${type === 'percent' ? 'Percent' : 'Currency'}${digits}`;
	if (type === 'double') return `Number${digits}${marks}`;
	if (type === 'int') return 'Number(9, 0)';
	if (type === 'url') return `URL(${length})`;
	return `${NAMES[type] ?? `Text(${length})`}${marks}`;
}
