import type { FromItem, With } from './ast';
import { readString } from './strings';
import type { TokenReader } from './tokenReader';

/** FROM with its objects, their aliases and USING. */
export function readFrom(tokens: TokenReader): FromItem[] {
	tokens.keyword('from');
	return tokens.list(() => {
		const path = tokens.name();
		tokens.take('as');
		const alias = clauseBegins(tokens) ? undefined : tokens.optionalName();
		const using = tokens.take('using') ? tokens.list(() => readUsing(tokens)) : [];
		return { path, alias, using };
	});
}

function readUsing(tokens: TokenReader): FromItem['using'][number] {
	const kind = tokens.take('scope') ? 'scope' : 'lookup';
	if (kind === 'lookup') tokens.keyword('lookup');
	return { kind, name: tokens.plainName() };
}

/** ORDER, GROUP and OFFSET may be an alias too: what follows them tells. */
export function clauseBegins(tokens: TokenReader): boolean {
	if (tokens.at('order') || tokens.at('group')) return tokens.at('by', 1);
	return tokens.at('offset') && integerAt(tokens, 1);
}

/** Whether a whole number stands there, with or without a sign. */
export function integerAt(tokens: TokenReader, ahead = 0): boolean {
	const signed = tokens.symbolAt('-', ahead) || tokens.symbolAt('+', ahead);
	return tokens.peek(signed ? ahead + 1 : ahead).type === 'integer';
}

/** All WITH clauses; only the first may be a data category or an assignment. */
export function readWiths(tokens: TokenReader): With[] {
	const withs = readFilterWith(tokens);
	while (tokens.at('with')) withs.push(readWordWith(tokens));
	return withs;
}

/** WITH DATA CATEGORY … or WITH name = '…', if it is there: all that a semi-join may have. */
export function readFilterWith(tokens: TokenReader): With[] {
	const isCategory = tokens.at('data', 1) && tokens.at('category', 2);
	if (!tokens.at('with') || (!isCategory && !tokens.symbolAt('=', 2))) return [];
	const { at } = tokens.keyword('with');
	if (isCategory) {
		tokens.skip(2);
		do readDataCategory(tokens);
		while (tokens.take('and'));
		return [{ kind: 'category', name: { text: 'DATA CATEGORY', at } }];
	}
	const name = tokens.name();
	tokens.symbol('=');
	skipString(tokens);
	return [{ kind: 'assignment', name }];
}

/** WITH SECURITY_ENFORCED, or a word with settings in parentheses. */
function readWordWith(tokens: TokenReader): With {
	tokens.keyword('with');
	const name = tokens.name();
	if (!tokens.takeSymbol('(')) return { kind: 'plain', name };
	tokens.list(() => skipSetting(tokens));
	tokens.symbol(')');
	return { kind: 'settings', name };
}

function readDataCategory(tokens: TokenReader): void {
	tokens.name();
	if (!tokens.take('at') && !tokens.take('above') && !tokens.take('below')) tokens.keyword('above_or_below');
	if (!tokens.takeSymbol('(')) return void tokens.name();
	tokens.list(() => tokens.name());
	tokens.symbol(')');
}

function skipSetting(tokens: TokenReader): void {
	tokens.name();
	tokens.symbol('=');
	if (tokens.take('true') || tokens.take('false')) return;
	if (tokens.peek().type === 'integer') tokens.skip();
	else skipString(tokens);
}

function skipString(tokens: TokenReader): void {
	const token = tokens.peek();
	if (token.type !== 'string') throw tokens.unexpected();
	readString(tokens.soql, token, false);
	tokens.skip();
}
