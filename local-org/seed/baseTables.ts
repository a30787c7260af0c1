/** The org itself, but for its ID. */
export const ORGANIZATION = {
	Name: 'Local Org',
	Country: 'US',
	PrimaryContact: 'Admin User',
	DefaultLocaleSidKey: 'en_US',
	TimeZoneSidKey: 'America/Los_Angeles',
	LanguageLocaleKey: 'en_US',
	OrganizationType: 'Enterprise Edition',
	InstanceName: 'LOCAL',
	SignupCountryIsoCode: 'US',
	DefaultAccountAccess: 'Edit',
	DefaultContactAccess: 'ControlledByParent',
	DefaultOpportunityAccess: 'Edit',
	DefaultLeadAccess: 'ReadEditTransfer',
	DefaultCaseAccess: 'ReadEditTransfer',
	DefaultCalendarAccess: 'HideDetailsInsert',
	DefaultPricebookAccess: 'ReadSelect',
	DefaultCampaignAccess: 'All',
};

/** The user licenses that a new org has bought. */
export const LICENSES = [
	{ Name: 'Salesforce', LicenseDefinitionKey: 'SFDC', TotalLicenses: 100 },
	{ Name: 'Salesforce Platform', LicenseDefinitionKey: 'AUL', TotalLicenses: 50 },
	{ Name: 'Salesforce Integration', LicenseDefinitionKey: 'PID_Salesforce_Integration', TotalLicenses: 5 },
	{ Name: 'Chatter Free', LicenseDefinitionKey: 'PID_CHATTER_FREE', TotalLicenses: 5000 },
	{ Name: 'Customer Community', LicenseDefinitionKey: 'PID_Customer_Community', TotalLicenses: 25 },
	{ Name: 'Partner Community', LicenseDefinitionKey: 'PID_Partner_Community', TotalLicenses: 25 },
	{ Name: 'Company Community', LicenseDefinitionKey: 'PID_Company_Community', TotalLicenses: 25 },
];

const ADMIN_RIGHTS = [
	'ApiEnabled',
	'ViewSetup',
	'ManageUsers',
	'FreezeUsers',
	'AssignPermissionSets',
	'ManageInternalUsers',
	'ModifyAllData',
	'ViewAllData',
	'CustomizeApplication',
	'AuthorApex',
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
	'ViewAllProfiles',
	'ManageCases',
	'TransferAnyCase',
	'EditTask',
	'EditEvent',
	'RunReports',
	'ModifyMetadata',
];

/** A profile with its license, its user permissions, and what it may do with records: `Case: ['Read', 'Edit']`. */
export interface BaseProfile {
	Name: string;
	license: string;
	rights: string[];
	objects?: Record<string, string[]>;
	UserType?: string;
}

const EDIT = ['Read', 'Create', 'Edit'];
const DELETE = [...EDIT, 'Delete'];
const ALL = [...DELETE, 'ViewAllRecords', 'ModifyAllRecords'];

/** Its profiles. The objects of standard profiles are assumed. */
export const PROFILES: BaseProfile[] = [
	{
		Name: 'System Administrator',
		license: 'Salesforce',
		rights: ADMIN_RIGHTS,
		objects: { Account: ALL, Asset: ALL, Case: ALL, Contact: ALL, Lead: ALL, Opportunity: ALL },
	},
	{
		Name: 'Standard User',
		license: 'Salesforce',
		rights: ['ApiEnabled', 'ViewSetup', 'ViewRoles', 'EditTask', 'EditEvent', 'RunReports'],
		objects: { Account: DELETE, Asset: DELETE, Case: EDIT, Contact: DELETE, Lead: EDIT, Opportunity: DELETE },
	},
	{
		Name: 'Standard Platform User',
		license: 'Salesforce Platform',
		rights: ['ApiEnabled'],
		objects: { Account: DELETE, Contact: DELETE },
	},
	{
		Name: 'Minimum Access - API Only Integrations',
		license: 'Salesforce Integration',
		rights: ['ApiEnabled', 'ApiUserOnly'],
	},
	{ Name: 'Chatter Free User', license: 'Chatter Free', rights: [], UserType: 'CsnOnly' },
	{ Name: 'Customer Community User', license: 'Customer Community', rights: [], UserType: 'CspLitePortal' },
	{ Name: 'Partner Community User', license: 'Partner Community', rights: [], UserType: 'PowerPartner' },
];

/** Its permission-set licenses: developer name, label, number bought. */
export const PERMISSION_SET_LICENSES = [
	['SalesforceAPIIntegrationPsl', 'Salesforce API Integration', 5],
	['SalesConsoleUser', 'Sales Console User', 20],
	['ServiceUserPsl', 'Service User', 20],
	['CRMUserPsl', 'CRM User', 20],
] as const;

/** The values of Case.Status in their order; the first is the default, the last closes. */
export const CASE_STATUSES = ['New', 'Working', 'Escalated', 'Closed'];

/** Active users that every org has though nobody hired them; their profile is not to be seen. */
export const SYSTEM_USERS = [
	['Automated Process', 'autoproc', 'AutomatedProcess'],
	['Platform Integration User', 'cloud', 'CloudIntegrationUser'],
	['Data.com Clean', 'datacom', 'Standard'],
	['Integration User', 'integration', 'Standard'],
] as const;
