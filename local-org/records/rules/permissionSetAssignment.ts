import { dataError, insufficientAccess } from '../../errors';
import type { Org } from '../../org';
import type { Row } from '../../storage';
import { keepAuditTrail } from '../auditTrail';
import { addBySystem } from '../system';
import { assignment, refusePair, requireManager, take } from './licenses';
import { checkLicense } from './licenseRights';
import { membersOf, setOfGroup } from './permissionSetGroups';
import type { Change, ObjectRules } from './types';

/** What is enough to give and take permission sets, and permission-set licenses (Help; of licenses assumed). */
const ASSIGN = 'AssignPermissionSets';
const GIVE_LICENSES = 'ManageInternalUsers';

const permissionSetLicense = assignment(
	'PermissionSetLicenseAssign',
	'AssigneeId',
	'PermissionSetLicenseId',
	'PermissionSetLicense',
	GIVE_LICENSES,
);

/** What of a user needs a permission-set license: a permission set, or a group with one in it. */
function needing(org: Org, userId: unknown, licenseId: unknown): Row[] {
	return org.storage.all(
		`SELECT a."Id" FROM "PermissionSetAssignment" a WHERE a."AssigneeId" = ? AND (
			a."PermissionSetId" IN (SELECT "Id" FROM "PermissionSet" WHERE "LicenseId" = ?) OR
			a."PermissionSetGroupId" IN (SELECT c."PermissionSetGroupId" FROM "PermissionSetGroupComponent" c
				JOIN "PermissionSet" p ON p."Id" = c."PermissionSetId" WHERE c."IsDeleted" = 0 AND p."LicenseId" = ?))`,
		String(userId),
		String(licenseId),
		String(licenseId),
	);
}

/** A permission-set license stays as long as one of the user's permission sets needs it; code and wording are assumed. */
export const permissionSetLicenseAssignRules: ObjectRules = {
	...permissionSetLicense,
	beforeDelete(row, context) {
		requireManager(context, GIVE_LICENSES);
		if (needing(context.org, row.AssigneeId, row.PermissionSetLicenseId).length === 0) return;
		throw dataError(
			'FIELD_INTEGRITY_EXCEPTION',
			"Can't remove the permission set license because the user is assigned permission sets that require it.",
		);
	},
};

/** The permission sets that an assignment gives: one, or those of a group. */
function setsOf(org: Org, { PermissionSetId, PermissionSetGroupId }: Row): Row[] {
	if (PermissionSetGroupId) return membersOf(org, PermissionSetGroupId);
	const set = org.storage.find('PermissionSet', String(PermissionSetId));
	return set ? [set] : [];
}

/** The permission-set licenses that an assignment needs. */
function licensesOf(org: Org, assignment: Row): string[] {
	const ids = setsOf(org, assignment).map((set) => String(set.LicenseId));
	return [...new Set(ids.filter((id) => id.startsWith('0PL')))];
}

/** An assignment names a permission set or a group (docs:object-reference/permissionsetassignment). Codes and wordings are assumed. */
function applyGroup({ row, context: { org } }: Change): void {
	if (row.PermissionSetGroupId) {
		if (row.PermissionSetId) {
			throw dataError(
				'FIELD_INTEGRITY_EXCEPTION',
				'Specify either PermissionSetId or PermissionSetGroupId, but not both.',
			);
		}
		row.PermissionSetId = setOfGroup(org, row.PermissionSetGroupId)?.Id ?? null;
	} else if (!row.PermissionSetId) {
		throw dataError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [PermissionSetId]', ['PermissionSetId']);
	}
}

/** A profile's own permission set comes and goes with the profile (help 000394118; codes and wording assumed). */
const isOfProfile = (org: Org, { PermissionSetId }: Row) =>
	org.storage.find('PermissionSet', String(PermissionSetId))?.IsOwnedByProfile === 1;

function refuseProfiles({ row, before, context: { org, seeding } }: Change): void {
	if (before || seeding || !isOfProfile(org, row)) return;
	throw dataError('FIELD_INTEGRITY_EXCEPTION', "Can't assign a permission set that is owned by a profile", [
		'PermissionSetId',
	]);
}

/** So many assignments that go at once leave their permission-set licenses behind (help users_permissionset_licenses_remove). */
const TOO_MANY_TO_FREE = 50;

/**
 * Giving a permission set gives the license that it needs; taking the last one that needs it takes the license too
 * (Salesforce Help, removing permission-set licenses), assumed to hold for groups as well. What the user sees changes
 * with it.
 */
export const permissionSetAssignmentRules: ObjectRules = {
	beforeSave(change) {
		requireManager(change.context, ASSIGN);
		if (!change.before) applyGroup(change);
		refuseProfiles(change);
		refusePair(change, 'PermissionSetAssignment', 'AssigneeId', 'PermissionSetId');
		const { row, before, context } = change;
		if (before || context.seeding) return;
		for (const set of setsOf(context.org, row)) checkLicense(context.org, set, row.AssigneeId ?? null);
	},
	afterSave({ row, before, context }) {
		const { org, seeding } = context;
		if (before) return;
		if (row.AssigneeId === org.apiUserId) org.catalog.changed();
		for (const licenseId of licensesOf(org, row)) {
			const held = org.storage
				.findBy('PermissionSetLicenseAssign', 'AssigneeId', row.AssigneeId ?? null)
				.some((one) => one.PermissionSetLicenseId === licenseId && one.IsDeleted !== 1);
			if (held) continue;
			if (!seeding) take(org, 'PermissionSetLicense', licenseId, 1);
			const given = { AssigneeId: row.AssigneeId ?? null, PermissionSetLicenseId: licenseId };
			addBySystem('PermissionSetLicenseAssign', given, context);
			keepAuditTrail({ object: 'PermissionSetLicenseAssign', row: given, context });
		}
	},
	beforeDelete(row, context) {
		requireManager(context, ASSIGN);
		if (isOfProfile(context.org, row)) throw insufficientAccess();
	},
	afterDelete(row, context) {
		const { org, now, userId, together } = context;
		if (row.AssigneeId === org.apiUserId) org.catalog.changed();
		if (together >= TOO_MANY_TO_FREE) return;
		for (const licenseId of licensesOf(org, row)) {
			if (needing(org, row.AssigneeId, licenseId).length > 0) continue;
			for (const one of org.storage.findBy('PermissionSetLicenseAssign', 'AssigneeId', row.AssigneeId ?? null)) {
				if (one.PermissionSetLicenseId !== licenseId || one.IsDeleted === 1) continue;
				org.storage.update('PermissionSetLicenseAssign', String(one.Id), {
					IsDeleted: 1,
					LastModifiedDate: now,
					LastModifiedById: userId,
					SystemModstamp: now,
				});
				take(org, 'PermissionSetLicense', licenseId, -1);
				keepAuditTrail({ object: 'PermissionSetLicenseAssign', before: one, context });
			}
		}
	},
};
