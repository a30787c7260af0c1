import { isBlank, isBlankText } from './blank';
import { readJson } from './json';
import type { ReadValue } from './readValue';

/** What stands between the members of a list that is given as text. */
export type ListSeparator = 'automatic' | 'comma' | 'json' | 'line' | 'semicolon';

/** The members of a list, and how many empty ones were left out. */
export interface Members {
	members: unknown[];
	dropped: number;
}

const SEPARATORS = { comma: ',', line: /\r\n|[\r\n\u0085\u2028\u2029]/, semicolon: ';' };

/** Quotes around all of a text; what they hold. */
const QUOTED = /^(["'])(.*)\1$/s;

/** A piece that begins with a quote and does not end with it, and the other way round. */
const OPENED = /^"(?!.*"$)/s;
const CLOSED = /^(?!").*"$/s;

/** Forms that other programs give lists: in parentheses, as an object, with tabs. */
const OTHER_FORM = /^\(.*[,;\n].*\)$|^\{.*:.*\}$|\t/s;

/**
 * The members of a list: of an array, or of a text in which they stand one a line, or with commas or semicolons between
 * them, or as a JSON array. Blanks around a member do not belong to it. Empty members are left out.
 *
 * Automatically a text is a JSON array when it begins with `[`; else its lines count, its semicolons, or its commas,
 * whichever it has. Quotes around every member are taken off. What may mean several things is refused: a text with two
 * separators, with quotes around some of them, in parentheses or braces, or with tabs, as spreadsheets have them.
 *
 * @param value anything but undefined and null
 */
export function readMembers(value: unknown, separator: ListSeparator): ReadValue<Members> {
	const members = typeof value === 'string' ? membersOfText(value, separator) : Array.isArray(value) ? value : [value];
	if (members === undefined) {
		return separator === 'automatic' && typeof value === 'string' && !isJson(value)
			? {
					wants: 'a list with one kind of separator',
					remedy: 'Choose its List Separator, or let the expression give an array.',
				}
			: { wants: 'a JSON array', remedy: 'Write it like ["a", "b"], or let the expression give an array.' };
	}
	const full = (members as unknown[]).filter((member) => !isBlank(member));
	return { value: { members: full, dropped: isBlankText(value) ? 0 : members.length - full.length } };
}

function membersOfText(text: string, separator: ListSeparator): unknown[] | undefined {
	if (separator === 'json') return arrayOf(text);
	if (separator !== 'automatic') return split(text, separator);
	if (isJson(text)) return arrayOf(text);
	const quoted = quotedMembers(text);
	if (quoted !== undefined) return quoted;
	const lines = split(text, 'line').filter((line) => line !== '');
	const found = (['comma', 'semicolon'] as const).filter((one) => lines.some((line) => line.includes(SEPARATORS[one])));
	if (found.length > 1 || (found.length > 0 && lines.length > 1)) return undefined;
	const members = split(text, found[0] ?? 'line');
	if (members.every((member) => QUOTED.test(member))) return members.map((member) => member.slice(1, -1));
	// A separator stands inside quotes.
	const isCut = members.some((member) => OPENED.test(member)) && members.some((member) => CLOSED.test(member));
	return isCut || QUOTED.test(text.trim()) || OTHER_FORM.test(text.trim()) ? undefined : members;
}

/** The members of a list such as `"Smith, John", "Doe"`, also over several lines, which can be meant in one way only. */
function quotedMembers(text: string): unknown[] | undefined {
	const quoted = arrayOf(`[${text.trim().replace(/[,;]$/, '')}]`);
	return quoted !== undefined && quoted.length > 0 && quoted.every((member) => typeof member === 'string')
		? quoted
		: undefined;
}

function split(text: string, separator: keyof typeof SEPARATORS): string[] {
	return text.split(SEPARATORS[separator]).map((member) => member.trim());
}

function isJson(text: string): boolean {
	return text.trimStart().startsWith('[');
}

function arrayOf(json: string): unknown[] | undefined {
	const read = readJson(json);
	return 'value' in read && Array.isArray(read.value) ? read.value : undefined;
}
