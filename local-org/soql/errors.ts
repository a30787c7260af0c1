import type { Name } from './grammar/ast';

/** A query that Salesforce refuses, with the code and wording of its error body (HTTP 400). */
export class SoqlError extends Error {
	override readonly name = 'SoqlError';

	constructor(
		readonly errorCode: string,
		message: string,
	) {
		super(message);
	}
}

/** A query that Salesforce would run and this org cannot: a gap here, never an answer of Salesforce's. */
export class UnsupportedSoql extends Error {
	override readonly name = 'UnsupportedSoql';
}

/**
 * How far an excerpt reaches to either side of its place, rounded up to whole words. Assumed: it fits every recorded
 * message, of SOQL and of SOSL.
 */
const EXCERPT_REACH = 30;

/**
 * The error that Salesforce answers for one place in a query: an excerpt of its row, a caret under the place, its row and
 * 1-based column, then the sentence.
 *
 * @param at offset of the place in `soql`, in UTF-16 units from 0
 */
export function soqlErrorAt(soql: string, at: number, errorCode: string, sentence: string): SoqlError {
	const lineStart = soql.lastIndexOf('\n', at - 1) + 1;
	const row = soql.slice(0, lineStart).split('\n').length;
	const [line = ''] = soql.slice(lineStart).split('\n', 1);
	const start = wordBoundary(line, at - lineStart - EXCERPT_REACH, -1);
	const end = wordBoundary(line, at - lineStart + EXCERPT_REACH + 1, 1);
	const excerpt = line.slice(start, end);
	const caret = `${' '.repeat(at - lineStart - start)}^`;
	return new SoqlError(
		errorCode,
		`\n${excerpt}\n${caret}\nERROR at Row:${row}:Column:${at - lineStart + 1}\n${sentence}`,
	);
}

/**
 * The error for a token that Salesforce's grammar does not expect. Its column counts from 0, so its caret stands one
 * place before the token (recorded: a comma before FROM, AND mixed with OR, SOSL's braces). At the very beginning
 * there is no place to show (recorded for a first word, assumed for a later row).
 *
 * @param at offset of the token in `soql`, in UTF-16 units from 0
 */
export function syntaxErrorAt(soql: string, at: number, sentence: string, errorCode = 'MALFORMED_QUERY'): SoqlError {
	const beginsRow = at === 0 || soql.charAt(at - 1) === '\n';
	return beginsRow ? new SoqlError(errorCode, sentence) : soqlErrorAt(soql, at - 1, errorCode, sentence);
}

/** The error for an object that is not there, or cannot be queried (recorded). */
export function unknownObjectAt(soql: string, { text, at }: Name): SoqlError {
	return soqlErrorAt(
		soql,
		at,
		'INVALID_TYPE',
		`sObject type '${text}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
	);
}

function wordBoundary(row: string, from: number, step: 1 | -1): number {
	if (from <= 0) return 0;
	let at = from;
	while (at < row.length && at > 0 && !' ,\t\r'.includes(row.charAt(step === 1 ? at : at - 1))) at += step;
	return Math.min(at, row.length);
}
