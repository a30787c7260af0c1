/** Something that n8n is to do in an org. */
export type Job =
	| 'pushMoves'
	| 'undoMoves'
	| 'readRecords'
	| 'writeRecords'
	| 'downloadSubscriptions'
	| 'downloadConsumption'
	| 'reclaimLicenses'
	| 'receiveChanges';

/** A right to the records of an object. */
export type ObjectRight = 'read' | 'create' | 'edit' | 'delete' | 'viewAll' | 'modifyAll';

/** A right to a field; whoever may edit it may read it. */
export type FieldRight = 'read' | 'edit';

/** The rights to an object: the field of ObjectPermissions, and what Setup calls it (Object Reference, ObjectPermissions). */
export const OBJECT_RIGHTS: Readonly<Record<ObjectRight, { field: string; label: string }>> = {
	read: { field: 'PermissionsRead', label: 'Read' },
	create: { field: 'PermissionsCreate', label: 'Create' },
	edit: { field: 'PermissionsEdit', label: 'Edit' },
	delete: { field: 'PermissionsDelete', label: 'Delete' },
	viewAll: { field: 'PermissionsViewAllRecords', label: 'View All Records' },
	modifyAll: { field: 'PermissionsModifyAllRecords', label: 'Modify All Records' },
};

/**
 * User permissions that jobs need, or that say too much of a user, by their names in the API, with what Setup calls them.
 * Those below Manage Users come with it: the API refuses it alone (salesforce.stackexchange 413777).
 */
export const USER_PERMISSIONS = {
	ApiEnabled: 'API Enabled',
	ApiUserOnly: 'API Only User',
	ViewSetup: 'View Setup and Configuration',
	ViewRoles: 'View Roles and Role Hierarchy',
	ManageUsers: 'Manage Users',
	AssignPermissionSets: 'Assign Permission Sets',
	ManageInternalUsers: 'Manage Internal Users',
	ManageIpAddresses: 'Manage IP Addresses',
	ManageLoginAccessPolicies: 'Manage Login Access Policies',
	ManagePasswordPolicies: 'Manage Password Policies',
	ManageProfilesPermissionsets: 'Manage Profiles and Permission Sets',
	ManageRoles: 'Manage Roles',
	ManageSharing: 'Manage Sharing',
	ManageTwoFactor: 'Manage Multi-Factor Authentication in User Interface',
	ResetPasswords: 'Reset User Passwords and Unlock Users',
	ViewAllUsers: 'View All Users',
	CustomizeApplication: 'Customize Application',
	ViewAllData: 'View All Data',
	ModifyAllData: 'Modify All Data',
} as const;

/** A user permission by its name in the API, without `Permissions` before it. */
export type UserPermission = keyof typeof USER_PERMISSIONS;

/** The Case fields that a move fills, by what they hold. */
export type MoveField =
	| 'externalId'
	| 'department'
	| 'team'
	| 'currentSeat'
	| 'newSeat'
	| 'employeeAssets'
	| 'employeeNotes';

/** What each of those fields is made as: the table of the set-up guide. */
export const MOVE_FIELDS: Readonly<Record<MoveField, FieldKind>> = {
	externalId: { label: 'ExternalID', type: 'Text', length: 255, externalId: true },
	department: { label: 'Department', type: 'Text', length: 255 },
	team: { label: 'Team', type: 'Text', length: 255 },
	currentSeat: { label: 'CurrentSeat', type: 'Text', length: 255 },
	newSeat: { label: 'NewSeat', type: 'Text', length: 255 },
	employeeAssets: { label: 'EmployeeAssets', type: 'LongTextArea', length: 1024, visibleLines: 2 },
	employeeNotes: { label: 'EmployeeNotes', type: 'LongTextArea', length: 1024, visibleLines: 2 },
};

/** How a custom field is made, in the words of the Metadata API. */
export interface FieldKind {
	label: string;
	type: 'Text' | 'LongTextArea';
	length: number;
	externalId?: true;
	visibleLines?: number;
}

/** What a person says of the jobs. */
export interface JobChoice {
	jobs: readonly Job[];
	/** API names of the objects whose records are read, written or received. */
	objects: readonly string[];
	/** Their fields, as `Account.Name`. */
	fields: ReadonlyArray<{ object: string; field: string }>;
	/** What the Case fields of a move are called in the org. */
	names: Readonly<Record<MoveField, string>>;
	/** Values that pushing writes into fields of Cases; of a record type its ID. */
	caseValues: ReadonlyArray<{ field: string; value: string }>;
	/** The status that undoing gives Cases; empty where it deletes them. */
	undoStatus: string;
	/** Whether the field of the external ID is, or is made, unique: then nobody need delete a second Case. */
	isUnique: boolean;
}
