import type { SQLInputValue } from 'node:sqlite';
import type { ObjectSchema } from '../../schema/types';
import type { Row } from '../../storage';
import type { WriteContext } from '../context';

/** A record on its way into the org. */
export interface Change {
	object: ObjectSchema;
	id: string;
	/** What is being written; a rule may add to it. */
	row: Row;
	/** The record as it was; undefined when it is new. */
	before?: Row;
	context: WriteContext;
}

/** What Salesforce itself does when a record of one object is saved or deleted. All may throw ApiError. */
export interface ObjectRules {
	/** The record that is there already, and is changed in place of making another one. */
	twin?(row: Row, context: WriteContext): Row | undefined;
	beforeSave?(change: Change): void;
	afterSave?(change: Change): void;
	/** @param isAlong whether it goes with another record's deletion */
	beforeDelete?(row: Row, context: WriteContext, isAlong: boolean): void;
	afterDelete?(row: Row, context: WriteContext): void;
}

/** A field's value as it will be once the change is saved. */
export function valueOf({ row, before }: Change, field: string): SQLInputValue {
	return row[field] !== undefined ? row[field] : (before?.[field] ?? null);
}

/** Whether the change gives a field another value; true for every field of a new record. */
export function changes(change: Change, field: string): boolean {
	return !change.before || (change.row[field] !== undefined && change.row[field] !== change.before[field]);
}
