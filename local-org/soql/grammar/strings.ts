import { SoqlError, soqlErrorAt } from '../errors';
import type { StringLiteral } from './ast';
import type { Token } from './lexer';

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', '"': '"', "'": "'", '\\': '\\' };

/**
 * The text that a string token means. Salesforce knows `\n \r \t \b \" \' \\` and `\u` with four hexadecimal digits in
 * any case, and `\%` and `\_` behind LIKE only; a line feed must be escaped. The wording is assumed.
 * @throws SoqlError MALFORMED_QUERY for any other escape
 */
export function readString(soql: string, token: Token, behindLike: boolean): StringLiteral {
	const raw = token.text;
	let value = '';
	let pattern = '';
	for (let index = 1; index < raw.length - 1; index++) {
		const character = raw.charAt(index);
		if (character === '\n') {
			throw soqlErrorAt(soql, token.at + index, 'MALFORMED_QUERY', 'Line breaks are not allowed in string literals');
		}
		if (character !== '\\') {
			value += character;
			pattern += character;
			continue;
		}
		index++;
		const escape = raw.charAt(index);
		const escaped = ESCAPES[escape.toLowerCase()];
		const unicode = escape === 'u' ? hexadecimal(raw.slice(index + 1, index + 5)) : undefined;
		if (escaped !== undefined) {
			value += escaped;
			pattern += escaped === '\\' ? '\\\\' : escaped;
		} else if (unicode !== undefined) {
			const text = String.fromCharCode(unicode);
			value += text;
			// An escaped wildcard character still is a wildcard, as it would be written plainly (assumed).
			pattern += text === '\\' ? '\\\\' : text;
			index += 4;
		} else if (behindLike && (escape === '%' || escape === '_')) {
			value += escape;
			pattern += `\\${escape}`;
		} else {
			throw new SoqlError(
				'MALFORMED_QUERY',
				`Invalid string literal ${raw}. Illegal character sequence '\\${escape}' in string literal.`,
			);
		}
	}
	return { kind: 'string', value, pattern, at: token.at };
}

/** The number of four hexadecimal digits; undefined for anything else, and for FFFF, which is no character. */
function hexadecimal(digits: string): number | undefined {
	if (digits.length !== 4) return undefined;
	for (const digit of digits.toLowerCase()) if (!'0123456789abcdef'.includes(digit)) return undefined;
	const code = Number.parseInt(digits, 16);
	return code === 0xffff ? undefined : code;
}
