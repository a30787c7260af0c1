import { AUDIT, READ_ONLY, checkbox, field, picklist, recordId, reference, text } from '../fields';
import type { ObjectSchema } from '../types';

const SETUP = { createable: false, updateable: false, deletable: false, searchable: false, setup: true };
const TOOLING = { ...SETUP, toolingOnly: true };
const fixed = (name: string, label: string, length: number) => text(name, label, length, READ_ONLY);
const sObjectType = text('SobjectType', 'Custom Object Definition ID', 40, { ...READ_ONLY, type: 'picklist' });
const language = picklist('Language', 'Master Language', ['en_US'], {
	...READ_ONLY,
	length: 40,
	defaultValue: 'en_US',
});
const namespace = fixed('NamespacePrefix', 'Namespace Prefix', 15);
const entity = reference('EntityDefinitionId', 'Entity Definition ID', 'EntityDefinition', READ_ONLY);

/** Duplicate rules (docs:field-reference/duplicaterule). */
export const DUPLICATE_RULE: ObjectSchema = {
	...SETUP,
	name: 'DuplicateRule',
	label: 'Duplicate Rule',
	labelPlural: 'Duplicate Rules',
	keyPrefix: '0Bm',
	fields: [
		recordId('Duplicate Rule ID'),
		sObjectType,
		text('DeveloperName', 'Object Name', 80, { ...READ_ONLY, nillable: false }),
		language,
		text('MasterLabel', 'Rule Name', 80, { ...READ_ONLY, nameField: true }),
		namespace,
		checkbox('IsActive', 'Active', READ_ONLY),
		...AUDIT,
	],
};

/** The rules by which duplicate rules find records (docs:field-reference/matchingrule). */
export const MATCHING_RULE: ObjectSchema = {
	...SETUP,
	name: 'MatchingRule',
	label: 'Matching Rule',
	labelPlural: 'Matching Rules',
	keyPrefix: '0JD',
	fields: [
		recordId('Matching Rule ID'),
		sObjectType,
		text('DeveloperName', 'Unique Name', 80, { ...READ_ONLY, nillable: false }),
		language,
		text('MasterLabel', 'Rule Name', 80, { ...READ_ONLY, nameField: true }),
		namespace,
		picklist(
			'RuleStatus',
			'Status',
			['Inactive', 'DeactivationFailed', 'Deactivating', 'Active', 'ActivationFailed', 'Activating'],
			READ_ONLY,
		),
		fixed('BooleanFilter', 'Advanced Logic', 255),
		...AUDIT,
	],
};

/** Apex triggers, without their code. */
export const APEX_TRIGGER: ObjectSchema = {
	...SETUP,
	name: 'ApexTrigger',
	label: 'Apex Trigger',
	labelPlural: 'Apex Triggers',
	keyPrefix: '01q',
	fields: [
		recordId('Apex Trigger ID'),
		namespace,
		text('Name', 'Name', 255, { ...READ_ONLY, nameField: true }),
		text('TableEnumOrId', 'Custom Object Definition ID', 40, { ...READ_ONLY, type: 'picklist' }),
		...[
			'BeforeInsert',
			'AfterInsert',
			'BeforeUpdate',
			'AfterUpdate',
			'BeforeDelete',
			'AfterDelete',
			'AfterUndelete',
		].map((when) => checkbox(`Usage${when}`, when, READ_ONLY)),
		picklist('Status', 'Status', ['Inactive', 'Active', 'Deleted'], { ...READ_ONLY, length: 40 }),
		checkbox('IsValid', 'Is Valid', { ...READ_ONLY, defaultValue: true }),
		...AUDIT,
	],
};

