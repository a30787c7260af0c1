import type { Expression, GroupBy, Query } from './grammar/ast';
import { havingSql } from './conditions';
import { SoqlError } from './errors';
import { allows } from './fieldTypes';
import { isAggregate, isAggregated, operandOf } from './operands';
import type { Operand } from './operands';
import { checkOrder, directionSql, sortableSql } from './ordering';
import type { Scope } from './scope';
import type { Row } from './shape';
import type { SObjectJson } from './types';
import { formattedValue, jsonValue } from './values';

/** Grouped fields that ROLLUP and CUBE take (docs:soql-sosl/group-by-rollup). */
const MAX_SUBTOTAL_FIELDS = 3;

/** A SELECT of groups or of totals: its SQL up to LIMIT, and how its rows become AggregateResults. */
export interface GroupPlan {
	sql: string;
	read(row: Row): SObjectJson;
}

interface Output {
	key: string;
	operand: Operand;
}

/** Whether a query's rows are groups or totals instead of records. */
export function isGrouped(query: Query): boolean {
	if (query.groupBy) return true;
	return query.selections.some((selection) => selection.kind === 'expression' && isAggregated(selection.expression));
}

/**
 * Compiles a query that groups or totals its rows. ROLLUP and CUBE, which SQLite does not know, become one SELECT
 * for each set of grouped fields.
 *
 * @param where SQL from WHERE on
 */
export function groupPlan(scope: Scope, query: Query, where: string): GroupPlan {
	const { statement } = scope;
	if (!query.groupBy && query.limit) {
		throw new SoqlError(
			'MALFORMED_QUERY',
			'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
		);
	}
	const grouped = groupedOperands(scope, query.groupBy);
	const known = (expression: Expression) => aggregatedOperand(scope, expression, grouped);
	const outputs = outputsOf(scope, query, known);
	checkOrder(scope, query.orderBy);
	const order = query.orderBy.map((item) => ({ item, operand: known(item.expression) }));
	const having = query.groupBy?.having;
	const sortKeys = order.map(({ operand }) => sortableSql(scope, operand));
	// The count makes one group of all rows where the set of grouped fields is empty and nothing else is counted.
	const values = [...outputs.map(({ operand }) => operand.sql), ...sortKeys, 'COUNT(*)'];
	const selects = groupingSets(query.groupBy, grouped).map((set) => {
		const list = values.map((sql, index) => `${inSet(sql, grouped, set)} AS c${index}`).join(', ');
		const by = set.length > 0 ? ` GROUP BY ${set.map(({ sql }) => sql).join(', ')}` : '';
		const compared = (expression: Expression) => {
			const operand = known(expression);
			return { ...operand, sql: inSet(operand.sql, grouped, set) };
		};
		const condition = having ? ` HAVING ${havingSql(scope, having, compared)}` : '';
		return `SELECT ${list} FROM ${scope.fromSql()}${where}${by}${condition}`;
	});
	const terms = order.map(({ item }, index) => `${outputs.length + index + 1} ${directionSql(item)}`);
	const { timeZone } = statement.context;
	return {
		sql: selects.join(' UNION ALL ') + (terms.length > 0 ? ` ORDER BY ${terms.join(', ')}` : ''),
		read(row) {
			const record: SObjectJson = { attributes: { type: 'AggregateResult' } };
			outputs.forEach(({ key, operand }, index) => {
				const { type, formatted } = operand;
				record[key] = formatted ? formattedValue(type, row[index], timeZone) : jsonValue(type, row[index]);
			});
			return record;
		},
	};
}

function groupedOperands(scope: Scope, groupBy: GroupBy | undefined): Operand[] {
	const { statement } = scope;
	const grouped = (groupBy?.expressions ?? []).map((expression) => {
		const operand = operandOf(scope, expression);
		if (!operand.aggregate && (!operand.field || allows(operand.field, 'groupable'))) return operand;
		throw statement.error(operand.at, 'MALFORMED_QUERY', `field '${operand.name}' can not be grouped in a query call`);
	});
	if (groupBy && groupBy.kind !== 'plain' && grouped.length > MAX_SUBTOTAL_FIELDS) {
		// The wording is assumed.
		const subtotals = groupBy.kind.toUpperCase();
		throw statement.error(groupBy.at, 'MALFORMED_QUERY', `${subtotals} takes at most ${MAX_SUBTOTAL_FIELDS} fields`);
	}
	return grouped;
}

