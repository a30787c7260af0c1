import { AUDIT, IS_DELETED, MODSTAMP, READ_ONLY, checkbox, field, picklist, recordId, reference, stamp, text } from '../fields';
import type { FieldSchema, ObjectSchema } from '../types';

const FIXED = { ...READ_ONLY, nillable: false };
const ON_CREATE = { updateable: false, nillable: false, permissionable: false };
const READ_ONLY_OBJECT = { createable: false, updateable: false, deletable: false, setup: true };
const named = (fields: FieldSchema[], ...names: string[]) => fields.filter((one) => names.includes(one.name));

/** What a profile's users are entitled to; it is bought, not made by the API. */
export const USER_LICENSE: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'UserLicense',
	label: 'User License',
	labelPlural: 'User Licenses',
	keyPrefix: '100',
	fields: [
		recordId('User License ID'),
		text('LicenseDefinitionKey', 'License Def. ID', 40, FIXED),
		field('TotalLicenses', 'Total Licenses', 'int', FIXED),
		picklist('Status', 'Status', ['Active', 'Disabled'], { ...FIXED, length: 40, defaultValue: 'Active' }),
		// Not filterable since API version 64.
		field('UsedLicenses', 'Used Licenses', 'int', { ...FIXED, filterable: false }),
		stamp('UsedLicensesLastUpdated', 'Used Licenses Last Updated'),
		text('Name', 'Name', 40, { ...FIXED, nameField: true }),
		text('MasterLabel', 'Master Label', 80, FIXED),
		field('MonthlyLoginsUsed', 'Monthly Logins Used', 'int', READ_ONLY),
		field('MonthlyLoginsEntitlement', 'Monthly Logins Entitlement', 'int', READ_ONLY),
		...named(AUDIT, 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'),
	],
};

/** A licence that adds permissions to single users. */
export const PERMISSION_SET_LICENSE: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'PermissionSetLicense',
	label: 'Permission Set License',
	labelPlural: 'Permission Set Licenses',
	keyPrefix: '0PL',
	fields: [
		recordId('Permission Set License ID'),
		IS_DELETED,
		text('DeveloperName', 'Permission Set License Developer Name', 80, FIXED),
		picklist('Language', 'Master Language', ['en_US'], { ...READ_ONLY, length: 40, defaultValue: 'en_US' }),
		text('MasterLabel', 'Permission Set License Label', 80, { ...FIXED, nameField: true }),
		...AUDIT,
		text('PermissionSetLicenseKey', 'License Key', 81, FIXED),
		field('TotalLicenses', 'Total Licenses', 'int', FIXED),
		picklist('Status', 'Status', ['Active', 'Disabled'], { ...FIXED, length: 40, defaultValue: 'Active' }),
		field('ExpirationDate', 'Expiration Date', 'date', READ_ONLY),
		field('UsedLicenses', 'Used Licenses', 'int', FIXED),
		checkbox('IsAvailableForIntegrations', 'Available for Integrations', READ_ONLY),
	],
};

export const PERMISSION_SET_LICENSE_ASSIGN: ObjectSchema = {
	name: 'PermissionSetLicenseAssign',
	label: 'Permission Set License Assignment',
	labelPlural: 'Permission Set License Assignments',
	keyPrefix: '2LA',
	searchable: false,
	setup: true,
	fields: [
		recordId('PermissionSetLicenseAssignment ID'),
		IS_DELETED,
		...AUDIT,
		reference('PermissionSetLicenseId', 'PermissionSetLicense ID', 'PermissionSetLicense', ON_CREATE),
		reference('AssigneeId', 'Assignee ID', 'User', ON_CREATE),
	],
};

/** The licence of an installed managed package; AllowedLicenses -1 is a site licence (assumed). */
export const PACKAGE_LICENSE: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'PackageLicense',
	label: 'Package License',
	labelPlural: 'Package License',
	keyPrefix: '050',
	searchable: false,
	fields: [
		recordId('Package License ID'),
		picklist('Status', 'Status', ['Trial', 'Active', 'Expired', 'Free'], { ...FIXED, length: 40, defaultValue: 'Active' }),
		checkbox('IsProvisioned', 'Is Provisioned', { ...READ_ONLY, defaultValue: true }),
		field('AllowedLicenses', 'Allowed Licenses', 'int', FIXED),
		field('UsedLicenses', 'Used Licenses', 'int', FIXED),
		stamp('ExpirationDate', 'Expiration Date'),
		...named(AUDIT, 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'),
		text('NamespacePrefix', 'Namespace Prefix', 40, FIXED),
		checkbox('IsAvailableForIntegrations', 'Available for Integrations', READ_ONLY),
	],
};

export const USER_PACKAGE_LICENSE: ObjectSchema = {
	name: 'UserPackageLicense',
	label: 'User Package License',
	labelPlural: 'User Package License',
	keyPrefix: '051',
	searchable: false,
	setup: true,
	fields: [
		recordId('User Package License ID'),
		reference('PackageLicenseId', 'Package License ID', 'PackageLicense', ON_CREATE),
		reference('UserId', 'User ID', 'User', ON_CREATE),
		...AUDIT,
	],
};

