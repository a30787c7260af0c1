/** A piece of a query. Spaces are no piece. */
export interface SoqlToken {
	/** A name or keyword, a text in quotes, `:name`, or anything else. */
	kind: 'word' | 'text' | 'parameter' | 'other';
	/** As written; of a parameter without its colon. */
	text: string;
	/** Offsets in the query: of the first character, and after the last. */
	start: number;
	end: number;
	/** How many parentheses are open around it. */
	depth: number;
}

/**
 * A text with its escapes (one that never ends reaches to the query's end), a comment up to the end of its line, a
 * parameter, a name with its dots, a number or date with its parts, or one character of any other kind.
 * Source of texts and of `$` comments: Salesforce's own grammar (`@salesforce/soql-common`).
 */
const PIECE =
	/(?<text>'(?:[^'\\]|\\.)*(?:'|\\?$))|\$[^\n\r]*|:(?<parameter>[a-z_]\w*)|(?<word>[a-z_][\w.]*)|(?<other>\d[\w:.]*|\S)/gis;

/** A text in quotes; blanks that are not the usual one; what nobody sees at all. */
const UNUSUAL =
	/(?<text>'(?:[^'\\]|\\.)*(?:'|\\?$))|(?<blank>[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000])|\p{Cf}/gsu;

/** A query with plain blanks, and without what nobody sees, which copied text brings along; its texts stay as they are. */
export function withPlainBlanks(soql: string): string {
	return soql.replace(UNUSUAL, (_whole, text?: string, blank?: string) => text ?? (blank === undefined ? '' : ' '));
}

/** Takes a query apart, well-formed or not. Comments are left out. */
export function soqlTokens(soql: string): SoqlToken[] {
	const tokens: SoqlToken[] = [];
	let depth = 0;
	for (const match of soql.matchAll(PIECE)) {
		const found = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined);
		if (found === undefined) continue;
		const [kind, text] = found as [SoqlToken['kind'], string];
		if (text === ')') depth--;
		tokens.push({ kind, text, start: match.index, end: match.index + match[0].length, depth });
		if (text === '(') depth++;
	}
	return tokens;
}

/** Whether a token is the given keyword, in any case. */
export function isWord(token: SoqlToken | undefined, ...keywords: string[]): boolean {
	return token?.kind === 'word' && keywords.includes(token.text.toUpperCase());
}
