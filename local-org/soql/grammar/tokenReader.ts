import { syntaxErrorAt } from '../errors';
import type { SoqlError } from '../errors';
import type { Name } from './ast';
import { tokenize } from './lexer';
import type { Token } from './lexer';

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

/** Walks over the tokens of a query; whoever expects a token that is not there gets Salesforce's error. */
export class TokenReader {
	private readonly tokens: Token[];
	private index = 0;

	/** @param masked the same text with what is not SOQL hidden, each character by another */
	constructor(
		readonly soql: string,
		masked = soql,
	) {
		this.tokens = tokenize(masked);
	}

	/** The token that many places ahead. */
	peek(ahead = 0): Token {
		const last = this.tokens.length - 1;
		return this.tokens[Math.min(this.index + ahead, last)] as Token;
	}

	/** Goes past tokens that were looked at. */
	skip(count = 1): void {
		this.index += count;
	}

	/** Whether a keyword stands there. */
	at(word: string, ahead = 0): boolean {
		const token = this.peek(ahead);
		return token.type === 'name' && token.lower === word;
	}

	/** Takes a keyword if it is next. */
	take(word: string): boolean {
		if (!this.at(word)) return false;
		this.skip();
		return true;
	}

	/** Takes the keyword that must be next. */
	keyword(word: string): Token {
		const token = this.peek();
		if (!this.take(word)) throw this.unexpected();
		return token;
	}

	/** Whether a symbol stands there. */
	symbolAt(symbol: string, ahead = 0): boolean {
		const token = this.peek(ahead);
		return token.type === 'symbol' && token.text === symbol;
	}

	/** Takes a symbol if it is next. */
	takeSymbol(symbol: string): boolean {
		if (!this.symbolAt(symbol)) return false;
		this.skip();
		return true;
	}

	/** Takes the symbol that must be next. */
	symbol(symbol: string): void {
		if (!this.takeSymbol(symbol)) throw this.unexpected();
	}

	/** Takes a name, which a soft keyword may be. */
	name(): Name {
		const token = this.peek();
		if (!this.nameAt()) throw this.unexpected();
		this.skip();
		return { text: token.text, at: token.at };
	}

	/** Takes a name that is no keyword at all. */
	plainName(): Name {
		if (SOFT_KEYWORDS.has(this.peek().lower)) throw this.unexpected();
		return this.name();
	}

	/** Takes a name if one is next: an alias. */
	optionalName(): Name | undefined {
		return this.nameAt() ? this.name() : undefined;
	}

	/** Whether a name stands there. */
	nameAt(ahead = 0): boolean {
		const token = this.peek(ahead);
		return token.type === 'name' && !HARD_KEYWORDS.has(token.lower);
	}

	/** Items with commas between them. */
	list<Item>(item: () => Item): Item[] {
		const items = [item()];
		while (this.takeSymbol(',')) items.push(item());
		return items;
	}

	/** The error for the token that is next. */
	unexpected(): SoqlError {
		const token = this.peek();
		const shown = token.type === 'end' ? '<EOF>' : token.text;
		return syntaxErrorAt(this.soql, token.complaintAt ?? token.at, token.complaint ?? `unexpected token: '${shown}'`);
	}
}
