import { CLAUSES, soqlSelection } from './soqlSelection';
import type { SoqlSelection } from './soqlSelection';
import { isWord } from './soqlTokens';
import type { SoqlToken } from './soqlTokens';

/** What kind of question a query is; what stands inside its subqueries does not count. */
export interface SoqlOutline {
	/** The object's name as it is written; empty where the query names none. */
	object: string;
	selection: SoqlSelection;
	/** `SELECT COUNT() FROM`: the answer is a number and no records. */
	countsOnly: boolean;
	/** Whether it groups or sums up records, so that its rows are no records. */
	aggregated: boolean;
	/** By what it is sorted, as it is written; absent where it is not. */
	orderedBy?: { field: string; descending: boolean };
	limited: boolean;
	hasOffset: boolean;
	/** Whether an OR stands outside of all parentheses. */
	hasOr: boolean;
	/** Whether it reads more than one object by name, or records are marked as viewed by it. */
	isUnusual: boolean;
}

const AGGREGATES = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

/** The outline of a query that `soqlTokens` took apart. */
export function soqlOutline(tokens: readonly SoqlToken[]): SoqlOutline {
	const from = tokens.findIndex((token) => token.depth === 0 && isWord(token, 'FROM'));
	const selected = from < 0 ? [...tokens] : tokens.slice(0, from);
	const clauses = tokens.slice(selected.length).filter(({ depth }) => depth === 0);
	const has = (...keywords: string[]): boolean => clauses.some((token) => isWord(token, ...keywords));
	const outer = selected.filter(({ depth }) => depth === 0);
	const aggregates = outer.some((token, index) => isWord(token, ...AGGREGATES) && outer[index + 1]?.text === '(');
	const end = clauses.findIndex((token) => isWord(token, ...CLAUSES));
	return {
		object: clauses[1]?.kind === 'word' ? clauses[1].text : '',
		selection: soqlSelection(tokens),
		countsOnly: selected.map(({ text }) => text.toUpperCase()).join(' ') === 'SELECT COUNT ( )',
		aggregated: aggregates || has('GROUP', 'HAVING'),
		...orderOf(clauses),
		limited: has('LIMIT'),
		hasOffset: has('OFFSET'),
		hasOr: has('OR'),
		isUnusual: has('FOR', 'UPDATE') || clauses.slice(0, end < 0 ? undefined : end).some(({ text }) => text === ','),
	};
}

function orderOf(clauses: readonly SoqlToken[]): Pick<SoqlOutline, 'orderedBy'> {
	const order = clauses.findIndex((token) => isWord(token, 'ORDER'));
	const field = order < 0 ? undefined : clauses[order + 2];
	if (field === undefined) return {};
	return { orderedBy: { field: field.text, descending: isWord(clauses[order + 3], 'DESC') } };
}
