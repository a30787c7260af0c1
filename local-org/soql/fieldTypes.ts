import type { FieldSchema, FieldType } from '../schema/types';

/** How values of a type are compared. */
export type Comparison = 'text' | 'id' | 'number' | 'boolean' | 'date' | 'datetime' | 'time' | 'multipicklist' | 'none';

const COMPARISONS: Record<FieldType, Comparison> = {
	id: 'id',
	reference: 'id',
	string: 'text',
	textarea: 'text',
	email: 'text',
	phone: 'text',
	url: 'text',
	picklist: 'text',
	combobox: 'text',
	encryptedstring: 'text',
	anyType: 'text',
	multipicklist: 'multipicklist',
	boolean: 'boolean',
	int: 'number',
	double: 'number',
	currency: 'number',
	percent: 'number',
	date: 'date',
	datetime: 'datetime',
	time: 'time',
	address: 'none',
	base64: 'none',
};

/** How values of a type are compared. */
export function comparisonOf(type: FieldType): Comparison {
	return COMPARISONS[type];
}

/** What describe gives as a type's SOAP name, which Salesforce's messages use: `dateTime`, `ID`, `double`. */
export function soapType(type: FieldType): string {
	switch (comparisonOf(type)) {
		case 'id':
			return 'ID';
		case 'number':
			return type === 'int' ? 'int' : 'double';
		case 'datetime':
			return 'dateTime';
		case 'boolean':
		case 'date':
		case 'time':
			return type;
		case 'text':
		case 'multipicklist':
		case 'none':
			return 'string';
	}
}

const NOT_SORTABLE: FieldType[] = ['multipicklist', 'address', 'base64', 'encryptedstring'];
const NOT_GROUPABLE: FieldType[] = [...NOT_SORTABLE, 'datetime', 'double', 'currency', 'percent', 'time'];
const NOT_AGGREGATABLE: FieldType[] = ['boolean', ...NOT_SORTABLE];

/**
 * Whether a field may be filtered, sorted, grouped or aggregated. What its type never allows (recorded describes
 * of Account, Case and Contact) is refused whatever its schema says.
 */
export function allows(field: FieldSchema, use: 'filterable' | 'sortable' | 'groupable' | 'aggregatable'): boolean {
	if (field[use] === false) return false;
	switch (use) {
		case 'filterable':
			return field.type !== 'base64' && field.type !== 'encryptedstring';
		case 'sortable':
			return !NOT_SORTABLE.includes(field.type);
		case 'groupable':
			return !NOT_GROUPABLE.includes(field.type);
		case 'aggregatable':
			return !NOT_AGGREGATABLE.includes(field.type);
	}
}

/** A long text area, for which Salesforce makes its pages smaller. */
export function isLongTextArea(field: FieldSchema): boolean {
	return field.type === 'textarea' && !allows(field, 'filterable');
}
