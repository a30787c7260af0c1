import { dataError } from '../../errors';
import type { Row } from '../../storage';
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

/** A profile's user permissions are those of the permission set that it owns. */
export const profileRules: ObjectRules = {
	beforeSave: checkPermissionDependencies,
	afterSave(change) {
		const [owned] = change.context.org.storage.findBy('PermissionSet', 'ProfileId', change.id);
		copyTo('PermissionSet', owned?.Id, change);
	},
};

/** A name is given once in an org (docs:object-reference/permissionset); code and wording are assumed. */
function refuseSecondOfName({ row, before, id, context: { org, seeding } }: Change): void {
	if (seeding || row.Name === undefined || row.Name === null || row.Name === before?.Name) return;
	const others = org.storage.findBy('PermissionSet', 'Name', row.Name);
	if (!others.some((other) => other.Id !== id)) return;
	throw dataError('DUPLICATE_DEVELOPER_NAME', 'The API name is already in use by another permission set.', ['Name']);
}

/** The same the other way round. */
export const permissionSetRules: ObjectRules = {
	beforeSave(change) {
		refuseSecondOfName(change);
		checkPermissionDependencies(change);
	},
	afterSave(change) {
		copyTo('Profile', valueOf(change, 'ProfileId'), change);
		recalculateGroupsOf(change.id, change.context);
		if (!change.context.seeding) checkLicensesOfAssignees(change.context.org, change.id);
	},
};
