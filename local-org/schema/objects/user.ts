import {
	AUDIT,
	READ_ONLY,
	VIEWED,
	address,
	checkbox,
	field,
	picklist,
	recordId,
	reference,
	stamp,
	text,
	textArea,
} from '../fields';
import type { Extra } from '../fields';
import type { FieldSchema, ObjectSchema } from '../types';
import { PREFERENCES_ON, USER_PERMISSIONS, USER_PREFERENCES } from './userSwitches';

/** None of User's standard fields can be hidden by field-level security here. */
const fixed = (fields: FieldSchema[]) => fields.map((one) => ({ permissionable: false, ...one }));
const REQUIRED: Extra = { nillable: false };
const words = (list: string) => list.trim().split(/\s+/);

function switches(prefix: string, list: string, on: string[] = []): FieldSchema[] {
	return words(list).map((name) =>
		checkbox(prefix + name, name.replace(/([a-z])([A-Z])/g, '$1 $2'), { defaultValue: on.includes(name) }),
	);
}

/** User; its keys come in the order in which a real org answers them. */
export const USER: ObjectSchema = {
	name: 'User',
	label: 'User',
	labelPlural: 'Users',
	keyPrefix: '005',
	deletable: false,
	setup: true,
	fields: fixed([
		recordId('User ID'),
		text('Username', 'Username', 80, { ...REQUIRED, unique: true, idLookup: true }),
		text('LastName', 'Last Name', 80, REQUIRED),
		text('FirstName', 'First Name', 40),
		text('Name', 'Full Name', 121, { ...READ_ONLY, ...REQUIRED, nameField: true, extraTypeInfo: 'personname' }),
		text('CompanyName', 'Company Name', 80),
		text('Division', 'Division', 80),
		text('Department', 'Department', 80),
		text('Title', 'Title', 80),
		...userAddress(),
		field('Email', 'Email', 'email', { ...REQUIRED, length: 128, idLookup: true }),
		checkbox('EmailPreferencesAutoBcc', 'AutoBcc', { defaultValue: true }),
		checkbox('EmailPreferencesAutoBccStayInTouch', 'AutoBccStayInTouch'),
		checkbox('EmailPreferencesStayInTouchReminder', 'StayInTouchReminder', { defaultValue: true }),
		field('SenderEmail', 'Email Sender Address', 'email', { length: 80 }),
		text('SenderName', 'Email Sender Name', 80),
		textArea('Signature', 'Email Signature', 1333, { filterable: false, groupable: false }),
		text('StayInTouchSubject', 'Stay-in-Touch Email Subject', 80),
		textArea('StayInTouchSignature', 'Stay-in-Touch Email Signature', 512, { filterable: false, groupable: false }),
		text('StayInTouchNote', 'Stay-in-Touch Email Note', 512),
		field('Phone', 'Phone', 'phone', { length: 40 }),
		field('Fax', 'Fax', 'phone', { length: 40 }),
		field('MobilePhone', 'Mobile', 'phone', { length: 40 }),
		text('Alias', 'Alias', 8, REQUIRED),
		text('CommunityNickname', 'Nickname', 40, { ...REQUIRED, unique: true, defaultedOnCreate: true }),
		text('BadgeText', 'User Photo badge text overlay', 80, { ...READ_ONLY, defaultValue: '' }),
		checkbox('IsActive', 'Active', { defaultValue: true }),
		text('TimeZoneSidKey', 'Time Zone', 40, { ...REQUIRED, type: 'picklist' }),
		reference('UserRoleId', 'Role ID', 'UserRole'),
		text('LocaleSidKey', 'Locale', 40, { ...REQUIRED, type: 'picklist' }),
		checkbox('ReceivesInfoEmails', 'Info Emails', { defaultValue: true }),
		checkbox('ReceivesAdminInfoEmails', 'Admin Info Emails'),
		picklist('EmailEncodingKey', 'Email Encoding', ['UTF-8', 'ISO-8859-1', 'Shift_JIS', 'ISO-2022-JP', 'EUC-JP'], {
			...REQUIRED,
			length: 40,
			restrictedPicklist: true,
		}),
		reference('ProfileId', 'Profile ID', 'Profile', REQUIRED),
		picklist(
			'UserType',
			'User Type',
			[
				'Standard',
				'PowerPartner',
				'PowerCustomerSuccess',
				'CustomerSuccess',
				'Guest',
				'CspLitePortal',
				'CsnOnly',
				'AutomatedProcess',
			],
			{ ...READ_ONLY, length: 40, restrictedPicklist: true, defaultValue: 'Standard' },
		),
		text('StartDay', 'Start of Day', 40, { type: 'picklist', defaultValue: '6' }),
		text('EndDay', 'End of Day', 40, { type: 'picklist', defaultValue: '23' }),
		text('LanguageLocaleKey', 'Language', 40, { ...REQUIRED, type: 'picklist' }),
		text('EmployeeNumber', 'Employee Number', 20),
		reference('DelegatedApproverId', 'Delegated Approver ID', ['Group', 'User'], { relationshipName: undefined }),
		reference('ManagerId', 'Manager ID', 'User'),
		stamp('LastLoginDate', 'Last Login'),
		stamp('LastPasswordChangeDate', 'Last Password Change or Reset'),
		...AUDIT,
		stamp('PasswordExpirationDate', 'Password Expiration Date'),
		field('NumberOfFailedLogins', 'Number of Failed Logins', 'int', READ_ONLY),
		stamp('SuAccessExpirationDate', 'SU Access Expiration Date'),
		stamp('OfflineTrialExpirationDate', 'Offline Edition Trial Expiration Date'),
		stamp('OfflinePdaTrialExpirationDate', 'Sales Anywhere Trial Expiration Date'),
		...switches('UserPermissions', USER_PERMISSIONS),
		checkbox('ForecastEnabled', 'Allow Forecasting'),
		...switches('UserPreferences', USER_PREFERENCES, PREFERENCES_ON),
		reference('ContactId', 'Contact ID', 'Contact', { updateable: false }),
		reference('AccountId', 'Account ID', 'Account', READ_ONLY),
		reference('CallCenterId', 'Call Center ID', 'CallCenter', { relationshipName: undefined }),
		field('Extension', 'Extension', 'phone', { length: 40 }),
		// Upper and lower case are told apart unless the org says otherwise (release notes Summer '20, Federation IDs).
		text('FederationIdentifier', 'SAML Federation ID', 512, { idLookup: true, unique: true, caseSensitive: true }),
		textArea('AboutMe', 'About Me', 1000, { filterable: false, groupable: false }),
		field('FullPhotoUrl', 'Url for full-sized Photo', 'url', { ...READ_ONLY, length: 1024 }),
		field('SmallPhotoUrl', 'Photo', 'url', { ...READ_ONLY, length: 1024 }),
		checkbox('IsExtIndicatorVisible', 'Show external indicator', READ_ONLY),
		text('OutOfOfficeMessage', 'Out of office message', 40, { ...READ_ONLY, defaultValue: '' }),
		field('MediumPhotoUrl', 'Url for medium profile photo', 'url', { ...READ_ONLY, length: 1024 }),
		picklist('DigestFrequency', 'Chatter Email Highlights Frequency', ['D', 'W', 'N*'], {
			length: 40,
			defaultValue: 'N',
			restrictedPicklist: true,
		}),
		picklist(
			'DefaultGroupNotificationFrequency',
			'Default Notification Frequency when Joining Groups',
			['P', 'D', 'W', 'N*'],
			{
				length: 40,
				defaultValue: 'N',
				restrictedPicklist: true,
			},
		),
		field('JigsawImportLimitOverride', 'Data.com Monthly Addition Limit', 'int'),
		...VIEWED,
		field('BannerPhotoUrl', 'Url for banner photo', 'url', { ...READ_ONLY, length: 1024 }),
		field('SmallBannerPhotoUrl', 'Url for IOS banner photo', 'url', { ...READ_ONLY, length: 1024 }),
		field('MediumBannerPhotoUrl', 'Url for Android banner photo', 'url', { ...READ_ONLY, length: 1024 }),
		checkbox('IsProfilePhotoActive', 'Has Profile Photo', READ_ONLY),
		reference('IndividualId', 'Individual ID', 'Individual', { relationshipName: undefined }),
	]),
	childRelationships: [
		{ childSObject: 'User', field: 'ManagerId', relationshipName: 'ManagedUsers' },
		{ childSObject: 'Case', field: 'OwnerId', relationshipName: null },
		{ childSObject: 'PermissionSetAssignment', field: 'AssigneeId', relationshipName: 'PermissionSetAssignments' },
		{
			childSObject: 'PermissionSetLicenseAssign',
			field: 'AssigneeId',
			relationshipName: 'PermissionSetLicenseAssignments',
		},
		{ childSObject: 'UserPackageLicense', field: 'UserId', relationshipName: null },
		{ childSObject: 'UserLogin', field: 'UserId', relationshipName: null },
		{ childSObject: 'GroupMember', field: 'UserOrGroupId', relationshipName: 'GroupMemberships' },
	],
};

/** User's address has state and country codes beside the names. */
function userAddress(): FieldSchema[] {
	const code = (name: string, label: string) =>
		text(name, label, 10, { type: 'picklist', compoundFieldName: 'Address' });
	return address('').flatMap((one) =>
		one.name === 'Country'
			? [one, code('StateCode', 'State/Province Code'), code('CountryCode', 'Country Code')]
			: [one],
	);
}
