import type { ObjectSchema } from '../schema/types';
import type { Condition, Expression, Name } from './grammar/ast';
import { checkWith } from './clauses';
import { compareSql, inSql, includesSql } from './comparisons';
import { SoqlError, UnsupportedSoql, unknownObjectAt } from './errors';
import { allows, comparisonOf } from './fieldTypes';
import { operandOf } from './operands';
import type { Operand } from './operands';
import { Scope } from './scope';
import type { Statement } from './statement';

/** Semi-joins and anti-joins in one query (docs:soql-sosl/comparison-operators). */
const MAX_SEMI_JOINS = 2;

/** Objects that no semi-join reads (docs:soql-sosl/comparison-operators; the last one seen in an org). */
const NOT_IN_SEMI_JOINS = new Set([
	'ActivityHistory',
	'Attachment',
	'Event',
	'EventAttendee',
	'Note',
	'OpenActivity',
	'Task',
	'ContentDocumentLink',
]);

/** What WHERE and HAVING differ in: which expressions may be compared. */
type Operands = (expression: Expression) => Operand;

/**
 * SQL of a WHERE clause.
 * @throws SoqlError for fields, operators or values that do not fit
 */
export function whereSql(scope: Scope, condition: Condition): string {
	checkSemiJoins(scope.statement, condition);
	return conditionSql(scope, condition, (expression) => {
		const operand = filterable(scope, operandOf(scope, expression));
		if (expression.kind === 'call' && expression.function === 'convertcurrency') {
			// Documented; the wording is assumed.
			throw scope.statement.error(expression.at, 'MALFORMED_QUERY', 'convertCurrency() can not be used in WHERE');
		}
		return operand;
	});
}

/** SQL of a HAVING clause, whose expressions `operands` knows. */
export function havingSql(scope: Scope, condition: Condition, operands: Operands): string {
	return conditionSql(scope, condition, operands);
}

function conditionSql(scope: Scope, condition: Condition, operands: Operands): string {
	const { statement } = scope;
	const negatable = (negated: boolean, sql: string) => (negated ? notSql(sql) : sql);
	switch (condition.kind) {
		case 'and':
		case 'or':
			return joined(
				condition.kind,
				condition.parts.map((part) => conditionSql(scope, part, operands)),
			);
		case 'not':
			return notSql(conditionSql(scope, condition.part, operands));
		case 'compare':
			return compareSql(statement, operands(condition.left), condition.operator, condition.value);
		case 'in':
			return negatable(condition.negated, inSql(statement, operands(condition.left), condition.values));
		case 'includes':
			return negatable(condition.negated, includesSql(statement, operands(condition.left), condition.values));
		case 'semiJoin':
			return negatable(condition.negated, semiJoinSql(scope, condition, operands(condition.left)));
		case 'calculated':
			throw new UnsupportedSoql('arithmetic in WHERE');
	}
}

/** A condition without an answer (NULL) is false, so its opposite is true: `NOT Name = 'x'` finds empty names. */
function notSql(sql: string): string {
	return `NOT coalesce(${sql}, 0)`;
}

/** Halves instead of a chain: SQLite refuses expressions deeper than 1,000, and a query may have 4,000 parts. */
function joined(operator: 'and' | 'or', parts: string[]): string {
	if (parts.length <= 2) return `(${parts.join(` ${operator.toUpperCase()} `)})`;
	const half = Math.ceil(parts.length / 2);
	return joined(operator, [joined(operator, parts.slice(0, half)), joined(operator, parts.slice(half))]);
}

function filterable(scope: Scope, operand: Operand): Operand {
	const { statement } = scope;
	if (operand.aggregate) {
		// The wording is assumed.
		throw statement.error(operand.at, 'MALFORMED_QUERY', `Grouped field should not be aggregated: ${operand.name}`);
	}
	if (operand.type === 'address') {
		throw statement.error(
			operand.at,
			'INVALID_FIELD',
			'Address fields can only be filtered using Distance expressions',
		);
	}
	if (!operand.field || allows(operand.field, 'filterable')) return operand;
	const { name } = operand.field;
	throw statement.error(operand.at, 'INVALID_FIELD', `field '${name}' can not be filtered in a query call`);
}

