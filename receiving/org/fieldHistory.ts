import { batches } from '../../salesforce/batches';
import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { queryAtOnce } from '../../salesforce/query';
import { listLiteral, textLiteral } from '../../salesforce/soql';
import type { ToldChange } from './watch';

/** A field that was changed; null stands for no value, and for one that the history does not keep, as of long texts. */
export interface ChangedField {
	/** API name; a lookup without its `Id`. */
	field: string;
	from: unknown;
	to: unknown;
}

/** IDs of one query. */
const IDS_PER_QUERY = 400;

/** Standard objects whose history is not called after them (Object reference, StandardObjectNameHistory). */
const OTHER_NAMES: Record<string, string> = { Opportunity: 'OpportunityFieldHistory' };

/**
 * Which fields of records were changed, by the field history that the org keeps, from the earliest change on.
 *
 * @param object in the org's own spelling
 * @param changes of records, each once
 * @returns by record; undefined where the org keeps no history of the object that the API user can see
 * @throws OrgError
 */
export async function readChangedFields(
	org: Org,
	object: string,
	changes: readonly ToldChange[],
): Promise<Map<string, ChangedField[]> | undefined> {
	const isCustom = object.endsWith('__c');
	const history = isCustom ? object.replace(/__c$/, '__History') : (OTHER_NAMES[object] ?? `${object}History`);
	const lookup = isCustom ? 'ParentId' : `${object}Id`;
	const since = new Map(changes.map((change) => [change.id, change.since]));
	const found = new Map<string, ChangedField[]>(changes.map(({ id }) => [id, []]));
	const queries = batches([...since.keys()], IDS_PER_QUERY).map((ids) => {
		const from = ids.map((id) => String(since.get(id))).sort()[0];
		return `SELECT ${lookup}, Field, OldValue, NewValue, CreatedDate FROM ${history} WHERE ${lookup} IN ${listLiteral(ids.map(textLiteral))} AND CreatedDate >= ${from} ORDER BY CreatedDate, Id`;
	});
	try {
		for (const row of (await queryAtOnce(org, queries)).flat()) {
			const id = String(row[lookup]);
			if (row.Field === 'created' || String(row.CreatedDate).slice(0, 19) < String(since.get(id)).slice(0, 19))
				continue;
			found.get(id)?.push({ field: String(row.Field), from: row.OldValue ?? null, to: row.NewValue ?? null });
		}
		return found;
	} catch (error) {
		if (error instanceof OrgError && error.code === 'INVALID_TYPE') return undefined;
		throw error;
	}
}
