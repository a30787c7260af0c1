import {
	AUDIT,
	IS_DELETED,
	MODSTAMP,
	READ_ONLY,
	checkbox,
	picklist,
	recordId,
	reference,
	text,
	textArea,
} from '../fields';
import type { ObjectSchema } from '../types';

const FREE = { permissionable: false };
const ON_CREATE = { updateable: false, nillable: false, ...FREE };

/** Permission sets that are given together (docs:object-reference/permissionsetgroup). */
export const PERMISSION_SET_GROUP: ObjectSchema = {
	name: 'PermissionSetGroup',
	label: 'Permission Set Group',
	labelPlural: 'Permission Set Groups',
	keyPrefix: '0PG',
	setup: true,
	fields: [
		recordId('Permission Set Group ID'),
		IS_DELETED,
		text('DeveloperName', 'API Name', 80, { nillable: false, unique: true, nameField: true, ...FREE }),
		picklist('Language', 'Master Language', ['en_US'], { length: 40, defaultValue: 'en_US', ...FREE }),
		text('MasterLabel', 'Label', 80, { nillable: false, ...FREE }),
		text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
		...AUDIT,
		textArea('Description', 'Description', 255, FREE),
		picklist('Status', 'Status', ['Updated', 'Outdated', 'Updating', 'Failed'], {
			length: 40,
			defaultedOnCreate: true,
			defaultValue: 'Updated',
			restrictedPicklist: true,
			...FREE,
		}),
		checkbox('HasActivationRequired', 'Session Activation Required', FREE),
	],
	childRelationships: [
		{
			childSObject: 'PermissionSetGroupComponent',
			field: 'PermissionSetGroupId',
			relationshipName: 'PermissionSetGroupComponents',
			cascadeDelete: true,
		},
		// Its own permission set, and with that its assignments, go with it.
		{ childSObject: 'PermissionSet', field: 'PermissionSetGroupId', relationshipName: null, cascadeDelete: true },
		{ childSObject: 'PermissionSetAssignment', field: 'PermissionSetGroupId', relationshipName: 'Assignments' },
	],
};

/** A permission set in a group. Its key prefix is assumed. Muting permission sets are not there. */
export const PERMISSION_SET_GROUP_COMPONENT: ObjectSchema = {
	name: 'PermissionSetGroupComponent',
	label: 'Permission Set Group Component',
	labelPlural: 'Permission Set Group Components',
	keyPrefix: '0PM',
	updateable: false,
	searchable: false,
	setup: true,
	fields: [
		recordId('Permission Set Group Component ID'),
		reference('PermissionSetGroupId', 'Permission Set Group ID', 'PermissionSetGroup', ON_CREATE),
		IS_DELETED,
		...AUDIT,
		reference('PermissionSetId', 'Permission Set ID', 'PermissionSet', ON_CREATE),
	],
};

/**
 * What of the setup a permission set opens: a class, a page, an app, a custom permission
 * (docs:object-reference/setupentityaccess). What it names is not there itself.
 */
export const SETUP_ENTITY_ACCESS: ObjectSchema = {
	name: 'SetupEntityAccess',
	label: 'Setup Entity Access',
	labelPlural: 'Setup Entity Access',
	keyPrefix: '0J0',
	updateable: false,
	searchable: false,
	setup: true,
	fields: [
		recordId('SetupEntityAccess ID'),
		reference('ParentId', 'Parent ID', 'PermissionSet', ON_CREATE),
		reference('SetupEntityId', 'Setup Entity ID', [], { relationshipName: undefined, ...ON_CREATE }),
		text('SetupEntityType', 'Setup Entity Type', 40, { ...READ_ONLY, type: 'picklist' }),
		MODSTAMP,
	],
};
