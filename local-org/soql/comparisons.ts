import { normalizeId } from '../ids';
import type { ComparisonOperator, Literal, StringLiteral } from './grammar/ast';
import { toSecond } from '../clock';
import { moneySql } from './currencies';
import type { Money } from './currencies';
import { instantOf, isoDay, startInZone } from './calendar';
import { dateLiteralRange } from './dateLiterals';
import { comparisonOf, soapType } from './fieldTypes';
import type { Operand } from './operands';
import type { Statement } from './statement';

/** Longest string literal in a WHERE clause, in characters (docs:soql-sosl, query limits). */
const MAX_STRING = 4_000;

/** The operators that compare by order. */
type Ordering = Exclude<ComparisonOperator, 'like'>;

type DateLiteral = Literal & { kind: 'dateLiteral' };

type Scalar = string | number | null;

/**
 * SQL that compares an operand with a literal. It may be NULL, which counts as false: the caller says so where it
 * matters, under NOT. Null rules (docs:soql-sosl/comparison-operators): `= null` finds empty values, `!= 'x'` finds them
 * too, and an empty string is an empty value.
 *
 * @throws SoqlError for a literal or an operator that does not fit the operand's type
 */
export function compareSql(statement: Statement, left: Operand, operator: ComparisonOperator, value: Literal): string {
	checkOperator(statement, left, operator);
	if (operator === 'like') return likeSql(statement, left, value);
	if (value.kind === 'dateLiteral') return rangeSql(statement, left, operator, value);
	if (value.kind === 'currency') return moneySql(statement, left, operator, value);
	const scalar = scalarOf(statement, left, value);
	if (scalar === null) {
		if (operator === '=') return emptySql(left);
		// Assumed: nothing comes before or after nothing, not even another nothing.
		return operator === '!=' ? `NOT ${emptySql(left)}` : '0';
	}
	const { sql, bound } = comparable(statement, left, scalar);
	return operator === '!=' ? `${sql} IS NOT ${bound}` : `${sql} ${operator} ${bound}`;
}

/** SQL for `field IN (…)`. It may be NULL, which counts as false. */
export function inSql(statement: Statement, left: Operand, values: Literal[]): string {
	checkOperator(statement, left, '=');
	const amounts = values.filter((value): value is Money => value.kind === 'currency');
	if (amounts.length > 0) return inMoneySql(statement, left, amounts, values);
	const alternatives: string[] = [];
	const scalars: Array<string | number> = [];
	for (const value of values) {
		if (value.kind === 'dateLiteral') alternatives.push(rangeSql(statement, left, '=', value));
		else {
			const scalar = scalarOf(statement, left, value);
			if (scalar === null) alternatives.push(emptySql(left));
			else scalars.push(scalar);
		}
	}
	if (scalars.length > 0) {
		const folds = comparisonOf(left.type) === 'text' && scalars.some((scalar) => !isAscii(String(scalar)));
		const list = folds ? scalars.map((scalar) => String(scalar).toLowerCase()) : scalars;
		const plain = comparisonOf(left.type) === 'boolean' ? checkboxSql(left) : left.sql;
		const sql = folds ? `soql_fold(${left.sql})` : plain;
		// One parameter for the whole list: SQLite allows 32,766 of them, a query of 100,000 characters holds more.
		alternatives.push(`${sql} IN (SELECT value FROM json_each(${statement.bind(JSON.stringify(list))}))`);
	}
	return `(${alternatives.join(' OR ')})`;
}

/** Amounts of currencies are not mixed with others in one list (docs:soql-sosl/convertcurrency; the wording is assumed). */
function inMoneySql(statement: Statement, left: Operand, amounts: Money[], values: Literal[]): string {
	const equal = amounts.map((money) => moneySql(statement, left, '=', money));
	if (amounts.length === values.length) return `(${equal.join(' OR ')})`;
	throw statement.error(left.at, 'MALFORMED_QUERY', 'Values with and without a currency can not be mixed');
}

/** SQL for INCLUDES: any of the values, where `a;b` means both together. */
export function includesSql(statement: Statement, left: Operand, values: Literal[]): string {
	if (comparisonOf(left.type) !== 'multipicklist') {
		throw statement.error(
			left.at,
			'INVALID_QUERY_FILTER_OPERATOR',
			'includes/excludes operators only valid on multipicklist field',
		);
	}
	const alternatives = values.map((value) => {
		const scalar = scalarOf(statement, left, value);
		if (scalar === null) return `${left.sql} IS NULL`;
		const parts = String(scalar)
			.split(';')
			.map((part) => `instr(soql_fold(';' || ${left.sql} || ';'), ${statement.bind(`;${part.toLowerCase()};`)}) > 0`);
		return `(${parts.join(' AND ')})`;
	});
	return `(${alternatives.join(' OR ')})`;
}

/** The checkbox of a parent that is not there is not ticked (docs:soql-sosl, null values in lookup relationships). */
const checkboxSql = ({ sql }: Operand): string => `coalesce(${sql}, 0)`;

/** A checkbox is never empty: null means false there (docs:soql-sosl/null). */
function emptySql({ sql, type }: Operand): string {
	return comparisonOf(type) === 'boolean' ? `(${sql} IS NOT 1)` : `(${sql} IS NULL)`;
}

