import { UnsupportedSoql } from './errors';
import type { SoqlContext, SoqlResult } from './types';

export { SoqlError, UnsupportedSoql } from './errors';
export type { SObjectJson, SoqlContext, SoqlResult, SoqlSchema } from './types';

/**
 * Runs one SOQL query as the REST API's `query` and `queryAll` do, and returns every row it matches; pages are
 * cut by the caller.
 *
 * Throws SoqlError for what Salesforce refuses (HTTP 400) and UnsupportedSoql for what this org cannot run.
 */
export function executeSoql(soql: string, _context: SoqlContext): SoqlResult {
	throw new UnsupportedSoql(soql);
}
