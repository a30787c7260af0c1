import { InputError } from '../../salesforce/inputError';
import { listLiteral } from '../../salesforce/soql';
import { isWord, soqlTokens } from '../../salesforce/soqlTokens';
import type { SoqlToken } from '../../salesforce/soqlTokens';
import type { Binding } from './binding';
import { splitQuery } from './splitQuery';

/** The most characters that a SOQL statement may have (SOQL and SOSL limits). */
const LONGEST_STATEMENT = 100_000;

/**
 * Puts values in the places of `:name`. Inside quotes `:name` is text like any other.
 *
 * @param bindings by name
 * @param longest the most characters of a statement; given by tests only
 * @returns the statements whose records together are the query's, in order: one, unless a list is too long for one;
 *   none where a list is empty, so that nothing can be found
 * @throws InputError for names without a value, values without a place, and a list that is too long or empty where the
 *   query's meaning does not let it be split
 */
export function bindQuery(soql: string, bindings: ReadonlyMap<string, Binding>, longest = LONGEST_STATEMENT): string[] {
	const tokens = soqlTokens(soql);
	const places = tokens.filter(({ kind }) => kind === 'parameter');
	checkNames(places, bindings);
	checkLists(tokens, bindings);
	const whole = fill(soql, places, (place) => literalAt(soql, place, bindings.get(place.text) ?? []));
	const isEmpty = places.some(({ text }) => bindings.get(text)?.length === 0);
	if (whole.length <= longest && !isEmpty) return [whole];
	return splitQuery(tokens, bindings, longest - whole.length).map(({ place: split, literals }) =>
		fill(soql, places, (place) =>
			literalAt(soql, place, place === split ? literals : (bindings.get(place.text) ?? [])),
		),
	);
}

function checkNames(places: readonly SoqlToken[], bindings: ReadonlyMap<string, Binding>): void {
	const missing = places.map(({ text }) => text).filter((name) => !bindings.has(name));
	if (missing.length > 0) {
		throw new InputError(
			`The query uses ${named(missing)}, which Query Parameters does not have`,
			'Add it under Query Parameters; capitals count in names.',
		);
	}
	const used = new Set(places.map(({ text }) => text));
	const unused = [...bindings.keys()].filter((name) => !used.has(name));
	if (unused.length > 0) {
		throw new InputError(
			`Query Parameters has ${named(unused)}, which the query does not use`,
			'Write the name with a colon, outside of quotes: WHERE Name = :name. Take unused ones away.',
		);
	}
}

/** What SOQL compares with a list. */
const LIST_OPERATORS = ['IN', 'INCLUDES', 'EXCLUDES'];

/** Salesforce would only point at a parenthesis. */
function checkLists(tokens: readonly SoqlToken[], bindings: ReadonlyMap<string, Binding>): void {
	tokens.forEach(({ kind, text }, index) => {
		if (kind !== 'parameter') return;
		const wantsList = isWord(tokens[index - 1], ...LIST_OPERATORS);
		const isList = typeof bindings.get(text) !== 'string';
		if (wantsList && !isList)
			throw new InputError(
				`:${text} is no list, but stands behind IN`,
				'Switch on List for it, or compare with = instead.',
			);
		if (isList && !wantsList)
			throw new InputError(
				`:${text} is a list, but does not stand behind IN`,
				'Write field IN :name, or switch off List for it.',
			);
	});
}

function named(names: readonly string[]): string {
	return [...new Set(names)].map((name) => `:${name}`).join(', ');
}

function fill(soql: string, places: readonly SoqlToken[], literal: (place: SoqlToken) => string): string {
	let filled = '';
	let end = 0;
	for (const place of places) {
		filled += soql.slice(end, place.start) + literal(place);
		end = place.end;
	}
	return filled + soql.slice(end);
}

function literalAt(soql: string, place: SoqlToken, binding: Binding): string {
	if (typeof binding !== 'string') return listLiteral(binding);
	// In `LAST_N_DAYS:days` the colon is SOQL's own.
	const ownColon = /\w/.test(soql.charAt(place.start - 1));
	return ownColon ? `:${binding}` : binding;
}
