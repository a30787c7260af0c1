import { isWord } from '../soqlTokens';
import type { SoqlToken } from '../soqlTokens';

/** What belongs in the place of a `:name`. */
export type Role =
	/** Behind IN: a list, which brings its parentheses. */
	| 'list'
	/** Alone in the parentheses behind IN: a list, or a single value. */
	| 'onlyMember'
	/** In those parentheses with others. */
	| 'member'
	/** Behind LIMIT or OFFSET, or as the number of a date such as LAST_N_DAYS. */
	| 'count'
	/** Where SOQL wants the name of a field or an object, which no value can be. */
	| 'name'
	| 'value';

/** A `:name` in a query. */
export interface Place {
	token: SoqlToken;
	role: Role;
	/** Where IN stands among the tokens, for a list and an only member. */
	operator: number;
	/** Whether the colon before the name is SOQL's own, as in `LAST_N_DAYS:days`. */
	ownColon: boolean;
}

/** What SOQL compares with a list. */
const LIST_OPERATORS = ['IN', 'INCLUDES', 'EXCLUDES'];

/** Dates that take a number behind a colon: LAST_N_DAYS, N_MONTHS_AGO (SOQL and SOSL reference, date literals). */
const DATES_WITH_NUMBER = /^(?:(?:LAST|NEXT)_N_\w+|N_\w+_AGO)$/i;

/** The places of `:name` in a query, in order. */
export function placesOf(tokens: readonly SoqlToken[]): Place[] {
	return tokens.flatMap((token, index) => (token.kind === 'parameter' ? [placeAt(tokens, token, index)] : []));
}

function placeAt(tokens: readonly SoqlToken[], token: SoqlToken, index: number): Place {
	const before = tokens[index - 1];
	const ownColon = before?.kind === 'word' && DATES_WITH_NUMBER.test(before.text) && before.end === token.start;
	const place = (role: Role, operator = -1): Place => ({ token, role, operator, ownColon });
	if (ownColon || isWord(before, 'LIMIT', 'OFFSET')) return place('count');
	if (isWord(before, 'SELECT', 'FROM', 'BY', 'WHERE', 'AND', 'OR')) return place('name');
	if (isWord(before, ...LIST_OPERATORS)) return place('list', index - 1);
	const open = tokens.slice(0, index).findLastIndex(({ text, depth }) => text === '(' && depth === token.depth - 1);
	if (open < 0 || !isWord(tokens[open - 1], ...LIST_OPERATORS)) return place('value');
	const isAlone = open === index - 1 && tokens[index + 1]?.text === ')';
	return place(isAlone ? 'onlyMember' : 'member', open - 1);
}
