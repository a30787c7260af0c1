import { isDateLiteral } from '../dateLiterals';
import type { Expression, Literal } from './ast';
import type { Token } from './lexer';
import { readString } from './strings';
import type { TokenReader } from './tokenReader';

/** How many functions may stand around one another: `FORMAT(MIN(CloseDate))`. */
const MAX_NESTING = 2;

/** A field, a function of one, or a distance where the clause allows it. */
export function readExpression(tokens: TokenReader, depth = 0): Expression {
	const name = tokens.name();
	if (depth === MAX_NESTING || !tokens.symbolAt('(')) return { kind: 'field', name, at: name.at };
	tokens.symbol('(');
	const argument = readExpression(tokens, depth + 1);
	tokens.symbol(')');
	return { kind: 'call', function: name.text.toLowerCase(), argument, at: name.at };
}

/** The same, or DISTANCE(field, GEOLOCATION(1, 2), 'mi'). */
export function readExpressionOrDistance(tokens: TokenReader): Expression {
	return distanceAt(tokens) ? readDistance(tokens) : readExpression(tokens);
}

/** Whether a distance is next; a field may be named `distance` too. */
export function distanceAt(tokens: TokenReader): boolean {
	return tokens.at('distance') && tokens.symbolAt('(', 1) && tokens.symbolAt(',', 3);
}

/** DISTANCE(field, GEOLOCATION(1, 2), 'mi'). */
export function readDistance(tokens: TokenReader): Expression {
	const { at } = tokens.keyword('distance');
	tokens.symbol('(');
	const field = tokens.name();
	tokens.symbol(',');
	tokens.keyword('geolocation');
	tokens.symbol('(');
	const latitude = readNumber(tokens).value;
	tokens.symbol(',');
	const longitude = readNumber(tokens).value;
	tokens.symbol(')');
	tokens.symbol(',');
	const unit = tokens.peek();
	if (unit.type !== 'string') throw tokens.unexpected();
	tokens.skip();
	tokens.symbol(')');
	return { kind: 'distance', field, latitude, longitude, unit: unit.text.slice(1, -1), at };
}

/** Literals in parentheses; never none. */
export function readLiterals(tokens: TokenReader): Literal[] {
	tokens.symbol('(');
	const literals = tokens.list(() => readLiteral(tokens));
	tokens.symbol(')');
	return literals;
}

/** A value to compare with. Behind LIKE a string may escape its wildcards. */
export function readLiteral(tokens: TokenReader, behindLike = false): Literal {
	const token = tokens.peek();
	const { type, text, at } = token;
	if (type === 'name') return readWord(tokens, token);
	if (type === 'string') {
		tokens.skip();
		return readString(tokens.soql, token, behindLike);
	}
	if (type === 'date' || type === 'datetime' || type === 'time') {
		tokens.skip();
		return { kind: type, text, at };
	}
	return readNumber(tokens);
}

function readWord(tokens: TokenReader, { text, lower, at }: Token): Literal {
	if (tokens.take('null')) return { kind: 'null', at };
	if (tokens.take('true')) return { kind: 'boolean', value: true, at };
	if (tokens.take('false')) return { kind: 'boolean', value: false, at };
	if (isDateLiteral(text)) {
		tokens.skip();
		const count = tokens.takeSymbol(':') ? readCount(tokens) : undefined;
		return { kind: 'dateLiteral', name: text.toUpperCase(), count, at };
	}
	if (!isCurrencyLiteral(lower)) throw tokens.unexpected();
	tokens.skip();
	return { kind: 'currency', text, at };
}

function readCount(tokens: TokenReader): number {
	const { type, text } = tokens.peek();
	if (type !== 'integer') throw tokens.unexpected();
	tokens.skip();
	return Number(text);
}

/** A number with its sign. */
export function readNumber(tokens: TokenReader): Literal & { kind: 'number' } {
	const { at } = tokens.peek();
	const negative = tokens.takeSymbol('-');
	if (!negative) tokens.takeSymbol('+');
	const { type, text } = tokens.peek();
	if (type !== 'integer' && type !== 'decimal') throw tokens.unexpected();
	tokens.skip();
	return { kind: 'number', value: negative ? -Number(text) : Number(text), at };
}

/** Three letters, digits, and perhaps a fraction behind one or more dots: `USD5000.50`. */
function isCurrencyLiteral(lower: string): boolean {
	const code = lower.slice(0, 3);
	const [whole = '', ...fractions] = lower.slice(3).split('.');
	const fraction = fractions.pop() ?? '';
	return (
		code.length === 3 &&
		within(code, 'abcdefghijklmnopqrstuvwxyz') &&
		whole !== '' &&
		within(whole + fraction, '0123456789') &&
		fractions.every((part) => part === '')
	);
}

function within(text: string, alphabet: string): boolean {
	return [...text].every((character) => alphabet.includes(character));
}
