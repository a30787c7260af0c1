import { batches } from '../../salesforce/batches';
import { OrgError } from '../../salesforce/errors';
import type { Org } from '../../salesforce/org';
import { queryAtOnce } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { RECORDS_PER_CALL } from '../../salesforce/records';
import { textLiteral } from '../../salesforce/soql';
import { EXTERNAL_ID_FIELD } from '../externalId';

/** A move's Case as far as it was read. */
export interface FoundCase extends QueriedRecord {
	Id: string;
	ExternalID__c: string;
}

/**
 * The Cases that carry the given external IDs, to the letter; SOQL itself compares without regard to case.
 * Five queries a call of 200 IDs each: Salesforce gives pages of 200 when two long text fields are selected.
 *
 * @param fields API names to read beside Id and the external ID
 * @returns by external ID; IDs without a Case have no entry
 * @throws OrgError; `INVALID_FIELD` names the set-up guide when the Case fields are missing or hidden
 */
export async function findMoveCases(
	org: Org,
	externalIds: readonly string[],
	fields: readonly string[],
): Promise<Map<string, FoundCase[]>> {
	const selected = [...new Set(['Id', EXTERNAL_ID_FIELD, ...fields])].join(', ');
	const wanted = [...new Set(externalIds)];
	const queries = batches(wanted, RECORDS_PER_CALL).map(
		(ids) => `SELECT ${selected} FROM Case WHERE ${EXTERNAL_ID_FIELD} IN (${ids.map(textLiteral).join(',')})`,
	);
	const found = new Map<string, FoundCase[]>(wanted.map((id) => [id, []]));
	for (const record of (await withFieldsExplained(queryAtOnce(org, queries))).flat() as FoundCase[]) {
		found.get(record.ExternalID__c)?.push(record);
	}
	for (const [id, cases] of found) if (cases.length === 0) found.delete(id);
	return found;
}

/** Waits for a query of move Cases; a missing or hidden field is explained by what people have to set up. */
export async function withFieldsExplained<T>(query: Promise<T>): Promise<T> {
	return await query.catch((error: unknown) => {
		throw fieldsExplained(error);
	});
}

function fieldsExplained(error: unknown): unknown {
	if (!(error instanceof OrgError) || error.code !== 'INVALID_FIELD') return error;
	const [field = 'of a move'] = error.fields;
	return error.with({
		message: `Case has no field ${field} that the API user can see`,
		remedy:
			'Create the seven Case fields of the set-up guide, and let a permission set of the API user read and edit them: a hidden field looks the same as a missing one.',
	});
}
