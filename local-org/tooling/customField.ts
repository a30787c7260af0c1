import { dataError } from '../errors';
import { checkFormula } from '../formulas/calculate';
import { fieldsIn, parseFormula, UnsupportedFormula } from '../formulas/parse';
import { isObject } from '../http';
import type { FieldSchema, FieldType, ObjectSchema, PicklistValue } from '../schema/types';

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
	MasterDetail: 'reference',
	AutoNumber: 'string',
	Summary: 'double',
};

const MAX_TEXT = 255;
/** What every field of a type may hold (recorded describes). */
const FIXED_LENGTH: Record<string, number> = { TextArea: MAX_TEXT, Email: 80, Phone: 40, Url: 255 };
/** The longest text that a formula gives (recorded describes). */
const MAX_FORMULA = 1300;
/** Lines that a page shows of a long text area unless it is told. */
const DEFAULT_LINES = 3;
/** Assumed: the shortest long text area. */
const MIN_LONG_TEXT = 256;
const MAX_LONG_TEXT = 131_072;

const invalid = (message: string) => dataError('FIELD_INTEGRITY_EXCEPTION', message);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

/**
 * `Case.ExternalID__c` taken apart.
 * @throws when it is no name of a custom field
 */
export function splitFullName(fullName: unknown): { object: string; field: string } {
	const [, object, field] = /^(\w+)\.([A-Za-z]\w*__c)$/.exec(typeof fullName === 'string' ? fullName : '') ?? [];
	if (object === undefined || field === undefined) {
		throw invalid(`The full name '${String(fullName)}' must be an object's name, a dot, and a custom field's name`);
	}
	return { object, field };
}

function lengthOf(type: string, metadata: Metadata): number | undefined {
	const length = numberOf(metadata.length);
	if (type === 'Text' && metadata.formula === undefined && (length === undefined || length < 1 || length > MAX_TEXT)) {
		throw invalid(`Can not specify a length outside of 1 to ${MAX_TEXT} for a CustomField of type Text`);
	}
	if (type !== 'LongTextArea') return FIXED_LENGTH[type] ?? length;
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
		...(entry.isActive === false ? { active: false } : {}),
	}));
	return { values, restricted: set.restricted === true };
}

const PRECISION = ['precision', 'scale'];
/** What a field of a type cannot be made without, and with (seen in deployments; `visibleLines` for one type assumed). */
const NEEDED: Record<string, string[]> = {
	Number: PRECISION,
	Currency: PRECISION,
	Percent: PRECISION,
	Checkbox: ['defaultValue'],
	MultiselectPicklist: ['visibleLines'],
};
const REFUSED: Record<string, string[]> = {
	LongTextArea: ['required'],
	MasterDetail: ['deleteConstraint'],
};
/** Settings that only these types take: an external ID's (docs:object-reference, external IDs), and of lengths all but texts'. */
const TAKEN_BY: Record<string, string[]> = {
	externalId: ['Text', 'Email', 'Number', 'AutoNumber'],
	unique: ['Text', 'Email', 'Number'],
	length: ['Text', 'LongTextArea'],
};
/** Types that Salesforce has besides. */
const NOT_HERE = [
	'EncryptedText',
	'ExternalLookup',
	'Hierarchy',
	'Html',
	'IndirectLookup',
	'Location',
	'MetadataRelationship',
];
/** A letter, then letters, digits and single underscores, none of them last. */
const API_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
/** Characters of a name, and of a label (Salesforce Help, create custom fields). */
const MAX_NAME = 40;
/** Digits of a number, those behind the point among them (jetstream 764). */
const MAX_DIGITS = 18;

/**
 * Checks the name of a new field, whose object's namespace prefix is the org's own.
 * @throws FIELD_INTEGRITY_EXCEPTION for one that Salesforce does not take (in the words of Setup; of lengths they are
 *   assumed, and the code is)
 */