function semiJoinSql(scope: Scope, condition: Condition & { kind: 'semiJoin' }, left: Operand): string {
	const { statement } = scope;
	const { query } = condition;
	const from = query.from[0]?.path;
	const object = from && queryableObject(statement, from);
	if (!object) throw new UnsupportedSoql('a semi-join without an object');
	if (NOT_IN_SEMI_JOINS.has(object.name)) {
		throw statement.error(
			from.at,
			'MALFORMED_QUERY',
			`Entity '${object.name}' is not supported for semi join inner selects`,
		);
	}
	checkWith(statement, object, query.with);
	const inner = new Scope(statement, object, query.from);
	const selected = operandOf(inner, query.field);
	checkOwnField(scope, condition.left);
	checkOwnField(inner, query.field);
	checkSameTarget(scope, inner, left, selected);
	const where = [`${selected.sql} IS NOT NULL`];
	const live = inner.liveSql();
	if (live) where.push(live);
	if (query.where) where.push(whereSql(inner, query.where));
	return `${left.sql} IN (SELECT ${selected.sql} FROM ${inner.fromSql()} WHERE ${where.join(' AND ')})`;
}

/**
 * The object of a FROM clause.
 * @throws SoqlError INVALID_TYPE for one that is not there
 */
export function queryableObject(statement: Statement, name: Name): ObjectSchema {
	const object = statement.context.schema.object(name.text);
	if (object && object.queryable !== false) return object;
	throw unknownObjectAt(statement.soql, name);
}

/** Neither side may cross a relationship (docs:soql-sosl/comparison-operators). The wording is assumed. */
function checkOwnField(scope: Scope, expression: Expression): void {
	if (expression.kind !== 'field' || scope.resolve(expression.name).relationships.length === 0) return;
	throw scope.statement.error(
		expression.at,
		'MALFORMED_QUERY',
		`The field '${expression.name.text}' of a semi join can not cross a relationship`,
	);
}

function checkSameTarget(outer: Scope, inner: Scope, left: Operand, selected: Operand): void {
	const { statement } = outer;
	const targets = (scope: Scope, { field }: Operand) =>
		field?.type === 'id' ? [scope.object.name] : (field?.referenceTo ?? []);
	for (const operand of [left, selected]) {
		if (operand.field && comparisonOf(operand.type) === 'id') continue;
		// The wording is assumed.
		throw statement.error(operand.at, 'INVALID_FIELD', `field '${operand.name}' of a semi join is no reference`);
	}
	if (inner.object === outer.object) {
		throw statement.error(
			left.at,
			'MALFORMED_QUERY',
			'The inner and outer selects should not be on the same object type',
		);
	}
	const wanted = targets(outer, left);
	if (targets(inner, selected).some((target) => wanted.includes(target))) return;
	throw statement.error(
		left.at,
		'MALFORMED_QUERY',
		`The selected field '${selected.name}' in the subquery and the left operand field in the where expression in the outer query '${left.name}' should point to the same object type`,
	);
}

/** Semi-joins stand at the top, joined by AND alone, twice at most, and never inside one another. */
function checkSemiJoins(statement: Statement, condition: Condition): void {
	const top = condition.kind === 'and' || condition.kind === 'or' ? condition.parts : [condition];
	const joins = top.filter((part) => part.kind === 'semiJoin');
	if (joins.length > 0 && condition.kind === 'or') {
		throw new SoqlError('MALFORMED_QUERY', "Semi join sub-selects are not allowed with the 'OR' operator");
	}
	if (joins.length > MAX_SEMI_JOINS) {
		throw new SoqlError('MALFORMED_QUERY', `Maximum ${MAX_SEMI_JOINS} semi join sub-selects are allowed`);
	}
	for (const part of top) {
		if (part.kind === 'semiJoin' && part.query.where && holdsSemiJoin(part.query.where)) {
			throw new SoqlError('MALFORMED_QUERY', 'Nesting of semi join sub-selects is not supported');
		}
		if (part.kind !== 'semiJoin' && holdsSemiJoin(part)) {
			throw statement.error(
				part.at,
				'MALFORMED_QUERY',
				'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions.',
			);
		}
	}
}

function holdsSemiJoin(condition: Condition): boolean {
	if (condition.kind === 'and' || condition.kind === 'or') return condition.parts.some(holdsSemiJoin);
	return condition.kind === 'not' ? holdsSemiJoin(condition.part) : condition.kind === 'semiJoin';
}
