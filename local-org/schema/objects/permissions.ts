import { AUDIT, MODSTAMP, READ_ONLY, checkbox, field, picklist, recordId, reference, text } from '../fields';
import type { ObjectSchema } from '../types';

const ON_CREATE = { updateable: false, nillable: false, permissionable: false };

/** Labels that are not their permission's name in words. */
const LABELS: Record<string, string> = {
	ApiEnabled: 'API Enabled',
	ApiUserOnly: 'API Only User',
	BulkApiHardDelete: 'Bulk API Hard Delete',
	BypassMFAForUiLogins: 'Waive Multi-Factor Authentication for Exempt Users',
	EditEvent: 'Edit Events',
	EditTask: 'Edit Tasks',
	ForceTwoFactor: 'Multi-Factor Authentication for User Interface Logins',
	ManageIpAddresses: 'Manage IP Addresses',
	ManageProfilesPermissionsets: 'Manage Profiles and Permission Sets',
	ManageTwoFactor: 'Manage Multi-Factor Authentication in User Interface',
	ModifyMetadata: 'Modify Metadata Through Metadata API Functions',
	ResetPasswords: 'Reset User Passwords and Unlock Users',
	TransferAnyCase: 'Transfer Cases',
	ViewRoles: 'View Roles and Role Hierarchy',
	ViewSetup: 'View Setup and Configuration',
};

const permissions = (...names: string[]) =>
	names.map((name) =>
		checkbox(`Permissions${name}`, LABELS[name] ?? name.replace(/([a-z])([A-Z])/g, '$1 $2'), {
			permissionable: false,
		}),
	);

/** The user permissions that this org tells apart, named as Salesforce names them. */
const USER_PERMISSION_FIELDS = permissions(
	'ApiEnabled',
	'ApiUserOnly',
	'ViewSetup',
	'ManageUsers',
	'FreezeUsers',
	'AssignPermissionSets',
	'ManageInternalUsers',
	'ModifyAllData',
	'ViewAllData',
	'CustomizeApplication',
	'AuthorApex',
	'BulkApiHardDelete',
	'PasswordNeverExpires',
	'ResetPasswords',
	'ViewAllUsers',
	'ManageProfilesPermissionsets',
	'ManageRoles',
	'ManageIpAddresses',
	'ManageSharing',
	'ViewRoles',
	'ManagePasswordPolicies',
	'ManageLoginAccessPolicies',
	'ManageTwoFactor',
	'ForceTwoFactor',
	'BypassMFAForUiLogins',
	'ViewAllProfiles',
	'ManageCases',
	'TransferAnyCase',
	'EditTask',
	'EditEvent',
	'RunReports',
	'ModifyMetadata',
);

/** What users of one kind may do, and the license that they take. */
export const PROFILE: ObjectSchema = {
	name: 'Profile',
	label: 'Profile',
	labelPlural: 'Profiles',
	keyPrefix: '00e',
	setup: true,
	fields: [
		recordId('Profile ID'),
		text('Name', 'Name', 255, { nillable: false, nameField: true, permissionable: false }),
		...USER_PERMISSION_FIELDS,
		reference('UserLicenseId', 'User License ID', 'UserLicense', ON_CREATE),
		picklist(
			'UserType',
			'User Type',
			['Standard', 'CspLitePortal', 'CsnOnly', 'PowerPartner', 'PowerCustomerSuccess', 'Guest'],
			{
				...READ_ONLY,
				length: 40,
				defaultValue: 'Standard',
			},
		),
		...AUDIT,
		text('Description', 'Description', 255, { permissionable: false }),
	],
	childRelationships: [{ childSObject: 'User', field: 'ProfileId', relationshipName: 'Users' }],
};

