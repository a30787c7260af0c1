import { nameKey } from '../salesforce/apiName';
import { sameId } from '../salesforce/recordId';
import type { Change, Values } from './change';

const ASSIGNMENTS = new Set(['permissionsetassignment', 'permissionsetlicenseassign', 'userpackagelicense']);

/** Whether a record of an object only says that a user has something, so that another one that says so does as well. */
export function isAssignment(object: string): boolean {
	return ASSIGNMENTS.has(nameKey(object));
}

/**
 * Whether Salesforce takes what a change gave along with what an earlier one of the same run gave: a permission-set
 * license goes with the last permission set, or group, that needs it, where it came with that (Salesforce Help, permission
 * set licenses).
 *
 * @param deleted the changes whose records were deleted before
 */
export function wentAlong({ object, after }: Change, deleted: readonly Change[]): boolean {
	if (nameKey(object) !== 'permissionsetlicenseassign') return false;
	return deleted.some(
		(other) =>
			nameKey(other.object) === 'permissionsetassignment' &&
			sameId(String(other.after?.AssigneeId), String(after?.AssigneeId)),
	);
}

/**
 * The fields of a record that follow from others and that Salesforce does not take with them: what a permission set group
 * amounts to stands in a permission set of its own, which its assignments name as well.
 */
export function impliedFields(object: string, { PermissionSetGroupId = null }: Values): string[] {
	return nameKey(object) === 'permissionsetassignment' && PermissionSetGroupId !== null ? ['PermissionSetId'] : [];
}
