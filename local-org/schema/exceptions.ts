const NOT_REPLICATED = { replicateable: false };
const NOT_UNDELETABLE = { replicateable: false, undeletable: false };

/** What real orgs say of objects beside what follows from their fields: recorded from a describe of all. */
export const EXCEPTIONS: Record<string, Record<string, unknown>> = {
	Asset: { feedEnabled: false },
	AssignmentRule: NOT_REPLICATED,
	CaseComment: { associateEntityType: 'Comment', associateParentEntity: 'Case', feedEnabled: false, mruEnabled: false },
	CaseHistory: { replicateable: true, undeletable: false },
	CaseShare: { feedEnabled: false, layoutable: false, mruEnabled: false, triggerable: false, undeletable: false },
	CaseStatus: NOT_REPLICATED,
	EntityDefinition: { retrieveable: false },
	Event: { feedEnabled: false },
	FieldDefinition: { retrieveable: false },
	FieldPermissions: NOT_REPLICATED,
	ObjectPermissions: NOT_REPLICATED,
	Opportunity: { deepCloneable: true },
	PackageLicense: NOT_REPLICATED,
	PermissionSet: { mruEnabled: true, replicateable: false },
	PermissionSetAssignment: NOT_REPLICATED,
	PermissionSetGroup: { ...NOT_UNDELETABLE, mruEnabled: true },
	PermissionSetLicense: { ...NOT_UNDELETABLE, layoutable: true },
	PermissionSetLicenseAssign: NOT_UNDELETABLE,
	Profile: { mruEnabled: true },
	RecordType: { mruEnabled: true },
	Task: { feedEnabled: false },
	TenantUsageEntitlement: { ...NOT_UNDELETABLE, layoutable: true },
	User: { feedEnabled: true, layoutable: true, mruEnabled: true, triggerable: true },
	UserLicense: NOT_REPLICATED,
	UserPackageLicense: NOT_REPLICATED,
	UserRole: { layoutable: true, mruEnabled: true },
};
