import { dataError } from '../../errors';
import type { Row } from '../../storage';
import type { WriteContext } from '../context';
import { refusePair } from './licenses';
import { recalculateGroupsOf } from './permissionSetGroups';
import type { ObjectRules } from './types';

/** To be called when a permission set gives other rights to objects or fields: users see more or less now. */
export function changedRights(setId: Row[string] | undefined, context: WriteContext): void {
	context.org.catalog.changed();
	recalculateGroupsOf(setId, context);
}

/** Whether the org has this field, and field-level security can hide it. */
function takesFieldPermissions({ org }: WriteContext, object: string, field: string): boolean {
	const [known] = org.catalog.known(object);
	const lower = field.toLowerCase();
	return Boolean(known?.fields.some(({ name, permissionable }) => name.toLowerCase() === lower && permissionable));
}

/** Field-level security: a field must exist, and what may be changed may be read. */
export const fieldPermissionsRules: ObjectRules = {
	beforeSave(change) {
		const { row, before, context } = change;
		if (before) return;
		const [object = '', field = ''] = String(row.Field).split('.');
		if (object !== row.SobjectType || !takesFieldPermissions(context, object, field)) {
			throw dataError(
				'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
				`Field Name: bad value for restricted picklist field: ${row.Field}`,
				['Field'],
			);
		}
		refusePair(change, 'FieldPermissions', 'ParentId', 'Field');
	},
	afterSave: ({ row, before, context }) => changedRights(row.ParentId ?? before?.ParentId, context),
	afterDelete: (row, context) => changedRights(row.ParentId, context),
};
