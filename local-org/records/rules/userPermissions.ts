import { dataError, insufficientAccess } from '../../errors';
import type { Row } from '../../storage';
import type { WriteContext } from '../context';
import { checkLicensesOfAssignees } from './licenseRights';
import { recalculateGroupsOf } from './permissionSetGroups';
import { checkPermissionDependencies } from './permissionDependencies';
import { valueOf } from './types';
import type { Change, ObjectRules } from './types';

const permissionsIn = (row: Row): Row =>
	Object.fromEntries(Object.entries(row).filter(([name]) => name.startsWith('Permissions')));

/** Writes changed user permissions to the other record that has them. */
function copyTo(object: string, id: Row[string] | undefined, { row, context: { org } }: Change): void {
	if (typeof id === 'string') org.storage.update(object, id, permissionsIn(row));
	org.catalog.changed();
}

/** A profile that users have is not deleted (help, delete a profile; code and wording as for records in use, assumed). */
function refuseUsed(row: Row, { org }: WriteContext): void {
	const users = org.storage.findBy('User', 'ProfileId', row.Id ?? null).map(({ Name }) => String(Name));
	if (users.length === 0) return;
	throw dataError(
		'DELETE_FAILED',
		`Your attempt to delete ${String(row.Name)} could not be completed because it is associated with the following users.: ${users.join(', ')}\n`,
	);
}

/** A profile's user permissions are those of the permission set that it owns. */
export const profileRules: ObjectRules = {
	beforeSave: checkPermissionDependencies,
	beforeDelete: refuseUsed,
	afterSave(change) {
		const [owned] = change.context.org.storage.findBy('PermissionSet', 'ProfileId', change.id);
		copyTo('PermissionSet', owned?.Id, change);
	},
};

/** A profile's permission set goes with the profile alone (help 000394118; the code is assumed). */
function refuseProfiles(row: Row): void {
	if (row.IsOwnedByProfile === 1) throw insufficientAccess();
}

/** The same the other way round. */
export const permissionSetRules: ObjectRules = {
	beforeSave: checkPermissionDependencies,
	beforeDelete: refuseProfiles,
	afterSave(change) {
		copyTo('Profile', valueOf(change, 'ProfileId'), change);
		recalculateGroupsOf(change.id, change.context);
		if (!change.context.seeding) checkLicensesOfAssignees(change.context.org, change.id);
	},
};
