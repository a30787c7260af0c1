/** What became of a record. */
export type ChangeEvent = 'created' | 'updated' | 'deleted' | 'undeleted';

/** What of a record tells what became of it. Stamps are in UTC to the second, `2026-05-01T07:25:37Z`, so that they sort. */
export interface Change {
	id: string;
	/** When it was changed last, by Salesforce's clock. */
	stamp: string;
	/** Undefined where its object keeps no such time. */
	createdAt?: string;
	isDeleted: boolean;
}

/** What was told of records before. */
export interface Told {
	/** Whether the record was told, or was there before anything was to be told. */
	before(change: Change): boolean;
	/** Whether the record was last seen in the recycle bin. */
	deleted(id: string): boolean;
}

/**
 * What became of a record since it was last told, the most telling first. A reader of records sees what they have become
 * and not each step, so one that was created and changed since the last look is `created`, and `updated` as well.
 */
export function eventsOf(change: Change, told: Told): ChangeEvent[] {
	if (change.isDeleted) return ['deleted'];
	if (told.deleted(change.id)) return ['undeleted'];
	if (told.before(change)) return ['updated'];
	return change.stamp === change.createdAt ? ['created'] : ['created', 'updated'];
}
