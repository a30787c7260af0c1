import type { SQLInputValue } from 'node:sqlite';
import { soqlErrorAt, syntaxErrorAt } from './errors';
import type { SoqlError } from './errors';
import type { SoqlContext } from './types';

/** One SQL statement while it is being written: its parameters, its table aliases, and the query it comes from. */
export class Statement {
	readonly parameters: Record<string, SQLInputValue> = {};
	private parameterCount = 0;
	private aliasCount = 0;

	constructor(
		readonly soql: string,
		readonly context: SoqlContext,
	) {}

	/** Binds a value and returns the SQL that stands for it. Values never become part of the SQL text. */
	bind(value: SQLInputValue): string {
		const name = `p${this.parameterCount++}`;
		this.parameters[name] = value;
		return `:${name}`;
	}

	/** A table alias that the statement has not used yet. */
	alias(): string {
		return `t${this.aliasCount++}`;
	}

	/** The error that Salesforce answers for one place in the query. */
	error(at: number, errorCode: string, sentence: string): SoqlError {
		return soqlErrorAt(this.soql, at, errorCode, sentence);
	}

	/** The error for a word or symbol that Salesforce's own parser would not have let pass. */
	unexpected(at: number, token: string): SoqlError {
		return syntaxErrorAt(this.soql, at, `unexpected token: '${token}'`);
	}
}

/** A schema name as SQL. */
export function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
