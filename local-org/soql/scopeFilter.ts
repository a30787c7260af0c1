import { supportedScopes } from '../schema/filterScopes';
import { UnsupportedSoql } from './errors';
import type { Query } from './grammar/ast';
import type { Scope } from './scope';

const USER_PREFIX = '005';
const QUEUE_PREFIX = '00G';

/** SQL of each scope but `everything`, given the table's alias with its dot and what binds the user's ID. */
const FILTERS: Record<string, (table: string, user: () => string) => string> = {
	mine: (table, user) => `${table}"OwnerId" = ${user()}`,
	// Assumed: what the user has made for somebody else.
	delegated: (table, user) => `(${table}"CreatedById" = ${user()} AND ${table}"OwnerId" <> ${user()})`,
	user_owned: (table) => `substr(${table}"OwnerId", 1, 3) = '${USER_PREFIX}'`,
	queue_owned: (table) => `substr(${table}"OwnerId", 1, 3) = '${QUEUE_PREFIX}'`,
	// This org has no teams, so nobody is on one (assumed: owning a record is not being on its team).
	team: () => '0',
	genericteam: () => '0',
	team_by_role: () => '0',
};

/**
 * USING SCOPE as SQL conditions.
 * @throws SoqlError INVALID_QUERY_SCOPE (docs:api/exceptioncode) for a scope that describe does not list for the object,
 *   and UnsupportedSoql for USING LOOKUP, which is not documented
 */
export function scopeFilters(scope: Scope, query: Query): string[] {
	const { statement, object } = scope;
	return query.from.flatMap(({ using }) =>
		using.flatMap(({ kind, name }) => {
			if (kind !== 'scope') throw new UnsupportedSoql(`USING ${kind} ${name.text}`);
			const wanted = name.text.toLowerCase();
			if (!supportedScopes(object).some((supported) => supported.name === wanted)) {
				// The wording is assumed.
				throw statement.error(
					name.at,
					'INVALID_QUERY_SCOPE',
					`scope '${name.text}' is not supported for ${object.name}`,
				);
			}
			const filter = FILTERS[wanted];
			return filter ? [filter(`${scope.alias}.`, () => statement.bind(statement.context.userId))] : [];
		}),
	);
}
