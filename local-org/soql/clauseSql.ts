import { checkClauses } from './clauses';
import { whereSql } from './conditions';
import type { Query } from './grammar/ast';
import { orderSql } from './ordering';
import type { Scope } from './scope';
import { scopeFilters } from './scopeFilter';

/** The clauses behind the SELECT list, as SQL; `filters` come before the query's own. */
export function clausesSql(scope: Scope, query: Query, filters: string[] = []): { where: string; order: string } {
	checkClauses(scope, query);
	const conditions = [...filters];
	const live = scope.liveSql();
	if (live) conditions.push(live);
	if (query.where) conditions.push(whereSql(scope, query.where));
	conditions.push(...scopeFilters(scope, query));
	const order = orderSql(scope, query.orderBy);
	return {
		where: conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '',
		order: order.length > 0 ? ` ORDER BY ${order.join(', ')}` : '',
	};
}
