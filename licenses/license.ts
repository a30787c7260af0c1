/** The kinds of license that a user can hold. */
export const LICENSE_KINDS = ['user', 'permissionSet', 'package', 'feature'] as const;

/** One of the kinds of license that a user can hold. */
export type LicenseKind = (typeof LICENSE_KINDS)[number];

/** A license of an org. */
export interface License {
	kind: LicenseKind;
	/** Salesforce's ID; empty for a feature license, which is a field of User. */
	id: string;
	/** What the API calls it: `SFDC`, `SalesConsoleUser`, a package's namespace, `UserPermissionsSupportUser`. */
	apiName: string;
	/** What people call it. */
	name: string;
	/** See `productFamily`. */
	family: string;
}
