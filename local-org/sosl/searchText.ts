import { SoqlError, UnsupportedSoql } from '../soql';

/** What a record must hold to be found. */
export type SearchExpression =
	| { kind: 'and' | 'or'; parts: SearchExpression[] }
	| { kind: 'not'; part: SearchExpression }
	/** Words that follow one another in one field; each is matched whole. */
	| { kind: 'words'; words: RegExp[] };

/** Above these lengths a text finds nothing, and loses its operators (docs:soql-sosl/sosl-syntax). */
const MAX_LENGTH = 10_000;
const MAX_LENGTH_WITH_OPERATORS = 4_000;

const OPERATORS = new Set(['and', 'or', 'not', '(', ')']);

/** Parentheses, text in quotes, and what stands between blanks; a backslash makes any character a plain one. */
const TOKENS = /[()]|"(?:\\.|[^"\\])*"|(?:\\.|[^\s()"\\])+/gs;

/**
 * Reads a search text: words, "phrases", the wildcards * and ?, AND, OR, AND NOT and parentheses. Words without an
 * operator between them are joined by AND (docs:soql-sosl/sosl-find).
 * @throws SoqlError INVALID_SEARCH for a text that is too short, SoqlError MALFORMED_SEARCH where operators do not fit,
 *   and UnsupportedSoql for what the documentation leaves open
 */
export function readSearchText(text: string): SearchExpression {
	if ((text.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) {
		// Seen in answers of the user interface's own API.
		throw new SoqlError('INVALID_SEARCH', `search term must be longer than one character: ${text}`);
	}
	if (text.length > MAX_LENGTH) return { kind: 'or', parts: [] };
	const tokens = text.match(TOKENS) ?? [];
	if (text.replace(TOKENS, '').trim() !== '') throw new UnsupportedSoql('a search text with an unfinished quotation');
	if (text.length > MAX_LENGTH_WITH_OPERATORS) {
		return { kind: 'or', parts: tokens.filter((token) => !isOperator(token)).map(readWords) };
	}
	const expression = readOr(tokens);
	if (tokens.length > 0) throw unexpected(tokens);
	return expression;
}

const isOperator = (token: string | undefined) => token !== undefined && OPERATORS.has(token.toLowerCase());

function take(tokens: string[], operator: string): boolean {
	if (tokens[0]?.toLowerCase() !== operator) return false;
	tokens.shift();
	return true;
}

/** The wording is assumed. */
function unexpected([token = '<EOF>']: string[]): SoqlError {
	return new SoqlError('MALFORMED_SEARCH', `unexpected token: '${token}'`);
}

function readOr(tokens: string[]): SearchExpression {
	const parts = [readAnd(tokens)];
	while (take(tokens, 'or')) parts.push(readAnd(tokens));
	return { kind: 'or', parts };
}

/** AND and AND NOT come before OR (docs:soql-sosl/sosl-find). */
function readAnd(tokens: string[]): SearchExpression {
	const parts = [readOperand(tokens)];
	while (tokens[0] !== undefined && !['or', ')'].includes(tokens[0].toLowerCase())) {
		const joined = take(tokens, 'and');
		const negated = joined && take(tokens, 'not');
		const part = readOperand(tokens);
		parts.push(negated ? { kind: 'not', part } : part);
	}
	return { kind: 'and', parts };
}

function readOperand(tokens: string[]): SearchExpression {
	if (take(tokens, '(')) {
		const inner = readOr(tokens);
		if (!take(tokens, ')')) throw unexpected(tokens);
		return inner;
	}
	if (tokens[0]?.toLowerCase() === 'not') throw new UnsupportedSoql('NOT without AND in a search');
	const token = isOperator(tokens[0]) ? undefined : tokens.shift();
	if (token === undefined) throw unexpected(tokens);
	return readWords(token);
}

/** Punctuation parts words; `acme.com` means one behind the other, as in quotes (assumed outside of quotes). */
function readWords(token: string): SearchExpression {
	const text = token.startsWith('"') ? token.slice(1, -1) : token;
	const plain = text.replace(/\\([\p{L}\p{N}])/gu, '$1').replace(/\\./gsu, ' ');
	const words = plain.match(/[\p{L}\p{N}*?]+/gu) ?? [];
	// A token of punctuation alone asks for nothing (assumed).
	return words.length === 0 ? { kind: 'and', parts: [] } : { kind: 'words', words: words.map(wordPattern) };
}

/** `*` stands for any letters, `?` for one, in the middle of a word or at its end. */
function wordPattern(word: string): RegExp {
	if (/^[*?]/.test(word)) throw new UnsupportedSoql(`a wildcard at the beginning of ${word}`);
	return new RegExp(`^${word.toLowerCase().replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
}
