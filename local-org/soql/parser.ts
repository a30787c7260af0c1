import type {
	ComparisonOperator,
	Condition,
	Expression,
	FromItem,
	GroupBy,
	Literal,
	Name,
	OrderItem,
	Query,
	Selection,
	SemiJoin,
	With,
} from './ast';
import { isDateLiteral } from './dateLiterals';
import { SoqlError, soqlErrorAt } from './errors';
import { tokenize, type Token } from './lexer';
import { readString } from './strings';

/** Keywords that Salesforce's grammar takes for a name wherever a name may stand. */
const SOFT_KEYWORDS = new Set(
	(
		'data category at above below above_or_below offset view reference typeof when then end distance geolocation ' +
		'group order case fields count scope flat'
	).split(' '),
);

/** Keywords that can never be a name. */
const HARD_KEYWORDS = new Set(
	(
		'and or true false with for limit where else rollup cube having includes excludes in not by asc desc nulls ' +
		'select from lookup as using null update first last like bind hierarchical'
	).split(' '),
);

/**
 * Reads one query by the grammar of Salesforce's REST API (outside Apex: no bind variables, no ALL ROWS).
 *
 * It is written by hand, one method per rule, and judged in the tests against Salesforce's own grammar statement
 * by statement. That grammar itself (`@salesforce/soql-common`) takes some 400 ms to load and to answer its first
 * query and 150 ms for a list of 2,000 values, the common `@jetstreamapp/soql-parser-js` disagrees with it and
 * knows no positions; this one takes a millisecond and gives every error its row and column.
 *
 * Throws SoqlError MALFORMED_QUERY at the first token that does not fit.
 */
export function parseSoql(soql: string): Query {
	return new Parser(soql).statement();
}

class Parser {
	private readonly tokens: Token[];
	private index = 0;

	constructor(private readonly soql: string) {
		this.tokens = tokenize(soql);
	}

	statement(): Query {
		const query = this.query();
		if (this.peek().type !== 'end') throw this.unexpected();
		return query;
	}

	private query(): Query {
		const at = this.keyword('select').at;
		const countsRows = this.at('count') && this.symbolAt('(', 1) && this.symbolAt(')', 2);
		if (countsRows) this.index += 3;
		const selections = countsRows ? [] : this.list(() => this.selection());
		const from = this.from();
		const where = this.where();
		const withs = this.withs();
		const groupBy = this.groupBy();
		const orderBy = this.orderBy();
		const limit = this.amount('limit');
		const offset = this.amount('offset');
		const bind = this.bind();
		if (this.take('for') && !this.take('view')) this.keyword('reference');
		const unsupported = this.updateStatistics() ?? bind;
		return { countsRows, selections, from, where, with: withs, groupBy, orderBy, limit, offset, unsupported, at };
	}

	private selection(): Selection {
		const { at } = this.peek();
		if (this.symbolAt('(')) {
			this.symbol('(');
			const query = this.query();
			this.symbol(')');
			return { kind: 'subquery', query, alias: this.optionalName(), at };
		}
		if (this.at('typeof') && this.isName(this.peek(1)) && this.at('when', 2)) return this.typeof();
		const expression = this.isDistance() ? this.distance() : this.expression();
		return { kind: 'expression', expression, alias: this.optionalName(), at };
	}

	private typeof(): Selection {
		const { at } = this.keyword('typeof');
		const relationship = this.name();
		const whens: Array<{ object: Name; fields: Name[] }> = [];
		do {
			this.keyword('when');
			const object = this.name();
			this.keyword('then');
			whens.push({ object, fields: this.list(() => this.name()) });
		} while (this.at('when'));
		const otherwise = this.take('else') ? this.list(() => this.name()) : [];
		this.keyword('end');
		return { kind: 'typeof', relationship, whens, otherwise, alias: this.optionalName(), at };
	}

	private isDistance(): boolean {
		return this.at('distance') && this.symbolAt('(', 1) && this.symbolAt(',', 3);
	}

