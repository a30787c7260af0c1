import { dataError } from '../errors';
import { isObject } from '../http';
import type { FieldSchema, FieldType, PicklistValue } from '../schema/types';

/** The metadata of a custom field, as far as this org reads it. */
type Metadata = Record<string, unknown>;

/** Metadata's field types, and what describe calls them. */
const TYPES: Record<string, FieldType> = {
	Text: 'string',
	TextArea: 'textarea',
	LongTextArea: 'textarea',
	Number: 'double',
	Currency: 'currency',
	Percent: 'percent',
	Checkbox: 'boolean',
	Date: 'date',
	DateTime: 'datetime',
	Time: 'time',
	Email: 'email',
	Phone: 'phone',
	Url: 'url',
	Picklist: 'picklist',
	MultiselectPicklist: 'multipicklist',
	Lookup: 'reference',
};

const MAX_TEXT = 255;
/** Lines that a page shows of a long text area unless it is told. */
const DEFAULT_LINES = 3;
/** Assumed: the shortest long text area. */
const MIN_LONG_TEXT = 256;
const MAX_LONG_TEXT = 131_072;

const invalid = (message: string) => dataError('FIELD_INTEGRITY_EXCEPTION', message);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

/** `Case.ExternalID__c` taken apart. Throws when it is no name of a custom field. */
export function splitFullName(fullName: unknown): { object: string; field: string } {
	const [, object, field] = /^(\w+)\.([A-Za-z]\w*__c)$/.exec(typeof fullName === 'string' ? fullName : '') ?? [];
	if (object === undefined || field === undefined) {
		throw invalid(`The full name '${String(fullName)}' must be an object's name, a dot, and a custom field's name`);
	}
	return { object, field };
}

function lengthOf(type: string, metadata: Metadata): number | undefined {
	const length = numberOf(metadata.length);
	if (type === 'Text' && (length === undefined || length < 1 || length > MAX_TEXT)) {
		throw invalid(`Can not specify a length outside of 1 to ${MAX_TEXT} for a CustomField of type Text`);
	}
	if (type !== 'LongTextArea') return type === 'TextArea' ? MAX_TEXT : length;
	if (numberOf(metadata.visibleLines) === undefined) {
		throw invalid("Must specify 'visibleLines' for a CustomField of type LongTextArea");
	}
	if (length === undefined || length < MIN_LONG_TEXT || length > MAX_LONG_TEXT) {
		throw invalid(`Value must be between ${MIN_LONG_TEXT} and ${MAX_LONG_TEXT} for the length of a LongTextArea`);
	}
	return length;
}

function picklistOf(metadata: Metadata): { values: PicklistValue[]; restricted: boolean } {
	const set = isObject(metadata.valueSet) ? metadata.valueSet : {};
	const definition = isObject(set.valueSetDefinition) ? set.valueSetDefinition : {};
	const values = (Array.isArray(definition.value) ? definition.value : []).filter(isObject).map((entry) => ({
		value: String(entry.valueName ?? entry.fullName ?? entry.label),
		label: String(entry.label ?? entry.valueName),
		defaultValue: entry.default === true,
	}));
	return { values, restricted: set.restricted === true };
}

/** A lookup: the parent it points to, and the relationship by which the parent reaches its children. */
function lookupOf(name: string, { referenceTo, relationshipName, deleteConstraint }: Metadata): Partial<FieldSchema> {
	// Assumed: said as for the other settings that a type cannot do without.
	if (typeof referenceTo !== 'string') throw invalid("Must specify 'referenceTo' for a CustomField of type Lookup");
	return {
		length: 18,
		referenceTo: [referenceTo],
		relationshipName: name.replace(/__c$/, '__r'),
		child: {
			relationshipName: typeof relationshipName === 'string' ? `${relationshipName}__r` : null,
			cascadeDelete: deleteConstraint === 'Cascade',
			restrictedDelete: deleteConstraint === 'Restrict',
		},
	};
}

/** The field that metadata describes. Throws FIELD_INTEGRITY_EXCEPTION where Salesforce would not make it. */
export function fieldFromMetadata(name: string, metadata: unknown): FieldSchema {
	const data: Metadata = isObject(metadata) ? metadata : {};
	const typeName = String(data.type);
	const type = TYPES[typeName];
	if (!type) throw invalid(`Invalid field type '${typeName}'`);
	const label = typeof data.label === 'string' ? data.label : name.replace(/__c$/, '');
	const isLong = typeName === 'LongTextArea';
	const field: FieldSchema = {
		name,
		label,
		type,
		custom: true,
		needsPermission: data.required !== true,
		nillable: data.required !== true && type !== 'boolean',
		externalId: data.externalId === true,
		idLookup: data.externalId === true,
		unique: data.unique === true,
		caseSensitive: data.caseSensitive === true,
		length: lengthOf(typeName, data),
		...(isLong ? { filterable: false, sortable: false, groupable: false, aggregatable: false } : {}),
		...(type === 'textarea' ? { extraTypeInfo: 'plaintextarea' } : {}),
		...(isLong ? { visibleLines: numberOf(data.visibleLines) } : {}),
		...(numberOf(data.precision) === undefined
			? {}
			: { precision: Number(data.precision), scale: Number(data.scale ?? 0) }),
		...(type === 'boolean'
			? { defaultedOnCreate: true, defaultValue: data.defaultValue === true || data.defaultValue === 'true' }
			: {}),
	};
	if (type === 'picklist' || type === 'multipicklist') {
		const { values, restricted } = picklistOf(data);
		return { ...field, picklistValues: values, restrictedPicklist: restricted, length: field.length ?? MAX_TEXT };
	}
	return type === 'reference' ? { ...field, ...lookupOf(name, data) } : field;
}

/** Metadata's name for the type of a field. */
function typeNameOf({ type, extraTypeInfo, filterable }: FieldSchema): string {
	if (type === 'textarea') return extraTypeInfo && filterable === false ? 'LongTextArea' : 'TextArea';
	return Object.entries(TYPES).find(([, one]) => one === type)?.[0] ?? 'Text';
}

/** The metadata of a field that an org has, as far as this org keeps it. */
export function metadataOf(field: FieldSchema): Metadata {
	const type = typeNameOf(field);
	const { length, precision, scale, visibleLines, referenceTo } = field;
	return {
		label: field.label,
		type,
		...(field.type === 'string' || type === 'LongTextArea' ? { length } : {}),
		...(precision === undefined ? {} : { precision, scale: scale ?? 0 }),
		...(type === 'LongTextArea' ? { visibleLines: visibleLines ?? DEFAULT_LINES } : {}),
		...(referenceTo ? { referenceTo: referenceTo[0] } : {}),
		required: !field.nillable && field.type !== 'boolean',
		externalId: Boolean(field.externalId),
		unique: Boolean(field.unique),
		...(field.unique ? { caseSensitive: Boolean(field.caseSensitive) } : {}),
	};
}
