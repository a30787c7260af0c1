import type { Action } from './actions/action';
import { basicInfo } from './actions/basicInfo';
import { deleteByExternalId, getByExternalId, upsertByExternalId } from './actions/byExternalId';
import { createCollection } from './actions/collections/create';
import { deleteCollection } from './actions/collections/remove';
import { retrieveByBody, retrieveByUrl } from './actions/collections/retrieve';
import { updateCollection } from './actions/collections/update';
import { upsertCollection } from './actions/collections/upsert';
import { composite } from './actions/composite/composite';
import { createRecord } from './actions/createRecord';
import { deleteRecord } from './actions/deleteRecord';
import { describe } from './actions/describe';
import { describeGlobal } from './actions/describeGlobal';
import { getRecord } from './actions/getRecord';
import { limits } from './actions/limits';
import { query, queryAll, queryMore } from './actions/query';
import { resources } from './actions/resources';
import { updateRecord } from './actions/updateRecord';

/** The paths of the REST API under `/services/data/vNN.0/`; the first that fits is taken. `:name` is any part. */
const PATHS: Record<string, Record<string, Action>> = {
	'': { GET: resources },
	limits: { GET: limits },
	query: { GET: query },
	'query/:locator': { GET: queryMore },
	queryAll: { GET: queryAll },
	'queryAll/:locator': { GET: queryMore },
	composite: { POST: composite },
	'composite/sobjects': { POST: createCollection, PATCH: updateCollection, DELETE: deleteCollection },
	'composite/sobjects/:sObject': { GET: retrieveByUrl, POST: retrieveByBody },
	'composite/sobjects/:sObject/:field': { PATCH: upsertCollection },
	sobjects: { GET: describeGlobal },
	'sobjects/:sObject': { GET: basicInfo, POST: createRecord },
	'sobjects/:sObject/describe': { GET: describe },
	'sobjects/:sObject/:id': { GET: getRecord, PATCH: updateRecord, DELETE: deleteRecord },
	'sobjects/:sObject/:field/:value': {
		GET: getByExternalId,
		PATCH: upsertByExternalId,
		DELETE: deleteByExternalId,
	},
};

/** A path that this org knows. */
export interface Route {
	actions: Record<string, Action>;
	params: Record<string, string>;
}

const ROUTES = Object.entries(PATHS).map(([path, actions]) => ({ parts: path.split('/'), actions }));

/** The route of a path, given as its parts, with the values of its parameters. */
export function findRoute(parts: string[]): Route | undefined {
	for (const route of ROUTES) {
		if (route.parts.length !== parts.length) continue;
		if (!route.parts.every((part, at) => part.startsWith(':') || part === parts[at])) continue;
		const params = route.parts.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), parts[at] ?? '']] : []));
		return { actions: route.actions, params: Object.fromEntries(params) as Record<string, string> };
	}
	return undefined;
}