	private distance(): Expression {
		const { at } = this.keyword('distance');
		this.symbol('(');
		const field = this.name();
		this.symbol(',');
		this.keyword('geolocation');
		this.symbol('(');
		const latitude = this.number().value;
		this.symbol(',');
		const longitude = this.number().value;
		this.symbol(')');
		this.symbol(',');
		const unit = this.peek();
		if (unit.type !== 'string') throw this.unexpected();
		this.index++;
		this.symbol(')');
		return { kind: 'distance', field, latitude, longitude, unit: unit.text.slice(1, -1), at };
	}

	/** A field, or a function of a field, or a function of a function of a field: never deeper. */
	private expression(depth = 0): Expression {
		const name = this.name();
		if (depth === 2 || !this.symbolAt('(')) return { kind: 'field', name, at: name.at };
		this.symbol('(');
		const argument = this.expression(depth + 1);
		this.symbol(')');
		return { kind: 'call', function: name.text.toLowerCase(), argument, at: name.at };
	}

	private from(): FromItem[] {
		this.keyword('from');
		return this.list(() => {
			const path = this.name();
			this.take('as');
			const alias = this.clauseBegins() ? undefined : this.optionalName();
			const using: FromItem['using'] = [];
			if (this.take('using')) using.push(...this.list(() => this.usingItem()));
			return { path, alias, using };
		});
	}

	private usingItem(): FromItem['using'][number] {
		const kind = this.take('scope') ? 'scope' : 'lookup';
		if (kind === 'lookup') this.keyword('lookup');
		return { kind, name: this.plainName() };
	}

	/** ORDER, GROUP and OFFSET may be an alias too: what follows them tells. */
	private clauseBegins(): boolean {
		if (this.at('order') || this.at('group')) return this.at('by', 1);
		return this.at('offset') && this.peek(1).type !== 'name' && this.peek(1).type !== 'end' && this.isAmount(1);
	}

	private isAmount(ahead: number): boolean {
		const signed = this.symbolAt('-', ahead) || this.symbolAt('+', ahead);
		return this.peek(signed ? ahead + 1 : ahead).type === 'integer';
	}

	private where(): Condition | undefined {
		return this.take('where') ? this.conditions() : undefined;
	}

	/** AND and OR never mix without parentheses, and NOT stands alone. */
	private conditions(): Condition {
		const { at } = this.peek();
		if (this.take('not')) return { kind: 'not', part: this.condition(), at };
		const first = this.condition();
		const kind = this.at('and') ? 'and' : 'or';
		if (!this.at(kind)) return first;
		const parts = [first];
		while (this.take(kind)) parts.push(this.condition());
		return { kind, parts, at };
	}

	private condition(): Condition {
		const { at } = this.peek();
		if (this.symbolAt('(')) {
			this.symbol('(');
			const inner = this.conditions();
			this.symbol(')');
			return inner;
		}
		if (this.isDistance()) return this.comparison(this.distance(), at);
		const left = this.expression();
		if (left.kind === 'field' && (this.symbolAt('+') || this.symbolAt('-'))) {
			this.index++;
			this.name();
			this.comparison(left, at);
			return { kind: 'calculated', at };
		}
		if (this.take('like')) {
			return { kind: 'compare', left, operator: 'like', value: this.literal(true), at };
		}
		if (this.at('includes') || this.at('excludes')) {
			const negated = this.at('excludes');
			this.index++;
			return { kind: 'includes', left, negated, values: this.values(), at };
		}
		const negated = this.take('not');
		if (negated || this.at('in')) return this.inCondition(left, negated, at);
		return this.comparison(left, at);
	}

	private inCondition(left: Expression, negated: boolean, at: number): Condition {
		this.keyword('in');
		if (!this.symbolAt('(') || !this.at('select', 1)) return { kind: 'in', left, negated, values: this.values(), at };
		this.symbol('(');
		const query = this.semiJoin();
		this.symbol(')');
		return { kind: 'semiJoin', left, negated, query, at };
	}

	private semiJoin(): SemiJoin {
		const { at } = this.keyword('select');
		const field = this.expression();
		const from = this.from();
		const where = this.where();
		return { field, from, where, with: this.at('with') ? [this.with(false)] : [], at };
	}

	private comparison(left: Expression, at: number): Condition {
		return { kind: 'compare', left, operator: this.comparisonOperator(), value: this.literal(false), at };
	}

