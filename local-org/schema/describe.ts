import type { Org } from '../org';
import type { FieldSchema, FieldType, ObjectSchema, PicklistValue } from './types';

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

function byteLength(field: FieldSchema): number {
	if (field.type === 'id' || field.type === 'reference') return 18;
	return field.byteLength ?? 3 * (field.length ?? 0);
}

function describePicklistValue({ value, label, active, defaultValue }: PicklistValue) {
	return { active: active ?? true, defaultValue: defaultValue ?? false, label: label ?? value, validFor: null, value };
}

/** A field as describe answers it, keys in alphabetical order as there. */
function describeField(field: FieldSchema) {
	const polymorphic = (field.referenceTo?.length ?? 0) > 1;
	return {
		aggregatable: field.aggregatable,
		aiPredictionField: false,
		autoNumber: field.autoNumber,
		byteLength: byteLength(field),
		calculated: field.calculated,
		calculatedFormula: null,
		cascadeDelete: false,
		caseSensitive: field.caseSensitive,
		compoundFieldName: field.compoundFieldName ?? null,
		controllerName: null,
		createable: field.createable,
		custom: field.custom,
		defaultValue: field.defaultValue ?? null,
		defaultValueFormula: null,
		defaultedOnCreate: field.defaultedOnCreate,
		dependentPicklist: false,
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
		relationshipOrder: null,
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

function describeChild(child: NonNullable<ObjectSchema['childRelationships']>[number]) {
	return {
		cascadeDelete: child.cascadeDelete ?? false,
		childSObject: child.childSObject,
		deprecatedAndHidden: false,
		field: child.field,
		junctionIdListNames: [],
		junctionReferenceTo: [],
		relationshipName: child.relationshipName,
		restrictedDelete: child.restrictedDelete ?? false,
	};
}

const NOT_REPLICATED = { replicateable: false };
const NOT_UNDELETABLE = { replicateable: false, undeletable: false };

/** What real orgs say of objects beside what follows from their fields: recorded from a describe of all. */
const EXCEPTIONS: Record<string, Record<string, unknown>> = {
	Asset: { feedEnabled: false },
	AssignmentRule: NOT_REPLICATED,
	CaseComment: { associateEntityType: 'Comment', associateParentEntity: 'Case', feedEnabled: false, mruEnabled: false },
	CaseStatus: NOT_REPLICATED,
	EntityDefinition: { retrieveable: false },
	Event: { feedEnabled: false },
	FieldDefinition: { retrieveable: false },
	FieldPermissions: NOT_REPLICATED,
	ObjectPermissions: NOT_REPLICATED,
	Opportunity: { deepCloneable: true },
	PackageLicense: NOT_REPLICATED,
	PermissionSet: { mruEnabled: true, replicateable: false },
	PermissionSetAssignment: NOT_REPLICATED,
	PermissionSetLicense: { ...NOT_UNDELETABLE, layoutable: true },
	PermissionSetLicenseAssign: NOT_UNDELETABLE,
	Profile: { mruEnabled: true },
	RecordType: { mruEnabled: true },
	Task: { feedEnabled: false },
	TenantUsageEntitlement: { ...NOT_UNDELETABLE, layoutable: true },
	User: { feedEnabled: true, layoutable: true, mruEnabled: true, triggerable: true },
	UserLicense: NOT_REPLICATED,
	UserPackageLicense: NOT_REPLICATED,
	UserRole: { layoutable: true, mruEnabled: true },
};

/** The short form of an object, as describeGlobal and the object's own resource answer it. */
export function describeBriefly(object: ObjectSchema, version: number) {
	const base = `/services/data/v${version}.0/sobjects/${object.name}`;
	const has = (field: string) => object.fields.some(({ name }) => name === field);
	const visible = !object.setup && object.keyPrefix !== null;
	const urls = visible
		? {
				compactLayouts: `${base}/describe/compactLayouts`,
				rowTemplate: `${base}/{ID}`,
				approvalLayouts: `${base}/describe/approvalLayouts`,
				listviews: `${base}/listviews`,
				describe: `${base}/describe`,
				quickActions: `${base}/quickActions`,
				layouts: `${base}/describe/layouts`,
				sobject: base,
			}
		: { rowTemplate: `${base}/{ID}`, describe: `${base}/describe`, sobject: base };
	return {
		activateable: false,
		associateEntityType: null,
		associateParentEntity: null,
		createable: object.createable,
		custom: object.custom,
		customSetting: false,
		deepCloneable: false,
		deletable: object.deletable,
		deprecatedAndHidden: false,
		feedEnabled: visible,
		hasSubtypes: false,
		isInterface: false,
		isSubtype: false,
		keyPrefix: object.keyPrefix,
		label: object.label,
		labelPlural: object.labelPlural,
		layoutable: visible,
		mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
		mruEnabled: visible,
		name: object.name,
		queryable: object.queryable,
		replicateable: has('SystemModstamp'),
		retrieveable: true,
		searchable: object.searchable,
		triggerable: visible,
		undeletable: has('IsDeleted'),
		updateable: object.updateable,
		urls,
		...EXCEPTIONS[object.name],
	};
}

/** The record types of an object: those stored, and the master that every object has. */
function recordTypeInfos(org: Org, object: ObjectSchema, version: number) {
	const url = (id: string) => ({ layout: `/services/data/v${version}.0/sobjects/${object.name}/describe/layouts/${id}` });
	const stored = org.storage.findBy('RecordType', 'SobjectType', object.name).map((row) => ({
		active: row.IsActive === 1,
		available: row.IsActive === 1,
		defaultRecordTypeMapping: false,
		developerName: row.DeveloperName,
		master: false,
		name: row.Name,
		recordTypeId: row.Id,
		urls: url(String(row.Id)),
	}));
	const id = '012000000000000AAA';
	const master = {
		active: true,
		available: true,
		defaultRecordTypeMapping: true,
		developerName: 'Master',
		master: true,
		name: 'Master',
		recordTypeId: id,
		urls: url(id),
	};
	return [...stored, master];
}

function supportedScopes({ label, labelPlural, name, fields }: ObjectSchema) {
	if (!fields.some((field) => field.name === 'OwnerId')) return [{ label: `All ${labelPlural.toLowerCase()}`, name: 'everything' }];
	const scopes = [
		{ label: `All ${labelPlural.toLowerCase()}`, name: 'everything' },
		{ label: `My ${labelPlural.toLowerCase()}`, name: 'mine' },
	];
	return name === 'Case' ? [...scopes, { label: `Queue owned ${label.toLowerCase()}s`, name: 'queue_owned' }] : scopes;
}

/** The full describe of an object as the user sees it, keys in the order of a real answer. */
export function describeObject(org: Org, object: ObjectSchema, version: number) {
	const { urls, ...brief } = describeBriefly(object, version);
	const all = {
		...brief,
		actionOverrides: [],
		childRelationships: (object.childRelationships ?? []).map(describeChild),
		compactLayoutable: brief.layoutable,
		defaultImplementation: null,
		extendedBy: null,
		extendsInterfaces: null,
		fields: object.fields.map(describeField),
		implementedBy: null,
		implementsInterfaces: null,
		listviewable: null,
		lookupLayoutable: null,
		namedLayoutInfos: [],
		networkScopeFieldName: null,
		recordTypeInfos: recordTypeInfos(org, object, version),
		searchLayoutable: brief.layoutable,
		sobjectDescribeOption: 'FULL',
		supportedScopes: supportedScopes(object),
		urls: {
			...urls,
			uiDetailTemplate: `${org.url}/{ID}`,
			uiEditTemplate: `${org.url}/{ID}/e`,
			uiNewRecord: `${org.url}/${object.keyPrefix}/e`,
		},
	};
	return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
