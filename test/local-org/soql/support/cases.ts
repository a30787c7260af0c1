import { to18 } from '../../../../local-org/ids';
import { lookup, object, smallOrg } from './org';
import type { Rows } from './org';
import type { SoqlContext } from '../../../../local-org/soql';

export const OBJECTS = [
	object(
		'Account',
		[
			'Name string',
			'Industry picklist',
			'AnnualRevenue currency',
			'BillingCity string',
			'BillingLatitude double',
			'BillingLongitude double',
			lookup('ParentId', 'Account'),
			lookup('OwnerId', 'User'),
		]
			.map((field) =>
				typeof field === 'string' && field.startsWith('Billing')
					? {
							name: field.split(' ')[0] ?? '',
							label: field,
							type: field.endsWith('double') ? ('double' as const) : ('string' as const),
							compoundFieldName: 'BillingAddress',
						}
					: field,
			)
			.concat({ name: 'BillingAddress', label: 'Billing Address', type: 'address' }),
		{
			childRelationships: [
				{ childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' },
				{ childSObject: 'Case', field: 'AccountId', relationshipName: 'Cases' },
			],
		},
	),
	object('Contact', ['LastName string', 'Email email', lookup('AccountId', 'Account'), 'Birthdate date'], {
		childRelationships: [{ childSObject: 'Case', field: 'ContactId', relationshipName: 'Cases' }],
	}),
	object('User', [
		'Name string',
		'Username string',
		'IsActive boolean',
		lookup('ProfileId', 'Profile'),
		lookup('ManagerId', 'User'),
	]),
	object('Profile', ['Name string']),
	object('Group', ['Name string', 'DeveloperName string', 'Type picklist']),
	object('Case', [
		'CaseNumber string',
		'Subject string',
		{
			name: 'Description',
			label: 'Description',
			type: 'textarea',
			filterable: false,
			sortable: false,
			groupable: false,
			aggregatable: false,
		},
		{
			name: 'Status',
			label: 'Status',
			type: 'picklist',
			picklistValues: [
				{ value: 'New', label: 'Neu' },
				{ value: 'Working', label: 'In Arbeit' },
				{ value: 'Closed', label: 'Closed' },
			],
		},
		'Priority picklist',
		'IsClosed boolean',
		'CreatedDate datetime',
		'Amount__c currency',
		{
			name: 'Tags__c',
			label: 'Tags',
			type: 'multipicklist',
			picklistValues: [{ value: 'red', label: 'Rot' }, { value: 'blue' }],
		},
		{ name: 'ExternalID__c', label: 'External ID', type: 'string', externalId: true },
		lookup('AccountId', 'Account'),
		lookup('ContactId', 'Contact'),
		lookup('OwnerId', ['Group', 'User']),
	]),
];

const id = (prefix: string, number: number) => to18(`${prefix}00000000000${number}`);

export const ROWS: Rows = {
	Profile: [{ Id: id('00e', 1), Name: 'Standard User' }],
	User: [
		{ Id: id('005', 1), Name: 'Ada', Username: 'ada@example.com', IsActive: 1, ProfileId: id('00e', 1) },
		{ Id: id('005', 2), Name: 'Bot', Username: 'bot@example.com', IsActive: 0, ManagerId: id('005', 1) },
	],
	Group: [{ Id: id('00G', 1), Name: 'Moves', DeveloperName: 'Moves', Type: 'Queue' }],
	Account: [
		{
			Id: id('001', 1),
			Name: 'Acme',
			Industry: 'Media',
			AnnualRevenue: 1000,
			BillingCity: 'Berlin',
			BillingLatitude: 52.52,
			BillingLongitude: 13.405,
			OwnerId: id('005', 1),
		},
		{ Id: id('001', 2), Name: 'Zürich AG', ParentId: id('001', 1), OwnerId: id('005', 2) },
		{ Id: id('001', 3), Name: 'Gone', IsDeleted: 1 },
	],
	Contact: [
		{ Id: id('003', 1), LastName: 'Young', Email: 'y@example.com', AccountId: id('001', 1), Birthdate: '1990-05-13' },
		{ Id: id('003', 2), LastName: 'Old', AccountId: id('001', 1), Birthdate: '2026-05-13' },
		{ Id: id('003', 3), LastName: 'Lone' },
	],
	Case: [
		{
			Id: id('500', 1),
			CaseNumber: '00001001',
			Subject: 'Move A',
			Description: 'long',
			Status: 'Closed',
			Priority: 'High',
			IsClosed: 1,
			CreatedDate: '2026-05-13T14:00:00.000Z',
			Amount__c: 10.5,
			Tags__c: 'red;blue',
			ExternalID__c: 'p:1',
			AccountId: id('001', 1),
			ContactId: id('003', 1),
			OwnerId: id('005', 1),
		},
		{
			Id: id('500', 2),
			CaseNumber: '00001002',
			Subject: 'move b',
			Status: 'New',
			Priority: 'Low',
			IsClosed: 0,
			CreatedDate: '2026-05-12T23:30:00.000Z',
			Amount__c: 5,
			Tags__c: 'green',
			ExternalID__c: 'p_1',
			AccountId: id('001', 2),
			OwnerId: id('00G', 1),
		},
		{
			Id: id('500', 3),
			CaseNumber: '00001003',
			Status: 'Working',
			IsClosed: 0,
			CreatedDate: '2025-12-31T23:30:00.000Z',
			ExternalID__c: 'p%1',
			OwnerId: id('005', 2),
		},
		{
			Id: id('500', 4),
			CaseNumber: '00001004',
			Subject: 'deleted',
			Status: 'New',
			IsClosed: 0,
			IsDeleted: 1,
			CreatedDate: '2026-05-13T14:00:00.000Z',
		},
	],
};

/** An org with a few accounts, contacts, users and cases; one case and one account lie in the recycle bin. */
export function caseOrg(settings: Partial<SoqlContext> = {}) {
	return smallOrg(OBJECTS, ROWS, settings);
}
