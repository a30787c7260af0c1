/**
 * Splits a query into tokens as Salesforce's own grammar does: a name may hold dots, a date is one token, `$`
 * starts a comment that ends with its line.
 */

export type TokenType =
	| 'name'
	| 'integer'
	| 'decimal'
	| 'date'
	| 'datetime'
	| 'time'
	| 'string'
	| 'symbol'
	| 'end'
	| 'unknown';

export interface Token {
	type: TokenType;
	/** The token as written; of a string also its quotes. */
	text: string;
	/** The same in lower case, by which keywords are told. */
	lower: string;
	/** Offset in the query. */
	at: number;
	/** For `unknown`: what Salesforce says of it. */
	complaint?: string;
	/** For `unknown`: the offset of the place that Salesforce shows, where it is not the token's own. */
	complaintAt?: number;
}

const SYMBOLS = ['!=', '<>', '=', '<', '>', '(', ')', ',', ':', '+', '-', '.', '_', '*', '/', '~'];

/**
 * All tokens of a query, the last one of type `end`.
 * @throws nothing: what is no token is one of type `unknown`
 */
export function tokenize(soql: string): Token[] {
	const tokens: Token[] = [];
	let at = 0;
	const push = (type: TokenType, end: number, complaint?: string, complaintAt?: number) => {
		const text = soql.slice(at, end);
		tokens.push({ type, text, lower: text.toLowerCase(), at, complaint, complaintAt });
		at = end;
	};
	while (at < soql.length) {
		const character = soql.charAt(at);
		if (isSpace(character)) at++;
		else if (character === '$') at = endOfLine(soql, at);
		else if (isLetter(character)) push('name', endOfName(soql, at));
		else if (isDigit(character) || (character === '.' && isDigit(soql.charAt(at + 1)))) {
			const [type, end] = number(soql, at);
			push(type, end);
		} else if (character === "'") {
			const end = endOfString(soql, at);
			if (end !== undefined) push('string', end);
			else push('unknown', soql.length, mismatch(soql, soql.length, "'"), soql.length);
		} else {
			const symbol = SYMBOLS.find((candidate) => soql.startsWith(candidate, at));
			if (symbol) push('symbol', at + symbol.length);
			else push('unknown', at + 1, `${place(soql, at)} no viable alternative at character '${character}'`);
		}
	}
	push('end', at);
	return tokens;
}

/** What Salesforce's lexer says where it finds another character than the one that must come. */
export function mismatch(soql: string, at: number, expected: string): string {
	const found = at < soql.length ? soql.charAt(at) : '<EOF>';
	return `${place(soql, at)} mismatched character '${found}' expecting '${expected}'`;
}

/** `line 1:7`, as Salesforce's lexer writes a place. */
function place(soql: string, at: number): string {
	const before = soql.slice(0, at).split('\n');
	return `line ${before.length}:${before.at(-1)?.length ?? 0}`;
}

const isSpace = (character: string) => ' \t\r\n'.includes(character);
const isDigit = (character: string) => character >= '0' && character <= '9' && character.length === 1;
const isLetter = (character: string) => {
	const lower = character.toLowerCase();
	return lower >= 'a' && lower <= 'z' && lower.length === 1;
};
const isNameCharacter = (character: string) =>
	isLetter(character) || isDigit(character) || character === '_' || character === '.' || character >= '\u0080';

function endOfLine(soql: string, from: number): number {
	let at = from;
	while (at < soql.length && soql.charAt(at) !== '\n' && soql.charAt(at) !== '\r') at++;
	return at;
}

function endOfName(soql: string, from: number): number {
	let at = from + 1;
	while (at < soql.length && isNameCharacter(soql.charAt(at))) at++;
	return at;
}

/** The offset after the closing quote, or undefined when there is none. A backslash hides whatever follows it. */
function endOfString(soql: string, from: number): number | undefined {
	for (let at = from + 1; at < soql.length; at++) {
		if (soql.charAt(at) === '\\') at++;
		else if (soql.charAt(at) === "'") return at + 1;
	}
	return undefined;
}

/** The longest of time, date, datetime, decimal and integer that begins here. */
function number(soql: string, from: number): [TokenType, number] {
	const date = matches(soql, from, '0000-00-00');
	if (date) {
		const time = soql.charAt(date).toLowerCase() === 't' ? endOfTime(soql, date + 1) : undefined;
		return time ? ['datetime', time] : ['date', date];
	}
	const time = endOfTime(soql, from);
	if (time) return ['time', time];
	const integer = endOfDigits(soql, from);
	const fraction = soql.charAt(integer) === '.' ? endOfDigits(soql, integer + 1) : integer + 1;
	return fraction > integer + 1 ? ['decimal', fraction] : ['integer', integer];
}

/** The end of `hh:mm:ss`, an optional fraction and a zone, or undefined when one of them is missing. */
function endOfTime(soql: string, from: number): number | undefined {
	const seconds = matches(soql, from, '00:00:00');
	if (!seconds) return undefined;
	const fraction = soql.charAt(seconds) === '.' ? endOfDigits(soql, seconds + 1) : seconds;
	const zoneAt = fraction > seconds + 1 ? fraction : seconds;
	if (soql.charAt(zoneAt).toLowerCase() === 'z') return zoneAt + 1;
	if (!['+', '-'].includes(soql.charAt(zoneAt))) return undefined;
	return matches(soql, zoneAt + 1, '00:00') ?? matches(soql, zoneAt + 1, '0000');
}

function endOfDigits(soql: string, from: number): number {
	let at = from;
	while (isDigit(soql.charAt(at))) at++;
	return at;
}

/** The offset after a shape whose zeros stand for any digit, or undefined where the query looks different. */
function matches(soql: string, from: number, shape: string): number | undefined {
	for (let index = 0; index < shape.length; index++) {
		const character = soql.charAt(from + index);
		const fits = shape.charAt(index) === '0' ? isDigit(character) : character === shape.charAt(index);
		if (!fits) return undefined;
	}
	return from + shape.length;
}
