import type { Org } from '../org';
import { describeField } from './describeField';
import { EXCEPTIONS } from './exceptions';
import { supportedScopes } from './filterScopes';
import type { ObjectSchema } from './types';

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

/** Whether deleted records of an object can be restored. */
export const isUndeletable = (object: ObjectSchema): boolean =>
	Boolean(EXCEPTIONS[object.name]?.undeletable ?? object.fields.some(({ name }) => name === 'IsDeleted'));

/** The record types of an object: those stored, and the master that every object has. */
function recordTypeInfos(org: Org, object: ObjectSchema, version: number) {
	const url = (id: string) => ({
		layout: `/services/data/v${version}.0/sobjects/${object.name}/describe/layouts/${id}`,
	});
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
