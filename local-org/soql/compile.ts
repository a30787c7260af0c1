import type { Query } from './grammar/ast';
import { limitSql } from './clauses';
import { queryableObject } from './conditions';
import { definitionQuery } from './definitions';
import { SoqlError } from './errors';
import { addFunctions } from './functions';
import { groupPlan, isGrouped } from './groups';
import { parseSoql } from './grammar/parser';
import { readRecords, readRows } from './readRecords';
import { clausesSql } from './clauseSql';
import { recordPlan } from './records';
import { Scope } from './scope';
import { markSeen } from './seen';
import { Statement } from './statement';
import type { SObjectJson, SoqlContext } from './types';

/** Longest query, in characters (docs:soql-sosl, query limits). */
const MAX_LENGTH = 100_000;
/** Groups that a query may answer: its result has one page (docs:soql-sosl/group-by). */
const MAX_GROUPS = 2_000;

/** A query ready to run: its SQL, and what becomes of its rows. */
export interface CompiledSoql {
	query: Query;
	scope: Scope;
	/** The statement that reads the page; child subqueries have their own. */
	sql: string;
	/** Its WHERE clause alone, with a space before it, or nothing. */
	where: string;
	/** Whether its rows are groups or totals instead of records. */
	grouped: boolean;
	textAreas: number;
	run(): { totalSize: number; records: SObjectJson[] };
}

/**
 * Compiles a query without reading a record.
 * @throws SoqlError and UnsupportedSoql
 */
export function compileSoql(soql: string, context: SoqlContext): CompiledSoql {
	if (soql.length > MAX_LENGTH) {
		throw new SoqlError('MALFORMED_QUERY', `SOQL statements cannot be longer than ${MAX_LENGTH} characters.`);
	}
	return compileQuery(parseSoql(soql), soql, context);
}

/**
 * Compiles a query that is parsed already.
 *
 * @param soql the text it comes from, for the places in errors
 * @param among the IDs of the records that it may answer; all when left out
 */
export function compileQuery(sent: Query, soql: string, context: SoqlContext, among?: string[]): CompiledSoql {
	addFunctions(context.database);
	const statement = new Statement(soql, context);
	const object = queryableObject(statement, sent.from[0]?.path ?? { text: '', at: sent.at });
	const query = definitionQuery(object, sent);
	const scope = new Scope(statement, object, query.from);
	if (query.countsRows) return countOf(scope, query);
	return isGrouped(query) ? groupsOf(scope, query) : recordsOf(scope, query, among);
}

function recordsOf(scope: Scope, query: Query, among: string[] | undefined): CompiledSoql {
	const plan = recordPlan(scope, query, 1);
	const ids =
		among && `${scope.alias}."Id" IN (SELECT value FROM json_each(${scope.statement.bind(JSON.stringify(among))}))`;
	const { where, order } = clausesSql(scope, query, ids ? [ids] : []);
	const sql = `SELECT ${plan.columns.list()} FROM ${scope.fromSql()}${where}${order}${limitSql(scope, query)}`;
	const run = () => {
		const found = readRecords(scope.statement, sql, plan);
		const records = found.map(({ record }) => record);
		if (query.seen)
			markSeen(
				scope,
				query,
				found.map(({ row }) => plan.shape.id(row)),
			);
		return { totalSize: records.length, records };
	};
	return { query, scope, sql, where, grouped: false, textAreas: plan.textAreas, run };
}

function groupsOf(scope: Scope, query: Query): CompiledSoql {
	const { where } = clausesSql(scope, { ...query, orderBy: [] });
	const plan = groupPlan(scope, query, where);
	const sql = `${plan.sql}${limitSql(scope, query)}`;
	const run = () => {
		const records = readRows(scope.statement, sql).map((row) => plan.read(row));
		if (records.length <= MAX_GROUPS) return { totalSize: records.length, records };
		throw new SoqlError(
			'EXCEEDED_ID_LIMIT',
			'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
		);
	};
	return { query, scope, sql, where, grouped: true, textAreas: 0, run };
}

/** COUNT() stands alone and cannot be sorted (docs:soql-sosl/count). */
function countOf(scope: Scope, query: Query): CompiledSoql {
	if (query.groupBy || query.orderBy.length > 0) {
		// The wording is assumed.
		throw new SoqlError('MALFORMED_QUERY', 'COUNT() cannot be used with GROUP BY or ORDER BY');
	}
	const { where } = clausesSql(scope, query);
	const sql = `SELECT count(*) FROM (SELECT 1 FROM ${scope.fromSql()}${where}${limitSql(scope, query)})`;
	const run = () => ({ totalSize: Number(readRows(scope.statement, sql)[0]?.[0] ?? 0), records: [] });
	return { query, scope, sql, where, grouped: false, textAreas: 0, run };
}
