import { requestError } from '../errors';
import { isObject, objectBody } from '../http';
import type { ApiRequest, ApiResponse } from '../http';
import type { Org } from '../org';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import { UnsupportedSoql, parseSoql, recordsAmong } from '../soql';
import type { Query } from '../soql/grammar/ast';
import { checkOffsets, noSearchTerm } from '../sosl/parser';
import { SEARCH_GROUPS } from '../sosl/searchGroup';
import type { SearchGroup } from '../sosl/searchGroup';
import { readSearchText } from '../sosl/searchText';
import type { Action } from './action';
import { namedFields } from './recordOf';
import { MAX_FOUND, searchFailure, searchRecords, searchedEverywhere } from './searchRecords';
import type { Searched } from './searchRecords';

/** What a request asks of one object; the values as they came. */
interface Asked {
	name: string;
	fields: string[] | undefined;
	where: unknown;
	orderBy: unknown;
	limit: unknown;
}

/** What a request asks (docs:rest-api/search-with-parameters). */
interface SearchRequest {
	q: unknown;
	in: unknown;
	sobjects: Asked[];
	defaultLimit: unknown;
	overallLimit: unknown;
	offset: unknown;
}

/** Parameters that this org knows, without those of one object; `spellCorrection` changes nothing here. */
const KNOWN = new Set([
	'q',
	'in',
	'fields',
	'sobject',
	'sobjects',
	'defaultLimit',
	'overallLimit',
	'offset',
	'spellCorrection',
]);
const KNOWN_OF_OBJECT = new Set(['name', 'fields', 'where', 'orderBy', 'limit']);

const idOnly = (object: ObjectSchema) => object.fields.filter(({ type }) => type === 'id');

/** A number in a request, or what stands for it when it is left out. */
function numberOr(value: unknown, otherwise: number): number {
	if (value === undefined || value === null) return otherwise;
	if (/^\d+$/.test(String(value))) return Number(value);
	// Assumed: what is no number is refused.
	throw requestError('MALFORMED_SEARCH', `Not a number of records: ${String(value)}`);
}

/** The IDs of what is found in an object. */
export const idsOf = (object: ObjectSchema): Searched => searchedBy(object, idOnly(object), '');

function searchedBy(object: ObjectSchema, fields: FieldSchema[], clauses: string): Searched & { query: Query } {
	const soql = `SELECT ${fields.map(({ name }) => name).join(', ')} FROM ${object.name}${clauses}`;
	const query = parseSoql(soql);
	return { object, query, records: (context, found) => recordsAmong(query, soql, context, found) };
}

function searchedIn(org: Org, asked: Asked, limit: number, offset: number) {
	const object = org.catalog.object(asked.name);
	if (!object?.searchable) throw requestError('INVALID_TYPE', `sObject type '${asked.name}' is not supported.`);
	const fields = asked.fields ? namedFields(org, asked.fields, object) : idOnly(object);
	const where = typeof asked.where === 'string' ? ` WHERE ${asked.where}` : '';
	const order = typeof asked.orderBy === 'string' ? ` ORDER BY ${asked.orderBy}` : '';
	const skipped = offset === 0 ? '' : ` OFFSET ${offset}`;
	return searchedBy(object, fields, `${where}${order} LIMIT ${numberOr(asked.limit, limit)}${skipped}`);
}

/** POST parameterizedSearch with `q`, `sobjects`, `fields`, `overallLimit`. */
export const searchByBody: Action = (org, request) => {
	const { sobjects, fields, ...asked } = objectBody(request);
	const listed = Array.isArray(sobjects) ? sobjects.filter(isObject) : [];
	const unknown = [
		...Object.keys(asked).filter((name) => !KNOWN.has(name)),
		...listed.flatMap((one) => Object.keys(one)).filter((name) => !KNOWN_OF_OBJECT.has(name)),
	];
	const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);
	const { q, in: group, defaultLimit, overallLimit, offset } = asked;
	return answer(org, request, unknown, {
		q,
		in: group,
		sobjects: listed.map(({ name, where, orderBy, limit, ...own }) => ({
			name: String(name),
			fields: list(own.fields) ?? list(fields),
			where,
			orderBy,
			limit,
		})),
		defaultLimit,
		overallLimit,
		offset,
	});
};

/** GET parameterizedSearch?q=…&sobject=Case&Case.fields=Id,Subject&Case.limit=5 */
export const searchByUrl: Action = (org, request) => {
	const { query } = request;
	const names = query.getAll('sobject');
	const list = (name: string) => query.get(name)?.split(',');
	const isOfObject = (key: string) =>
		names.some((name) => key.startsWith(`${name}.`) && KNOWN_OF_OBJECT.has(key.slice(name.length + 1)));
	return answer(
		org,
		request,
		[...query.keys()].filter((key) => !KNOWN.has(key) && !isOfObject(key)),
		{
			q: query.get('q'),
			in: query.get('in'),
			sobjects: names.map((name) => ({
				name,
				fields: list(`${name}.fields`) ?? list('fields'),
				where: query.get(`${name}.where`),
				orderBy: query.get(`${name}.orderBy`),
				limit: query.get(`${name}.limit`),
			})),
			defaultLimit: query.get('defaultLimit'),
			overallLimit: query.get('overallLimit'),
			offset: query.get('offset'),
		},
	);
};

function answer(org: Org, request: ApiRequest, unknown: string[], asked: SearchRequest): ApiResponse {
	try {
		const { q, sobjects } = asked;
		if (unknown.length > 0) throw new UnsupportedSoql(`the search parameter ${unknown.join(', ')}`);
		if (typeof q !== 'string' || q.trim() === '') throw noSearchTerm();
		const limit = numberOr(asked.defaultLimit, MAX_FOUND);
		const offset = numberOr(asked.offset, 0);
		const named = sobjects.map((one) => searchedIn(org, one, limit, offset));
		checkOffsets(named.map(({ query }) => query));
		return searchRecords(org, request, {
			expression: readSearchText(q.trim()),
			group: groupNamed(asked.in),
			searched: named.length > 0 ? named : searchedEverywhere(org).map(idsOf),
			limit: numberOr(asked.overallLimit, MAX_FOUND),
		});
	} catch (error) {
		throw searchFailure(org, error);
	}
}

function groupNamed(value: unknown): SearchGroup {
	const group = SEARCH_GROUPS.find((known) => known === String(value ?? 'ALL').toUpperCase());
	if (group) return group;
	throw new UnsupportedSoql(`searching in ${String(value)}`);
}
