import type { Columns, Shape } from './shape';
import type { SObjectJson } from './types';

/** What a SELECT of records reads, and how its rows become records. */
export interface RecordPlan {
	columns: Columns;
	shape: Shape;
	children: ChildPlan[];
	textAreas: number;
}

/** A child subquery: one SQL statement for all parents of the page. */
export interface ChildPlan {
	/** The relationship in the schema's spelling. */
	key: string;
	textAreas: number;
	/** Reads the children of all these parents. */
	load(parentIds: string[]): void;
	/** What a parent's record holds: its children as a query result, or null for none. */
	recordsOf(parentId: string): { totalSize: number; done: true; records: SObjectJson[] } | null;
}
