import type { SearchExpression } from './searchText';

/** The words of a text, in small letters: letters and digits between blanks and punctuation. */
export function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether a record, given as the words of each of its fields, is what a search looks for. */
export function matches(expression: SearchExpression, fields: string[][]): boolean {
	switch (expression.kind) {
		case 'and':
			return expression.parts.every((part) => matches(part, fields));
		case 'or':
			return expression.parts.some((part) => matches(part, fields));
		case 'not':
			return !matches(expression.part, fields);
		case 'words':
			return fields.some((words) => holds(words, expression.words));
	}
}

/** Whether words follow one another somewhere. */
function holds(words: string[], wanted: RegExp[]): boolean {
	return words.some((_word, from) => wanted.every((pattern, index) => pattern.test(words[from + index] ?? '')));
}
