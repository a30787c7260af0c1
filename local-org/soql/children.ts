import type { Query } from './grammar/ast';
import { SoqlError } from './errors';
import { isGrouped } from './groups';
import { clausesSql } from './clauseSql';
import type { ChildPlan, RecordPlan } from './plan';
import { Scope } from './scope';
import { quoted, Statement } from './statement';
import { readRecords } from './readRecords';
import type { SObjectJson } from './types';

/** Levels of a query with its subqueries, from API 58 on and before (docs:soql-sosl, relationship query limits). */
const MAX_LEVELS = 5;
const MAX_LEVELS_BEFORE_58 = 2;

/**
 * Compiles a subquery of the SELECT list. `recordPlan` compiles the subquery's own SELECT list, which may have
 * subqueries again.
 * @throws SoqlError for an unknown relationship and for nesting too deep
 */
export function childPlan(
	parent: Scope,
	parentQuery: Query,
	query: Query,
	level: number,
	recordPlan: (scope: Scope, query: Query, level: number) => RecordPlan,
): ChildPlan {
	const { soql, context } = parent.statement;
	const deepest = context.apiVersion >= 58 ? MAX_LEVELS : MAX_LEVELS_BEFORE_58;
	if (level > deepest) {
		// The wording is assumed.
		throw new SoqlError('MALFORMED_QUERY', `Nesting of subqueries deeper than ${deepest} levels is not supported`);
	}
	if (query.countsRows || isGrouped(query)) {
		throw new SoqlError('MALFORMED_QUERY', 'only root queries support aggregate expressions');
	}
	if (query.offset && parentQuery.limit?.value !== 1) {
		// The rule is docs:soql-sosl/offset; the wording is assumed.
		throw new SoqlError('MALFORMED_QUERY', 'OFFSET in a subquery needs LIMIT 1 in the query around it');
	}
	const statement = new Statement(soql, context);
	const { relationship, object } = childRelationship(parent, query);
	const scope = new Scope(statement, object, query.from);
	const plan = recordPlan(scope, query, level);
	const reference = `${scope.alias}.${quoted(relationship.field)}`;
	const parentColumn = plan.columns.index(reference);
	const sql = childSql(scope, query, plan, reference);
	let children = new Map<string, SObjectJson[]>();
	return {
		key: relationship.relationshipName ?? '',
		textAreas: plan.textAreas,
		load(parentIds) {
			children = new Map();
			statement.parameters.parents = JSON.stringify(parentIds);
			for (const { row, record } of readRecords(statement, sql, plan)) {
				const parentId = String(row[parentColumn]);
				const siblings = children.get(parentId);
				if (siblings) siblings.push(record);
				else children.set(parentId, [record]);
			}
		},
		recordsOf(parentId) {
			const records = children.get(parentId);
			return records ? { totalSize: records.length, done: true, records } : null;
		},
	};
}

/** LIMIT and OFFSET count for each parent on its own, so rows are numbered within their parent. */
function childSql(scope: Scope, query: Query, plan: RecordPlan, reference: string): string {
	const { where, order } = clausesSql(scope, query, [`${reference} IN (SELECT value FROM json_each(:parents))`]);
	const select = `SELECT ${plan.columns.list()}`;
	if (!query.limit && !query.offset) return `${select} FROM ${scope.fromSql()}${where}${order}`;
	const { statement } = scope;
	const offset = query.offset?.value ?? 0;
	const from = statement.bind(offset);
	const to = query.limit ? ` AND place <= ${statement.bind(offset + query.limit.value)}` : '';
	const place = `ROW_NUMBER() OVER (PARTITION BY ${reference}${order}) AS place`;
	const numbered = `${select}, ${place} FROM ${scope.fromSql()}${where}`;
	return `SELECT * FROM (${numbered}) WHERE place > ${from}${to} ORDER BY place`;
}

/**
 * The relationship that a subquery follows, and the object of its records.
 * @throws SoqlError for an unknown one
 */
export function childRelationship(parent: Scope, query: Query) {
	const path = query.from[0]?.path ?? { text: '', at: query.at };
	const parts = path.text.split('.');
	const name = (parts.at(-1) ?? '').toLowerCase();
	const relationship = (parent.object.childRelationships ?? []).find(
		(candidate) => candidate.relationshipName?.toLowerCase() === name,
	);
	const object = relationship && parent.statement.context.schema.object(relationship.childSObject);
	if (relationship && object && parts.length <= 2) return { relationship, object };
	parent.statement.context.schema.lacksChildren?.(parent.object, name);
	throw parent.statement.error(
		path.at,
		'INVALID_TYPE',
		`Didn't understand relationship '${path.text}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
	);
}
