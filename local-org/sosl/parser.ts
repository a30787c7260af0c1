import { SoqlError, UnsupportedSoql } from '../soql';
import { syntaxErrorAt } from '../soql/errors';
import type { Query, Selection } from '../soql/grammar/ast';
import { readWhere } from '../soql/grammar/conditions';
import { readExpression } from '../soql/grammar/expressions';
import { mismatch } from '../soql/grammar/lexer';
import { readAmount, readOrderBy } from '../soql/grammar/parser';
import { clauseBegins } from '../soql/grammar/sources';
import { TokenReader } from '../soql/grammar/tokenReader';
import { isAggregated } from '../soql/operands';
import { SEARCH_GROUPS } from './searchGroup';
import type { SearchGroup } from './searchGroup';

const MALFORMED = 'MALFORMED_SEARCH';
/** Characters that stand between the braces behind a backslash only, in quotes too (docs:soql-sosl/sosl-find). */
const RESERVED = "&|!{[]^~:'+-";
/** Largest OFFSET (docs:soql-sosl/sosl-offset). */
const MAX_OFFSET = 2_000;

/** What a SOSL statement says. */
export interface SoslStatement {
	/** The text between the braces as written. */
	text: string;
	group: SearchGroup;
	/** What is told of the records of each object, as a query of it; undefined for the IDs of all objects. */
	returning: Query[] | undefined;
	limit: number | undefined;
}

/** The refusal of a search for nothing (recorded). */
export const noSearchTerm = () =>
	new SoqlError(MALFORMED, 'No search term found. The search term must be enclosed in braces.');

/**
 * Reads one SOSL statement (docs:soql-sosl/sosl-syntax). Fields and clauses in RETURNING are read by SOQL's grammar.
 * @throws SoqlError for what Salesforce refuses, with the place in the statement, and UnsupportedSoql for clauses that
 *   this org does not know
 */
export function parseSosl(sosl: string): SoslStatement {
	const open = sosl.indexOf('{');
	if (open === -1) throw noSearchTerm();
	const close = closingBrace(sosl, open);
	// To SOQL's lexer the text in braces is one string of the same length, so that every place stays where it is.
	const string = `'${'x'.repeat(close - open - 1)}'`;
	const tokens = new TokenReader(sosl, sosl.slice(0, open) + string + sosl.slice(close + 1));
	tokens.keyword('find');
	if (tokens.peek().at !== open) throw tokens.unexpected();
	tokens.skip();
	const group = tokens.take('in') ? readGroup(tokens) : 'ALL';
	const returning = tokens.take('returning') ? tokens.list(() => readReturned(tokens)) : undefined;
	checkOffsets(returning ?? []);
	if (tokens.at('with') || tokens.at('update')) throw new UnsupportedSoql(`${tokens.peek().text} in a search`);
	const limit = readAmount(tokens, 'limit');
	if (limit && limit.value < 0) throw syntaxErrorAt(sosl, limit.at, "unexpected token: '-'");
	if (tokens.peek().type !== 'end') throw tokens.unexpected();
	return { text: sosl.slice(open + 1, close), group, returning, limit: limit?.value };
}

/** The brace that ends the search text. Reserved characters before it are answered as recorded for `|` and `-`. */
function closingBrace(sosl: string, open: number): number {
	let at = open + 1;
	while (at < sosl.length && sosl.charAt(at) !== '}' && !RESERVED.includes(sosl.charAt(at))) {
		at += sosl.charAt(at) === '\\' ? 2 : 1;
	}
	if (sosl.charAt(at) === '}') return at;
	const place = Math.min(at, sosl.length);
	throw syntaxErrorAt(sosl, place, mismatch(sosl, place, '}'));
}

function readGroup(tokens: TokenReader): SearchGroup {
	const { text, lower } = tokens.peek();
	const group = SEARCH_GROUPS.find((known) => known.toLowerCase() === lower);
	if (!group && lower === 'sidebar') throw new UnsupportedSoql('SIDEBAR FIELDS');
	if (!group) throw malformedToken(tokens, text);
	tokens.skip();
	if (!tokens.take('fields')) throw malformedToken(tokens, tokens.peek().text);
	return group;
}

/** Recorded for `IN ALL TYPE`. */
function malformedToken(tokens: TokenReader, text: string): SoqlError {
	return syntaxErrorAt(tokens.soql, tokens.peek().at, `Malformed search token: ${text}`);
}

/** `Account`, or `Account(Id, Name WHERE … ORDER BY … LIMIT … OFFSET …)`, as a query of the object. */
function readReturned(tokens: TokenReader): Query {
	const path = tokens.name();
	const query: Query = {
		countsRows: false,
		selections: [],
		from: [{ path, alias: undefined, using: [] }],
		where: undefined,
		with: [],
		groupBy: undefined,
		orderBy: [],
		limit: undefined,
		offset: undefined,
		seen: undefined,
		bind: undefined,
		update: undefined,
		at: path.at,
	};
	const id = { text: 'Id', at: path.at };
	const onlyId: Selection = {
		kind: 'expression',
		expression: { kind: 'field', name: id, at: id.at },
		alias: undefined,
		at: id.at,
	};
	if (!tokens.takeSymbol('(')) return { ...query, selections: [onlyId] };
	const selections = tokens.list(() => readField(tokens));
	const where = readWhere(tokens);
	if (tokens.at('using')) throw new UnsupportedSoql('USING in a search');
	const orderBy = readOrderBy(tokens);
	const limit = readAmount(tokens, 'limit');
	const offset = readAmount(tokens, 'offset');
	tokens.symbol(')');
	return { ...query, selections, where, orderBy, limit, offset };
}

/** A field, or toLabel() or FORMAT() of one: SOSL has no subqueries and no aggregates. */
function readField(tokens: TokenReader): Selection {
	const { at, text, lower } = tokens.peek();
	const expression = readExpression(tokens);
	if (isAggregated(expression) || (lower === 'fields' && expression.kind === 'call')) {
		// The wording is assumed.
		throw syntaxErrorAt(tokens.soql, at, `unexpected token: '${text}'`);
	}
	return { kind: 'expression', expression, alias: clauseBegins(tokens) ? undefined : tokens.optionalName(), at };
}

/** OFFSET is for searches of one object, up to 2,000 (docs:soql-sosl/sosl-offset). */
export function checkOffsets(returning: Query[]): void {
	for (const { offset } of returning) {
		if (!offset) continue;
		if (offset.value < 0 || offset.value > MAX_OFFSET) {
			throw new SoqlError(MALFORMED, `SOSL offset should be between 0 to ${MAX_OFFSET}`);
		}
		// The wording is assumed.
		if (returning.length > 1) throw new SoqlError(MALFORMED, 'OFFSET can be used only when searching a single object');
	}
}
