import { InputError } from '../../salesforce/inputError';
import { textLiteral } from '../../salesforce/soql';
import { isWord, soqlTokens, withPlainBlanks } from '../../salesforce/soqlTokens';
import type { SoqlToken } from '../../salesforce/soqlTokens';
import { readText } from '../../salesforce/values/text';
import type { ItemInput } from '../shared/input';
import { asText } from '../shared/reading';
import { queryField } from './parameters';

/**
 * Reads the query of an item. n8n leaves the `{{ }}` of a text in its SQL editor to the node. Those of a parameter that
 * is an expression it would fill itself, without regard to quotes, so they are filled here too.
 *
 * @throws InputError when it is empty, or as `fillExpressions` does
 */
export function readQuery(input: ItemInput): string {
	const typed = asText(input.typed(queryField), queryField.displayName).replace(/^=/, '');
	const query = withPlainBlanks(fillExpressions(typed, (expression) => input.evaluate(expression)));
	const read = readText(query);
	if ('wants' in read) throw new InputError(`Query is not ${read.wants}`, read.remedy ?? '');
	if (query.trim() !== '') return query;
	throw new InputError('Query is empty', 'Give it a value, or check the expression that fills it.');
}

/**
 * Puts the values of `{{ }}` in their places. Outside quotes a value is a part of the query, such as the name of a
 * field. Inside quotes it must be one value that leaves them as they are: a query parameter takes any.
 *
 * @param evaluate gives the value of an expression, its braces included
 * @throws InputError for an object where text is wanted, an expression without a value, also one of which an expression
 *   made a whole query, and inside quotes for a list and for a text with a quote in it
 */
export function fillExpressions(query: string, evaluate: (expression: string) => unknown): string {
	const pieces = query.split(/(\{\{.*?\}\})/s);
	// An expression that is all of the query gives a whole one.
	const isWhole = pieces.every((piece, index) => piece.trim() === '' || (index === 1 && pieces.length === 3));
	let filled = '';
	pieces.forEach((piece, index) => {
		if (!piece.startsWith('{{')) {
			filled += piece;
			return;
		}
		const value = evaluate(piece);
		const start = soqlTokens(filled);
		if (endsInQuotes(start)) filled += quoted(value, { expression: piece, start, end: pieces[index + 1] ?? '' });
		else if (!isWhole && (value === undefined || value === null)) throw withoutValue();
		else {
			const text = asText(value, 'An expression in Query');
			if (isWhole) checkWhole(text);
			filled += text;
		}
	});
	return filled;
}

/** What JavaScript writes into a text where there is no value. */
const NO_VALUE = /^'%?(?:undefined|null|NaN|\[object \w+\])%?'$/;

function checkWhole(query: string): void {
	if (!soqlTokens(query).some(({ kind, text }) => kind === 'text' && NO_VALUE.test(text))) return;
	throw new InputError(
		'The expression of Query gives a query with a missing value inside quotes',
		'Write Field = :value instead, and add value under Query Parameters with the expression that gives it.',
	);
}

/** Where an expression stands inside quotes. */
interface QuotedPlace {
	expression: string;
	/** What stands before it, as tokens; the last is the text that has begun. */
	start: readonly SoqlToken[];
	/** What stands behind it, up to the next expression. */
	end: string;
}

/** What separates the members of a list in a text. */
const SEPARATOR = /[,;\n]/;

function quoted(value: unknown, place: QuotedPlace): string {
	if (value === undefined || value === null || value === '') throw refused('has no value', place);
	if (Array.isArray(value)) throw refused('gives a list', place, true);
	const read = readText(value);
	if ('wants' in read && typeof value !== 'object') throw refused(`does not give ${read.wants}`, place);
	const text = asText(value, 'An expression in Query');
	if (text.includes("'")) {
		const isJoined = /'\s*[,;]\s*'/.test(text);
		throw refused(isJoined ? 'gives a list' : 'gives a text with a quote in it, which would end them', place, isJoined);
	}
	if (isOnlyMember(place) && SEPARATOR.test(text)) throw refused('gives a list', place, true);
	return textLiteral(text).slice(1, -1);
}

/** Whether the expression is all of the one text in the parentheses behind IN. */
function isOnlyMember({ start, end }: QuotedPlace): boolean {
	const [operator, open, text] = start.slice(-3);
	return isWord(operator, 'IN') && open?.text === '(' && text?.text === "'" && /^'\s*\)/.test(end);
}

function withoutValue(): InputError {
	return new InputError(
		'An expression in Query has no value',
		'Check the expression. If it may have no value, let it give empty text: {{ $json.condition ?? "" }}.',
	);
}

/** What is wrong with a value inside quotes, and the query parameter that takes it. */
function refused(what: string, place: QuotedPlace, isList = false): InputError {
	const name = nameIn(place.expression);
	const { condition, operator } = comparison(place.start);
	const written = isList ? `${condition} IN :${name}` : `${condition} ${operator} :${name}`;
	const settings = isList
		? ', with List switched on'
		: operator.toUpperCase() === 'LIKE'
			? ', with one of the types Text for LIKE'
			: '';
	return new InputError(
		`An expression inside quotes ${what}`,
		`Write ${written.trim()} without quotes, and add ${name} under Query Parameters with the expression as its Value${settings}.`,
	);
}

/** The field before a text that has begun, and how it is compared with it. */
function comparison(start: readonly SoqlToken[]): { condition: string; operator: string } {
	const before = start.slice(0, -1);
	const at = before.findLastIndex(
		(token) =>
			isWord(token, 'LIKE', 'IN', 'INCLUDES', 'EXCLUDES') || (token.kind === 'other' && /[=<>]/.test(token.text)),
	);
	const first = before[at - 1]?.text === '!' || /[<>]/.test(before[at - 1]?.text ?? '') ? at - 1 : at;
	const field = before[first - 1];
	const isNot = isWord(field, 'NOT');
	const condition = (isNot ? before[first - 2] : field)?.text ?? 'Field';
	const operator =
		before
			.slice(first, at + 1)
			.map(({ text }) => text)
			.join('') || '=';
	return { condition: isNot ? `${condition} NOT` : condition, operator: isWord(before[at], 'IN') ? '=' : operator };
}

/** The name of the value that an expression gives, as far as it tells: `company` for `{{ $json.company }}`. */
function nameIn(expression: string): string {
	const names = [...expression.matchAll(/(?:\.|\[["'])([A-Za-z_]\w*)(?!\w*\s*\()/g)];
	return names.at(-1)?.[1] ?? 'value';
}

function endsInQuotes(start: readonly SoqlToken[]): boolean {
	const last = start.at(-1);
	return last?.kind === 'text' && !/^'(?:[^'\\]|\\.)*'$/s.test(last.text);
}
