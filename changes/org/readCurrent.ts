import type { ObjectDescribe } from '../../salesforce/describe';
import { FIELD_HIDDEN } from '../../salesforce/errorCodes';
import { OrgError } from '../../salesforce/errors';
import { readFieldValue } from '../../salesforce/fieldValue';
import { findRecords, isKeyValue } from '../../salesforce/findRecords';
import type { Found, Search } from '../../salesforce/findRecords';
import type { Org } from '../../salesforce/org';
import type { QueriedRecord } from '../../salesforce/query';
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
 * What a search found: the records that a value names, only those of the recycle bin where no living one has it; or why
 * it could not be read.
 */
export type FoundCurrent = { ok: true; of(value: string): Current[] } | { ok: false; error: OrgError };

/**
 * Reads records as they are now, those in the recycle bin among them: five queries of 400 a call.
 *
 * @returns what each search found; one that is refused leaves the others alone
 * @throws OrgError when a call is refused as a whole
 */
export async function findCurrent(org: Org, searches: readonly CurrentSearch[]): Promise<FoundCurrent[]> {
	const asked = searches.map(searchOf);
	const open = asked.filter((one): one is Search => !(one instanceof OrgError));
	const found = open.length === 0 ? [] : await findRecords(org, open);
	const byCall = new Map(open.map((search, index) => [search, found[index] as Found]));
	return asked.map((search): FoundCurrent => {
		if (search instanceof OrgError) return { ok: false, error: search };
		const one = byCall.get(search) as Found;
		return one.ok ? { ok: true, of: (value) => living(one, search, value) } : one;
	});
}

/**
 * As `findCurrent`, records by their IDs.
 *
 * @returns for each search its records by ID, which has 18 characters
 * @throws OrgError when they cannot be read
 */
export async function readCurrent(
	org: Org,
	searches: ReadonlyArray<Omit<CurrentSearch, 'by'>>,
): Promise<Array<Map<string, Current>>> {
	const found = await findCurrent(
		org,
		searches.map((search) => ({ ...search, by: 'Id' })),
	);
	return found.map((one, index) => {
		if (!one.ok) throw one.error;
		const records = (searches[index] as CurrentSearch).values.flatMap((id) => one.of(id));
		return new Map(records.map((record) => [record.id, record]));
	});
}

/** Of these every object has the first, and nearly every one the others. */
const STAMPS = ['IsDeleted', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById', 'CreatedDate', 'CreatedById'];

function searchOf({ object, by, values, fields }: CurrentSearch): Search | OrgError {
	const key = object.fieldsByName.get(by.toLowerCase());
	if (key === undefined) {
		const message = `The API user can no longer see the field ${by} of ${object.name}, by which the record is found`;
		return new OrgError('INVALID_FIELD', message, FIELD_HIDDEN, { fields: [by] });
	}
	const known = [...STAMPS, ...fields].flatMap((name) => object.fieldsByName.get(name.toLowerCase())?.name ?? []);
	return {
		object: object.name,
		key,
		values: [...new Set(values)].flatMap((value) => keyValue(key, value)),
		fields: known,
		includeDeleted: true,
		perQuery: recordsPerQuery({ object, fields }),
	};
}

/** A value that a change keeps as text, as one of the field's type. */
function keyValue(key: Search['key'], value: string): Search['values'] {
	const read = readFieldValue(key, value, 'UTC');
	return 'value' in read && isKeyValue(read.value) ? [read.value] : [];
}

function living(found: Extract<Found, { ok: true }>, { key }: Search, value: string): Current[] {
	const records = keyValue(key, value)
		.flatMap((one) => found.of(one))
		.map(current);
	const alive = records.filter(({ isDeleted }) => !isDeleted);
	return alive.length > 0 ? alive : records;
}

/** How many records a query reads, so that they are all on its first page. */
export function recordsPerQuery({ object, fields }: Pick<CurrentSearch, 'object' | 'fields'>): number {
	const long = fields.filter((name) => object.fieldsByName.get(name.toLowerCase())?.type === 'textarea');
	return long.length > 1 ? RECORDS_WITH_LONG_TEXT : RECORDS_PER_QUERY;
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