/** Flows, as Setup lists them (docs:field-reference/flowdefinitionview). */
export const FLOW_DEFINITION_VIEW: ObjectSchema = {
	...SETUP,
	name: 'FlowDefinitionView',
	label: 'Flow Definition',
	labelPlural: 'Flow Definitions',
	keyPrefix: null,
	idPrefix: '3dd',
	fields: [
		recordId('Flow Definition View ID'),
		fixed('DurableId', 'Durable ID', 255),
		fixed('ApiName', 'Flow API Name', 255),
		fixed('Label', 'Flow Label', 255),
		fixed('ProcessType', 'Process Type', 40),
		fixed('TriggerType', 'Trigger Type', 40),
		fixed('NamespacePrefix', 'Namespace Prefix', 255),
		fixed('ActiveVersionId', 'Active Flow Version API Name or ID', 255),
		fixed('LatestVersionId', 'Latest Flow Version API Name or ID', 255),
		fixed('TriggerObjectOrEventLabel', 'Trigger Object or Event Label', 255),
		fixed('TriggerObjectOrEventId', 'Trigger Object or Event ID', 255),
		fixed('RecordTriggerType', 'Record Trigger Type', 40),
		checkbox('IsActive', 'Active', READ_ONLY),
		field('LastModifiedDate', 'Last Modified Date', 'datetime', READ_ONLY),
	],
};

/** Validation rules (docs:tooling-api/validationrule). */
export const VALIDATION_RULE: ObjectSchema = {
	...TOOLING,
	name: 'ValidationRule',
	label: 'Validation Rule',
	labelPlural: 'Validation Rules',
	keyPrefix: '03d',
	fields: [
		recordId('Validation Rule ID'),
		entity,
		fixed('ValidationName', 'Rule Name', 40),
		namespace,
		checkbox('Active', 'Active', READ_ONLY),
		fixed('Description', 'Description', 255),
		fixed('ErrorDisplayField', 'Error Display Field', 255),
		fixed('ErrorMessage', 'Error Message', 255),
		...AUDIT,
	],
};

/** Auto-response rules (docs:tooling-api/autoresponserule). */
export const AUTO_RESPONSE_RULE: ObjectSchema = {
	...TOOLING,
	name: 'AutoResponseRule',
	label: 'Auto-Response Rule',
	labelPlural: 'Auto-Response Rules',
	keyPrefix: '01Q',
	fields: [
		recordId('Rule ID'),
		text('Name', 'Name', 120, { ...READ_ONLY, nameField: true }),
		entity,
		checkbox('Active', 'Active', READ_ONLY),
		...AUDIT,
	],
};

/** Workflow rules; this org has none. */
export const WORKFLOW_RULE: ObjectSchema = {
	...TOOLING,
	name: 'WorkflowRule',
	label: 'Workflow Rule',
	labelPlural: 'Workflow Rules',
	keyPrefix: '01Q',
	fields: [
		recordId('Workflow Rule ID'),
		text('Name', 'Rule Name', 80, { ...READ_ONLY, nameField: true }),
		text('TableEnumOrId', 'Object', 40, { ...READ_ONLY, type: 'picklist' }),
		namespace,
		...AUDIT,
	],
};

/** Versions of flows, one of each here. */
export const FLOW: ObjectSchema = {
	...TOOLING,
	name: 'Flow',
	label: 'Flow Version',
	labelPlural: 'Flow Versions',
	keyPrefix: '301',
	fields: [
		recordId('Flow Version ID'),
		fixed('MasterLabel', 'Master Label', 255),
		fixed('ProcessType', 'Process Type', 40),
		picklist('Status', 'Status', ['Active', 'Draft', 'Obsolete', 'InvalidDraft'], { ...READ_ONLY, length: 40 }),
		field('VersionNumber', 'Version Number', 'int', READ_ONLY),
		...AUDIT,
	],
};

/** For which objects Change Data Capture is on (docs:tooling-api/platformeventchannelmember). */
export const PLATFORM_EVENT_CHANNEL_MEMBER: ObjectSchema = {
	...TOOLING,
	name: 'PlatformEventChannelMember',
	label: 'Platform Event Channel Member',
	labelPlural: 'Platform Event Channel Members',
	keyPrefix: '0v8',
	fields: [
		recordId('Platform Event Channel Member ID'),
		text('DeveloperName', 'Name', 80, READ_ONLY),
		text('MasterLabel', 'Label', 80, READ_ONLY),
		fixed('EventChannel', 'Event Channel', 255),
		fixed('SelectedEntity', 'Selected Entity', 255),
		...AUDIT,
	],
};
