import { CLAUSES } from './soqlSelection';
import { isWord, soqlTokens } from './soqlTokens';

/** A query that selects further fields behind its own. */
export function withFields(soql: string, fields: readonly string[]): string {
	const from = soqlTokens(soql).find((token) => token.depth === 0 && isWord(token, 'FROM'));
	if (from === undefined || fields.length === 0) return soql;
	return `${soql.slice(0, from.start).trimEnd()}, ${fields.join(', ')} ${soql.slice(from.start)}`;
}

/** A query of those of its records that meet a further condition. */
export function withCondition(soql: string, condition: string): string {
	const clauses = soqlTokens(soql).filter((token) => token.depth === 0);
	const from = clauses.findIndex((token) => isWord(token, 'FROM'));
	const where = clauses.findIndex((token, index) => index > from && isWord(token, 'WHERE'));
	const isEnd = (index: number): boolean =>
		index > Math.max(from, where) && isWord(clauses[index], ...CLAUSES) && !isWord(clauses[index], 'USING');
	const end = clauses[clauses.findIndex((_token, index) => isEnd(index))]?.start ?? soql.length;
	const behind = soql.slice(end) === '' ? '' : ` ${soql.slice(end)}`;
	const own = clauses[where];
	if (own === undefined) return `${soql.slice(0, end).trimEnd()} WHERE ${condition}${behind}`;
	return `${soql.slice(0, own.end)} (${soql.slice(own.end, end).trim()}) AND ${condition}${behind}`;
}

/** A query with other fields, and another order and limit, of the same records. */
export function firstBy(soql: string, field: string, order: 'ASC' | 'DESC'): string {
	const clauses = soqlTokens(soql).filter((token) => token.depth === 0);
	const from = clauses.find((token) => isWord(token, 'FROM'))?.start ?? 0;
	const sorted = clauses.find((token) => token.start > from && isWord(token, 'ORDER'))?.start ?? soql.length;
	return `SELECT ${field} ${soql.slice(from, sorted).trimEnd()} ORDER BY ${field} ${order} LIMIT 1`;
}
