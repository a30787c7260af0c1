/** What can be done to a user or a license in their hands. */
export const ACTS = [
	'freeze',
	'unfreeze',
	'deactivate',
	'removePermissionSetLicense',
	'removePackageLicense',
	'changeProfile',
] as const;

/** One of the acts. */
export type Act = (typeof ACTS)[number];
