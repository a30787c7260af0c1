import { dataError } from '../../errors';
import type { Org } from '../../org';
import type { Row } from '../../storage';

/** What the users of a license may be given; undefined where there is no limit. */
interface Allowed {
	/** Names of user permissions, as `ApiEnabled`. */
	permissions: string[];
	/** Standard objects; custom ones are open to every license but those that name none. */
	objects: string[];
	/** The permission-set license that lifts the limit. */
	unlessHolding?: string;
}

const COMMUNITY = ['Account', 'Asset', 'Case', 'Contact'];
const EVERYONE = ['ApiEnabled', 'PasswordNeverExpires'];

/**
 * Licenses that do not allow everything, by LicenseDefinitionKey. That the integration license opens objects only with
 * its permission-set license is seen in many orgs; the rest follows the descriptions of the licenses (help
 * users_license_types_available) and is assumed in its details. A license that is not here allows everything.
 */
const LICENSES: Record<string, Allowed> = {
	AUL: {
		permissions: [...EVERYONE, 'ApiUserOnly', 'ViewSetup'],
		objects: ['Account', 'Asset', 'Contact'],
	},
	PID_Salesforce_Integration: {
		permissions: [...EVERYONE, 'ApiUserOnly'],
		objects: [],
		unlessHolding: 'SalesforceAPIIntegrationPsl',
	},
	PID_CHATTER_FREE: { permissions: EVERYONE, objects: [] },
	PID_Customer_Community: { permissions: EVERYONE, objects: COMMUNITY },
	PID_Partner_Community: { permissions: EVERYONE, objects: [...COMMUNITY, 'Lead', 'Opportunity'] },
	PID_Company_Community: { permissions: [...EVERYONE, 'ViewSetup'], objects: COMMUNITY },
};

/** Rights to records as messages name them: `Read Accounts`. */
const OBJECT_RIGHTS: [string, string][] = [
	['PermissionsRead', 'Read'],
	['PermissionsCreate', 'Create'],
	['PermissionsEdit', 'Edit'],
	['PermissionsDelete', 'Delete'],
	['PermissionsViewAllRecords', 'Read All'],
	['PermissionsModifyAllRecords', 'Modify All'],
];

/** The first right of a permission set that a license does not allow, in the words of messages. */
function firstNotAllowed(org: Org, set: Row, { permissions, objects }: Allowed): string | undefined {
	const schema = org.catalog.stored('PermissionSet');
	const wrong = schema.fields.find(
		({ name }) => name.startsWith('Permissions') && set[name] === 1 && !permissions.includes(name.slice(11)),
	);
	if (wrong) return wrong.label;
	for (const row of org.storage.findBy('ObjectPermissions', 'ParentId', set.Id ?? null)) {
		const [object] = org.catalog.known(String(row.SobjectType));
		if (!object || objects.includes(object.name) || (object.custom && objects.length > 0)) continue;
		const right = OBJECT_RIGHTS.find(([field]) => row[field] === 1);
		if (right) return `${right[1]} ${object.custom ? object.name : object.labelPlural}`;
	}
	return undefined;
}

function holds(org: Org, userId: Row[string], developerName: string): boolean {
	const [row] = org.storage.all(
		`SELECT 1 FROM "PermissionSetLicenseAssign" a JOIN "PermissionSetLicense" l ON l."Id" = a."PermissionSetLicenseId"
		 WHERE a."AssigneeId" = ? AND a."IsDeleted" = 0 AND l."DeveloperName" = ?`,
		userId ?? null,
		developerName,
	);
	return row !== undefined;
}

/**
 * A permission set of a permission-set license brings what it needs.
 * @throws FIELD_INTEGRITY_EXCEPTION when a permission set holds what the license of a user does not allow (seen in
 *   orgs), or is made for another user license (assumed wording)
 */
export function checkLicense(org: Org, set: Row, userId: Row[string]): void {
	const { LicenseId } = set;
	if (set.IsOwnedByProfile === 1 || String(LicenseId).startsWith('0PL')) return;
	const user = org.storage.find('User', String(userId));
	const profile = org.storage.find('Profile', String(user?.ProfileId));
	const license = org.storage.find('UserLicense', String(profile?.UserLicenseId));
	if (!user || !license) return;
	const refusal = (why: string) =>
		dataError(
			'FIELD_INTEGRITY_EXCEPTION',
			`Can't assign permission set "${String(set.Label)}" to user "${String(user.Name)}". ${why}`,
		);
	if (LicenseId && LicenseId !== license.Id) throw refusal("The user license doesn't match the permission set's.");
	const allowed = LICENSES[String(license.LicenseDefinitionKey)];
	if (!allowed || (allowed.unlessHolding && holds(org, userId, allowed.unlessHolding))) return;
	const wrong = firstNotAllowed(org, set, allowed);
	if (wrong) throw refusal(`The user license doesn't allow the permission: ${wrong}`);
}

/** The same for everyone to whom a permission set is given, when it gives more than before. */
export function checkLicensesOfAssignees(org: Org, setId: Row[string] | undefined): void {
	const set = org.storage.find('PermissionSet', String(setId));
	if (!set || set.IsOwnedByProfile === 1) return;
	for (const { AssigneeId } of org.storage.findBy('PermissionSetAssignment', 'PermissionSetId', set.Id ?? null)) {
		checkLicense(org, set, AssigneeId ?? null);
	}
}