export function checkName(developerName: string, namespace: string | null, own: string | undefined): void {
	if (namespace !== null && namespace !== own) {
		// Seen in many deployments.
		throw invalid(
			`Cannot create a new component with the namespace: ${namespace}.  Only components in the same namespace as the organization can be created through the API`,
		);
	}
	if (!API_NAME.test(developerName)) {
		throw invalid(
			'Field Name: The field name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
		);
	}
	if (developerName.length > MAX_NAME) throw tooLong('Field Name', developerName);
}

const tooLong = (what: string, value: string) =>
	dataError('STRING_TOO_LONG', `${what}: data value too large: ${value} (max length=${MAX_NAME})`);

/**
 * Checks what an API is told of a field; an org's own beginning may say less.
 * @throws FIELD_INTEGRITY_EXCEPTION for a setting that is missing, or that the type does not take
 * @throws UnsupportedFormula for a type that this org does not have
 */
export function checkMetadata(metadata: unknown): void {
	const data: Metadata = isObject(metadata) ? metadata : {};
	const type = String(data.type);
	if (NOT_HERE.includes(type)) throw new UnsupportedFormula(`a custom field of type ${type}`);
	// Assumed: the wording.
	if (typeof data.label !== 'string' || data.label.trim() === '')
		throw invalid('Must specify a non-empty label for the CustomField');
	if (data.label.length > MAX_NAME) throw tooLong('Field Label', data.label);
	const needed = (NEEDED[type] ?? []).filter((name) => name !== 'defaultValue' || data.formula === undefined);
	const missing = needed.find((name) => data[name] === undefined || data[name] === null);
	if (missing) throw invalid(`Must specify '${missing}' for a CustomField of type ${type}`);
	const others = Object.keys(TAKEN_BY).filter((name) => TAKEN_BY[name]?.includes(type) !== true);
	const refused = [...(REFUSED[type] ?? []), ...others].find((name) => Boolean(data[name]));
	if (refused) throw invalid(`Can not specify '${refused}' for a CustomField of type ${type}`);
	if (!needed.includes('precision')) return;
	const [precision, scale] = [Number(data.precision), Number(data.scale)];
	// The wording is assumed.
	if (!(precision >= 1 && precision <= MAX_DIGITS && scale >= 0 && scale <= precision))
		throw invalid(`Precision must be between 1 and ${MAX_DIGITS}, and the scale no greater`);
}

/**
 * Checks a field that an API is about to make for an object.
 * @throws FIELD_INTEGRITY_EXCEPTION where the object lacks a field of its formula (in the words of Setup), or is not one
 *   that can be a detail (Salesforce Help, relationships among objects; the wording is assumed)
 */
export function checkPlace({ formula, isMasterDetail }: FieldSchema, object: ObjectSchema): void {
	if (isMasterDetail && !object.custom)
		throw invalid('A standard object can not be on the detail side of a master-detail relationship');
	const names = new Set(object.fields.map(({ name }) => name.toLowerCase()));
	const unknown = fieldsIn(formula === undefined ? undefined : parseFormula(formula)).find(
		(name) => !names.has(name.toLowerCase()),
	);
	if (unknown !== undefined) throw invalid(`Field ${unknown} does not exist. Check spelling.`);
}

/** A lookup: the parent it points to, and the relationship by which the parent reaches its children. */
function lookupOf(
	name: string,
	{ type, referenceTo, relationshipName, deleteConstraint, reparentableMasterDetail }: Metadata,
): Partial<FieldSchema> {
	// Assumed: said as for the other settings that a type cannot do without.
	const isDetail = type === 'MasterDetail';
	if (typeof referenceTo !== 'string') {
		throw invalid(`Must specify 'referenceTo' for a CustomField of type ${isDetail ? 'MasterDetail' : 'Lookup'}`);
	}
	return {
		// A detail belongs to its master for good, unless it may be given to another one.
		...(isDetail ? { isMasterDetail: true, nillable: false, updateable: reparentableMasterDetail === true } : {}),
		length: 18,
		referenceTo: [referenceTo],
		relationshipName: name.replace(/__c$/, '__r'),
		child: {
			relationshipName: typeof relationshipName === 'string' ? `${relationshipName}__r` : null,
			cascadeDelete: isDetail || deleteConstraint === 'Cascade',
			restrictedDelete: deleteConstraint === 'Restrict',
		},
	};
}

