/** A user as they are right before something is done to them. IDs have 18 characters, moments are Salesforce's. */
export interface UserState {
	id: string;
	username: string;
	isActive: boolean;
	isSystem: boolean;
	userType: string;
	profileId: string;
	profileName: string;
	lastLogin: string | null;
	created: string;
	/** The log-in record that freezing writes to; undefined where the user has none, or it was not read. */
	login?: { id: string; isFrozen: boolean };
	/** Those of the profile are not among them. Empty where they were not read, like the two lists below. */
	permissionSets: HeldPermissionSet[];
	permissionSetLicenses: Assignment[];
	packageLicenses: Assignment[];
}

/** A licence in a user's hands. */
export interface Assignment {
	/** ID of the record that gives it. */
	id: string;
	licenseId: string;
}

/** A permission set, or a group of them, in a user's hands. */
export interface HeldPermissionSet {
	/** ID of the record that gives it. */
	id: string;
	/** What it takes to give it again: the field that names it and its ID. */
	given: { PermissionSetId: string } | { PermissionSetGroupId: string };
	/** By any of these it can be named. */
	names: string[];
	label: string;
	/** The permission-set licence that it needs; empty for none. */
	licenseId: string;
}

/** What has to be known of the org. */
export interface OrgState {
	orgId: string;
	/** The user under whom everything is done. */
	connectedUserId: string;
	/** IDs of the active users, the connected one aside, who may manage users. Whoever is locked out is taken from it. */
	administrators: Set<string>;
	profiles: Profile[];
}

/** A profile, as far as it matters to who may have it. */
export interface Profile {
	id: string;
	name: string;
	userType: string;
}

/** Whether two IDs are the same record's: one may have 15 characters and the other 18. */
export function sameId(one: string, other: string): boolean {
	return one.length >= 15 && one.slice(0, 15) === other.slice(0, 15);
}
