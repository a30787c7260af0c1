import {
	AUDIT,
	IS_DELETED,
	READ_ONLY,
	VIEWED,
	address,
	checkbox,
	field,
	longText,
	picklist,
	recordId,
	reference,
	text,
} from '../fields';
import type { FieldSchema, ObjectSchema } from '../types';

const phone = (name: string, label: string) => field(name, label, 'phone', { length: 40 });
const owner = reference('OwnerId', 'Owner ID', 'User', {
	nillable: false,
	defaultedOnCreate: true,
	permissionable: false,
});
const sources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
const lastActivity = field('LastActivityDate', 'Last Activity', 'date', READ_ONLY);
const partOfName = { compoundFieldName: 'Name', extraTypeInfo: 'personname', permissionable: false };

/** Lead, without conversion. */
export const LEAD: ObjectSchema = {
	name: 'Lead',
	label: 'Lead',
	labelPlural: 'Leads',
	keyPrefix: '00Q',
	fields: [
		recordId('Lead ID'),
		IS_DELETED,
		reference('MasterRecordId', 'Master Record ID', 'Lead', READ_ONLY),
		text('LastName', 'Last Name', 80, { ...partOfName, nillable: false }),
		text('FirstName', 'First Name', 40, partOfName),
		picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], { ...partOfName, length: 40 }),
		text('Name', 'Full Name', 121, { ...READ_ONLY, nillable: false, nameField: true, extraTypeInfo: 'personname' }),
		text('Title', 'Title', 128),
		text('Company', 'Company', 255, { nillable: false, permissionable: false }),
		...address(''),
		phone('Phone', 'Phone'),
		phone('MobilePhone', 'Mobile Phone'),
		phone('Fax', 'Fax'),
		field('Email', 'Email', 'email', { length: 80, idLookup: true }),
		field('Website', 'Website', 'url', { length: 255 }),
		longText('Description', 'Description', 32000),
		picklist('LeadSource', 'Lead Source', sources),
		picklist(
			'Status',
			'Status',
			['Open - Not Contacted*', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
			{
				nillable: false,
				defaultedOnCreate: true,
				defaultValue: 'Open - Not Contacted',
				permissionable: false,
			},
		),
		picklist('Industry', 'Industry', [
			'Banking',
			'Education',
			'Energy',
			'Finance',
			'Government',
			'Technology',
			'Other',
		]),
		picklist('Rating', 'Rating', ['Hot', 'Warm', 'Cold']),
		field('AnnualRevenue', 'Annual Revenue', 'currency', { precision: 18, scale: 0 }),
		field('NumberOfEmployees', 'Employees', 'int'),
		reference('OwnerId', 'Owner ID', ['Group', 'User'], {
			nillable: false,
			defaultedOnCreate: true,
			permissionable: false,
		}),
		checkbox('IsConverted', 'Converted', READ_ONLY),
		field('ConvertedDate', 'Converted Date', 'date', READ_ONLY),
		reference('ConvertedAccountId', 'Converted Account ID', 'Account', READ_ONLY),
		reference('ConvertedContactId', 'Converted Contact ID', 'Contact', READ_ONLY),
		reference('ConvertedOpportunityId', 'Converted Opportunity ID', 'Opportunity', READ_ONLY),
		checkbox('IsUnreadByOwner', 'Unread By Owner', { defaultValue: true }),
		...AUDIT,
		lastActivity,
		...VIEWED,
	],
};

/** Opportunity, without products. */
export const OPPORTUNITY: ObjectSchema = {
	name: 'Opportunity',
	label: 'Opportunity',
	labelPlural: 'Opportunities',
	keyPrefix: '006',
	fields: [
		recordId('Opportunity ID'),
		IS_DELETED,
		reference('AccountId', 'Account ID', 'Account'),
		checkbox('IsPrivate', 'Private'),
		text('Name', 'Name', 120, { nillable: false, nameField: true, permissionable: false }),
		longText('Description', 'Description', 32000),
		picklist(
			'StageName',
			'Stage',
			[
				'Prospecting',
				'Qualification',
				'Needs Analysis',
				'Value Proposition',
				'Perception Analysis',
				'Proposal/Price Quote',
				'Negotiation/Review',
				'Closed Won',
				'Closed Lost',
			],
			{ nillable: false, permissionable: false },
		),
		field('Amount', 'Amount', 'currency', { precision: 18, scale: 2 }),
		field('Probability', 'Probability (%)', 'percent', { precision: 3, scale: 0 }),
		field('CloseDate', 'Close Date', 'date', { nillable: false, permissionable: false }),
		picklist('Type', 'Opportunity Type', [
			'Existing Customer - Upgrade',
			'Existing Customer - Replacement',
			'New Customer',
		]),
		text('NextStep', 'Next Step', 255),
		picklist('LeadSource', 'Lead Source', sources),
		checkbox('IsClosed', 'Closed', READ_ONLY),
		checkbox('IsWon', 'Won', READ_ONLY),
		owner,
		...AUDIT,
		lastActivity,
		...VIEWED,
	],
	childRelationships: [
		{ childSObject: 'Task', field: 'WhatId', relationshipName: 'Tasks', cascadeDelete: true },
		{ childSObject: 'Event', field: 'WhatId', relationshipName: 'Events', cascadeDelete: true },
	],
};

