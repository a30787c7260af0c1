import type { FieldDescribe } from './describe';
import type { OrgError } from './errors';
import { keptForm, matchForm } from './fieldValue';
import type { Org } from './org';
import { queryEach } from './query';
import type { QueriedRecord } from './query';
import { textLiteral } from './soql';
import { ExactNumber, numberText } from './values/number';
import type { NumberValue } from './values/number';

/** A value by which a record can be found, as `readFieldValue` gives it. */
export type KeyValue = string | NumberValue;

/** Whether a value is one by which a record can be found. */
export function isKeyValue(value: unknown): value is KeyValue {
	return (
		typeof value === 'number' || value instanceof ExactNumber || (typeof value === 'string' && value.trim() !== '')
	);
}

/** Records to find by the values of one field. */
export interface Search {
	/** API name of the object. */
	object: string;
	/** The record ID, an external ID, or any other field that can be filtered. */
	key: FieldDescribe;
	/** Values as `readFieldValue` gives them. */
	values: readonly KeyValue[];
	/** What to read beside the ID and the key, as SOQL selects it: API names, a parent's as `Owner.Email`. */
	fields: readonly string[];
	/** Whether deleted and archived records are found too. */
	includeDeleted?: boolean;
	/** How many values a query looks for at most; 400 unless said otherwise. */
	perQuery?: number;
}

/**
 * SOQL refuses longer texts (SOQL reference, quoted string escape sequences: 4,000 characters), and with them the whole
 * query. No field by which records are found holds one.
 */
const LONGEST_LITERAL = 4_000;

/**
 * What a search found: the records that have a value of the key, and whether some have it but for its capitals; or why
 * Salesforce refused to look.
 */
export type Found =
	| { ok: true; of(value: KeyValue): QueriedRecord[]; near(value: KeyValue): boolean }
	| { ok: false; error: OrgError };

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
	const queries = searches.flatMap((search, index) => searchQueries(search).map((query) => ({ ...query, index })));
	const outcomes = await queryEach(
		org,
		queries.map(({ soql, index }) => ({ soql, includeDeleted: searches[index]?.includeDeleted })),
	);
	const errors: OrgError[] = [];
	const lowerCase: Array<Set<string>> = [];
	const byKey = searches.map(() => new Map<unknown, QueriedRecord[]>());
	for (const [position, outcome] of outcomes.entries()) {
		const { index, exactly } = queries[position] as SearchQuery & { index: number };
		if (!outcome.ok) {
			errors[index] ??= outcome.error;
			continue;
		}
		const { key } = searches[index] as Search;
		for (const record of outcome.records) {
			const form = exactly ?? matchForm(key, record[key.name]);
			const found = byKey[index]?.get(form);
			if (found === undefined) byKey[index]?.set(form, [record]);
			else found.push(record);
		}
	}
	return searches.map(({ key }, index) => {
		const error = errors[index];
		if (error !== undefined) return { ok: false, error };
		return {
			ok: true,
			of: (value) => byKey[index]?.get(matchForm(key, value)) ?? [],
			// SOQL compares texts without regard to case, so that these were found too.
			near: (value) => {
				lowerCase[index] ??= new Set([...(byKey[index]?.keys() ?? [])].map((form) => String(form).toLowerCase()));
				return lowerCase[index].has(String(keptForm(key, value)).toLowerCase());
			},
		};
	});
}

/** A query of a search. */
interface SearchQuery {
	soql: string;
	/** The digits of the only number that it looks for, which Salesforce's JSON does not give back to the last. */
	exactly?: string;
}

function searchQueries({ object, key, values, fields, perQuery = VALUES_PER_QUERY }: Search): SearchQuery[] {
	const selected = [...new Map(['Id', key.name, ...fields].map((name) => [name.toLowerCase(), name])).values()];
	const soql = (list: readonly string[]): string =>
		`SELECT ${selected.join(', ')} FROM ${object} WHERE ${key.name} IN (${list.join(',')})`;
	const wanted = new Set<string>();
	const exact = new Set<string>();
	for (const value of values) {
		if (value instanceof ExactNumber) exact.add(value.digits);
		else if (typeof value === 'number') wanted.add(numberText(value));
		else for (const text of spellings(value)) wanted.add(textLiteral(text));
	}
	const literals = [...wanted].filter((literal) => literal.length <= LONGEST_LITERAL);
	return [
		...lists(literals, perQuery).map((list) => ({ soql: soql(list) })),
		...[...exact].map((digits) => ({ soql: soql([digits]), exactly: digits })),
	];
}

/**
 * A text without the blanks at its ends that Salesforce does not keep (Apex Developer Guide, String), and without any:
 * whether it keeps others, such as the no-break space, is not documented.
 */
function spellings(text: string): string[] {
	return [text.replace(/^[\0- ]+|[\0- ]+$/g, ''), text.trim()];
}

function lists(literals: string[], perQuery: number): string[][] {
	const all: string[][] = [];
	let length = Infinity;
	for (const literal of literals) {
		const list = all.at(-1);
		length += literal.length + 1;
		if (list === undefined || list.length >= perQuery || length > LONGEST_LIST) {
			all.push([literal]);
			length = literal.length;
		} else list.push(literal);
	}
	return all;
}
