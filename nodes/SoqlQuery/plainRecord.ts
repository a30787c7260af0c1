/**
 * A queried record without Salesforce's `attributes`: parents as nested objects, child subqueries as lists of records.
 *
 * @param value a record, or any value inside one
 */
export function plainRecord(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map(plainRecord);
	if (isSubquery(value)) return value.records.map(plainRecord);
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, inner]) => (name === 'attributes' ? [] : [[name, plainRecord(inner)]])),
	);
}

function isSubquery(value: object): value is { records: unknown[] } {
	return 'records' in value && 'done' in value && Array.isArray(value.records);
}
