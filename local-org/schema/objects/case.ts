import {
	AUDIT,
	IS_DELETED,
	READ_ONLY,
	VIEWED,
	checkbox,
	field,
	longText,
	picklist,
	recordId,
	reference,
	stamp,
	text,
	textArea,
} from '../fields';
import type { ObjectSchema } from '../types';

const phone = (name: string, label: string) => field(name, label, 'phone', { length: 40, ...READ_ONLY });
const custom = { custom: true };

/** Case: the standard fields of an org without add-ons, and the seven custom ones that a move fills. */
export const CASE: ObjectSchema = {
	name: 'Case',
	label: 'Case',
	labelPlural: 'Cases',
	keyPrefix: '500',
	fields: [
		recordId('Case ID'),
		IS_DELETED,
		reference('MasterRecordId', 'Master Record ID', 'Case', READ_ONLY),
		text('CaseNumber', 'Case Number', 30, {
			...READ_ONLY,
			nillable: false,
			defaultedOnCreate: true,
			groupable: false,
			idLookup: true,
			autoNumber: true,
			nameField: true,
		}),
		reference('ContactId', 'Contact ID', 'Contact'),
		reference('AccountId', 'Account ID', 'Account'),
		reference('AssetId', 'Asset ID', 'Asset'),
		reference('ParentId', 'Parent Case ID', 'Case'),
		text('SuppliedName', 'Name', 80),
		field('SuppliedEmail', 'Email Address', 'email', { length: 80 }),
		text('SuppliedPhone', 'Phone', 40),
		text('SuppliedCompany', 'Company', 80),
		picklist('Type', 'Case Type', ['Mechanical', 'Electrical', 'Electronic', 'Structural', 'Other'], { length: 40 }),
		reference('RecordTypeId', 'Record Type ID', 'RecordType', { permissionable: false }),
		picklist('Status', 'Status', ['New*', 'Working', 'Escalated', 'Closed'], {
			length: 40,
			defaultedOnCreate: true,
			defaultValue: 'New',
			permissionable: false,
		}),
		picklist(
			'Reason',
			'Case Reason',
			['Installation', 'Equipment Complexity', 'Performance', 'Breakdown', 'Equipment Design', 'Feedback', 'Other'],
			{ length: 40 },
		),
		picklist('Origin', 'Case Origin', ['Phone', 'Email', 'Web'], { length: 40 }),
		text('Subject', 'Subject', 255),
		picklist('Priority', 'Priority', ['High', 'Medium*', 'Low'], {
			length: 40,
			defaultedOnCreate: true,
			defaultValue: 'Medium',
		}),
		longText('Description', 'Description', 32000),
		checkbox('IsClosed', 'Closed', READ_ONLY),
		stamp('ClosedDate', 'Closed Date', { permissionable: true }),
		checkbox('IsEscalated', 'Escalated', { permissionable: true }),
		reference('OwnerId', 'Owner ID', ['Group', 'User'], {
			nillable: false,
			defaultedOnCreate: true,
			permissionable: false,
		}),
		...AUDIT,
		phone('ContactPhone', 'Contact Phone'),
		phone('ContactMobile', 'Contact Mobile'),
		field('ContactEmail', 'Contact Email', 'email', { length: 80, ...READ_ONLY }),
		phone('ContactFax', 'Contact Fax'),
		textArea('Comments', 'Internal Comments', 4000, {
			byteLength: 4000,
			filterable: false,
			groupable: false,
			permissionable: false,
		}),
		...VIEWED,
		text('ExternalID__c', 'ExternalID', 255, { ...custom, externalId: true, idLookup: true }),
		text('Department__c', 'Department', 255, custom),
		text('Team__c', 'Team', 255, custom),
		text('CurrentSeat__c', 'CurrentSeat', 255, custom),
		text('NewSeat__c', 'NewSeat', 255, custom),
		longText('EmployeeAssets__c', 'EmployeeAssets', 1024, { ...custom, visibleLines: 2 }),
		longText('EmployeeNotes__c', 'EmployeeNotes', 1024, { ...custom, visibleLines: 2 }),
	],
	childRelationships: [
		{ childSObject: 'CaseComment', field: 'ParentId', relationshipName: 'CaseComments', cascadeDelete: true },
		{ childSObject: 'CaseShare', field: 'CaseId', relationshipName: 'Shares', cascadeDelete: true },
		{ childSObject: 'Case', field: 'ParentId', relationshipName: 'Cases' },
		{ childSObject: 'CaseHistory', field: 'CaseId', relationshipName: 'Histories', cascadeDelete: true },
		{ childSObject: 'Task', field: 'WhatId', relationshipName: 'Tasks', cascadeDelete: true },
		{ childSObject: 'Event', field: 'WhatId', relationshipName: 'Events', cascadeDelete: true },
	],
};

