import type { FieldDescribe } from './describe';
import type { OrgError } from './errors';
import type { Org } from './org';
import { queryEach } from './query';
import type { QueriedRecord } from './query';
import { textLiteral, withoutExponent } from './soql';

/** Records to find by the values of one field. */
export interface Search {
	/** API name of the object. */
	object: string;
	/** The record ID, an external ID, or any other field that can be filtered. */
	key: FieldDescribe;
	/** Values as `readFieldValue` gives them. */
	values: ReadonlyArray<string | number>;
	/** API names of what to read beside the ID and the key; a parent's as `Owner.Email`. */
	fields: readonly string[];
}

/**
 * SOQL refuses longer texts (SOQL reference, quoted string escape sequences: 4,000 characters), and with them the whole
 * query. No field by which records are found holds one.
 */
const LONGEST_LITERAL = 4_000;

/** What a search found: the records that have a value of the key, or why Salesforce refused to look. */
export type Found = { ok: true; of(value: string | number): QueriedRecord[] } | { ok: false; error: OrgError };

/** So that 2,000 records cost one call; a query's page holds as many. */
const VALUES_PER_QUERY = 400;
/** Characters of one list of values: five such queries travel in one call. A query may have 100,000. */
const LONGEST_LIST = 40_000;

/**
 * Finds records by ID or by another field, five queries of at most 400 values a call, five calls at once.
 *
 * @returns what each search found, in their order
 * @throws OrgError when a call is refused as a whole
 */
export async function findRecords(org: Org, searches: readonly Search[]): Promise<Found[]> {
	const queries = searches.flatMap((search, index) => searchQueries(search).map((soql) => ({ soql, index })));
	const outcomes = await queryEach(
		org,
		queries.map(({ soql }) => soql),
	);
	return searches.map((search, index) => {
		const byKey = new Map<string | number, QueriedRecord[]>();
		for (const [position, outcome] of outcomes.entries()) {
			if (queries[position]?.index !== index) continue;
			if (!outcome.ok) return outcome;
			for (const record of outcome.records) {
				const key = comparable(search.key, record[search.key.name] as string | number);
				byKey.set(key, [...(byKey.get(key) ?? []), record]);
			}
		}
		return { ok: true, of: (value) => byKey.get(comparable(search.key, value)) ?? [] };
	});
}

/**
 * A key in the form in which equal ones are equal, by Salesforce's rule for external IDs: their case counts unless the
 * field is unique without regard to case (REST API, upsert by external ID). Of other fields it never counts. Blanks at
 * the ends, which Salesforce does not keep, never count.
 */
export function comparable(key: FieldDescribe, value: string | number): string | number {
	if (typeof value === 'number') return value;
	if (key.type === 'id' || key.type === 'reference') return value.slice(0, 15);
	// Salesforce keeps addresses in lower case (help article 000384328).
	const caseCounts = key.type !== 'email' && (key.caseSensitive || (key.externalId && !key.unique));
	return caseCounts ? value.trim() : value.trim().toLowerCase();
}

function searchQueries({ object, key, values, fields }: Search): string[] {
	const selected = [...new Set(['Id', key.name, ...fields].map((name) => name.toLowerCase()))].map(
		(lower) => ['Id', key.name, ...fields].find((name) => name.toLowerCase() === lower) as string,
	);
	const wanted = new Set(
		values.flatMap((value): Array<string | number> => (typeof value === 'string' ? spellings(value) : [value])),
	);
	const literals = [...wanted]
		.map((value) => (typeof value === 'number' ? withoutExponent(value) : textLiteral(value)))
		.filter((literal) => literal.length <= LONGEST_LITERAL);
	return lists(literals).map(
		(list) => `SELECT ${selected.join(', ')} FROM ${object} WHERE ${key.name} IN (${list.join(',')})`,
	);
}

/**
 * A text without the blanks at its ends that Salesforce does not keep (Apex Developer Guide, String), and without any:
 * whether it keeps others, such as the no-break space, is not documented.
 */
function spellings(text: string): string[] {
	return [text.replace(/^[\0- ]+|[\0- ]+$/g, ''), text.trim()];
}

function lists(literals: string[]): string[][] {
	const all: string[][] = [];
	let length = Infinity;
	for (const literal of literals) {
		const list = all.at(-1);
		length += literal.length + 1;
		if (list === undefined || list.length >= VALUES_PER_QUERY || length > LONGEST_LIST) {
			all.push([literal]);
			length = literal.length;
		} else list.push(literal);
	}
	return all;
}
