import type { GroupBy, Name, OrderItem, Query, Selection } from './ast';
import { readConditions, readWhere } from './conditions';
import { readExpression, readExpressionOrDistance, readLiteral, readNumber } from './expressions';
import { integerAt, readFrom, readWiths } from './sources';
import { TokenReader } from './tokenReader';

/**
 * Reads one query by the grammar of Salesforce's REST API (outside Apex: no bind variables, no ALL ROWS).
 *
 * It is written by hand, one function per rule, and judged in the tests against Salesforce's own grammar statement by
 * statement. That grammar itself (`@salesforce/soql-common`) takes some 400 ms to load and to answer its first query and
 * 150 ms for a list of 2,000 values; the common `@jetstreamapp/soql-parser-js` disagrees with it and knows no positions.
 * This one takes a millisecond and gives every error its row and column.
 *
 * @throws SoqlError MALFORMED_QUERY at the first token that does not fit
 */
export function parseSoql(soql: string): Query {
	const tokens = new TokenReader(soql);
	const query = readQuery(tokens);
	if (tokens.peek().type !== 'end') throw tokens.unexpected();
	return query;
}

function readQuery(tokens: TokenReader): Query {
	const { at } = tokens.keyword('select');
	const countsRows = tokens.at('count') && tokens.symbolAt('(', 1) && tokens.symbolAt(')', 2);
	if (countsRows) tokens.skip(3);
	const selections = countsRows ? [] : tokens.list(() => readSelection(tokens));
	const from = readFrom(tokens);
	const where = readWhere(tokens);
	const withs = readWiths(tokens);
	const groupBy = readGroupBy(tokens);
	const orderBy = readOrderBy(tokens);
	const limit = readAmount(tokens, 'limit');
	const offset = readAmount(tokens, 'offset');
	const bind = readBind(tokens);
	const seen = tokens.take('for') ? readSeen(tokens) : undefined;
	const update = readUpdate(tokens);
	return { countsRows, selections, from, where, with: withs, groupBy, orderBy, limit, offset, seen, bind, update, at };
}

function readSelection(tokens: TokenReader): Selection {
	const { at } = tokens.peek();
	if (tokens.takeSymbol('(')) {
		const query = readQuery(tokens);
		tokens.symbol(')');
		return { kind: 'subquery', query, alias: tokens.optionalName(), at };
	}
	if (tokens.at('typeof') && tokens.nameAt(1) && tokens.at('when', 2)) return readTypeof(tokens);
	const expression = readExpressionOrDistance(tokens);
	return { kind: 'expression', expression, alias: tokens.optionalName(), at };
}

function readTypeof(tokens: TokenReader): Selection {
	const { at } = tokens.keyword('typeof');
	const relationship = tokens.name();
	const whens: Array<{ object: Name; fields: Name[] }> = [];
	do {
		tokens.keyword('when');
		const object = tokens.name();
		tokens.keyword('then');
		whens.push({ object, fields: tokens.list(() => tokens.name()) });
	} while (tokens.at('when'));
	const otherwise = tokens.take('else') ? tokens.list(() => tokens.name()) : [];
	tokens.keyword('end');
	return { kind: 'typeof', relationship, whens, otherwise, alias: tokens.optionalName(), at };
}

function readGroupBy(tokens: TokenReader): GroupBy | undefined {
	const { at } = tokens.peek();
	if (!tokens.take('group')) return undefined;
	tokens.keyword('by');
	const kind = tokens.take('rollup') ? 'rollup' : tokens.take('cube') ? 'cube' : 'plain';
	if (kind !== 'plain') tokens.symbol('(');
	const expressions = tokens.list(() => readExpression(tokens));
	if (kind !== 'plain') tokens.symbol(')');
	return { kind, expressions, having: tokens.take('having') ? readConditions(tokens) : undefined, at };
}

/** ORDER BY, if it is there. */
export function readOrderBy(tokens: TokenReader): OrderItem[] {
	if (!tokens.take('order')) return [];
	tokens.keyword('by');
	return tokens.list(() => {
		const expression = readExpressionOrDistance(tokens);
		const descending = tokens.take('desc');
		if (!descending) tokens.take('asc');
		const nullsLast = tokens.take('nulls') && readNullsLast(tokens);
		return { expression, descending, nullsLast };
	});
}

function readNullsLast(tokens: TokenReader): boolean {
	if (tokens.take('last')) return true;
	tokens.keyword('first');
	return false;
}

/** LIMIT or OFFSET with its number, if it is there. */
export function readAmount(tokens: TokenReader, clause: 'limit' | 'offset'): Query['limit'] {
	if (!tokens.take(clause)) return undefined;
	if (!integerAt(tokens)) throw tokens.unexpected();
	return readNumber(tokens);
}

function readSeen(tokens: TokenReader): Query['seen'] {
	if (tokens.take('view')) return 'view';
	tokens.keyword('reference');
	return 'reference';
}

function readBind(tokens: TokenReader): Name | undefined {
	const { text, at } = tokens.peek();
	if (!tokens.take('bind')) return undefined;
	tokens.list(() => {
		tokens.name();
		tokens.symbol('=');
		readLiteral(tokens);
	});
	return { text, at };
}

/** UPDATE TRACKING, UPDATE VIEWSTAT. */
function readUpdate(tokens: TokenReader): Name | undefined {
	return tokens.take('update') ? tokens.list(() => tokens.plainName())[0] : undefined;
}
