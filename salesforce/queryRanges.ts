import { DateTime } from 'luxon';

import { atOnce } from './batches';
import { OrgError } from './errors';
import type { Org } from './org';
import { firstPages, followingPages } from './query';
import type { QueriedRecord, Query, QueryPage } from './query';
import type { SoqlOutline } from './soqlOutline';
import { firstBy, withCondition } from './soqlText';

/** Calls in flight: Salesforce allows 25 long ones per org, and other programs need some. */
const RANGES_AT_ONCE = 5;

/** Fewer pages are not worth the three calls that the ranges cost, and the last pages that they leave half empty. */
const FEWEST_PAGES = 8;
/** Pages of a range, and the most ranges. */
const PAGES_PER_RANGE = 5;
const MOST_RANGES = 20;

/** Fields of every record that are never empty, and by whose ranges records can be told apart. */
const MOMENTS = ['createddate', 'lastmodifieddate', 'systemmodstamp'];

/** By which field a query's records can be divided so that their order stays the same; undefined where by none. */
function rangeField({ selection, orderedBy, ...outline }: SoqlOutline): string | undefined {
	const isWhole = !outline.aggregated && !outline.limited && !outline.hasOffset && !outline.isUnusual;
	if (!isWhole || selection.children.length > 0 || outline.object === '') return undefined;
	// Salesforce promises no order of its own, so that of the IDs is as good.
	if (orderedBy === undefined) return 'Id';
	const field = orderedBy.field.split('.').at(-1)?.toLowerCase() ?? '';
	const isOwn = orderedBy.field.split('.').length === 1;
	return isOwn && (field === 'id' || MOMENTS.includes(field)) ? orderedBy.field : undefined;
}

/** Whether an answer has so many pages that parts of it are better read side by side. */
export function isWorthRanges({ totalSize, records }: QueryPage, wanted: number): boolean {
	return totalSize <= wanted && totalSize > FEWEST_PAGES * records.length;
}

/**
 * Reads a query with many records in parts side by side, by ranges of its IDs, or of the moments by which it is sorted:
 * one page of an answer tells only where the next one is.
 *
 * @param first the query's own first page
 * @param take is given the records of each page with the number of their part; the parts follow each other in the query's
 *   own order, and the pages of a part come in theirs
 * @returns false where it cannot be divided, or its parts together do not hold what the whole does; what was taken is then
 *   to be forgotten
 * @throws OrgError when a page cannot be read
 */
export async function readRanges(
	org: Org,
	query: Query,
	outline: SoqlOutline,
	first: QueryPage,
	take: (part: number, records: QueriedRecord[]) => void,
): Promise<boolean> {
	const conditions = await rangeConditions(org, query, outline, first);
	const parts = [...conditions.keys()];
	const firsts = await atOnce(parts, RANGES_AT_ONCE, async (part) => {
		const soql = withCondition(query.soql, conditions[part] as string);
		const [page] = await firstPages(org, [{ ...query, soql }]);
		if (page === undefined || page instanceof OrgError) return undefined;
		take(part, page.records);
		// Held on to no longer than it takes to make items of them.
		return { ...page, records: [] };
	});
	const pages = firsts.filter((page) => page !== undefined);
	const together = pages.reduce((sum, { totalSize }) => sum + totalSize, 0);
	if (pages.length < Math.max(2, parts.length) || together !== first.totalSize) return false;
	await atOnce(parts, RANGES_AT_ONCE, async (part) => {
		for await (const { records } of followingPages(org, pages[part] as QueryPage)) take(part, records);
	});
	return true;
}

/** The conditions of the parts, in the query's own order; none where it cannot be divided. */
async function rangeConditions(org: Org, query: Query, outline: SoqlOutline, first: QueryPage): Promise<string[]> {
	const field = rangeField(outline);
	const ends = field === undefined ? undefined : await endsOf(org, query, field);
	if (field === undefined || ends === undefined) return [];
	const pages = Math.ceil(first.totalSize / first.records.length);
	const bounds = boundsBetween(field, ends, Math.min(MOST_RANGES, Math.max(2, Math.floor(pages / PAGES_PER_RANGE))));
	if (bounds.length === 0) return [];
	const conditions = [undefined, ...bounds].map((from, index) =>
		[
			...(from === undefined ? [] : [`${field} >= ${from}`]),
			...(bounds[index] === undefined ? [] : [`${field} < ${bounds[index]}`]),
		].join(' AND '),
	);
	return outline.orderedBy?.descending === true ? conditions.reverse() : conditions;
}

/** The first and the last value of a field among a query's records. */
async function endsOf(org: Org, query: Query, field: string): Promise<[string, string] | undefined> {
	const pages = await firstPages(
		org,
		(['ASC', 'DESC'] as const).map((order) => ({ ...query, soql: firstBy(query.soql, field, order) })),
	);
	const [least, most] = pages.map((page) => {
		const [record] = page instanceof OrgError ? [] : page.records;
		return Object.entries(record ?? {}).find(([name]) => name.toLowerCase() === field.toLowerCase())?.[1];
	});
	return typeof least === 'string' && typeof most === 'string' ? [least, most] : undefined;
}

/** The literals that divide the values between two ends into so many ranges; none where they lie too close together. */
function boundsBetween(field: string, [least, most]: [string, string], count: number): string[] {
	const isId = field.toLowerCase() === 'id';
	const [low, high] = isId ? [numberOf(least), numberOf(most)] : [secondOf(least), secondOf(most)];
	if (high - low < BigInt(count)) return [];
	return Array.from({ length: count - 1 }, (_none, index) => {
		const bound = low + ((high - low) * BigInt(index + 1)) / BigInt(count);
		return isId ? `'${idOf(bound)}'` : momentOf(bound);
	});
}

/** Salesforce numbers the records of an object by IDs whose digits are these, in this order (Bulk API, PK chunking). */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = BigInt(DIGITS.length);

function numberOf(id: string): bigint {
	let number = 0n;
	for (const digit of id.slice(0, 15)) number = number * BASE + BigInt(DIGITS.indexOf(digit));
	return number;
}

function idOf(number: bigint): string {
	let id = '';
	for (let rest = number; id.length < 15; rest /= BASE) id = DIGITS.charAt(Number(rest % BASE)) + id;
	return id;
}

function secondOf(moment: string): bigint {
	return BigInt(Math.floor(DateTime.fromISO(moment).toMillis() / 1000));
}

function momentOf(second: bigint): string {
	return DateTime.fromSeconds(Number(second), { zone: 'utc' }).toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
