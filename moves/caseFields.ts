/** The custom fields of Case that a move fills, by what they hold; their API names are those of the set-up guide. */
export const CASE_FIELDS = {
	externalId: 'ExternalID__c',
	department: 'Department__c',
	team: 'Team__c',
	currentSeat: 'CurrentSeat__c',
	newSeat: 'NewSeat__c',
	employeeAssets: 'EmployeeAssets__c',
	employeeNotes: 'EmployeeNotes__c',
} as const;

/** What those fields are called in an org. */
export type CaseFieldNames = Readonly<Record<keyof typeof CASE_FIELDS, string>>;
