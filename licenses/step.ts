/** Objects that are written to give or take a license. All are setup objects, which no call may mix with others. */
export type LicenseObject =
	| 'User'
	| 'UserLogin'
	| 'PermissionSetAssignment'
	| 'PermissionSetLicenseAssign'
	| 'UserPackageLicense';

/** One write. The steps of an act follow each other, and a step that is refused ends it. */
export type Step =
	| { kind: 'update'; object: LicenseObject; id: string; fields: Record<string, unknown> }
	| { kind: 'create'; object: LicenseObject; records: Array<Record<string, unknown>> }
	| { kind: 'delete'; object: LicenseObject; ids: string[] };
