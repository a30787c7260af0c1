import { nameKey } from '../../salesforce/apiName';
import { describeObject } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import { OrgError } from '../../salesforce/errors';
import { fieldsAt } from '../../salesforce/fieldPaths';
import type { Org } from '../../salesforce/org';

/** What is read of an object's records, as plain data that can be stored. */
export interface Columns {
	/** The object's own spelling of its name. */
	object: string;
	/** What the records are to hold. */
	fields: string[];
	/** Those that were asked for and are not there, or hidden from the API user. */
	missing: string[];
	/** What else is read, to tell a change by: those of `SYSTEM_FIELDS` that the object has. */
	system: string[];
	/** Where deleted records are seen: in the recycle bin, by their IDs in the log of what was deleted, or nowhere. */
	deletions: 'bin' | 'log' | 'nowhere';
	/** What tells when a record was created: where it cannot be updated, its only stamp; undefined where nothing does. */
	createdBy?: 'CreatedDate' | 'SystemModstamp';
}

/** What tells a change; objects that cannot be deleted lack IsDeleted, and few lack the others. */
const SYSTEM_FIELDS = ['CreatedDate', 'IsDeleted', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

/**
 * What is read of an object's records, by what the org says of it.
 *
 * @param asked API names, those of parents as `Owner.Name`; undefined for all fields of the object
 * @param also API names of further fields that are read, whatever is asked for
 * @param notBefore as in `describeObject`
 * @throws OrgError `INVALID_TYPE` when there is no such object that the API user can see, and when its records tell no
 *   changes
 */
export async function readColumns(
	org: Org,
	object: string,
	asked: readonly string[] | undefined,
	also: readonly string[],
	notBefore = 0,
): Promise<Columns> {
	const described = await describeObject(org, object, notBefore);
	const system = SYSTEM_FIELDS.filter((name) => described.fieldsByName.has(name.toLowerCase()));
	if (!system.includes('SystemModstamp') || !described.queryable) throw tellsNoChanges(described);
	const deletions = system.includes('IsDeleted') ? 'bin' : described.replicateable ? 'log' : 'nowhere';
	const wanted = each([...(asked ?? described.fields.map(({ name }) => name)), ...also]);
	const known = await fieldsAt(org, described.name, wanted);
	return {
		object: described.name,
		fields: wanted.filter((name) => known.has(name.toLowerCase())),
		missing: wanted.filter((name) => !known.has(name.toLowerCase())),
		system,
		deletions,
		...(system.includes('CreatedDate')
			? { createdBy: 'CreatedDate' }
			: described.updateable
				? {}
				: { createdBy: 'SystemModstamp' }),
	};
}

/** Each name once, whatever its case. */
function each(names: readonly string[]): string[] {
	const found = new Map<string, string>();
	for (const name of names) if (!found.has(nameKey(name))) found.set(nameKey(name), name);
	return [...found.values()];
}

function tellsNoChanges({ name }: ObjectDescribe): OrgError {
	return new OrgError(
		'INVALID_TYPE',
		`Records of ${name} do not tell when they were changed`,
		'Choose another object, or read it at fixed times with a Schedule Trigger and Salesforce SOQL Query.',
	);
}
