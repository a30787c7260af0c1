import type { OrderItem } from './grammar/ast';
import { corporateSql } from './currencies';
import { allows } from './fieldTypes';
import { operandOf } from './operands';
import type { Operand } from './operands';
import type { Scope } from './scope';

/**
 * The SQL by which an operand is sorted.
 * @throws SoqlError MALFORMED_QUERY for a field that cannot be
 */
export function sortableSql(scope: Scope, operand: Operand): string {
	const { field } = operand;
	if (field && !allows(field, 'sortable')) {
		throw scope.statement.error(
			operand.at,
			'MALFORMED_QUERY',
			`field '${field.name}' can not be sorted in a query call`,
		);
	}
	// Money is sorted by its worth (docs:soql-sosl/convertcurrency).
	if (operand.currency !== undefined && !operand.aggregate) return corporateSql(operand.sql, operand.currency);
	const isPlainPicklist = field?.type === 'picklist' && field.picklistValues && !operand.sql.startsWith('CASE');
	return isPlainPicklist ? picklistOrderSql(operand.sql, field.picklistValues ?? []) : operand.sql;
}

/** Picklists sort in the order of their values in Setup (docs:soql-sosl/order-by), unknown values behind. */
function picklistOrderSql(sql: string, values: Array<{ value: string }>): string {
	const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
	const branches = values.map(({ value }, index) => `WHEN ${literal(value)} THEN ${index}`);
	if (branches.length === 0) return sql;
	return `CASE ${sql} ${branches.join(' ')} ELSE iif(${sql} IS NULL, NULL, ${values.length}) END`;
}

/** Empty values come first, whichever the direction, unless the query says otherwise (docs:soql-sosl/order-by). */
export function directionSql({ descending, nullsLast }: OrderItem): string {
	return `${descending ? 'DESC' : 'ASC'} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`;
}

/** The terms of ORDER BY for rows that are not grouped. */
export function orderSql(scope: Scope, items: OrderItem[]): string[] {
	checkOrder(scope, items);
	return items.map((item) => `${sortableSql(scope, operandOf(scope, item.expression))} ${directionSql(item)}`);
}

/** Functions by which nothing is sorted (docs:soql-sosl/tolabel, docs:soql-sosl/convertcurrency). */
const NOT_IN_ORDER: Record<string, string> = { tolabel: 'toLabel()', convertcurrency: 'convertCurrency()' };

/**
 * The wording is assumed.
 * @throws SoqlError for a function by which nothing is sorted
 */
export function checkOrder({ statement }: Scope, items: OrderItem[]): void {
	for (const { expression } of items) {
		const name = expression.kind === 'call' ? NOT_IN_ORDER[expression.function] : undefined;
		if (name !== undefined)
			throw statement.error(expression.at, 'MALFORMED_QUERY', `${name} can not be used with ORDER BY`);
	}
}
