import { InputError } from '../inputError';
import { listLiteral } from '../soql';
import { soqlTokens } from '../soqlTokens';
import type { Binding } from './binding';
import { placesOf } from './place';
import type { Place } from './place';
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
 * @throws InputError for names without a value, values without a place or in one where they do not belong, and a list
 *   that is too long or empty where the query's meaning does not let it be split
 */
export function bindQuery(soql: string, bindings: ReadonlyMap<string, Binding>, longest = LONGEST_STATEMENT): string[] {
	const tokens = soqlTokens(soql);
	const places = placesOf(tokens);
	checkNames(places, bindings);
	for (const place of places) checkPlace(place, bindings.get(place.token.text) ?? []);
	const whole = fill(soql, places, ({ token }) => bindings.get(token.text) ?? []);
	const isEmpty = places.some(({ token }) => bindings.get(token.text)?.length === 0);
	if (whole.length <= longest && !isEmpty) return [whole];
	return splitQuery(tokens, places, bindings, longest - whole.length).map(({ place: split, literals }) =>
		fill(soql, places, (place) => (place === split ? literals : (bindings.get(place.token.text) ?? []))),
	);
}

function checkNames(places: readonly Place[], bindings: ReadonlyMap<string, Binding>): void {
	const names = places.map(({ token }) => token.text);
	const missing = names.filter((name) => !bindings.has(name));
	if (missing.length > 0) {
		throw new InputError(
			`The query uses ${named(missing)}, which Query Parameters does not have`,
			'Add it under Query Parameters; capitals count in names.',
		);
	}
	const unused = [...bindings.keys()].filter((name) => !names.includes(name));
	if (unused.length > 0) {
		throw new InputError(
			`Query Parameters has ${named(unused)}, which the query does not use`,
			'Write the name with a colon, outside of quotes: WHERE Name = :name. Remove parameters that the query does not use.',
		);
	}
}

/** A text that looks like a list of its own. */
const HOLDS_SEPARATOR = /[,;]|\\n/;

/** Salesforce would only point at a parenthesis, or at the value. */
function checkPlace({ token: { text }, role }: Place, binding: Binding): void {
	if (role === 'name') {
		throw new InputError(
			`:${text} stands where a name belongs`,
			'A query parameter is a value and follows an operator, as in Field = :value. For the name of a field or an object, use an expression: {{ $json.field }}.',
		);
	}
	const isList = typeof binding !== 'string';
	const takesList = role === 'list' || role === 'onlyMember' || role === 'member';
	if (isList && !takesList) {
		throw new InputError(
			`:${text} is a list, but does not follow IN`,
			'Write field IN :name, or switch off List for it.',
		);
	}
	if (!isList && (role === 'list' || (role === 'onlyMember' && HOLDS_SEPARATOR.test(binding)))) {
		throw new InputError(`:${text} is not a list, but follows IN`, 'Switch on List for it, or compare with = instead.');
	}
	if (role === 'count' && !isList && !/^\d+$/.test(countLiteral(binding))) {
		throw new InputError(
			`:${text} stands where a whole number belongs`,
			'Give it the Type Number and a whole number as its Value.',
		);
	}
}

function named(names: readonly string[]): string {
	return [...new Set(names)].map((name) => `:${name}`).join(', ');
}

function fill(soql: string, places: readonly Place[], binding: (place: Place) => Binding): string {
	let filled = '';
	let end = 0;
	for (const place of places) {
		filled += soql.slice(end, place.token.start);
		// A keyword may stand right before the colon: `LIMIT:most`.
		if (!place.ownColon && /\w$/.test(filled)) filled += ' ';
		filled += literalAt(place, binding(place));
		end = place.token.end;
	}
	return filled + soql.slice(end);
}

function literalAt({ role, ownColon }: Place, binding: Binding): string {
	if (typeof binding !== 'string') return role === 'list' ? listLiteral(binding) : binding.join(',');
	if (role !== 'count') return binding;
	return `${ownColon ? ':' : ''}${countLiteral(binding)}`;
}

/** A number, which a person may have left a text. */
function countLiteral(literal: string): string {
	return literal.replace(/^'\s*(\d+)\s*'$/, '$1');
}
