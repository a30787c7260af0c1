import { AUDIT, IS_DELETED, READ_ONLY, checkbox, field, picklist, recordId, reference, stamp, text } from '../fields';
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

/** A license that adds permissions to single users. */
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

/** A permission-set license that a user holds. */
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

/** The license of an installed managed package; AllowedLicenses -1 is a site license (assumed). */
export const PACKAGE_LICENSE: ObjectSchema = {
	...READ_ONLY_OBJECT,
	name: 'PackageLicense',
	label: 'Package License',
	labelPlural: 'Package License',
	keyPrefix: '050',
	searchable: false,
	fields: [
		recordId('Package License ID'),
		picklist('Status', 'Status', ['Trial', 'Active', 'Expired', 'Free'], {
			...FIXED,
			length: 40,
			defaultValue: 'Active',
		}),
		checkbox('IsProvisioned', 'Is Provisioned', { ...READ_ONLY, defaultValue: true }),
		field('AllowedLicenses', 'Allowed Licenses', 'int', FIXED),
		field('UsedLicenses', 'Used Licenses', 'int', FIXED),
		stamp('ExpirationDate', 'Expiration Date'),
		...named(AUDIT, 'CreatedDate', 'LastModifiedDate', 'SystemModstamp'),
		text('NamespacePrefix', 'Namespace Prefix', 40, FIXED),
		checkbox('IsAvailableForIntegrations', 'Available for Integrations', READ_ONLY),
	],
};

/** A package license that a user holds. */
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
		picklist(
			'Frequency',
			'Frequency',
			['Daily', 'Weekly', 'Fortnightly', 'Monthly', 'Once', 'Quarterly', 'Yearly'],
			READ_ONLY,
		),
		checkbox('IsPersistentResource', 'Persistent Resource', READ_ONLY),
		checkbox('HasRollover', 'Rollover', READ_ONLY),
		field('OverageGrace', 'Overage Grace', 'percent', { ...READ_ONLY, precision: 9, scale: 2 }),
		field('AmountUsed', 'Amount Used', 'double', { ...READ_ONLY, precision: 18, scale: 2 }),
		stamp('UsageDate', 'Usage Date'),
		text('MasterLabel', 'Master Label', 255, READ_ONLY),
	],
};

/** Whether a user's log-in is frozen; one for each user. Freezing frees no license. */
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
