import type { Org } from './org';

/** Whether a query reads the org itself. */
export const readsOrganization = (soql: string): boolean => /\bOrganization\b/i.test(soql);

/** What the org says of Cases by itself: everybody may see, change and transfer them. */
const USUAL = 'ReadEditTransfer';

/** Lets the org say of Cases what its setting does. */
export function refreshOrganization(org: Org): void {
	const DefaultCaseAccess = org.settings.defaultAccess.Case ?? USUAL;
	org.storage.update('Organization', org.organizationId, { DefaultCaseAccess });
}