const who = reference('WhoId', 'Name ID', ['Contact', 'Lead']);
const what = reference('WhatId', 'Related To ID', ['Account', 'Asset', 'Case', 'Opportunity']);

const activity = (fields: FieldSchema[]): FieldSchema[] => [
	IS_DELETED,
	who,
	what,
	field('Subject', 'Subject', 'combobox', { length: 255, nameField: true }),
	...fields,
	longText('Description', 'Description', 32000),
	owner,
	reference('AccountId', 'Account ID', 'Account', READ_ONLY),
	...AUDIT,
];

/** A thing to do about another record. */
export const TASK: ObjectSchema = {
	name: 'Task',
	label: 'Task',
	labelPlural: 'Tasks',
	keyPrefix: '00T',
	fields: [
		recordId('Activity ID'),
		...activity([
			field('ActivityDate', 'Due Date Only', 'date'),
			picklist(
				'Status',
				'Status',
				['Not Started*', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'],
				{
					nillable: false,
					defaultedOnCreate: true,
					defaultValue: 'Not Started',
					permissionable: false,
				},
			),
			picklist('Priority', 'Priority', ['High', 'Normal*', 'Low'], {
				nillable: false,
				defaultedOnCreate: true,
				defaultValue: 'Normal',
				permissionable: false,
			}),
			checkbox('IsHighPriority', 'High Priority', READ_ONLY),
			checkbox('IsClosed', 'Closed', READ_ONLY),
			picklist('TaskSubtype', 'Task Subtype', ['Task*', 'Email', 'Call'], { length: 40, defaultValue: 'Task' }),
		]),
	],
};

/** An entry in a calendar about another record. */
export const EVENT: ObjectSchema = {
	name: 'Event',
	label: 'Event',
	labelPlural: 'Events',
	keyPrefix: '00U',
	fields: [
		recordId('Activity ID'),
		...activity([
			text('Location', 'Location', 255),
			checkbox('IsAllDayEvent', 'All-Day Event'),
			field('ActivityDateTime', 'Due Date Time', 'datetime'),
			field('ActivityDate', 'Due Date Only', 'date'),
			field('DurationInMinutes', 'Duration', 'int'),
			field('StartDateTime', 'Start Date Time', 'datetime'),
			field('EndDateTime', 'End Date Time', 'datetime'),
			picklist('ShowAs', 'Show Time As', ['Busy*', 'OutOfOffice', 'Free'], { length: 40, defaultValue: 'Busy' }),
		]),
	],
};

/** A thing that an Account or Contact owns. */
export const ASSET: ObjectSchema = {
	name: 'Asset',
	label: 'Asset',
	labelPlural: 'Assets',
	keyPrefix: '02i',
	fields: [
		recordId('Asset ID'),
		reference('ContactId', 'Contact ID', 'Contact'),
		reference('AccountId', 'Account ID', 'Account'),
		reference('ParentId', 'Parent Asset ID', 'Asset'),
		text('Name', 'Asset Name', 255, { nillable: false, nameField: true, permissionable: false }),
		text('SerialNumber', 'Serial Number', 80),
		field('InstallDate', 'Install Date', 'date'),
		field('PurchaseDate', 'Purchase Date', 'date'),
		picklist('Status', 'Status', ['Shipped', 'Installed', 'Registered', 'Obsolete', 'Purchased']),
		field('Price', 'Price', 'currency', { precision: 18, scale: 2 }),
		field('Quantity', 'Quantity', 'double', { precision: 12, scale: 2 }),
		longText('Description', 'Description', 32000),
		owner,
		...AUDIT,
		IS_DELETED,
		...VIEWED,
	],
	childRelationships: [{ childSObject: 'Case', field: 'AssetId', relationshipName: 'Cases' }],
};
