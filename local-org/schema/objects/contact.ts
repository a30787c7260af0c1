import { AUDIT, IS_DELETED, READ_ONLY, VIEWED, address, checkbox, field, longText, picklist, recordId, reference, stamp, text } from '../fields';
import type { ObjectSchema } from '../types';

const phone = (name: string, label: string) => field(name, label, 'phone', { length: 40 });
const PART_OF_NAME = { compoundFieldName: 'Name', extraTypeInfo: 'personname', permissionable: false };

/** Contact. `Email` finds a record (`idLookup`) though it is no external ID. */
export const CONTACT: ObjectSchema = {
	name: 'Contact',
	label: 'Contact',
	labelPlural: 'Contacts',
	keyPrefix: '003',
	fields: [
		recordId('Contact ID'),
		IS_DELETED,
		reference('MasterRecordId', 'Master Record ID', 'Contact', READ_ONLY),
		reference('AccountId', 'Account ID', 'Account'),
		text('LastName', 'Last Name', 80, { ...PART_OF_NAME, nillable: false }),
		text('FirstName', 'First Name', 40, PART_OF_NAME),
		picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], { ...PART_OF_NAME, length: 40 }),
		text('Name', 'Full Name', 121, { ...READ_ONLY, nillable: false, nameField: true, extraTypeInfo: 'personname' }),
		...address('Other'),
		...address('Mailing'),
		phone('Phone', 'Business Phone'),
		phone('Fax', 'Business Fax'),
		phone('MobilePhone', 'Mobile Phone'),
		phone('HomePhone', 'Home Phone'),
		phone('OtherPhone', 'Other Phone'),
		phone('AssistantPhone', 'Asst. Phone'),
		reference('ReportsToId', 'Reports To ID', 'Contact'),
		field('Email', 'Email', 'email', { length: 80, idLookup: true }),
		text('Title', 'Title', 128),
		text('Department', 'Department', 80),
		text('AssistantName', "Assistant's Name", 40),
		picklist('LeadSource', 'Lead Source', ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other']),
		field('Birthdate', 'Birthdate', 'date'),
		longText('Description', 'Contact Description', 32000),
		reference('OwnerId', 'Owner ID', 'User', { nillable: false, defaultedOnCreate: true, permissionable: false }),
		...AUDIT,
		field('LastActivityDate', 'Last Activity', 'date', READ_ONLY),
		...VIEWED,
		text('EmailBouncedReason', 'Email Bounced Reason', 255, { permissionable: false }),
		field('EmailBouncedDate', 'Email Bounced Date', 'datetime', { permissionable: false }),
		checkbox('IsEmailBounced', 'Is Email Bounced', READ_ONLY),
		stamp('LastCURequestDate', 'Last Stay-in-Touch Request Date'),
		stamp('LastCUUpdateDate', 'Last Stay-in-Touch Save Date'),
	],
	childRelationships: [
		{ childSObject: 'Case', field: 'ContactId', relationshipName: 'Cases', restrictedDelete: true },
		{ childSObject: 'Contact', field: 'ReportsToId', relationshipName: null },
		{ childSObject: 'Asset', field: 'ContactId', relationshipName: 'Assets', cascadeDelete: true },
		{ childSObject: 'Task', field: 'WhoId', relationshipName: 'Tasks', cascadeDelete: true },
		{ childSObject: 'Event', field: 'WhoId', relationshipName: 'Events', cascadeDelete: true },
	],
};
