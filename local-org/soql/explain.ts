import { compileSoql } from './compile';
import { quoted } from './statement';
import type { SoqlContext } from './types';

/** One way to run a query, as `query?explain=` shows it (docs:rest-api/query-performance-feedback). */
export interface QueryPlan {
	/** Rows that the filters let through. */
	cardinality: number;
	/** Indexed fields by which they are found. */
	fields: string[];
	leadingOperationType: 'Index' | 'TableScan';
	notes: never[];
	/** At or above 1 a query is not selective. Assumed: the share of the rows that is read. */
	relativeCost: number;
	/** Rows of the object. */
	sobjectCardinality: number;
	sobjectType: string;
}

/**
 * The plan by which a query runs, taken from SQLite's own.
 * @throws what executeSoql throws
 */
export function explainSoql(soql: string, context: SoqlContext): { plans: QueryPlan[]; sourceQuery: string } {
	const { scope, sql, where } = compileSoql(soql, context);
	const { name } = scope.object;
	const steps = context.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(scope.statement.parameters);
	const details = steps.map(({ detail }) => String(detail));
	const leading = details.find((detail) => detail.startsWith(`SEARCH ${scope.alias} `));
	const fields = leading ? searchedFields(leading) : [];
	const matching = context.database.prepare(`SELECT count(*) AS n FROM ${scope.fromSql()}${where}`);
	matching.setAllowUnknownNamedParameters(true);
	const cardinality = Number(matching.get(scope.statement.parameters)?.n);
	const sobjectCardinality = Number(context.database.prepare(`SELECT count(*) AS n FROM ${quoted(name)}`).get()?.n);
	return {
		plans: [
			{
				cardinality,
				fields,
				leadingOperationType: leading ? 'Index' : 'TableScan',
				notes: [],
				relativeCost: leading ? cardinality / Math.max(sobjectCardinality, 1) : 1,
				sobjectCardinality,
				sobjectType: name,
			},
		],
		sourceQuery: soql,
	};
}

/** The fields in SQLite's `SEARCH t0 USING INDEX x (Status=? AND Id>?)`. */
function searchedFields(detail: string): string[] {
	const terms = detail.slice(detail.lastIndexOf('(') + 1, detail.lastIndexOf(')')).split(' AND ');
	return terms.map((term) => {
		const end = [...term].findIndex((character) => '=<>'.includes(character));
		return term.slice(0, end);
	});
}
