import type { FieldType } from '../schema/types';
import { compileSoql } from './compile';
import { SoqlError } from './errors';
import type { Scope } from './scope';
import type { Selection } from './grammar/ast';
import { operandOf } from './operands';
import type { SoqlContext } from './types';

/** A column of a Bulk query's CSV. */
export interface BulkColumn {
	name: string;
	type: FieldType;
}

/** Before this version the columns come in the order of the alphabet (docs:api-asynch, get results for a query job). */
const ORDER_KEPT_SINCE = 50;

/**
 * The columns of a Bulk API 2.0 query's CSV: the selected fields with their paths, in the schema's spelling. Wordings
 * are assumed, but for aggregates and compound fields, which loaders' sources quote.
 * @throws what executeSoql throws, and SoqlError for what Bulk queries cannot hold (docs:api-asynch, query limitations):
 *   GROUP BY, aggregates, OFFSET, TYPEOF, child subqueries and compound fields
 */
export function bulkColumns(soql: string, context: SoqlContext): BulkColumn[] {
	const { query, scope, grouped } = compileSoql(soql, context);
	if (grouped || query.countsRows) throw refused('Aggregate Relationships');
	if (query.offset) throw refused('OFFSET');
	const columns = query.selections.flatMap((selection) => columnsOf(scope, selection));
	return context.apiVersion < ORDER_KEPT_SINCE ? columns.sort((a, b) => (a.name < b.name ? -1 : 1)) : columns;
}

function columnsOf(scope: Scope, selection: Selection): BulkColumn[] {
	if (selection.kind === 'subquery') throw refused('Nested queries');
	if (selection.kind === 'typeof') throw refused('TYPEOF');
	const { expression, alias } = selection;
	if (expression.kind === 'call' && expression.function === 'fields') throw refused('FIELDS()');
	const { type } = operandOf(scope, expression);
	if (alias) return [{ name: alias.text, type }];
	if (expression.kind === 'distance') return [{ name: expression.field.text, type }];
	if (expression.kind === 'call') {
		return columnsOf(scope, { ...selection, expression: expression.argument });
	}
	const { column, relationships } = scope.resolve(expression.name);
	// Seen for Bulk 1.0 (CumulusCI#1662).
	if (column.field.type === 'base64') throw new SoqlError('FEATURENOTENABLED', 'Binary field not supported');
	if (column.field.type === 'address') throw refused('Selecting compound data');
	return [{ name: [...relationships.map(({ key }) => key), column.field.name].join('.'), type }];
}

function refused(what: string): SoqlError {
	return new SoqlError('API_ERROR', `${what} not supported in Bulk Query`);
}
