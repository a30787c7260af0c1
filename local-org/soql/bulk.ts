import { compileSoql } from './compile';
import { SoqlError } from './errors';
import type { Scope } from './scope';
import type { Selection } from './grammar/ast';
import type { SoqlContext } from './types';

/** Before this version the columns come in the order of the alphabet (docs:api-asynch, get results for a query job). */
const ORDER_KEPT_SINCE = 50;

/**
 * The header of a Bulk API 2.0 query's CSV: the selected fields with their paths, in the schema's spelling.
 *
 * Throws what executeSoql throws, and SoqlError for what Bulk queries cannot hold (docs:api-asynch, query
 * limitations): GROUP BY, aggregates, OFFSET, TYPEOF, child subqueries and compound fields. Wordings are assumed,
 * but for aggregates and compound fields, which loaders' sources quote.
 */
export function bulkColumns(soql: string, context: SoqlContext): string[] {
	const { query, scope, grouped } = compileSoql(soql, context);
	if (grouped || query.countsRows) throw refused('Aggregate Relationships');
	if (query.offset) throw refused('OFFSET');
	const columns = query.selections.flatMap((selection) => columnsOf(scope, selection));
	return context.apiVersion < ORDER_KEPT_SINCE ? columns.sort() : columns;
}

function columnsOf(scope: Scope, selection: Selection): string[] {
	if (selection.kind === 'subquery') throw refused('Nested queries');
	if (selection.kind === 'typeof') throw refused('TYPEOF');
	const { expression, alias } = selection;
	if (alias) return [alias.text];
	if (expression.kind === 'distance') return [expression.field.text];
	if (expression.kind === 'call') {
		if (expression.function === 'fields') throw refused('FIELDS()');
		return columnsOf(scope, { ...selection, expression: expression.argument });
	}
	const { column, relationships } = scope.resolve(expression.name);
	if (column.field.type === 'address') throw refused('Selecting compound data');
	return [[...relationships.map(({ key }) => key), column.field.name].join('.')];
}

function refused(what: string): SoqlError {
	return new SoqlError('API_ERROR', `${what} not supported in Bulk Query`);
}
