import { requestError } from '../errors';
import { isObject, objectBody, ok, type ApiRequest, type ApiResponse } from '../http';
import type { Org } from '../org';
import { showWithAttributes, type RecordJson } from '../records/show';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import type { Row } from '../storage';
import type { Action } from './action';
import { runSoql } from './query';
import { namedFields } from './recordOf';

/** What is searched in one object, and which fields of what is found are answered. */
export interface SearchScope {
	object: ObjectSchema;
	fields: FieldSchema[];
	where?: string;
	limit: number;
}

/** Records that a search finds at most unless it asks for fewer. */
export const DEFAULT_LIMIT = 2000;
/** Field types that Salesforce's search looks into. */
const SEARCHED: FieldSchema['type'][] = ['string', 'textarea', 'email', 'phone', 'url', 'picklist', 'combobox'];

const idOnly = (object: ObjectSchema) => object.fields.filter(({ type }) => type === 'id');

function objectNamed(org: Org, name: string): ObjectSchema {
	const object = org.catalog.object(name);
	if (!object?.searchable) throw requestError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
	return object;
}

/** A number in a request, or what stands for it when it is left out. */
const numberOr = (value: unknown, otherwise: number) => (Number.isInteger(Number(value ?? '')) && value ? Number(value) : otherwise);

/** Every object that a search without a list of objects looks into; it answers their IDs. */
export function everywhere(org: Org, limit: number): SearchScope[] {
	return org.catalog
		.objects()
		.filter(({ searchable, setup }) => searchable && !setup)
		.map((object) => ({ object, fields: idOnly(object), limit }));
}

/** The scope that a request names. Throws INVALID_TYPE and INVALID_FIELD. */
export function scopeOf(org: Org, name: string, names: string[] | undefined, limit: number, where?: string): SearchScope {
	const object = objectNamed(org, name);
	return { object, fields: names ? namedFields(names, object) : idOnly(object), limit, ...(where === undefined ? {} : { where }) };
}

function scopesOf(org: Org, sobjects: unknown, fields: unknown, limit: number): SearchScope[] {
	const shared = Array.isArray(fields) ? fields.map(String) : undefined;
	if (!Array.isArray(sobjects) || sobjects.length === 0) return everywhere(org, limit);
	return sobjects.filter(isObject).map((entry) => {
		const names = Array.isArray(entry.fields) ? entry.fields.map(String) : shared;
		return scopeOf(org, String(entry.name), names, numberOr(entry.limit, limit), typeof entry.where === 'string' ? entry.where : undefined);
	});
}

/** POST parameterizedSearch with `q`, `sobjects`, `fields`, `overallLimit`. */
export const searchByBody: Action = (org, request) => {
	const { q, sobjects, fields, defaultLimit, overallLimit } = objectBody(request);
	const scopes = scopesOf(org, sobjects, fields, numberOr(defaultLimit, DEFAULT_LIMIT));
	return searchRecords(org, request, q, scopes, numberOr(overallLimit, DEFAULT_LIMIT));
};

/** GET parameterizedSearch?q=…&sobject=Case&Case.fields=Id,Subject&Case.limit=5 */
export const searchByUrl: Action = (org, request) => {
	const { query } = request;
	const list = (name: string) => query.get(name)?.split(',');
	const sobjects = query.getAll('sobject').map((name) => ({
		name,
		fields: list(`${name}.fields`) ?? list('fields'),
		where: query.get(`${name}.where`) ?? undefined,
		limit: query.get(`${name}.limit`) ?? undefined,
	}));
	const scopes = scopesOf(org, sobjects, list('fields'), numberOr(query.get('defaultLimit'), DEFAULT_LIMIT));
	return searchRecords(org, request, query.get('q'), scopes, numberOr(query.get('overallLimit'), DEFAULT_LIMIT));
};

/** The refusal of a search for nothing. */
export const noSearchTerm = () =>
	requestError('MALFORMED_SEARCH', 'No search term found. The search term must be enclosed in braces.');

/** The answer to a search for a text in these scopes, of at most `limit` records. Throws MALFORMED_SEARCH for no text. */
export function searchRecords(org: Org, request: ApiRequest, q: unknown, scopes: SearchScope[], limit: number): ApiResponse {
	if (typeof q !== 'string' || q.trim() === '') throw noSearchTerm();
	const found: RecordJson[] = scopes
		.flatMap((scope) =>
			find(org, request, q.trim(), scope).map((row) => showWithAttributes(row, scope.object, request.version, scope.fields)),
		)
		.slice(0, limit);
	return ok({ searchRecords: found }, found.length);
}

function find(org: Org, request: ApiRequest, q: string, { object, where, limit }: SearchScope): Row[] {
	const columns = object.fields.filter(({ type }) => SEARCHED.includes(type)).map(({ name }) => `"${name}" LIKE ?1 ESCAPE '\\'`);
	const living = object.fields.some(({ name }) => name === 'IsDeleted') ? '"IsDeleted" = 0 AND' : '';
	// The wildcards of search are * for any text and ? for one character.
	const pattern = `%${q.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%').replaceAll('?', '_')}%`;
	const rows = org.storage.all(`SELECT * FROM "${object.name}" WHERE ${living} (${columns.join(' OR ')}) ORDER BY "Id"`, pattern);
	if (!where) return rows.slice(0, limit);
	const { records } = runSoql(org, request, `SELECT Id FROM ${object.name} WHERE ${where}`);
	const allowed = new Set(records.map(({ Id }) => Id));
	return rows.filter(({ Id }) => allowed.has(Id)).slice(0, limit);
}
