import type { FieldSchema, FieldType, PicklistValue } from './types';

const SOAP_TYPES: Partial<Record<FieldType, string>> = {
	id: 'tns:ID',
	reference: 'tns:ID',
	boolean: 'xsd:boolean',
	int: 'xsd:int',
	double: 'xsd:double',
	currency: 'xsd:double',
	percent: 'xsd:double',
	date: 'xsd:date',
	datetime: 'xsd:dateTime',
	time: 'xsd:time',
	address: 'urn:address',
	base64: 'xsd:base64Binary',
	anyType: 'xsd:anyType',
};

/** Longest value in bytes. */
export function byteLength(field: FieldSchema): number {
	if (field.type === 'id' || field.type === 'reference') return 18;
	return field.byteLength ?? 3 * (field.length ?? 0);
}

/**
 * The values of the controlling picklist with which another may be chosen: a bit for each, the first one highest, in
 * threes of bytes up to the last one set, in base64 (recorded describe of Account).
 */
function bits(places: number[]): string {
	const bytes = Buffer.alloc(Math.ceil((Math.max(...places) + 1) / 24) * 3);
	for (const place of places) bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (0x80 >> (place & 7));
	return bytes.toString('base64');
}

function describePicklistValue({ value, label, active, defaultValue, validFor }: PicklistValue) {
	return {
		active: active ?? true,
		defaultValue: defaultValue ?? false,
		label: label ?? value,
		validFor: validFor ? bits(validFor) : null,
		value,
	};
}

/** A field as describe answers it, keys in alphabetical order as there. */
export function describeField(field: FieldSchema) {
	const polymorphic = (field.referenceTo?.length ?? 0) > 1;
	return {
		aggregatable: field.aggregatable,
		aiPredictionField: false,
		autoNumber: field.autoNumber,
		byteLength: byteLength(field),
		calculated: field.calculated,
		calculatedFormula: field.formula ?? null,
		cascadeDelete: field.isMasterDetail ?? false,
		caseSensitive: field.caseSensitive,
		compoundFieldName: field.compoundFieldName ?? null,
		controllerName: field.controllerName ?? null,
		createable: field.createable,
		custom: field.custom,
		defaultValue: field.defaultValue ?? null,
		defaultValueFormula: null,
		defaultedOnCreate: field.defaultedOnCreate,
		dependentPicklist: field.controllerName !== undefined,
		deprecatedAndHidden: false,
		digits: field.type === 'int' ? 8 : 0,
		displayLocationInDecimal: false,
		encrypted: false,
		externalId: field.externalId,
		extraTypeInfo: field.extraTypeInfo ?? null,
		filterable: field.filterable,
		filteredLookupInfo: null,
		formulaTreatNullNumberAsZero: false,
		groupable: field.groupable,
		highScaleNumber: false,
		htmlFormatted: false,
		idLookup: field.idLookup,
		inlineHelpText: null,
		label: field.label,
		length: field.length ?? 0,
		mask: null,
		maskType: null,
		name: field.name,
		nameField: field.nameField,
		namePointing: polymorphic,
		nillable: field.nillable,
		permissionable: field.permissionable,
		picklistValues: (field.picklistValues ?? []).map(describePicklistValue),
		polymorphicForeignKey: polymorphic,
		precision: field.precision ?? 0,
		queryByDistance: field.type === 'address',
		referenceTargetField: null,
		referenceTo: field.referenceTo ?? [],
		relationshipName: field.relationshipName ?? null,
		relationshipOrder: field.isMasterDetail ? 0 : null,
		restrictedDelete: false,
		restrictedPicklist: field.restrictedPicklist,
		scale: field.scale ?? 0,
		searchPrefilterable: field.type === 'reference' && field.createable && field.permissionable && !polymorphic,
		soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
		sortable: field.sortable,
		type: field.type,
		unique: field.unique,
		updateable: field.updateable,
		writeRequiresMasterRead: false,
	};
}
