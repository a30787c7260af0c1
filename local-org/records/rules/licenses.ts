import { dataError, insufficientAccess, type ApiError } from '../../errors';
import type { Org } from '../../org';
import type { Row } from '../../storage';
import type { WriteContext } from '../context';
import { addBySystem } from '../system';
import type { Change, ObjectRules } from './types';

/** Assumed wording; the code is documented. */
const licenseLimit = () => dataError('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded');

/** The message that Salesforce gives for a pair that exists already names neither field nor record. */
const duplicatePair = (): ApiError =>
	dataError('DUPLICATE_VALUE', 'duplicate value found: <unknown> duplicates value on record with id: <unknown>');

/** Only those who manage users may change what others hold. */
export function requireManager({ org, seeding }: WriteContext): void {
	if (seeding || (org.settings.canManageUsers && org.catalog.userHas('ManageUsers'))) return;
	throw insufficientAccess();
}

/** Takes one licence of this ID, or gives one back. Throws LICENSE_LIMIT_EXCEEDED when none is free. */
export function take(org: Org, object: string, id: unknown, units: 1 | -1): void {
	const row = typeof id === 'string' ? org.storage.find(object, id) : undefined;
	if (!row) return;
	const total = Number(row.TotalLicenses ?? row.AllowedLicenses);
	const used = Number(row.UsedLicenses) + units;
	// AllowedLicenses -1 is a site licence (assumed).
	if (units > 0 && total >= 0 && used > total) throw licenseLimit();
	org.storage.update(object, String(row.Id), { UsedLicenses: Math.max(0, used) });
}

/** Counts all licences anew: after a seed, whose records are not counted one by one. */
export function recount({ storage }: Org): void {
	storage.run(`UPDATE "UserLicense" SET "UsedLicenses" = (SELECT count(*) FROM "User" u JOIN "Profile" p
		ON p."Id" = u."ProfileId" WHERE u."IsActive" = 1 AND p."UserLicenseId" = "UserLicense"."Id")`);
	storage.run(`UPDATE "PermissionSetLicense" SET "UsedLicenses" = (SELECT count(*) FROM "PermissionSetLicenseAssign" a
		WHERE a."IsDeleted" = 0 AND a."PermissionSetLicenseId" = "PermissionSetLicense"."Id")`);
	storage.run(`UPDATE "PackageLicense" SET "UsedLicenses" = (SELECT count(*) FROM "UserPackageLicense" a
		WHERE a."PackageLicenseId" = "PackageLicense"."Id")`);
}

/** Throws DUPLICATE_VALUE when another record has the same two values. */
export function refusePair(change: Change, object: string, first: string, second: string): void {
	const { row, context } = change;
	// A seed may hold hundreds of thousands; it is trusted to hold each once.
	if (context.seeding || change.before) return;
	const pairs = context.org.storage.findBy(object, first, row[first] ?? null);
	if (pairs.some((other) => other[second] === row[second] && other.IsDeleted !== 1)) throw duplicatePair();
}

/** Rules of an object that gives a licence of `licenseObject` to a user. */
function assignment(object: string, userField: string, licenseField: string, licenseObject: string): ObjectRules {
	return {
		beforeSave(change) {
			requireManager(change.context);
			refusePair(change, object, userField, licenseField);
			if (change.before || change.context.seeding) return;
			take(change.context.org, licenseObject, change.row[licenseField], 1);
		},
		beforeDelete: (_row, context) => requireManager(context),
		afterDelete: (row, { org }) => take(org, licenseObject, row[licenseField], -1),
	};
}

/** Package licences are simply given and taken. */
export const userPackageLicenseRules = assignment('UserPackageLicense', 'UserId', 'PackageLicenseId', 'PackageLicense');

const permissionSetLicense = assignment(
	'PermissionSetLicenseAssign',
	'AssigneeId',
	'PermissionSetLicenseId',
	'PermissionSetLicense',
);

