import type { ObjectDescribe } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import { queryAtOnce } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import { batches } from '../../salesforce/batches';
import type { Current } from '../decideUndo';

/** So that 2,000 records cost one call, as five queries of one page each. */
const RECORDS_PER_QUERY = 400;
/** Where two long text fields are selected, Salesforce gives pages of 200 (SOQL reference, changing the batch size). */
const RECORDS_WITH_LONG_TEXT = 200;

/** Which records of an object are read: by their IDs, or by a field whose values name them. */
export interface CurrentSearch {
	object: ObjectDescribe;
	/** API name of the field by whose values records are found: `Id`, or a key. */
	by: string;
	values: readonly string[];
	/** API names of what to read; those that the API user cannot see are left out. */
	fields: readonly string[];
}

/**
 * Reads records as they are now, those in the recycle bin among them: five queries of 400 a call.
 *
 * @returns for each search its records by the value that found them; an ID has 18 characters
 * @throws OrgError when they cannot be read
 */
export async function readCurrent(org: Org, searches: readonly CurrentSearch[]): Promise<Array<Map<string, Current>>> {
	const queries = searches.flatMap((search, index) =>
		batches([...new Set(search.values)], recordsPerQuery(search)).map((values) => ({
			index,
			soql: soqlOf(search, values),
		})),
	);
	const records = await queryAtOnce(
		org,
		queries.map(({ soql }) => ({ soql, includeDeleted: true })),
	);
	const found = searches.map(() => new Map<string, Current>());
	queries.forEach(({ index }, position) => {
		const search = searches[index] as CurrentSearch;
		for (const record of records[position] ?? []) {
			const value = String(record[search.by]);
			// A record of the recycle bin has a key that a living one may have as well.
			if (record.IsDeleted === true && found[index]?.has(value)) continue;
			found[index]?.set(value, current(record));
		}
	});
	return found;
}

/** Of these every object has the first, and nearly every one the others. */
const STAMPS = ['IsDeleted', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById', 'CreatedDate', 'CreatedById'];

/** How many records a query reads, so that they are all on its first page. */
export function recordsPerQuery({ object, fields }: Pick<CurrentSearch, 'object' | 'fields'>): number {
	const long = fields.filter((name) => object.fieldsByName.get(name.toLowerCase())?.type === 'textarea');
	return long.length > 1 ? RECORDS_WITH_LONG_TEXT : RECORDS_PER_QUERY;
}

function soqlOf({ object, by, fields }: CurrentSearch, values: readonly string[]): string {
	const wanted = ['Id', by, ...STAMPS, ...fields];
	const known = wanted.flatMap((name) => object.fieldsByName.get(name.toLowerCase())?.name ?? []);
	const selected = [...new Set(known)].join(', ');
	return `SELECT ${selected} FROM ${object.name} WHERE ${by} IN (${values.map(textLiteral).join(',')})`;
}

/** A record as a query, or the Tooling API, gives it. */
export function current(record: QueriedRecord): Current {
	const { Id, IsDeleted, SystemModstamp, LastModifiedDate, LastModifiedById, CreatedDate, CreatedById } = record;
	const values = { ...record };
	delete values.attributes;
	return {
		id: String(Id),
		values,
		stamp: {
			at: String(SystemModstamp ?? LastModifiedDate ?? CreatedDate),
			...byOf(LastModifiedById ?? CreatedById),
		},
		isDeleted: IsDeleted === true,
	};
}

function byOf(user: unknown): { by?: string } {
	return typeof user === 'string' ? { by: user } : {};
}
