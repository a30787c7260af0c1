import type { Org } from './org';
import type { QueriedRecord } from './query';
import { isObject } from './shapes';

/**
 * The first page of a query of the Tooling API: up to 2,000 records of what an org is made of.
 *
 * @param soql one that asks for `Metadata` or `FullName` must match one record at most (Tooling API, CustomField)
 * @throws OrgError; what the API user may not see is refused as if it were not there
 */
export async function queryTooling(org: Org, soql: string): Promise<QueriedRecord[]> {
	const { records } = await org.call('GET', `/tooling/query?q=${encodeURIComponent(soql)}`, isPage);
	return records;
}

function isPage(answer: unknown): answer is { records: QueriedRecord[] } {
	return isObject(answer) && Array.isArray(answer.records) && answer.records.every(isObject);
}