/** Further rights that users can be given; each profile owns one as well. */
export const PERMISSION_SET: ObjectSchema = {
	name: 'PermissionSet',
	label: 'Permission Set',
	labelPlural: 'Permission Sets',
	keyPrefix: '0PS',
	setup: true,
	fields: [
		recordId('PermissionSet ID'),
		text('Name', 'Permission Set Name', 80, { nillable: false, nameField: true, permissionable: false }),
		text('Label', 'Permission Set Label', 80, { nillable: false, permissionable: false }),
		reference('LicenseId', 'License ID', ['PermissionSetLicense', 'UserLicense'], {
			updateable: false,
			permissionable: false,
		}),
		reference('ProfileId', 'Profile ID', 'Profile', READ_ONLY),
		reference('PermissionSetGroupId', 'Permission Set Group ID', 'PermissionSetGroup', READ_ONLY),
		checkbox('IsOwnedByProfile', 'Is Owned By Profile', READ_ONLY),
		checkbox('IsCustom', 'Is Custom', { ...READ_ONLY, defaultValue: true }),
		...USER_PERMISSION_FIELDS,
		text('Description', 'Description', 255, { permissionable: false }),
		...AUDIT,
		text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
		checkbox('HasActivationRequired', 'Session Activation Required', { permissionable: false }),
		picklist('Type', 'Permission Set Type', ['Regular', 'Standard', 'Session', 'Profile', 'Group'], {
			...READ_ONLY,
			length: 40,
			defaultValue: 'Regular',
		}),
	],
	childRelationships: [
		{
			childSObject: 'PermissionSetAssignment',
			field: 'PermissionSetId',
			relationshipName: 'Assignments',
			cascadeDelete: true,
		},
		{ childSObject: 'FieldPermissions', field: 'ParentId', relationshipName: 'FieldPerms', cascadeDelete: true },
		{ childSObject: 'ObjectPermissions', field: 'ParentId', relationshipName: 'ObjectPerms', cascadeDelete: true },
		{
			childSObject: 'PermissionSetGroupComponent',
			field: 'PermissionSetId',
			relationshipName: 'PermissionSetGroupComponents',
			cascadeDelete: true,
		},
		{
			childSObject: 'SetupEntityAccess',
			field: 'ParentId',
			relationshipName: 'SetupEntityAccessItems',
			cascadeDelete: true,
		},
	],
};

/** A permission set that a user has been given. */
export const PERMISSION_SET_ASSIGNMENT: ObjectSchema = {
	name: 'PermissionSetAssignment',
	label: 'Permission Set Assignment',
	labelPlural: 'Permission Set Assignments',
	keyPrefix: '0Pa',
	searchable: false,
	setup: true,
	fields: [
		recordId('PermissionSetAssignment ID'),
		reference('PermissionSetId', 'PermissionSet ID', 'PermissionSet', { updateable: false, permissionable: false }),
		reference('PermissionSetGroupId', 'PermissionSetGroup ID', 'PermissionSetGroup', {
			updateable: false,
			permissionable: false,
		}),
		reference('AssigneeId', 'Assignee ID', 'User', ON_CREATE),
		MODSTAMP,
		field('ExpirationDate', 'Expires On', 'datetime', { permissionable: false }),
		checkbox('IsActive', 'Is Active', { ...READ_ONLY, defaultValue: true }),
	],
};

/** Which fields a permission set lets its users see and change: field-level security. */
export const FIELD_PERMISSIONS: ObjectSchema = {
	name: 'FieldPermissions',
	label: 'Field Permissions',
	labelPlural: 'Field Permissions',
	keyPrefix: '01k',
	searchable: false,
	setup: true,
	fields: [
		recordId('Field Permissions ID'),
		reference('ParentId', 'Parent ID', 'PermissionSet', ON_CREATE),
		text('SobjectType', 'Sobject Type Name', 40, { ...ON_CREATE, type: 'picklist' }),
		text('Field', 'Field Name', 121, { ...ON_CREATE, type: 'picklist' }),
		checkbox('PermissionsEdit', 'Edit Field', { permissionable: false }),
		checkbox('PermissionsRead', 'Read Field', { permissionable: false }),
		MODSTAMP,
	],
};

/** Which objects a permission set opens, and for what. */
export const OBJECT_PERMISSIONS: ObjectSchema = {
	name: 'ObjectPermissions',
	label: 'Object Permissions',
	labelPlural: 'Object Permissions',
	keyPrefix: '110',
	searchable: false,
	setup: true,
	fields: [
		recordId('ObjectPermissions ID'),
		reference('ParentId', 'Parent ID', 'PermissionSet', ON_CREATE),
		text('SobjectType', 'Sobject Type Name', 40, { ...ON_CREATE, type: 'picklist' }),
		...permissions('Create', 'Read', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords'),
		...AUDIT,
	],
};
