import { dataError } from '../../errors';
import type { ApiError } from '../../errors';
import type { Org } from '../../org';
import { takesPermissions } from '../../schema/rights';
import type { Row } from '../../storage';
import { changedRights } from './fieldPermissions';
import { checkLicensesOfAssignees } from './licenseRights';
import { refusePair } from './licenses';
import type { ObjectRules } from './types';

/** A right as ObjectPermissions has it, as messages name it, and the rights to the same object that it needs. */
const RIGHTS: { field: string; name: string; needs: string[] }[] = [
	{ field: 'PermissionsRead', name: 'Read', needs: [] },
	{ field: 'PermissionsCreate', name: 'Create', needs: ['Read'] },
	{ field: 'PermissionsEdit', name: 'Edit', needs: ['Read'] },
	{ field: 'PermissionsDelete', name: 'Delete', needs: ['Edit', 'Read'] },
	{ field: 'PermissionsViewAllRecords', name: 'Read All', needs: ['Read'] },
	{ field: 'PermissionsModifyAllRecords', name: 'Modify All', needs: ['Delete', 'Edit', 'Read All', 'Read'] },
];

/** Objects that can be read only with their parent. Seen for Asset; Contact and Opportunity are assumed alike. */
const PARENTS: Record<string, string> = { Asset: 'Account', Contact: 'Account', Opportunity: 'Account' };

const rightsIn = (row: Row | undefined) => RIGHTS.filter(({ field }) => row?.[field] === 1);

/** What is missing for the rights of one row, in the words of a real org. */
function missingFor(row: Row, ofParent: Row | undefined): string[] {
	const object = String(row.SobjectType);
	const parent = PARENTS[object];
	const has = (of: Row | undefined, name: string) => rightsIn(of).some((right) => right.name === name);
	return rightsIn(row).flatMap(({ name, needs }) => {
		const own = needs.filter((needed) => !has(row, needed)).map((needed) => `${needed} ${object}`);
		const isReading = name === 'Read' || name === 'Read All';
		const above = parent && isReading && !has(ofParent, name) ? [`${name} ${parent}`] : [];
		const missing = [...own, ...above];
		return missing.length > 0 ? [`Permission ${name} ${object} depends on permission(s): ${missing.join(', ')}`] : [];
	});
}

/**
 * @throws FIELD_INTEGRITY_EXCEPTION when a permission set gives a right without those that it needs
 */
function checkDependencies(org: Org, parentId: Row[string] | undefined): void {
	const rows = org.storage.findBy('ObjectPermissions', 'ParentId', parentId ?? null);
	const missing = rows.flatMap((row) =>
		missingFor(
			row,
			rows.find((one) => one.SobjectType === PARENTS[String(row.SobjectType)]),
		),
	);
	if (missing.length > 0) throw dataError('FIELD_INTEGRITY_EXCEPTION', missing.join('; '));
}

const unknownObject = (name: Row[string] | undefined): ApiError =>
	dataError(
		'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
		`Sobject Type Name: bad value for restricted picklist field: ${name}`,
		['SobjectType'],
	);

/** Object permissions: of an object that takes them, once in a permission set, with what each right needs. */
export const objectPermissionsRules: ObjectRules = {
	beforeSave(change) {
		const { row, before, context } = change;
		// A record without any right cannot be: it is deleted instead. Code and wording are assumed.
		if (rightsIn({ ...before, ...row }).length === 0) {
			throw dataError('FIELD_INTEGRITY_EXCEPTION', 'Object permissions must give at least one right');
		}
		if (before) return;
		if (!context.org.catalog.known(String(row.SobjectType)).some(takesPermissions))
			throw unknownObject(row.SobjectType);
		refusePair(change, 'ObjectPermissions', 'ParentId', 'SobjectType');
	},
	afterSave({ row, before, context }) {
		const setId = row.ParentId ?? before?.ParentId;
		changedRights(setId, context);
		if (context.seeding) return;
		checkDependencies(context.org, setId);
		checkLicensesOfAssignees(context.org, setId);
	},
	// Not checked again here: with its permission set all of them go, one after another.
	afterDelete: (row, context) => changedRights(row.ParentId, context),
};
