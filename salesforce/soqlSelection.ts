import { isWord } from './soqlTokens';
import type { SoqlToken } from './soqlTokens';

/** What a query, or a query of child records, selects. */
export interface SoqlSelection {
	/**
	 * Fields as paths from the object, `Owner.Name`, spelt as they are written but without the name or alias of the object
	 * itself; those of TYPEOF are among them.
	 */
	fields: string[];
	/** Child records by the name of their relationship, as it is written. */
	children: Array<{ name: string; selection: SoqlSelection }>;
	/** Whether a function is called. */
	hasFunctions: boolean;
	/** Whether something is given another name. */
	hasAliases: boolean;
	/** Whether only the answer tells what a record holds: `FIELDS()`, `TYPEOF`. */
	hasOpenFields: boolean;
}

/** What may stand behind FROM and its names. */
export const CLAUSES = [
	'USING',
	'WHERE',
	'WITH',
	'GROUP',
	'HAVING',
	'ORDER',
	'LIMIT',
	'OFFSET',
	'FOR',
	'UPDATE',
	'ALL',
] as const;

/**
 * What a query selects.
 * @param tokens of the query, or of a query in parentheses without these
 */
export function soqlSelection(tokens: readonly SoqlToken[]): SoqlSelection {
	const depth = tokens[0]?.depth ?? 0;
	const from = tokens.findIndex((token) => token.depth === depth && isWord(token, 'FROM'));
	const selected = tokens.slice(isWord(tokens[0], 'SELECT') ? 1 : 0, from < 0 ? undefined : from);
	const paths = pathsOf(from < 0 ? [] : tokens.slice(from + 1).filter((token) => token.depth === depth));
	const selection: SoqlSelection = {
		fields: [],
		children: [],
		hasFunctions: false,
		hasAliases: false,
		hasOpenFields: false,
	};
	for (const item of itemsOf(selected, depth)) take(selection, item, depth, paths);
	return selection;
}

/** The selected things, one by one; commas inside TYPEOF and parentheses belong to them. */
function itemsOf(selected: readonly SoqlToken[], depth: number): SoqlToken[][] {
	const items: SoqlToken[][] = [[]];
	let inTypeof = false;
	for (const token of selected) {
		if (token.depth === depth && isWord(token, 'TYPEOF')) inTypeof = true;
		if (token.depth === depth && isWord(token, 'END')) inTypeof = false;
		if (token.text === ',' && token.depth === depth && !inTypeof) items.push([]);
		else items.at(-1)?.push(token);
	}
	return items.filter((item) => item.length > 0);
}

function take(selection: SoqlSelection, item: SoqlToken[], depth: number, paths: ReadonlyMap<string, string>): void {
	const [first, second] = item;
	if (first === undefined) return;
	if (first.text === '(') {
		const inner = item.slice(1, item.at(-1)?.text === ')' ? -1 : undefined);
		const from = inner.findIndex((token) => token.depth === depth + 1 && isWord(token, 'FROM'));
		const name = inner[from + 1]?.text.split('.').at(-1) ?? '';
		selection.children.push({ name, selection: soqlSelection(inner) });
	} else if (isWord(first, 'TYPEOF')) {
		selection.hasOpenFields = true;
		const parent = resolved(second?.text ?? '', paths);
		for (const name of typeofFields(item.slice(2))) addOnce(selection.fields, `${parent}.${name}`);
	} else if (second?.text === '(') {
		selection.hasFunctions = true;
		if (isWord(first, 'FIELDS')) selection.hasOpenFields = true;
		if (item.at(-1)?.text !== ')') selection.hasAliases = true;
	} else {
		if (second !== undefined) selection.hasAliases = true;
		selection.fields.push(resolved(first.text, paths));
	}
}

/** The fields behind THEN and ELSE, of whatever type. */
function typeofFields(tokens: readonly SoqlToken[]): string[] {
	const fields: string[] = [];
	let isFields = false;
	for (const token of tokens) {
		if (isWord(token, 'THEN', 'ELSE')) isFields = true;
		else if (isWord(token, 'WHEN', 'END')) isFields = false;
		else if (isFields && token.kind === 'word') fields.push(token.text);
	}
	return fields;
}

function addOnce(fields: string[], field: string): void {
	if (!fields.some((one) => one.toLowerCase() === field.toLowerCase())) fields.push(field);
}

/**
 * The paths that names of FROM stand for, by lower-case name: `c` and `case` for nothing and `o` for `Owner` in
 * `FROM Case c, c.Owner o`.
 */
function pathsOf(from: readonly SoqlToken[]): Map<string, string> {
	const end = from.findIndex((token) => isWord(token, ...CLAUSES));
	const paths = new Map<string, string>();
	let part: SoqlToken[] = [];
	const close = (): void => {
		const [source, ...names] = part.filter((token) => !isWord(token, 'AS'));
		part = [];
		if (source === undefined) return;
		const isOwn = paths.size === 0;
		const path = isOwn ? '' : resolved(source.text, paths);
		if (isOwn) paths.set(source.text.toLowerCase(), path);
		for (const { text } of names) paths.set(text.toLowerCase(), path);
	};
	for (const token of end < 0 ? from : from.slice(0, end)) {
		if (token.text === ',') close();
		else part.push(token);
	}
	close();
	return paths;
}

/** A path without the names that FROM gave to its beginning. */
function resolved(path: string, paths: ReadonlyMap<string, string>): string {
	const [first = '', ...others] = path.split('.');
	const start = others.length > 0 ? paths.get(first.toLowerCase()) : undefined;
	if (start === undefined) return path;
	return start === '' ? others.join('.') : [start, ...others].join('.');
}
