import type { QueriedRecord } from '../salesforce/query';

/**
 * The types of users who are people. Automated processes, cloud integrations and site guests have others.
 * Source: object reference, User.UserType.
 */
const PEOPLE = [
	'Standard',
	'PowerPartner',
	'PowerCustomerSuccess',
	'CustomerSuccess',
	'CspLitePortal',
	'CsnOnly',
	'SelfService',
];

/** Whether a user is one of the org's own, whom nobody hired: their type says so, or their profile is not to be seen. */
export function isSystemUser({ UserType, Profile }: QueriedRecord): boolean {
	return !PEOPLE.includes(String(UserType)) || Profile === null || Profile === undefined;
}

/** A value of a parent record, `Manager.Name`; null where there is no parent. */
export function parentValue(record: QueriedRecord, parent: string, field: string): string | null {
	const value = (record[parent] as QueriedRecord | null | undefined)?.[field];
	return typeof value === 'string' ? value : null;
}
