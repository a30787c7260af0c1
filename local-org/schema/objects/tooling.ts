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
		reference('EntityDefinitionId', 'Entity Definition ID', 'EntityDefinition', READ_ONLY),
		...AUDIT,
	],
};

const flags = (...names: string[]) =>
	names.map((name) => checkbox(name, name.replace(/([a-z])([A-Z])/g, '$1 $2'), READ_ONLY));
const number = (name: string, label: string) => field(name, label, 'int', READ_ONLY);
const fixed = (name: string, label: string, length: number) => text(name, label, length, READ_ONLY);
const READ_ONLY_OBJECT = { createable: false, updateable: false, deletable: false, setup: true };

/** Objects as data: filled anew for each query that asks for them. */
export const ENTITY_DEFINITION: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'EntityDefinition',
	label: 'Entity Definition',
	labelPlural: 'Entity Definitions',
	keyPrefix: '4ie',
	definition: true,
	fields: [
		recordId('Entity Definition ID'),
		fixed('DurableId', 'Durable Id', 255),
		fixed('QualifiedApiName', 'Qualified API Name', 70),
		fixed('NamespacePrefix', 'Namespace Prefix', 15),
		fixed('DeveloperName', 'Developer Name', 40),
		fixed('MasterLabel', 'Master Label', 80),
		fixed('Label', 'Label', 80),
		fixed('PluralLabel', 'Plural Label', 80),
		fixed('KeyPrefix', 'Key Prefix', 3),
		...flags(
			'IsCustomSetting',
			'IsCustomizable',
			'IsApexTriggerable',
			'IsWorkflowEnabled',
			'IsTriggerable',
			'IsQueryable',
			'IsRetrieveable',
			'IsSearchable',
			'IsReplicateable',
			'IsLayoutable',
			'IsEverCreatable',
			'IsEverUpdatable',
			'IsEverDeletable',
		),
	],
	childRelationships: [
		{ childSObject: 'FieldDefinition', field: 'EntityDefinitionId', relationshipName: 'Fields' },
		{ childSObject: 'EntityParticle', field: 'EntityDefinitionId', relationshipName: 'Particles' },
	],
};

/** Fields of the org as data, hidden ones too: filled anew for each query that asks for them. */
export const FIELD_DEFINITION: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'FieldDefinition',
	label: 'Field Definition',
	labelPlural: 'Field Definitions',
	keyPrefix: '4fe',
	definition: true,
	reified: ['EntityDefinitionId', 'DurableId'],
	fields: [
		recordId('Field Definition ID'),
		fixed('DurableId', 'Durable Id', 255),
		fixed('QualifiedApiName', 'Qualified API Name', 70),
		fixed('NamespacePrefix', 'Namespace Prefix', 15),
		fixed('DeveloperName', 'Developer Name', 40),
		fixed('MasterLabel', 'Master Label', 80),
		fixed('Label', 'Label', 80),
		fixed('DataType', 'Data Type', 80),
		number('Length', 'Length'),
		number('Precision', 'Precision'),
		number('Scale', 'Scale'),
		fixed('ExtraTypeInfo', 'Extra Type Info', 150),
		fixed('RelationshipName', 'Relationship Name', 80),
		reference('EntityDefinitionId', 'Entity Definition ID', 'EntityDefinition', READ_ONLY),
		...flags('IsIndexed', 'IsNillable', 'IsCalculated', 'IsNameField', 'IsFieldHistoryTracked'),
	],
};

/** Fields as the user sees them, as data, much as describe shows them: filled anew for each query that asks for them. */
export const ENTITY_PARTICLE: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'EntityParticle',
	label: 'Entity Particle',
	labelPlural: 'Entity Particles',
	keyPrefix: null,
	definition: true,
	reified: ['EntityDefinitionId', 'FieldDefinitionId', 'DurableId'],
	fields: [
		recordId('Entity Particle ID'),
		fixed('DurableId', 'Durable Id', 255),
		fixed('QualifiedApiName', 'Qualified API Name', 70),
		fixed('NamespacePrefix', 'Namespace Prefix', 15),
		fixed('DeveloperName', 'Developer Name', 40),
		fixed('Name', 'Name', 70),
		fixed('MasterLabel', 'Master Label', 80),
		fixed('Label', 'Label', 80),
		fixed('DataType', 'Data Type', 40),
		number('Length', 'Length'),
		number('ByteLength', 'Byte Length'),
		number('Precision', 'Precision'),
		number('Scale', 'Scale'),
		fixed('ExtraTypeInfo', 'Extra Type Info', 150),
		fixed('RelationshipName', 'Relationship Name', 80),
		reference('EntityDefinitionId', 'Entity Definition ID', 'EntityDefinition', READ_ONLY),
		reference('FieldDefinitionId', 'Field Definition ID', 'FieldDefinition', READ_ONLY),
		...flags(
			'IsUnique',
			'IsCaseSensitive',
			'IsIdLookup',
			'IsNillable',
			'IsCreatable',
			'IsUpdatable',
			'IsPermissionable',
			'IsCalculated',
			'IsAutonumber',
			'IsNameField',
			'IsDefaultedOnCreate',
			'IsApiFilterable',
			'IsApiSortable',
			'IsApiGroupable',
			'IsFieldHistoryTracked',
		),
	],
};
