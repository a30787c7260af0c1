import {
	AUDIT,
	MODSTAMP,
	READ_ONLY,
	address,
	checkbox,
	field,
	picklist,
	recordId,
	reference,
	stamp,
	text,
} from '../fields';
import type { Extra } from '../fields';
import type { FieldSchema, ObjectSchema } from '../types';

const FIXED: Extra = { ...READ_ONLY, nillable: false };
const FREE: Extra = { permissionable: false };
const named = (...names: string[]) => AUDIT.filter((one) => names.includes(one.name));
const readOnly = (fields: FieldSchema[]) => fields.map((one) => ({ ...one, ...READ_ONLY }));
const access = (object: string) =>
	text(`Default${object}Access`, `Default ${object} Access`, 40, { ...READ_ONLY, type: 'picklist' });
const preference = (name: string, on = false) =>
	checkbox(`Preferences${name}`, name, { ...READ_ONLY, defaultValue: on });

/** Public groups and queues; a queue may own Cases. */
export const GROUP: ObjectSchema = {
	name: 'Group',
	label: 'Group',
	labelPlural: 'Group',
	keyPrefix: '00G',
	setup: true,
	fields: [
		recordId('Group ID'),
		text('Name', 'Name', 40, { nillable: false, nameField: true, ...FREE }),
		text('DeveloperName', 'Developer Name', 80, FREE),
		reference('RelatedId', 'Related ID', ['User', 'UserRole'], READ_ONLY),
		picklist('Type', 'Type', ['Regular', 'Role', 'RoleAndSubordinates', 'Organization', 'Case', 'Queue'], {
			updateable: false,
			nillable: false,
			defaultedOnCreate: true,
			defaultValue: 'Regular',
			length: 40,
			restrictedPicklist: true,
			...FREE,
		}),
		field('Email', 'Email', 'email', { length: 255, ...FREE }),
		reference('OwnerId', 'Owner ID', ['Organization', 'User'], FIXED),
		checkbox('DoesSendEmailToMembers', 'Send Email to Members', FREE),
		checkbox('DoesIncludeBosses', 'Include Bosses', FREE),
		...AUDIT,
	],
	childRelationships: [
		{ childSObject: 'GroupMember', field: 'GroupId', relationshipName: 'GroupMembers', cascadeDelete: true },
		{ childSObject: 'QueueSobject', field: 'QueueId', relationshipName: 'QueueSobjects', cascadeDelete: true },
		{ childSObject: 'Case', field: 'OwnerId', relationshipName: null },
	],
};

/** A user or group inside a group or queue. */
export const GROUP_MEMBER: ObjectSchema = {
	name: 'GroupMember',
	label: 'Group Member',
	labelPlural: 'Group Member',
	keyPrefix: '011',
	updateable: false,
	searchable: false,
	setup: true,
	fields: [
		recordId('Group Member ID'),
		reference('GroupId', 'Group ID', 'Group', { nillable: false, updateable: false, ...FREE }),
		reference('UserOrGroupId', 'User/Group ID', ['User', 'Group'], { nillable: false, updateable: false, ...FREE }),
		MODSTAMP,
	],
};

/** Which objects a queue takes. */
export const QUEUE_SOBJECT: ObjectSchema = {
	name: 'QueueSobject',
	label: 'Queue sObject',
	labelPlural: 'Queue sObjects',
	keyPrefix: '03g',
	updateable: false,
	searchable: false,
	setup: true,
	fields: [
		recordId('Queue Sobject ID'),
		reference('QueueId', 'Group ID', 'Group', { nillable: false, updateable: false, ...FREE }),
		text('SobjectType', 'Sobject Type', 40, { type: 'picklist', nillable: false, updateable: false, ...FREE }),
		reference('CreatedById', 'Created By ID', 'User', FIXED),
		MODSTAMP,
	],
};

/** Record types; the first one of an object makes its field RecordTypeId appear. */
export const RECORD_TYPE: ObjectSchema = {
	name: 'RecordType',
	label: 'Record Type',
	labelPlural: 'Record Types',
	keyPrefix: '012',
	deletable: false,
	setup: true,
	fields: [
		recordId('Record Type ID'),
		text('Name', 'Name', 80, { nillable: false, nameField: true, ...FREE }),
		text('DeveloperName', 'Record Type Name', 80, { nillable: false, ...FREE }),
		text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
		text('Description', 'Description', 255, FREE),
		reference('BusinessProcessId', 'Business Process ID', 'BusinessProcess', { relationshipName: undefined, ...FREE }),
		text('SobjectType', 'SObject Type Name', 40, { type: 'picklist', nillable: false, updateable: false, ...FREE }),
		checkbox('IsActive', 'Active', { defaultValue: true, ...FREE }),
		...AUDIT,
	],
};

