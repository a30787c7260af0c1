import type { Query } from './grammar/ast';
import { SoqlError, UnsupportedSoql } from './errors';
import type { Scope } from './scope';

/** Largest OFFSET (docs:soql-sosl/offset). */
const MAX_OFFSET = 2_000;
/** WITH words that change nothing here: the schema a query sees holds no hidden field. */
const HARMLESS_WITH = new Set(['security_enforced', 'user_mode', 'system_mode']);

/** Refuses what no query of this org may carry. */
export function checkClauses({ statement }: Scope, query: Query): void {
	if (query.unsupported) throw new UnsupportedSoql(query.unsupported.text);
	for (const { kind, name } of query.with) {
		if (kind !== 'plain' || !HARMLESS_WITH.has(name.text.toLowerCase())) throw new UnsupportedSoql(`WITH ${name.text}`);
	}
	if (query.offset && query.offset.value > MAX_OFFSET) {
		throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
	}
	for (const amount of [query.limit, query.offset]) {
		// The wording is assumed.
		if (amount && amount.value < 0) throw statement.error(amount.at, 'MALFORMED_QUERY', "unexpected token: '-'");
	}
}

/** LIMIT and OFFSET as SQL. */
export function limitSql({ statement }: Scope, query: Query): string {
	if (!query.limit && !query.offset) return '';
	return ` LIMIT ${statement.bind(query.limit?.value ?? -1)} OFFSET ${statement.bind(query.offset?.value ?? 0)}`;
}
