import { isWord } from './soqlTokens';
import type { SoqlToken } from './soqlTokens';

/** What kind of question a query is; what stands inside its subqueries does not count. */
export interface SoqlOutline {
	/** `SELECT COUNT() FROM`: the answer is a number and no records. */
	countsOnly: boolean;
	/** Whether it groups or sums up records, so that its rows are no records. */
	aggregated: boolean;
	ordered: boolean;
	limited: boolean;
	hasOffset: boolean;
	/** Whether it selects child records. */
	hasChildren: boolean;
	/** Whether only the answer tells what it selects: `FIELDS()`, `TYPEOF`. */
	hasOpenFields: boolean;
	/** Whether an OR stands outside of all parentheses. */
	hasOr: boolean;
	/** The selected fields of parents, such as `Owner.Name`, as they are written. */
	parentFields: string[];
}

const AGGREGATES = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

/** The outline of a query that `soqlTokens` took apart. */
export function soqlOutline(tokens: readonly SoqlToken[]): SoqlOutline {
	const from = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'FROM'));
	const selection = from < 0 ? [...tokens] : tokens.slice(0, from);
	const clauses = tokens.slice(selection.length).filter(({ depth }) => depth === 0);
	const selected = selection.filter(({ depth }) => depth === 0);
	const has = (...keywords: string[]): boolean => clauses.some((token) => isWord(token, ...keywords));
	const calls = (...names: string[]): boolean =>
		selected.some((token, index) => isWord(token, ...names) && selected[index + 1]?.text === '(');
	return {
		countsOnly: selection.map(({ text }) => text.toUpperCase()).join(' ') === 'SELECT COUNT ( )',
		aggregated: calls(...AGGREGATES) || has('GROUP', 'HAVING'),
		ordered: has('ORDER'),
		limited: has('LIMIT'),
		hasOffset: has('OFFSET'),
		hasChildren: selection.some((token) => token.depth > 0 && isWord(token, 'SELECT')),
		hasOpenFields: calls('FIELDS') || selected.some((token) => isWord(token, 'TYPEOF')),
		hasOr: has('OR'),
		parentFields: selected.flatMap(({ kind, text }) => (kind === 'word' && text.includes('.') ? [text] : [])),
	};
}