/**
 * The field that metadata describes.
 * @throws FIELD_INTEGRITY_EXCEPTION where Salesforce would not make it
 */
export function fieldFromMetadata(name: string, metadata: unknown): FieldSchema {
	const data: Metadata = isObject(metadata) ? metadata : {};
	const typeName = String(data.type);
	const type = TYPES[typeName];
	if (typeName === 'AutoNumber') return autoNumber(name, data);
	if (typeName === 'Summary') return summary(name, data);
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
	if (type === 'reference') return { ...field, ...lookupOf(name, data) };
	return typeof data.formula === 'string' ? { ...field, ...formulaOf(data.formula) } : field;
}

const labelOf = (name: string, { label }: Metadata) => (typeof label === 'string' ? label : name.replace(/__c$/, ''));
const READ_ONLY = { custom: true, needsPermission: true, createable: false, updateable: false };

/** A number that the org gives each record (docs:api-meta/customfield). */
function autoNumber(name: string, data: Metadata): FieldSchema {
	return {
		...READ_ONLY,
		name,
		label: labelOf(name, data),
		type: 'string',
		length: 30,
		nillable: false,
		defaultedOnCreate: true,
		autoNumber: true,
		externalId: data.externalId === true,
		idLookup: data.externalId === true,
		autoNumberFormat: typeof data.displayFormat === 'string' ? data.displayFormat : '{0}',
		startingNumber: numberOf(data.startingNumber) ?? 1,
	};
}

/**
 * `Invoice__c.Account__c` taken apart.
 * @throws when it is no name of a field
 */
function fieldPath(value: unknown, setting: string): [string, string] {
	const [, object, field] = /^(\w+)\.(\w+)$/.exec(typeof value === 'string' ? value : '') ?? [];
	if (object === undefined || field === undefined)
		throw invalid(`Must specify '${setting}' for a CustomField of type Summary`);
	return [object, field];
}

/** What a master says of its details: their number, or a sum, least or greatest value. Filters are not there. */
function summary(name: string, data: Metadata): FieldSchema {
	const operation = (['count', 'sum', 'min', 'max'] as const).find((one) => one === data.summaryOperation);
	if (!operation) throw invalid("Must specify 'summaryOperation' for a CustomField of type Summary");
	if (data.summaryFilterItems !== undefined) throw new UnsupportedFormula('filters of a roll-up summary');
	const [child, by] = fieldPath(data.summaryForeignKey, 'summaryForeignKey');
	const of = operation === 'count' ? undefined : fieldPath(data.summarizedField, 'summarizedField')[1];
	return {
		...READ_ONLY,
		name,
		label: labelOf(name, data),
		type: 'double',
		precision: 18,
		scale: operation === 'count' ? 0 : (numberOf(data.scale) ?? 2),
		calculated: true,
		summary: { child, by, operation, ...(of === undefined ? {} : { of }) },
	};
}

/**
 * What makes a field one that is calculated.
 * @throws UnsupportedFormula for a formula that this org does not know
 */
function formulaOf(formula: string): Partial<FieldSchema> {
	checkFormula(parseFormula(formula));
	return { formula, calculated: true, createable: false, updateable: false, nillable: true, length: MAX_FORMULA };
}

/** Metadata's name for the type of a field. */
function typeNameOf({ type, extraTypeInfo, filterable, ...field }: FieldSchema): string {
	if (field.autoNumber) return 'AutoNumber';
	if (field.summary) return 'Summary';
	if (field.isMasterDetail) return 'MasterDetail';
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
