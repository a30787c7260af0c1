import { dataError, insufficientAccess } from '../../errors';
import type { ApiError } from '../../errors';
import type { Org } from '../../org';
import type { WriteContext } from '../context';
import type { Change, ObjectRules } from './types';

/** Assumed wording; the code is documented. */
const licenseLimit = () => dataError('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded');

/** The message that Salesforce gives for a pair that exists already names neither field nor record. */
const duplicatePair = (): ApiError =>
	dataError('DUPLICATE_VALUE', 'duplicate value found: <unknown> duplicates value on record with id: <unknown>');

/**
 * @throws unless the user manages users, or has the one user permission that this change needs (salesforce.stackexchange
 *   413777: Manage Internal Users for users, Assign Permission Sets for their permission sets)
 */
export function requireManager({ org, isAdmin }: WriteContext, enough = 'ManageUsers'): void {
	const isManager = org.catalog.userHas('ManageUsers') || org.catalog.userHas(enough);
	if (isAdmin || (org.allows('canManageUsers') && isManager)) return;
	throw insufficientAccess();
}

/**
 * Takes one license of this ID, or gives one back.
 * @throws LICENSE_LIMIT_EXCEEDED when none is free
 */
export function take(org: Org, object: string, id: unknown, units: 1 | -1): void {
	const row = typeof id === 'string' ? org.storage.find(object, id) : undefined;
	if (!row) return;
	const total = Number(row.TotalLicenses ?? row.AllowedLicenses);
	const used = Number(row.UsedLicenses) + units;
	// AllowedLicenses -1 is a site license (assumed).
	if (units > 0 && total >= 0 && used > total) throw licenseLimit();
	org.storage.update(object, String(row.Id), { UsedLicenses: Math.max(0, used) });
}

/** Counts all licenses anew: after a seed, whose records are not counted one by one. */
export function recount({ storage }: Org): void {
	storage.run(`UPDATE "UserLicense" SET "UsedLicenses" = (SELECT count(*) FROM "User" u JOIN "Profile" p
		ON p."Id" = u."ProfileId" WHERE u."IsActive" = 1 AND p."UserLicenseId" = "UserLicense"."Id")`);
	storage.run(`UPDATE "PermissionSetLicense" SET "UsedLicenses" = (SELECT count(*) FROM "PermissionSetLicenseAssign" a
		WHERE a."IsDeleted" = 0 AND a."PermissionSetLicenseId" = "PermissionSetLicense"."Id")`);
	storage.run(`UPDATE "PackageLicense" SET "UsedLicenses" = (SELECT count(*) FROM "UserPackageLicense" a
		WHERE a."PackageLicenseId" = "PackageLicense"."Id")`);
}

/**
 * @throws DUPLICATE_VALUE when another record has the same two values
 */
export function refusePair(change: Change, object: string, first: string, second: string): void {
	const { row, context } = change;
	// A seed may hold hundreds of thousands; it is trusted to hold each once.
	if (context.seeding || change.before) return;
	const pairs = context.org.storage.findBy(object, first, row[first] ?? null);
	if (pairs.some((other) => other[second] === row[second] && other.IsDeleted !== 1)) throw duplicatePair();
}

/**
 * Rules of an object that gives a license of `licenseObject` to a user.
 *
 * @param enough the user permission that is enough to do so
 */
export function assignment(
	object: string,
	userField: string,
	licenseField: string,
	licenseObject: string,
	enough = 'ManageUsers',
): ObjectRules {
	return {
		beforeSave(change) {
			requireManager(change.context, enough);
			refusePair(change, object, userField, licenseField);
			if (change.before || change.context.seeding) return;
			take(change.context.org, licenseObject, change.row[licenseField], 1);
		},
		beforeDelete: (_row, context) => requireManager(context, enough),
		afterDelete: (row, { org }) => take(org, licenseObject, row[licenseField], -1),
	};
}

/** Package licenses are simply given and taken. */
export const userPackageLicenseRules = assignment('UserPackageLicense', 'UserId', 'PackageLicenseId', 'PackageLicense');