/** Bought and used amounts of what is paid by use. */
export const TENANT_USAGE_ENTITLEMENT: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'TenantUsageEntitlement',
	label: 'Tenant Usage Entitlement',
	labelPlural: 'Tenant Usage Entitlements',
	keyPrefix: '0UT',
	searchable: false,
	fields: [
		recordId('Entitlement ID'),
		IS_DELETED,
		...AUDIT,
		text('ResourceGroupKey', 'Resource Group Key', 120, FIXED),
		text('Setting', 'Setting', 120, FIXED),
		field('StartDate', 'Start Date', 'date', FIXED),
		field('EndDate', 'End Date', 'date', READ_ONLY),
		field('CurrentAmountAllowed', 'Current Amount Allowed', 'double', { ...FIXED, precision: 18, scale: 2 }),
		picklist('Frequency', 'Frequency', ['Daily', 'Weekly', 'Fortnightly', 'Monthly', 'Once', 'Quarterly', 'Yearly'], READ_ONLY),
		checkbox('IsPersistentResource', 'Persistent Resource', READ_ONLY),
		checkbox('HasRollover', 'Rollover', READ_ONLY),
		field('OverageGrace', 'Overage Grace', 'percent', { ...READ_ONLY, precision: 9, scale: 2 }),
		field('AmountUsed', 'Amount Used', 'double', { ...READ_ONLY, precision: 18, scale: 2 }),
		stamp('UsageDate', 'Usage Date'),
		text('MasterLabel', 'Master Label', 255, READ_ONLY),
	],
};

/** Whether a user's log-in is frozen; one for each user. Freezing frees no licence. */
export const USER_LOGIN: ObjectSchema = {
	name: 'UserLogin',
	label: 'User Login',
	labelPlural: 'User Login',
	keyPrefix: '0Yw',
	createable: false,
	deletable: false,
	searchable: false,
	setup: true,
	fields: [
		recordId('User Login ID'),
		reference('UserId', 'User ID', 'User', READ_ONLY),
		checkbox('IsFrozen', 'Frozen', { createable: false, permissionable: false }),
		checkbox('IsPasswordLocked', 'Locked', { createable: false, permissionable: false }),
		...named(AUDIT, 'LastModifiedDate', 'LastModifiedById'),
	],
};

/** Every log-in of the last six months. */
export const LOGIN_HISTORY: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'LoginHistory',
	label: 'Login History',
	labelPlural: 'Login History',
	keyPrefix: '0Ya',
	searchable: false,
	fields: [
		recordId('Login ID'),
		reference('UserId', 'User ID', 'User', { ...READ_ONLY, relationshipName: undefined }),
		stamp('LoginTime', 'Login Time'),
		text('LoginType', 'Login Type', 40, { ...READ_ONLY, type: 'picklist' }),
		text('SourceIp', 'Source IP', 39, READ_ONLY),
		text('LoginUrl', 'Login URL', 128, READ_ONLY),
		text('Browser', 'Browser', 64, READ_ONLY),
		text('Platform', 'Platform', 64, READ_ONLY),
		text('Status', 'Status', 128, READ_ONLY),
		text('Application', 'Application', 64, READ_ONLY),
		text('ClientVersion', 'Client Version', 64, READ_ONLY),
		text('ApiType', 'API Type', 64, READ_ONLY),
		text('ApiVersion', 'API Version', 32, READ_ONLY),
		text('CountryIso', 'Country Code', 3, READ_ONLY),
	],
};

const permissions = (...names: string[]) =>
	names.map((name) => checkbox(`Permissions${name}`, name.replace(/([a-z])([A-Z])/g, '$1 $2'), { permissionable: false }));

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
);

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
		picklist('UserType', 'User Type', ['Standard', 'CspLitePortal', 'CsnOnly', 'PowerPartner', 'PowerCustomerSuccess', 'Guest'], {
			...READ_ONLY,
			length: 40,
			defaultValue: 'Standard',
		}),
		...AUDIT,
		text('Description', 'Description', 255, { permissionable: false }),
	],
	childRelationships: [{ childSObject: 'User', field: 'ProfileId', relationshipName: 'Users' }],
};

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
		reference('LicenseId', 'License ID', ['PermissionSetLicense', 'UserLicense'], { updateable: false, permissionable: false }),
		reference('ProfileId', 'Profile ID', 'Profile', READ_ONLY),
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
		{ childSObject: 'PermissionSetAssignment', field: 'PermissionSetId', relationshipName: 'Assignments', cascadeDelete: true },
		{ childSObject: 'FieldPermissions', field: 'ParentId', relationshipName: 'FieldPerms', cascadeDelete: true },
		{ childSObject: 'ObjectPermissions', field: 'ParentId', relationshipName: 'ObjectPerms', cascadeDelete: true },
	],
};

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
			relationshipName: undefined,
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
