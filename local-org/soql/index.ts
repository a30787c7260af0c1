import type { Query } from './ast';
import { limitSql } from './clauses';
import { queryableObject } from './conditions';
import { SoqlError } from './errors';
import { addFunctions } from './functions';
import { groupPlan } from './groups';
import { isAggregated } from './operands';
import { parseSoql } from './parser';
import { readRecords, readRows } from './readRecords';
import { clausesSql, recordPlan } from './records';
import { Scope } from './scope';
import { Statement } from './statement';
import type { SoqlContext, SoqlResult } from './types';

export { SoqlError, UnsupportedSoql } from './errors';
export type { SObjectJson, SoqlContext, SoqlResult, SoqlSchema } from './types';

/** Longest query, in characters (docs:soql-sosl, query limits). */
const MAX_LENGTH = 100_000;

/**
 * Runs one SOQL query as the REST API's `query` and `queryAll` do, and returns every row it matches; pages are
 * cut by the caller.
 *
 * Throws SoqlError for what Salesforce refuses (HTTP 400) and UnsupportedSoql for what this org cannot run.
 */
export function executeSoql(soql: string, context: SoqlContext): SoqlResult {
	if (soql.length > MAX_LENGTH) {
		throw new SoqlError('MALFORMED_QUERY', `SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
	}
	const query = parseSoql(soql);
	addFunctions(context.database);
	const statement = new Statement(soql, context);
	const object = queryableObject(statement, query.from[0]?.path ?? { text: '', at: query.at });
	const scope = new Scope(statement, object, query.from);
	const result = { objectName: object.name, textAreasSelected: 0 };
	if (query.countsRows) return { ...result, totalSize: countRows(scope, query), records: [] };
	if (isGrouped(query)) {
		const records = readGroups(scope, query);
		return { ...result, totalSize: records.length, records };
	}
	const plan = recordPlan(scope, query, 1);
	const { where, order } = clausesSql(scope, query);
	const sql = `SELECT ${plan.columns.list()} FROM ${scope.fromSql()}${where}${order}${limitSql(scope, query)}`;
	const records = readRecords(statement, sql, plan).map(({ record }) => record);
	return { ...result, textAreasSelected: plan.textAreas, totalSize: records.length, records };
}

function isGrouped(query: Query): boolean {
	if (query.groupBy) return true;
	return query.selections.some((selection) => selection.kind === 'expression' && isAggregated(selection.expression));
}

function readGroups(scope: Scope, query: Query) {
	const { where } = clausesSql(scope, { ...query, orderBy: [] });
	const plan = groupPlan(scope, query, where);
	return readRows(scope.statement, `${plan.sql}${limitSql(scope, query)}`).map((row) => plan.read(row));
}

/** COUNT() stands alone and cannot be sorted (docs:soql-sosl/count). */
function countRows(scope: Scope, query: Query): number {
	if (query.groupBy || query.orderBy.length > 0) {
		// The wording is assumed.
		throw new SoqlError('MALFORMED_QUERY', 'COUNT() cannot be used with GROUP BY or ORDER BY');
	}
	const { where } = clausesSql(scope, query);
	const rows = readRows(
		scope.statement,
		`SELECT count(*) FROM (SELECT 1 FROM ${scope.fromSql()}${where}${limitSql(scope, query)})`,
	);
	return Number(rows[0]?.[0] ?? 0);
}
