import { InputError } from '../../salesforce/inputError';
import { textLiteral } from '../../salesforce/soql';
import { soqlTokens } from '../../salesforce/soqlTokens';
import type { ItemInput } from '../shared/input';
import { asText } from '../shared/reading';
import { queryField } from './parameters';

/**
 * Reads the query of an item. n8n leaves the `{{ }}` of a text in its SQL editor to the node. Those of a parameter that
 * is an expression it would fill itself, without regard to quotes, so they are filled here too.
 *
 * @throws InputError when it is empty
 */
export function readQuery(input: ItemInput): string {
	const typed = asText(input.typed(queryField), queryField.displayName).replace(/^=/, '');
	const query = fillExpressions(typed, (expression) => input.evaluate(expression));
	if (query.trim() !== '') return query;
	throw new InputError('Query is empty', 'Give it a value, or check the expression that fills it.');
}

/**
 * Puts the values of `{{ }}` in their places. Inside quotes a value stays inside them; outside it is a part of the
 * query, such as the name of a field.
 *
 * @param evaluate gives the value of an expression, its braces included
 * @throws InputError for an object where text is wanted
 */
export function fillExpressions(query: string, evaluate: (expression: string) => unknown): string {
	let filled = '';
	for (const piece of query.split(/(\{\{.*?\}\})/s)) {
		if (!piece.startsWith('{{')) {
			filled += piece;
			continue;
		}
		const value = asText(evaluate(piece), 'An expression in Query');
		filled += endsInQuotes(filled) ? textLiteral(value).slice(1, -1) : value;
	}
	return filled;
}

function endsInQuotes(start: string): boolean {
	const last = soqlTokens(start).at(-1);
	return last?.kind === 'text' && !/^'(?:[^'\\]|\\.)*'$/s.test(last.text);
}