function checkOperator(statement: Statement, left: Operand, operator: ComparisonOperator): void {
	const comparison = comparisonOf(left.type);
	const onlyEquality = comparison === 'boolean' || comparison === 'multipicklist';
	const fits = operator === 'like' ? comparison === 'text' : ['=', '!='].includes(operator) || !onlyEquality;
	if (fits) return;
	throw statement.error(left.at, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${left.type} field`);
}

/** SQLite's LIKE tells no capitals in ASCII; other letters are folded when the pattern has any. */
function likeSql(statement: Statement, left: Operand, value: Literal): string {
	const { pattern } = stringOf(statement, left, value);
	if (isAscii(pattern)) return `${left.sql} LIKE ${statement.bind(pattern)} ESCAPE '\\'`;
	return `soql_fold(${left.sql}) LIKE ${statement.bind(pattern.toLowerCase())} ESCAPE '\\'`;
}

function stringOf(statement: Statement, left: Operand, value: Literal): StringLiteral {
	if (value.kind !== 'string') throw mismatch(statement, left);
	if (value.value.length > MAX_STRING) {
		// The wording is assumed.
		throw statement.error(value.at, 'MALFORMED_QUERY', `String literals can have at most ${MAX_STRING} characters`);
	}
	return value;
}

/** Equality of text whose literal has letters beyond ASCII compares folded text; all else compares as stored. */
function comparable(statement: Statement, left: Operand, scalar: string | number): { sql: string; bound: string } {
	const exact = left.field?.unique && left.field.caseSensitive;
	if (comparisonOf(left.type) === 'boolean') return { sql: checkboxSql(left), bound: statement.bind(scalar) };
	if (comparisonOf(left.type) !== 'text' || isAscii(String(scalar)) || exact) {
		return { sql: left.sql, bound: `${statement.bind(scalar)}${exact ? ' COLLATE BINARY' : ''}` };
	}
	return { sql: `soql_fold(${left.sql})`, bound: statement.bind(String(scalar).toLowerCase()) };
}

/** A literal as the operand's column holds its values, or null for an empty one. */
function scalarOf(statement: Statement, left: Operand, value: Literal): Scalar {
	if (value.kind === 'null') return null;
	switch (comparisonOf(left.type)) {
		case 'text':
		case 'multipicklist':
			return stringOf(statement, left, value).value || null;
		case 'id':
			return idOf(statement, left, value);
		case 'number':
			// Assumed: a number of whole digits is not compared with a broken one.
			if (value.kind === 'number' && (left.type !== 'int' || Number.isInteger(value.value))) return value.value;
			break;
		case 'boolean':
			if (value.kind === 'boolean') return value.value ? 1 : 0;
			break;
		case 'date':
			if (value.kind === 'date') return isoDay(instant(statement, left, value.text));
			break;
		case 'datetime':
			if (value.kind === 'datetime') return toSecond(instant(statement, left, value.text));
			break;
		case 'time':
			if (value.kind === 'time') return instant(statement, left, `1970-01-01T${value.text}`).toISOString().slice(11);
			break;
		case 'none':
			throw statement.error(left.at, 'INVALID_FIELD', `field '${left.name}' can not be filtered in a query call`);
	}
	throw mismatch(statement, left);
}

function idOf(statement: Statement, left: Operand, value: Literal): string {
	if (value.kind !== 'string') throw mismatch(statement, left);
	const id = normalizeId(value.value);
	if (id) return id;
	throw statement.error(left.at, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${value.value}`);
}

function instant(statement: Statement, left: Operand, text: string): Date {
	const found = instantOf(text);
	if (found) return found;
	throw mismatch(statement, left);
}

function rangeSql(statement: Statement, left: Operand, operator: Ordering, value: DateLiteral): string {
	const comparison = comparisonOf(left.type);
	if (comparison !== 'date' && comparison !== 'datetime') throw mismatch(statement, left);
	const { now, timeZone } = statement.context;
	const range = dateLiteralRange(value.name, value.count, now, timeZone);
	if (!range) throw statement.unexpected(value.at, value.name);
	const bound = (day: Date) =>
		statement.bind(comparison === 'date' ? isoDay(day) : startInZone(day, timeZone).toISOString());
	const { sql } = left;
	switch (operator) {
		case '=':
			return `(${sql} >= ${bound(range.start)} AND ${sql} < ${bound(range.end)})`;
		case '!=':
			return `(${sql} IS NULL OR ${sql} < ${bound(range.start)} OR ${sql} >= ${bound(range.end)})`;
		case '<':
		case '>=':
			return `${sql} ${operator} ${bound(range.start)}`;
		case '<=':
			return `${sql} < ${bound(range.end)}`;
		case '>':
			return `${sql} >= ${bound(range.end)}`;
	}
}

function mismatch(statement: Statement, left: Operand) {
	const type = soapType(left.type);
	const quotes = `should ${type === 'string' || type === 'ID' ? '' : 'not '}be enclosed in quotes`;
	return statement.error(
		left.at,
		'INVALID_FIELD',
		`value of filter criterion for field '${left.name}' must be of type ${type} and ${quotes}`,
	);
}

function isAscii(text: string): boolean {
	for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 127) return false;
	return true;
}