/** An expression of a grouped query: an aggregate, GROUPING, or one of the grouped expressions. */
function aggregatedOperand(scope: Scope, expression: Expression, grouped: Operand[]): Operand {
	if (expression.kind === 'call' && expression.function === 'grouping') {
		const of = requireGrouped(scope, operandOf(scope, expression.argument), grouped);
		return { ...of, sql: groupingSql(of), type: 'int', field: undefined, aggregate: true, at: expression.at };
	}
	const operand = operandOf(scope, expression);
	checkNotAggregated(scope, expression, grouped);
	if (operand.aggregate || isOfGroupedDate(scope, expression, grouped)) return operand;
	return requireGrouped(scope, operand, grouped);
}

/** What is grouped has one value in each group, and is not counted or added up there (seen in orgs). */
function checkNotAggregated(scope: Scope, expression: Expression, grouped: Operand[]): void {
	if (expression.kind !== 'call') return;
	if (!isAggregate(expression)) return checkNotAggregated(scope, expression.argument, grouped);
	const { sql, name } = operandOf(scope, expression.argument);
	if (!grouped.some((one) => one.sql === sql)) return;
	throw scope.statement.error(expression.at, 'MALFORMED_QUERY', `Grouped field should not be aggregated: ${name}`);
}

/** A date function of a grouped date field needs no grouping of its own (docs:soql-sosl/date-functions). */
function isOfGroupedDate(scope: Scope, expression: Expression, grouped: Operand[]): boolean {
	if (expression.kind !== 'call' || expression.argument.kind !== 'field') return false;
	const of = operandOf(scope, expression.argument);
	return of.type === 'date' && grouped.some(({ sql }) => sql === of.sql);
}

function requireGrouped(scope: Scope, operand: Operand, grouped: Operand[]): Operand {
	if (grouped.some(({ sql }) => sql === operand.sql)) return operand;
	throw scope.statement.error(operand.at, 'MALFORMED_QUERY', `Field must be grouped or aggregated: ${operand.name}`);
}

/** Replaced by 0 or 1 in each grouping set. */
function groupingSql({ sql }: Operand): string {
	return `GROUPING(${sql})`;
}

/** The names of the results: the alias, or for a grouped field its own name, or `expr0`, `expr1` and so on. */
function outputsOf(scope: Scope, query: Query, known: (expression: Expression) => Operand): Output[] {
	const taken = new Set<string>();
	let unnamed = 0;
	return query.selections.map((selection) => {
		if (selection.kind !== 'expression') {
			throw new SoqlError('MALFORMED_QUERY', 'Grouped query cannot use child relationships in the SELECT list');
		}
		const operand = known(selection.expression);
		const own = operand.field ? operand.name : `expr${unnamed}`;
		const key = selection.alias?.text ?? own;
		if (!selection.alias && !operand.field) unnamed++;
		if (taken.has(key.toLowerCase())) {
			throw scope.statement.error(selection.at, 'MALFORMED_QUERY', `duplicate alias: ${key}`);
		}
		taken.add(key.toLowerCase());
		return { key, operand };
	});
}

/** ROLLUP(a, b) groups by a and b, by a, and by nothing; CUBE by every subset. */
function groupingSets(groupBy: GroupBy | undefined, grouped: Operand[]): Operand[][] {
	if (groupBy?.kind === 'rollup') {
		const sizes = [...grouped.keys(), grouped.length].reverse();
		return sizes.map((size) => grouped.slice(0, size));
	}
	if (groupBy?.kind !== 'cube') return [grouped];
	return grouped.reduceRight<Operand[][]>((sets, operand) => [...sets.map((set) => [operand, ...set]), ...sets], [[]]);
}

/** A value of one grouping set: a field that the set leaves out is null, and GROUPING of it is 1. */
function inSet(sql: string, grouped: Operand[], set: Operand[]): string {
	for (const operand of grouped) {
		const present = set.includes(operand);
		if (sql === groupingSql(operand)) return present ? '0' : '1';
		if (!present && sql.includes(operand.sql) && isOnlyOf(sql, operand)) return 'NULL';
	}
	return sql;
}

/** Whether SQL is the grouped expression itself or its sort key, not an aggregate that reads the same column. */
function isOnlyOf(sql: string, operand: Operand): boolean {
	return sql === operand.sql || sql.startsWith(`CASE ${operand.sql} `);
}