/** The comments of a Case; writing `Case.Comments` makes one. */
export const CASE_COMMENT: ObjectSchema = {
	name: 'CaseComment',
	label: 'Case Comment',
	labelPlural: 'Case Comments',
	keyPrefix: '00a',
	fields: [
		recordId('Case Comment ID'),
		reference('ParentId', 'Parent ID', 'Case', { updateable: false, nillable: false }),
		checkbox('IsPublished', 'Published'),
		// docs:object-reference/casecomment.
		textArea('CommentBody', 'Body', 4000, { byteLength: 4000, groupable: false }),
		...AUDIT,
		IS_DELETED,
	],
};

const CHANGED_BY = AUDIT.filter(({ name }) => name === 'CreatedById' || name === 'CreatedDate');

/** What became of a Case's tracked fields (docs:object-reference/casehistory); values are of any type. */
export const CASE_HISTORY: ObjectSchema = {
	name: 'CaseHistory',
	label: 'Case History',
	labelPlural: 'Case History',
	keyPrefix: null,
	idPrefix: '017',
	createable: false,
	updateable: false,
	deletable: false,
	searchable: false,
	fields: [
		recordId('Case History ID'),
		IS_DELETED,
		reference('CaseId', 'Case ID', 'Case', { ...READ_ONLY, nillable: false }),
		...CHANGED_BY,
		text('Field', 'Changed Field', 255, { ...READ_ONLY, type: 'picklist', nillable: false, restrictedPicklist: true }),
		text('DataType', 'Datatype', 40, { ...READ_ONLY, type: 'picklist', restrictedPicklist: true }),
		field('OldValue', 'Old Value', 'anyType', READ_ONLY),
		field('NewValue', 'New Value', 'anyType', READ_ONLY),
	],
};

/** Who may see or change a Case that is not theirs. Assumed: what rules share is not listed here. */
export const CASE_SHARE: ObjectSchema = {
	name: 'CaseShare',
	label: 'Case Share',
	labelPlural: 'Case Share',
	keyPrefix: '01n',
	searchable: false,
	fields: [
		recordId('Case Share ID'),
		reference('CaseId', 'Case ID', 'Case', { updateable: false, nillable: false }),
		reference('UserOrGroupId', 'User/Group ID', ['Group', 'User'], { updateable: false, nillable: false }),
		picklist('CaseAccessLevel', 'Case Access', ['Read', 'Edit', 'All'], {
			length: 40,
			nillable: false,
			restrictedPicklist: true,
		}),
		picklist('RowCause', 'Row Cause', ['Manual', 'Owner', 'Rule', 'Team'], {
			length: 40,
			defaultedOnCreate: true,
			defaultValue: 'Manual',
			updateable: false,
			restrictedPicklist: true,
		}),
		...AUDIT.filter(({ name }) => name.startsWith('LastModified')),
		IS_DELETED,
	],
};

/** The values of Case.Status and which of them close a Case. */
export const CASE_STATUS: ObjectSchema = {
	name: 'CaseStatus',
	label: 'Case Status Value',
	labelPlural: 'Case Status Value',
	keyPrefix: null,
	createable: false,
	updateable: false,
	deletable: false,
	searchable: false,
	fields: [
		recordId('Case Status Value ID'),
		text('MasterLabel', 'Master Label', 255, READ_ONLY),
		text('ApiName', 'API Name', 255, { ...READ_ONLY, nillable: false }),
		field('SortOrder', 'Sort Order', 'int', READ_ONLY),
		checkbox('IsDefault', 'Is Default', READ_ONLY),
		checkbox('IsClosed', 'Is Closed', READ_ONLY),
		...AUDIT,
	],
};
