import type { ObjectSchema } from '../schema/types';
import type { Name, Query, With } from './grammar/ast';
import { SoqlError, UnsupportedSoql } from './errors';
import type { Scope } from './scope';
import type { Statement } from './statement';

/** Largest OFFSET (docs:soql-sosl/offset). */
const MAX_OFFSET = 2_000;
/** WITH words that change nothing here: the schema a query sees holds no hidden field. */
const HARMLESS_WITH = new Set(['security_enforced', 'user_mode', 'system_mode']);

/** The objects whose records have data categories and view statistics: articles, and questions. */
const isArticle = ({ name }: ObjectSchema) => name === 'KnowledgeArticleVersion' || name.endsWith('__kav');
const hasCategories = (object: ObjectSchema) => object.name === 'Question' || isArticle(object);
const isProfileFeed = ({ name }: ObjectSchema) => name === 'UserProfileFeed';

/** Refuses what no query of this org may carry. */
export function checkClauses({ statement, object }: Scope, query: Query): void {
	if (query.bind) throw new UnsupportedSoql(query.bind.text);
	if (query.update) checkObject(statement, query.update, `UPDATE ${query.update.text}`, isArticle(object));
	checkWith(statement, object, query.with);
	if (query.offset && query.offset.value > MAX_OFFSET) {
		throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
	}
	for (const amount of [query.limit, query.offset]) {
		// The wording is assumed.
		if (amount && amount.value < 0) throw statement.unexpected(amount.at, '-');
	}
}

/**
 * Refuses WITH clauses for objects that do not have what they filter by (docs:soql-sosl/with-data-category,
 * docs:object-reference/userprofilefeed), and all that this org does not know.
 */
export function checkWith(statement: Statement, object: ObjectSchema, withs: With[]): void {
	for (const { kind, name } of withs) {
		if (kind === 'category') checkObject(statement, name, 'WITH DATA CATEGORY', hasCategories(object));
		else if (kind === 'assignment') checkObject(statement, name, `WITH ${name.text}`, isProfileFeed(object));
		else if (kind !== 'plain' || !HARMLESS_WITH.has(name.text.toLowerCase()))
			throw new UnsupportedSoql(`WITH ${name.text}`);
	}
}

/**
 * @throws either way: SoqlError for an object that a clause is not for, UnsupportedSoql for one that it is for
 */
function checkObject(statement: Statement, { at }: Name, clause: string, fits: boolean): never {
	if (fits) throw new UnsupportedSoql(clause);
	// The wording is assumed.
	throw statement.error(at, 'MALFORMED_QUERY', `${clause} is not supported for this object`);
}

/** LIMIT and OFFSET as SQL. */
export function limitSql({ statement }: Scope, query: Query): string {
	if (!query.limit && !query.offset) return '';
	return ` LIMIT ${statement.bind(query.limit?.value ?? -1)} OFFSET ${statement.bind(query.offset?.value ?? 0)}`;
}
