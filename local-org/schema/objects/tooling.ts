import { AUDIT, READ_ONLY, checkbox, field, recordId, reference, text } from '../fields';
import type { ObjectSchema } from '../types';

/** Custom fields as the Tooling API sees them. */
export const CUSTOM_FIELD: ObjectSchema = {
	name: 'CustomField',
	label: 'Custom Field',
	labelPlural: 'Custom Fields',
	keyPrefix: '00N',
	toolingOnly: true,
	searchable: false,
	deletable: false,
	setup: true,
	fields: [
		recordId('Custom Field ID'),
		text('DeveloperName', 'Developer Name', 40, READ_ONLY),
		text('TableEnumOrId', 'Table Enum or ID', 40, READ_ONLY),
		text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
		text('FullName', 'Full Name', 255, { filterable: false }),
		field('Metadata', 'Metadata', 'anyType'),
		...AUDIT,
	],
};

/** Objects as data: filled anew for each query that asks for them. */
export const ENTITY_DEFINITION: ObjectSchema = {
	name: 'EntityDefinition',
	label: 'Entity Definition',
	labelPlural: 'Entity Definitions',
	keyPrefix: '4ie',
	createable: false,
	updateable: false,
	deletable: false,
	setup: true,
	fields: [
		recordId('Entity Definition ID'),
		text('DurableId', 'Durable Id', 255, READ_ONLY),
		text('QualifiedApiName', 'Qualified API Name', 70, READ_ONLY),
		text('DeveloperName', 'Developer Name', 40, READ_ONLY),
		text('Label', 'Label', 80, READ_ONLY),
		text('PluralLabel', 'Plural Label', 80, READ_ONLY),
		text('KeyPrefix', 'Key Prefix', 3, READ_ONLY),
		checkbox('IsQueryable', 'Is Queryable', READ_ONLY),
		checkbox('IsCustomSetting', 'Is Custom Setting', READ_ONLY),
	],
};

/** Fields as data: filled anew for each query that asks for them. */
export const FIELD_DEFINITION: ObjectSchema = {
	name: 'FieldDefinition',
	label: 'Field Definition',
	labelPlural: 'Field Definitions',
	keyPrefix: '4fe',
	createable: false,
	updateable: false,
	deletable: false,
	setup: true,
	fields: [
		recordId('Field Definition ID'),
		text('DurableId', 'Durable Id', 255, READ_ONLY),
		text('QualifiedApiName', 'Qualified API Name', 70, READ_ONLY),
		text('DeveloperName', 'Developer Name', 40, READ_ONLY),
		text('Label', 'Label', 80, READ_ONLY),
		text('DataType', 'Data Type', 80, READ_ONLY),
		field('Length', 'Length', 'int', READ_ONLY),
		reference('EntityDefinitionId', 'Entity Definition ID', 'EntityDefinition', READ_ONLY),
		checkbox('IsIndexed', 'Is Indexed', READ_ONLY),
		checkbox('IsNillable', 'Is Nillable', READ_ONLY),
	],
};
