import { InputError } from '../salesforce/inputError';
import { idKey, isRecordId } from '../salesforce/recordId';
import { nameKey } from './nameKey';

/** What can be excluded. */
export type ExclusionKind = 'users' | 'profiles' | 'permissionSets';

/**
 * One line of what a person wrote. Its parts are what stands between commas, semicolons and tabs; a label may hold
 * those itself, so the line as a whole counts too where it names something.
 */
export interface ExclusionLine {
	whole: string;
	/** At least one. */
	parts: string[];
}

/** Something of the org that an entry may name: by its ID, or by one of its names in any case. */
export interface Excludable {
	id: string;
	names: readonly string[];
}

/** What exclusions come to in an org. */
export interface ResolvedExclusions {
	/** By `idKey`, in words how each was named: `"ada@example.com"`. */
	excluded: ReadonlyMap<string, string>;
	/** Entries that name nothing. */
	unknown: string[];
}

const SEPARATORS = ',;\\t，；、';
const LINES = /\r\n|[\n\r\u2028\u2029]/;

/** A part in quotes, as a table writes it or as word processors make it, or one without. */
const PART = new RegExp(
	`\\s*(?:"((?:[^"]|"")*)"|[“„]([^“”]*)[“”]|«([^»]*)»|'([^']*)')\\s*(?=[${SEPARATORS}]|$)|([^${SEPARATORS}]*)`,
	'y',
);

/**
 * Reads a list of exclusions: text with entries on lines or separated by commas or semicolons, those that hold such
 * characters in quotes; a list of such texts; or such a list as JSON text.
 *
 * Nothing of an expression may get lost: whoever it should have named would not be spared.
 *
 * @param label the parameter's name in the panel
 * @param isComputed tells whether an expression gave the value; only fixed text may be empty
 * @throws InputError when it came to nothing, in whole or in part, or holds what is no text
 */
export function readExclusions(value: unknown, label: string, isComputed: () => boolean): ExclusionLine[] {
	const list = listIn(value);
	if (list !== undefined) {
		if (list.length === 0) throw exclusionsNothing(label);
		return list.flatMap((member) => linesIn(textIn(member, label), label, () => true));
	}
	const text = textIn(value, label);
	if (text.trim() === '' && !isComputed()) return [];
	return linesIn(text, label, isComputed);
}

/** Every text that has to be looked up for these lines. */
export function lookedUp(lines: readonly ExclusionLine[]): string[] {
	return [...new Set(lines.flatMap(({ whole, parts }) => [whole, ...parts]))];
}

/** What lines of exclusions name among the candidates; an entry may name several. */
export function resolveExclusions(
	lines: readonly ExclusionLine[],
	candidates: Iterable<Excludable>,
): ResolvedExclusions {
	const wanted = new Map(lookedUp(lines).map((text) => [nameKey(text), new Set<string>()]));
	const wantedIds = new Map(
		lookedUp(lines)
			.filter(isRecordId)
			.map((id) => [idKey(id), wanted.get(nameKey(id))]),
	);
	for (const { id, names } of candidates) {
		wantedIds.get(idKey(id))?.add(idKey(id));
		for (const name of names) wanted.get(nameKey(name))?.add(idKey(id));
	}
	const found = (text: string): ReadonlySet<string> => wanted.get(nameKey(text)) ?? new Set();
	const excluded = new Map<string, string>();
	const unknown: string[] = [];
	for (const { whole, parts } of lines) {
		for (const text of [whole, ...parts]) {
			const { size } = found(text);
			for (const id of found(text)) {
				if (!excluded.has(id)) excluded.set(id, size === 1 ? quoted(text) : `${quoted(text)}, which names ${size}`);
			}
		}
		if (found(whole).size === 0) unknown.push(...parts.filter((part) => found(part).size === 0));
	}
	return { excluded, unknown: [...new Set(unknown)] };
}

/** An entry for a message. */
export function quoted(text: string): string {
	return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;
}

function listIn(value: unknown): unknown[] | undefined {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string' || !/^\s*\[/.test(value)) return undefined;
	try {
		const parsed: unknown = JSON.parse(value);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		// A name may begin with a bracket.
		return undefined;
	}
}

function textIn(value: unknown, label: string): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number') return String(value);
	if (value === undefined || value === null) throw exclusionsNothing(label);
	throw new InputError(
		`${label} holds what is neither a name nor an ID`,
		'Let the expression give text, or a list of names or IDs.',
	);
}

function linesIn(text: string, label: string, isComputed: () => boolean): ExclusionLine[] {
	const lines: ExclusionLine[] = [];
	for (const line of text.split(LINES)) {
		const parts = partsOf(line);
		if (parts.includes('') && isComputed()) throw exclusionsNothing(label);
		const named = parts.filter((part) => part !== '');
		if (named.length > 0) lines.push({ whole: line.trim(), parts: named });
	}
	if (lines.length === 0) throw exclusionsNothing(label);
	return lines;
}

function partsOf(line: string): string[] {
	const parts: string[] = [];
	for (let at = 0; at <= line.length; at = PART.lastIndex + 1) {
		PART.lastIndex = at;
		const [, ...forms] = PART.exec(line) ?? [];
		const [doubled] = forms;
		parts.push((doubled?.replaceAll('""', '"') ?? forms.find((form) => form !== undefined) ?? '').trim());
	}
	return parts;
}

/** What is wrong with an exclusion that does not say whom it is about. */
export function exclusionsNothing(label: string): InputError {
	return new InputError(
		`${label} has no value, so nobody would be excluded`,
		'Check the expression and each of its parts. To exclude nobody, remove the option.',
	);
}