	private comparisonOperator(): ComparisonOperator {
		const token = this.peek();
		if (token.type !== 'symbol') throw this.unexpected();
		this.index++;
		switch (token.text) {
			case '=':
				return '=';
			case '!=':
			case '<>':
				return '!=';
			case '<':
			case '>':
				return this.takeSymbol('=') ? `${token.text}=` : token.text;
			default:
				this.index--;
				throw this.unexpected();
		}
	}

	private values(): Literal[] {
		this.symbol('(');
		const values = this.list(() => this.literal(false));
		this.symbol(')');
		return values;
	}

	private literal(behindLike: boolean): Literal {
		const token = this.peek();
		const { type, text, lower, at } = token;
		if (type === 'string') {
			this.index++;
			return readString(this.soql, token, behindLike);
		}
		if (type === 'date' || type === 'datetime' || type === 'time') {
			this.index++;
			return { kind: type, text, at };
		}
		if (type === 'name') return this.wordLiteral(token, lower);
		return this.number();
	}

	private wordLiteral({ text, at }: Token, lower: string): Literal {
		if (lower === 'null' || lower === 'true' || lower === 'false') {
			this.index++;
			return lower === 'null' ? { kind: 'null', at } : { kind: 'boolean', value: lower === 'true', at };
		}
		if (isDateLiteral(text)) {
			this.index++;
			let count: number | undefined;
			if (this.takeSymbol(':')) {
				if (this.peek().type !== 'integer') throw this.unexpected();
				count = Number(this.next().text);
			}
			return { kind: 'dateLiteral', name: text.toUpperCase(), count, at };
		}
		if (!isCurrencyLiteral(lower)) throw this.unexpected();
		this.index++;
		return { kind: 'currency', text, at };
	}

	private number(): { kind: 'number'; value: number; integer: boolean; at: number } {
		const { at } = this.peek();
		const sign = this.takeSymbol('-') ? -1 : 1;
		if (sign === 1) this.takeSymbol('+');
		const token = this.peek();
		if (token.type !== 'integer' && token.type !== 'decimal') throw this.unexpected();
		this.index++;
		return { kind: 'number', value: sign * Number(token.text), integer: token.type === 'integer', at };
	}

	private withs(): With[] {
		const withs: With[] = [];
		while (this.at('with')) withs.push(this.with(withs.length > 0));
		return withs;
	}

	/** Only the first WITH may be a data category or an assignment; `plainOnly` refuses them. */
	private with(plainOnly: boolean): With {
		const { at } = this.keyword('with');
		if (!plainOnly && this.at('data') && this.at('category', 1)) {
			this.index += 2;
			do this.dataCategory();
			while (this.take('and'));
			return { kind: 'dataCategory', name: { text: 'DATA CATEGORY', at } };
		}
		const name = this.name();
		if (!plainOnly && this.takeSymbol('=')) {
			this.string();
			return { kind: 'other', name };
		}
		if (!this.takeSymbol('(')) return { kind: 'plain', name };
		this.list(() => {
			this.name();
			this.symbol('=');
			if (!this.take('true') && !this.take('false') && this.peek().type !== 'integer') this.string();
			else if (this.peek().type === 'integer') this.index++;
		});
		this.symbol(')');
		return { kind: 'other', name };
	}

	private dataCategory(): void {
		this.name();
		if (!this.take('at') && !this.take('above') && !this.take('below')) this.keyword('above_or_below');
		if (!this.takeSymbol('(')) return void this.name();
		this.list(() => this.name());
		this.symbol(')');
	}

	private groupBy(): GroupBy | undefined {
		const { at } = this.peek();
		if (!this.take('group')) return undefined;
		this.keyword('by');
		const kind = this.at('rollup') ? 'rollup' : this.at('cube') ? 'cube' : 'plain';
		if (kind !== 'plain') {
			this.index++;
			this.symbol('(');
		}
		const expressions = this.list(() => this.expression());
		if (kind !== 'plain') this.symbol(')');
		return { kind, expressions, having: this.take('having') ? this.conditions() : undefined, at };
	}

