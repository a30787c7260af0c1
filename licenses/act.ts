/** What can be done to a user or a licence in their hands. */
export type Act =
	| 'freeze'
	| 'unfreeze'
	| 'deactivate'
	| 'removePermissionSetLicense'
	| 'removePackageLicense'
	| 'changeProfile';
