/** When a record was changed last, ISO 8601 or as Salesforce writes it, and by which user. */
export interface Stamp {
	at: string;
	by: string;
}

/** What is read of a record to know that. */
export const STAMP_FIELDS = ['SystemModstamp', 'LastModifiedById'] as const;

/** The stamp of a record that was read with `STAMP_FIELDS`; undefined where the API user cannot see it. */
export function stampOf(record: Readonly<Record<string, unknown>> | undefined): Stamp | undefined {
	const { SystemModstamp, LastModifiedById } = record ?? {};
	if (typeof SystemModstamp !== 'string' || typeof LastModifiedById !== 'string') return undefined;
	return { at: SystemModstamp, by: LastModifiedById };
}