/** The permission sets of a user that need this permission-set licence. */
function setsThatNeed(org: Org, userId: unknown, licenseId: unknown): Row[] {
	return org.storage.all(
		`SELECT a."Id" FROM "PermissionSetAssignment" a JOIN "PermissionSet" p ON p."Id" = a."PermissionSetId"
		 WHERE a."AssigneeId" = ? AND p."LicenseId" = ?`,
		String(userId),
		String(licenseId),
	);
}

/** A permission-set licence stays as long as one of the user's permission sets needs it; code and wording are assumed. */
export const permissionSetLicenseAssignRules: ObjectRules = {
	...permissionSetLicense,
	beforeDelete(row, context) {
		requireManager(context);
		if (setsThatNeed(context.org, row.AssigneeId, row.PermissionSetLicenseId).length === 0) return;
		throw dataError(
			'FIELD_INTEGRITY_EXCEPTION',
			"Can't remove the permission set license because the user is assigned permission sets that require it.",
		);
	},
};

const isPermissionSetLicense = (id: unknown) => typeof id === 'string' && id.startsWith('0PL');

/**
 * Giving a permission set gives the licence that it needs; taking the last one that needs it takes the licence too
 * (Salesforce Help, removing permission-set licences). What the user sees changes with it.
 */
export const permissionSetAssignmentRules: ObjectRules = {
	beforeSave(change) {
		requireManager(change.context);
		refusePair(change, 'PermissionSetAssignment', 'AssigneeId', 'PermissionSetId');
	},
	afterSave({ row, context }) {
		const { org, seeding } = context;
		if (row.AssigneeId === org.apiUserId) org.catalog.changed();
		const licenseId = org.storage.find('PermissionSet', String(row.PermissionSetId))?.LicenseId;
		if (!isPermissionSetLicense(licenseId)) return;
		const held = org.storage
			.findBy('PermissionSetLicenseAssign', 'AssigneeId', row.AssigneeId ?? null)
			.some((one) => one.PermissionSetLicenseId === licenseId && one.IsDeleted !== 1);
		if (held) return;
		if (!seeding) take(org, 'PermissionSetLicense', licenseId, 1);
		addBySystem(
			'PermissionSetLicenseAssign',
			{ AssigneeId: row.AssigneeId ?? null, PermissionSetLicenseId: licenseId ?? null },
			context,
		);
	},
	beforeDelete: (_row, context) => requireManager(context),
	afterDelete(row, context) {
		const { org, now, userId } = context;
		if (row.AssigneeId === org.apiUserId) org.catalog.changed();
		const licenseId = org.storage.find('PermissionSet', String(row.PermissionSetId))?.LicenseId;
		if (!isPermissionSetLicense(licenseId) || setsThatNeed(org, row.AssigneeId, licenseId).length > 0) return;
		for (const one of org.storage.findBy('PermissionSetLicenseAssign', 'AssigneeId', row.AssigneeId ?? null)) {
			if (one.PermissionSetLicenseId !== licenseId || one.IsDeleted === 1) continue;
			org.storage.update('PermissionSetLicenseAssign', String(one.Id), {
				IsDeleted: 1,
				LastModifiedDate: now,
				LastModifiedById: userId,
				SystemModstamp: now,
			});
			take(org, 'PermissionSetLicense', licenseId, -1);
		}
	},
};

/** Field-level security: a field must exist, and what may be changed may be read. */
export const fieldPermissionsRules: ObjectRules = {
	beforeSave(change) {
		const { row, before, context } = change;
		if (before) return;
		const [object = '', field = ''] = String(row.Field).split('.');
		const known = context.org.catalog.hasField(object, field);
		if (!known) {
			throw dataError(
				'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
				`Field Name: bad value for restricted picklist field: ${row.Field}`,
				['Field'],
			);
		}
		refusePair(change, 'FieldPermissions', 'ParentId', 'Field');
	},
	afterSave: ({ context }) => context.org.catalog.changed(),
	afterDelete: (_row, { org }) => org.catalog.changed(),
};
