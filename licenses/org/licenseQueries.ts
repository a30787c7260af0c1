import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import type { ListedKind } from '../orgLicenses';

/** Which org answers. */
export const ORGANIZATION = 'SELECT Id, Name FROM Organization';

/** The objects that list the licenses of an org, with the fields that tell one from another. */
export const LICENSE_OBJECTS: Record<ListedKind, { object: string; fields: string }> = {
	user: { object: 'UserLicense', fields: 'Id, LicenseDefinitionKey, Name' },
	permissionSet: { object: 'PermissionSetLicense', fields: 'Id, DeveloperName, MasterLabel' },
	package: { object: 'PackageLicense', fields: 'Id, NamespacePrefix' },
};

/** A condition may have 4,000 characters (SOQL limits), and an ID takes 21 of them. */
export const IDS_PER_QUERY = 180;

/** Record IDs as SOQL's IN wants them. */
export function idList(ids: readonly string[]): string {
	return `(${ids.map(textLiteral).join(',')})`;
}

/** Whether a query was refused because the org does not have the object, or the API user may not see it. */
export function isHidden(outcome: QueryOutcome): boolean {
	return !outcome.ok && outcome.error.hidesTheObject;
}

/**
 * A query's records.
 *
 * @param object what was queried
 * @param right which right lets a user see it, as Setup calls it
 * @param node which node needs it
 * @throws OrgError that names the right, when the object is not to be seen, or as Salesforce refused
 */
export function seen(outcome: QueryOutcome, object: string, right: string, node: string): QueriedRecord[] {
	if (outcome.ok) return outcome.records;
	if (!isHidden(outcome)) throw outcome.error;
	throw outcome.error.with({
		message: `Salesforce shows the API user no ${object}`,
		remedy: `${node} needs the right "${right}": give it to the API user with a permission set. An object that the org does not have looks the same as a hidden one.`,
	});
}

/** Who the org is, as every item says. */
export interface OrgStamp {
	/** The display name. */
	org: string;
	orgId: string;
}

/** The stamp from the answer to `ORGANIZATION`; a display name that was given wins over the org's own. */
export function orgStamp([organization]: QueriedRecord[], displayName: string): OrgStamp {
	return { org: displayName.trim() || String(organization?.Name), orgId: String(organization?.Id) };
}
