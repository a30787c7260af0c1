import type { Org } from '../../salesforce/org';
import { queryRecords } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import type { Change, Stamp } from '../change';
import { current } from './readCurrent';

/** Asks for what came to need a record after a moment, the latest first. */
type UseQuery = (change: Change) => string | undefined;

/**
 * What a record of an object may be needed by though nobody writes it: a custom field by the values of records that
 * were saved since, which nobody can be asked for where the field is hidden or a long text; a permission set by users.
 */
const USES: Readonly<Record<string, UseQuery>> = {
	customfield({ after, stamp }) {
		const [object] = String(after?.FullName).split('.');
		if (object === undefined || !/^[A-Za-z]\w*$/.test(object)) return undefined;
		return `SELECT SystemModstamp, LastModifiedById FROM ${object} WHERE SystemModstamp > ${stamp} ORDER BY SystemModstamp DESC LIMIT 1`;
	},
	permissionset: ({ id = '', stamp }) =>
		`SELECT SystemModstamp FROM PermissionSetAssignment WHERE PermissionSetId = ${textLiteral(id)} AND SystemModstamp > ${stamp} ORDER BY SystemModstamp DESC LIMIT 1`,
};

/** Whether what needs a record of an object is asked for by `usedSince`; of the others, child records are. */
export function hasOwnUses(object: string): boolean {
	return Object.hasOwn(USES, object.toLowerCase());
}

/**
 * Since when something else may need what a change created; undefined where nothing does.
 * @throws OrgError when that cannot be read: a record that may be needed is not deleted
 */
export async function usedSince(org: Org, change: Change): Promise<Stamp | undefined> {
	const soql = change.did === 'created' ? USES[change.object.toLowerCase()]?.(change) : undefined;
	if (soql === undefined) return undefined;
	const [used] = await queryRecords(org, soql);
	return used === undefined ? undefined : current(used).stamp;
}
