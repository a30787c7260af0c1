import type { Stamp } from '../salesforce/stamp';
import type { Administrators } from './administrators';

/** A user as they are right before something is done to them. IDs have 18 characters, moments are Salesforce's. */
export interface UserState {
	id: string;
	isActive: boolean;
	isSystem: boolean;
	userType: string;
	profileId: string;
	/** That of the profile. */
	userLicense: { id: string; apiName: string; name: string };
	lastLogin: string | null;
	created: string;
	changed: Stamp;
	/** The log-in record that freezing writes to; undefined where the user has none. */
	login?: { id: string; isFrozen: boolean; changed: Stamp };
	/** Those of the profile are not among them. Empty where they were not read, like the two lists below. */
	permissionSets: HeldPermissionSet[];
	permissionSetLicenses: Assignment[];
	packageLicenses: Assignment[];
	/** Feature licenses by API name, those of them that were asked for. */
	features: readonly string[];
}

/** A license in a user's hands. */
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
	/** Until when it is held, ISO 8601; null for as long as nobody takes it. */
	expires: string | null;
	/** As a message names it: `Seller`, or `the group Sales`. */
	label: string;
	/** The sets of a group, and whatever else an exclusion of it may name; by ID. */
	contains: string[];
	/** The permission-set licenses that it, or a set of the group, needs. */
	licenseIds: string[];
}

/** What has to be known of the org. */
export interface OrgState {
	orgId: string;
	/** The user under whom everything is done. */
	connectedUserId: string;
	/** The active users, the connected one aside, who may manage users. Whoever is locked out is taken from it. */
	administrators: Administrators;
	profiles: Profile[];
}

/** A profile, as far as it matters to who may have it. */
export interface Profile {
	id: string;
	name: string;
	userType: string;
	/** Whether its users may manage users. */
	managesUsers: boolean;
}
