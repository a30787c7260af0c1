import type { ObjectSchema } from '../schema/types';
import type { Condition, Query } from './grammar/ast';
import { SoqlError } from './errors';
import { isGrouped } from './groups';

/** Assumed: the code that their like has in orgs. The wordings are docs:api-tooling, SOQL operation limitations. */
const refused = (message: string) => new SoqlError('EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION', message);

/**
 * The query as Salesforce runs it for objects that describe the org itself, whose rows it makes up as it is asked: LIMIT
 * and OFFSET are passed over.
 * @throws SoqlError for what such objects do not take, and where a filter by one of the object's `reified` columns must
 *   be there and is not (wording seen in orgs)
 */
export function definitionQuery({ name, definition, reified, idFilter }: ObjectSchema, query: Query): Query {
	if (idFilter && !filtersBy(query.where, idFilter)) {
		// Seen in an org.
		throw new SoqlError(
			'MALFORMED_QUERY',
			`Implementation restriction: ${name} requires a filter by a single Id on ${idFilter.join(' or ')} using the equals operator or multiple Id's using the IN operator.`,
		);
	}
	if (!definition) return query;
	if (query.countsRows || isGrouped(query)) {
		throw refused(
			'The requested operation is not yet supported by this SObject storage type, contact salesforce.com support for more information.',
		);
	}
	if (query.where) checkFilters(query.where);
	if (reified && !filtersBy(query.where, reified)) {
		throw new SoqlError('MALFORMED_QUERY', `${name}: a filter on a reified column is required [${reified.join(', ')}]`);
	}
	return { ...query, limit: undefined, offset: undefined };
}

function checkFilters(condition: Condition): void {
	if (condition.kind === 'and') return condition.parts.forEach(checkFilters);
	if (condition.kind === 'or') throw refused('Disjunctions not supported');
	if (condition.kind === 'includes') throw refused('Unsupported filter type');
	const isNegated =
		condition.kind === 'not' ||
		(condition.kind === 'in' && condition.negated) ||
		(condition.kind === 'compare' && condition.operator === '!=');
	if (isNegated) throw refused('Only equals comparisons permitted');
}

/** Whether a column is compared by = or IN, for all rows. */
function filtersBy(condition: Condition | undefined, columns: string[]): boolean {
	if (condition?.kind === 'and') return condition.parts.some((part) => filtersBy(part, columns));
	if (condition?.kind !== 'compare' && condition?.kind !== 'in') return false;
	const { left } = condition;
	const isEqual = condition.kind === 'in' || condition.operator === '=';
	return isEqual && left.kind === 'field' && isOf(left.name.text, columns);
}

/** A column by its name, or by a path through its relationship: `EntityDefinition.QualifiedApiName`. */
function isOf(path: string, columns: string[]): boolean {
	const wanted = path.toLowerCase();
	return columns.some((column) => {
		const name = column.toLowerCase();
		return wanted === name || wanted.startsWith(`${name.replace(/id$/, '')}.`);
	});
}
