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
	/** The selected fields of parents, such as `Owner.Name`, as they are written, less the name or alias of the object itself. */
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
		parentFields: selected
			.filter(({ kind }) => kind === 'word')
			.map(({ text }) => withoutOwnName(text, clauses))
			.filter((field) => field.includes('.')),
	};
}

/** What may stand behind an object's name besides its alias. */
const CLAUSES = ['USING', 'WHERE', 'WITH', 'GROUP', 'HAVING', 'ORDER', 'LIMIT', 'OFFSET', 'FOR', 'UPDATE', 'ALL'];

/** `Owner.Name` of `c.Owner.Name` in a query `FROM Case c`, or of `Case.Owner.Name` in one `FROM Case`. */
function withoutOwnName(field: string, [, object, ...rest]: readonly SoqlToken[]): string {
	const behind = rest[0] !== undefined && isWord(rest[0], 'AS') ? rest[1] : rest[0];
	const alias = behind === undefined || isWord(behind, ...CLAUSES) ? undefined : behind;
	const [first = '', ...others] = field.split('.');
	const isOwn = [object, alias].some((name) => name?.text.toLowerCase() === first.toLowerCase());
	return isOwn ? others.join('.') : field;
}