/** A place in the org's hierarchy. */
export const USER_ROLE: ObjectSchema = {
	name: 'UserRole',
	label: 'Role',
	labelPlural: 'Role',
	keyPrefix: '00E',
	setup: true,
	fields: [
		recordId('Role ID'),
		text('Name', 'Name', 80, { nillable: false, nameField: true, ...FREE }),
		reference('ParentRoleId', 'Parent Role ID', 'UserRole', FREE),
		text('RollupDescription', 'Description', 80, FREE),
		text('DeveloperName', 'Developer Name', 80, FREE),
		...named('LastModifiedDate', 'LastModifiedById', 'SystemModstamp'),
	],
};

/** Assignment rules, to be named in headers and jobs. */
export const ASSIGNMENT_RULE: ObjectSchema = {
	name: 'AssignmentRule',
	label: 'Assignment Rule',
	labelPlural: 'Assignment Rules',
	keyPrefix: '01Q',
	createable: false,
	updateable: false,
	deletable: false,
	setup: true,
	fields: [
		recordId('Rule ID'),
		text('Name', 'Name', 120, { ...READ_ONLY, nameField: true }),
		text('SobjectType', 'SObject Type', 40, { ...READ_ONLY, type: 'picklist' }),
		checkbox('Active', 'Active', READ_ONLY),
		...AUDIT,
	],
};

/** The org itself: one record. */
export const ORGANIZATION: ObjectSchema = {
	name: 'Organization',
	searchable: false,
	label: 'Organization',
	labelPlural: 'Organizations',
	keyPrefix: '00D',
	createable: false,
	deletable: false,
	setup: true,
	fields: [
		recordId('Organization ID'),
		text('Name', 'Name', 80, { nillable: false, nameField: true, ...FREE }),
		text('Division', 'Division', 80, FREE),
		...readOnly(address('')),
		field('Phone', 'Phone', 'phone', { length: 40, ...FREE }),
		field('Fax', 'Fax', 'phone', { length: 40, ...FREE }),
		text('PrimaryContact', 'Primary Contact', 80, FREE),
		text('DefaultLocaleSidKey', 'Locale', 40, { type: 'picklist', nillable: false, ...FREE }),
		text('TimeZoneSidKey', 'Time Zone', 40, { type: 'picklist', nillable: false, ...FREE }),
		text('LanguageLocaleKey', 'Language', 40, { type: 'picklist', nillable: false, ...FREE }),
		checkbox('ReceivesInfoEmails', 'Info Emails', { defaultValue: true, ...FREE }),
		checkbox('ReceivesAdminInfoEmails', 'Info Emails Admin', { defaultValue: true, ...FREE }),
		preference('RequireOpportunityProducts'),
		preference('TransactionSecurityPolicy'),
		preference('TerminateOldestSession'),
		preference('ConsentManagementEnabled', true),
		preference('AutoSelectIndividualOnMerge'),
		preference('LightningLoginEnabled', true),
		preference('OnlyLLPermUserAllowed'),
		field('FiscalYearStartMonth', 'Fiscal Year Starts In', 'int', { ...READ_ONLY, defaultValue: 1 }),
		checkbox('UsesStartDateAsFiscalYearName', 'Fiscal Year Name by Start', READ_ONLY),
		access('Account'),
		access('Contact'),
		access('Opportunity'),
		access('Lead'),
		access('Case'),
		access('Calendar'),
		access('Pricebook'),
		access('Campaign'),
		field('DelegatedAuthenticationServiceUrl', 'Delegated Authentication URL', 'url', { ...READ_ONLY, length: 255 }),
		MODSTAMP,
		field('ComplianceBccEmail', 'Compliance BCC Email', 'email', { ...READ_ONLY, length: 80 }),
		text('UiSkin', 'UI Skin', 40, { type: 'picklist', ...FREE, defaultValue: 'Theme3' }),
		text('SignupCountryIsoCode', 'Signup Country', 2, READ_ONLY),
		stamp('TrialExpirationDate', 'Trial Expiration Date'),
		field('NumKnowledgeService', 'Knowledge Licenses', 'int', { ...READ_ONLY, defaultValue: 0 }),
		text('OrganizationType', 'Edition', 40, { ...READ_ONLY, type: 'picklist' }),
		text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
		text('InstanceName', 'Instance Name', 5, READ_ONLY),
		checkbox('IsSandbox', 'Is Sandbox', READ_ONLY),
		text('WebToCaseDefaultOrigin', 'Web to Cases Default Origin', 40, { ...FREE, defaultValue: 'Web' }),
		field('MonthlyPageViewsUsed', 'Monthly Page Views Used', 'int', { ...READ_ONLY, defaultValue: 0 }),
		field('MonthlyPageViewsEntitlement', 'Monthly Page Views Allowed', 'int', { ...READ_ONLY, defaultValue: 0 }),
		checkbox('IsReadOnly', 'Is Read Only', READ_ONLY),
		...named('CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'),
	],
};
