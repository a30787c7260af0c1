import type { RecordPlan } from './plan';
import type { Row } from './shape';
import type { Statement } from './statement';
import type { SObjectJson } from './types';

/** Runs a statement and returns its rows as arrays of values, in the order of its columns. */
export function readRows(statement: Statement, sql: string): Row[] {
	const prepared = statement.context.database.prepare(sql);
	prepared.setReturnArrays(true);
	return prepared.all(statement.parameters) as unknown as Row[];
}

/** Runs the statement of a plan, then one more for each of its child subqueries, and builds the records. */
export function readRecords(
	statement: Statement,
	sql: string,
	plan: RecordPlan,
): Array<{ row: Row; record: SObjectJson }> {
	const rows = readRows(statement, sql);
	if (plan.children.length > 0) {
		const ids = rows.map((row) => plan.shape.id(row));
		for (const child of plan.children) child.load(ids);
	}
	return rows.flatMap((row) => {
		const record = plan.shape.read(row);
		return record ? [{ row, record }] : [];
	});
}