	private orderBy(): OrderItem[] {
		if (!this.take('order')) return [];
		this.keyword('by');
		return this.list(() => {
			const expression = this.isDistance() ? this.distance() : this.expression();
			const descending = this.take('desc');
			if (!descending) this.take('asc');
			if (!this.take('nulls')) return { expression, descending, nullsLast: false };
			const nullsLast = this.take('last');
			if (!nullsLast) this.keyword('first');
			return { expression, descending, nullsLast };
		});
	}

	private amount(clause: 'limit' | 'offset'): { value: number; at: number } | undefined {
		if (!this.take(clause)) return undefined;
		if (!this.isAmount(0)) throw this.unexpected();
		const { value, at } = this.number();
		return { value, at };
	}

	private bind(): Name | undefined {
		const { text, at } = this.peek();
		if (!this.take('bind')) return undefined;
		this.list(() => {
			this.name();
			this.symbol('=');
			this.literal(false);
		});
		return { text, at };
	}

	private updateStatistics(): Name | undefined {
		if (!this.take('update')) return undefined;
		return this.list(() => this.plainName())[0];
	}

	private string(): void {
		const token = this.next();
		if (token.type === 'string') readString(this.soql, token, false);
		else {
			this.index--;
			throw this.unexpected();
		}
	}

	private list<Item>(item: () => Item): Item[] {
		const items = [item()];
		while (this.takeSymbol(',')) items.push(item());
		return items;
	}

	private name(): Name {
		const token = this.peek();
		if (!this.isName(token)) throw this.unexpected();
		this.index++;
		return { text: token.text, at: token.at };
	}

	/** A name that is no keyword at all. */
	private plainName(): Name {
		if (SOFT_KEYWORDS.has(this.peek().lower)) throw this.unexpected();
		return this.name();
	}

	private optionalName(): Name | undefined {
		return this.isName(this.peek()) ? this.name() : undefined;
	}

	private isName(token: Token): boolean {
		return token.type === 'name' && !HARD_KEYWORDS.has(token.lower);
	}

	private keyword(word: string): Token {
		const token = this.peek();
		if (!this.take(word)) throw this.unexpected();
		return token;
	}

	private take(word: string): boolean {
		if (!this.at(word)) return false;
		this.index++;
		return true;
	}

	private at(word: string, ahead = 0): boolean {
		const token = this.peek(ahead);
		return token.type === 'name' && token.lower === word;
	}

	private symbol(symbol: string): void {
		if (!this.takeSymbol(symbol)) throw this.unexpected();
	}

	private takeSymbol(symbol: string): boolean {
		if (!this.symbolAt(symbol)) return false;
		this.index++;
		return true;
	}

	private symbolAt(symbol: string, ahead = 0): boolean {
		const token = this.peek(ahead);
		return token.type === 'symbol' && token.text === symbol;
	}

	private next(): Token {
		const token = this.peek();
		this.index++;
		return token;
	}

	private peek(ahead = 0): Token {
		const last = this.tokens.length - 1;
		return this.tokens[Math.min(this.index + ahead, last)] as Token;
	}

	/** A query whose first word is wrong is answered without a place. */
	private unexpected(): SoqlError {
		const token = this.peek();
		if (token.complaint) return new SoqlError('MALFORMED_QUERY', token.complaint);
		const sentence = `unexpected token: '${token.type === 'end' ? '<EOF>' : token.text}'`;
		if (this.index === 0) return new SoqlError('MALFORMED_QUERY', sentence);
		return soqlErrorAt(this.soql, token.at, 'MALFORMED_QUERY', sentence);
	}
}

/** Three letters, digits, and perhaps a fraction: `USD5000.50`. */
function isCurrencyLiteral(lower: string): boolean {
	const letters = lower.slice(0, 3);
	const [whole = '', ...fractions] = lower.slice(3).split('.');
	const isNumber = (text: string) => [...text].every((character) => character >= '0' && character <= '9');
	const dotsTogether = fractions.slice(0, -1).every((part) => part === '');
	return [...letters].every((letter) => letter >= 'a' && letter <= 'z') && letters.length === 3 && whole !== '' && isNumber(whole) && dotsTogether && isNumber(fractions.at(-1) ?? '');
}
