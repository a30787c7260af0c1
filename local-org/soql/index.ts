import { compileQuery, compileSoql } from './compile';
import type { Query } from './grammar/ast';
import type { SObjectJson, SoqlContext, SoqlResult } from './types';

export { bulkColumns } from './bulk';
export { queryColumns } from './columns';
export { SoqlError, UnsupportedSoql, unknownObjectAt } from './errors';
export { parseSoql } from './grammar/parser';
export { explainSoql } from './explain';
export type { SObjectJson, SoqlContext, SoqlResult } from './types';

/**
 * Runs one SOQL query as the REST API's `query` and `queryAll` do, and returns every row it matches; pages are cut by
 * the caller.
 * @throws SoqlError for what Salesforce refuses (HTTP 400) and UnsupportedSoql for what this org cannot run
 */
export function executeSoql(soql: string, context: SoqlContext): SoqlResult {
	const { scope, textAreas, run } = compileSoql(soql, context);
	return { ...run(), textAreasSelected: textAreas, objectName: scope.object.name };
}

/**
 * The records of a parsed query, in its order, that are among those of these IDs.
 *
 * @param text what the query was read from, for the places in errors
 */
export function recordsAmong(query: Query, text: string, context: SoqlContext, ids: string[]): SObjectJson[] {
	return compileQuery(query, text, context, ids).run().records;
}
