import type { ComparisonOperator, Condition, Expression, SemiJoin } from './ast';
import { distanceAt, readDistance, readExpression, readLiteral, readLiterals } from './expressions';
import { readFrom, readFilterWith } from './sources';
import type { TokenReader } from './tokenReader';

/** WHERE, if it is there. */
export function readWhere(tokens: TokenReader): Condition | undefined {
	return tokens.take('where') ? readConditions(tokens) : undefined;
}

/** Conditions joined by AND or by OR, which never mix without parentheses; NOT stands alone. */
export function readConditions(tokens: TokenReader): Condition {
	const { at } = tokens.peek();
	if (tokens.take('not')) return { kind: 'not', part: readCondition(tokens), at };
	const first = readCondition(tokens);
	const kind = tokens.at('and') ? 'and' : 'or';
	if (!tokens.at(kind)) return first;
	const parts = [first];
	while (tokens.take(kind)) parts.push(readCondition(tokens));
	return { kind, parts, at };
}

function readCondition(tokens: TokenReader): Condition {
	const { at } = tokens.peek();
	if (tokens.takeSymbol('(')) {
		const inner = readConditions(tokens);
		tokens.symbol(')');
		return inner;
	}
	if (distanceAt(tokens)) return readComparison(tokens, readDistance(tokens), at);
	const left = readExpression(tokens);
	if (left.kind === 'field' && (tokens.takeSymbol('+') || tokens.takeSymbol('-'))) {
		tokens.name();
		readComparison(tokens, left, at);
		return { kind: 'calculated', at };
	}
	if (tokens.take('like')) return { kind: 'compare', left, operator: 'like', value: readLiteral(tokens, true), at };
	if (tokens.take('includes')) return { kind: 'includes', left, negated: false, values: readLiterals(tokens), at };
	if (tokens.take('excludes')) return { kind: 'includes', left, negated: true, values: readLiterals(tokens), at };
	const negated = tokens.take('not');
	return negated || tokens.at('in') ? readIn(tokens, left, negated, at) : readComparison(tokens, left, at);
}

function readIn(tokens: TokenReader, left: Expression, negated: boolean, at: number): Condition {
	tokens.keyword('in');
	const selects = tokens.symbolAt('(') && tokens.at('select', 1);
	if (!selects) return { kind: 'in', left, negated, values: readLiterals(tokens), at };
	tokens.symbol('(');
	const query = readSemiJoin(tokens);
	tokens.symbol(')');
	return { kind: 'semiJoin', left, negated, query, at };
}

function readSemiJoin(tokens: TokenReader): SemiJoin {
	const { at } = tokens.keyword('select');
	const field = readExpression(tokens);
	const from = readFrom(tokens);
	const where = readWhere(tokens);
	return { field, from, where, with: readFilterWith(tokens), at };
}

function readComparison(tokens: TokenReader, left: Expression, at: number): Condition {
	return { kind: 'compare', left, operator: readOperator(tokens), value: readLiteral(tokens), at };
}

/** `<=` and `>=` may be written apart, `!=` may not. */
function readOperator(tokens: TokenReader): ComparisonOperator {
	if (tokens.takeSymbol('=')) return '=';
	if (tokens.takeSymbol('!=') || tokens.takeSymbol('<>')) return '!=';
	if (tokens.takeSymbol('<')) return tokens.takeSymbol('=') ? '<=' : '<';
	if (tokens.takeSymbol('>')) return tokens.takeSymbol('=') ? '>=' : '>';
	throw tokens.unexpected();
}
