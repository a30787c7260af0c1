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

/** Text without the quotes around it, as SOQL wants it inside them. */
function escaped(text: string): string {
	return text.replace(/[\\'\p{Cc}]/gu, (character) => {
		const code = character.charCodeAt(0).toString(16).padStart(4, '0');
		return ESCAPES[character] ?? `\\u${code}`;
	});
}

/** A SOQL text literal with its quotes; whatever the text holds, it stays one value. */
export function textLiteral(text: string): string {
	return `'${escaped(text)}'`;
}

/** A pattern for LIKE that matches texts which begin with `prefix`, in which `%` and `_` stand for themselves. */
export function prefixPattern(prefix: string): string {
	return `'${escaped(prefix).replace(/[%_]/g, '\\$&')}%'`;
}
