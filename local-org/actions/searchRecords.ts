import { requestError } from '../errors';
import { found } from '../http';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { ObjectSchema } from '../schema/types';
import { SoqlError } from '../soql';
import type { SObjectJson, SoqlContext } from '../soql';
import { matches, wordsOf } from '../sosl/matches';
import { searchedFields } from '../sosl/searchGroup';
import type { SearchGroup } from '../sosl/searchGroup';
import type { SearchExpression } from '../sosl/searchText';
import { soqlContext } from '../soqlContext';
import { soqlFailure } from './query';

/** Records that a search finds at most (docs:soql-sosl/sosl-limit). */
export const MAX_FOUND = 2000;

/** One object of a search, and what is answered of those of its records that the search finds. */
export interface Searched {
	object: ObjectSchema;
	records(context: SoqlContext, found: string[]): SObjectJson[];
}

/** The objects that a search looks into unless it names some. */
export function searchedEverywhere(org: Org): ObjectSchema[] {
	return org.catalog.objects().filter(({ searchable, setup }) => searchable && !setup);
}

/**
 * The answer of `search` and `parameterizedSearch`: a text found in a group of fields, `limit` records at most, shared
 * evenly among the objects (docs:soql-sosl/sosl-limit).
 */
export function searchRecords(
	org: Org,
	request: ApiRequest,
	{
		expression,
		group,
		searched,
		limit,
	}: { expression: SearchExpression; group: SearchGroup; searched: Searched[]; limit: number },
): ApiResponse {
	const context = soqlContext(org, request, false);
	const lists = searched.map(({ object, records }) => records(context, find(org, object, group, expression)));
	const all = evenly(lists, Math.min(limit, MAX_FOUND));
	return found({ searchRecords: all }, all.length);
}

/** The IDs of an object's records that a search finds. Assumed: in the order of their IDs, for all are as relevant. */
function find(org: Org, object: ObjectSchema, group: SearchGroup, expression: SearchExpression): string[] {
	const fields = searchedFields(object, group);
	const living = object.fields.some(({ name }) => name === 'IsDeleted') ? ' WHERE "IsDeleted" = 0' : '';
	return org.storage
		.all(`SELECT * FROM "${object.name}"${living} ORDER BY "Id"`)
		.filter((row) =>
			matches(
				expression,
				fields.map(({ name }) => wordsOf(String(row[name] ?? ''))),
			),
		)
		.map(({ Id }) => String(Id));
}

/** Members of the lists in their order, so many in all: every list gives as many as the others while it has some. */
function evenly<Item>(lists: Item[][], most: number): Item[] {
	const inTurn = lists.flatMap((list, of) => list.map((item, round) => ({ item, round, of })));
	const taken = inTurn.sort((a, b) => a.round - b.round || a.of - b.of).slice(0, most);
	return taken.sort((a, b) => a.of - b.of || a.round - b.round).map(({ item }) => item);
}

/** The answer to a search that failed: what SOQL's grammar does not take is no malformed query here, but a malformed search. */
export function searchFailure(org: Org, error: unknown): unknown {
	if (!(error instanceof SoqlError)) return soqlFailure(org, error, 'SOSL');
	const { errorCode, message } = error;
	return requestError(errorCode === 'MALFORMED_QUERY' ? 'MALFORMED_SEARCH' : errorCode, message);
}
