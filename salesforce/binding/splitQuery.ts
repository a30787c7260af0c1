import { append } from '../append';
import { InputError } from '../inputError';
import { listLiteral } from '../soql';
import { soqlOutline } from '../soqlOutline';
import type { SoqlOutline } from '../soqlOutline';
import { isWord } from '../soqlTokens';
import type { SoqlToken } from '../soqlTokens';
import type { Binding } from './binding';
import type { Place } from './place';

/** A part of a query: what its one split list holds there. */
export interface QueryPart {
	place: Place;
	literals: string[];
}

/**
 * Splits a query by its longest list, so that its parts' records together are its own: no record may fit two parts, and
 * nothing may be counted, sorted or cut over all of them.
 *
 * @param room how many characters longer the whole query might be; negative when it is too long
 * @returns the parts in the list's order; none where a list is empty and must be met by every record
 * @throws InputError when the query's meaning does not allow it
 */
export function splitQuery(
	tokens: readonly SoqlToken[],
	places: readonly Place[],
	bindings: ReadonlyMap<string, Binding>,
	room: number,
): QueryPart[] {
	const outline = soqlOutline(tokens);
	const lists = places.flatMap((place) => {
		const literals = bindings.get(place.token.text);
		return Array.isArray(literals) ? [{ place, literals, decides: decides(tokens, place, outline) }] : [];
	});
	const empty = lists.filter(({ literals }) => literals.length === 0);
	if (empty.length > 0) {
		if (!outline.aggregated && empty.some((list) => list.decides)) return [];
		throw new InputError(
			`The list of :${empty[0]?.place.token.text} is empty`,
			'SOQL has no empty list. In WHERE field IN :list, alone or with AND, it finds no records; elsewhere it must have a value.',
		);
	}
	const [longest] = lists.filter((list) => list.decides).sort((a, b) => lengthOf(b.literals) - lengthOf(a.literals));
	const obstacle = obstacleTo(outline);
	if (longest === undefined || obstacle !== undefined) {
		throw new InputError(
			`The query is too long for one call, and cannot be split${obstacle === undefined ? '' : ` because it has ${obstacle}`}`,
			'It is split by a list in WHERE field IN :list, alone or with AND, without grouping, sorting, LIMIT and OFFSET; sort and limit in n8n, or give fewer values.',
		);
	}
	const { place, literals } = longest;
	const others = [...new Set(lists.filter((list) => list !== longest).map((list) => `:${list.place.token.text}`))];
	return chunks(literals, room + lengthOf(literals), others).map((chunk) => ({ place, literals: chunk }));
}

/** Whether every record must meet the list at this place: `WHERE field IN :list`, alone or with AND. */
function decides(tokens: readonly SoqlToken[], { role, operator }: Place, outline: SoqlOutline): boolean {
	const [before, field, word] = [2, 1, 0].map((back) => tokens[operator - back]);
	return (
		role !== 'member' &&
		word?.depth === 0 &&
		!outline.hasOr &&
		isWord(word, 'IN') &&
		field?.kind === 'word' &&
		!isWord(field, 'NOT') &&
		isWord(before, 'WHERE', 'AND')
	);
}

function obstacleTo(outline: SoqlOutline): string | undefined {
	if (outline.aggregated) return 'GROUP BY or an aggregate';
	if (outline.orderedBy !== undefined) return 'ORDER BY';
	if (outline.hasOffset) return 'OFFSET';
	return outline.limited ? 'LIMIT' : undefined;
}

function lengthOf(literals: readonly string[]): number {
	return listLiteral(literals).length;
}

/**
 * Runs of literals, as lists at most so many characters long.
 * @param others the query's other lists, as messages name them
 */
function chunks(literals: readonly string[], longest: number, others: readonly string[]): string[][] {
	const result: string[][] = [];
	let chunk: string[] = [];
	let length = 0;
	for (const group of alike(literals)) {
		const groupLength = group.join(',').length + 1;
		if (groupLength + 1 > longest) {
			throw others.length > 0
				? new InputError(
						`The query is too long for one call because of ${others.join(' and ')}, and cannot be split by it`,
						'Only one list of a query can be split, in one place. Shorten the others, or compare with the list once.',
					)
				: new InputError('A single value makes the query too long for one call', 'Shorten the value or the query.');
		}
		if (chunk.length > 0 && length + groupLength + 1 > longest) {
			result.push(chunk);
			chunk = [];
			length = 0;
		}
		chunk.push(...group);
		length += groupLength;
	}
	result.push(chunk);
	return result;
}

/**
 * Literals that one record may meet at once, together: SOQL compares texts without regard to case and to spaces at the
 * end, and takes an ID of 15 characters and its 18 for the same. Two parts would give such a record twice.
 */
function alike(literals: readonly string[]): string[][] {
	const groups = new Map<string, string[]>();
	for (const literal of literals) {
		const text = literal.toLowerCase().replace(/^'|\s*'$/g, '');
		const key = /^[a-z\d]{18}$/.test(text) ? text.slice(0, 15) : text;
		append(groups, key, literal);
	}
	return [...groups.values()];
}
