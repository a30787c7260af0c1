import { AUDIT, IS_DELETED, VIEWED, field, longText, picklist, recordId, reference, text } from '../fields';
import type { ObjectSchema } from '../types';

const owner = reference('OwnerId', 'Owner ID', 'User', {
	nillable: false,
	defaultedOnCreate: true,
	permissionable: false,
});

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
