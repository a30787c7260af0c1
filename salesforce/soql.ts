/**
 * The characters that SOQL needs escaped inside quotes: any other backslash is a syntax error, and so is a raw line break.
 * Source: Salesforce's own grammar (`@salesforce/soql-common`); `''` and `\f` are not escapes there.
 */
const ESCAPES: Record<string, string> = {
	'\\': '\\\\',
	"'": "\\'",
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\b': '\\b',
};

/** Text without the quotes around it, as SOQL wants it inside them. Half a surrogate pair cannot travel but escaped. */
function escaped(text: string): string {
	return text.replace(/[\\'\p{Cc}\p{Cs}]/gu, (character) => {
		const code = character.charCodeAt(0).toString(16).padStart(4, '0');
		return ESCAPES[character] ?? `\\u${code}`;
	});
}

/** A SOQL text literal with its quotes; whatever the text holds, it stays one value. */
export function textLiteral(text: string): string {
	return `'${escaped(text)}'`;
}

/** Where in a text a LIKE pattern looks. */
export type PatternPlace = 'startsWith' | 'contains' | 'endsWith';

/** A LIKE pattern with its quotes that finds texts which hold `text` at the given place; `%` and `_` stand for themselves. */
export function likePattern(text: string, place: PatternPlace): string {
	const before = place === 'startsWith' ? '' : '%';
	const after = place === 'endsWith' ? '' : '%';
	return `'${before}${escaped(text).replace(/[%_]/g, '\\$&')}${after}'`;
}

/** A list for IN. SOQL knows no empty one. */
export function listLiteral(literals: readonly string[]): string {
	return `(${literals.join(',')})`;
}
