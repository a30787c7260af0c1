import type { Action } from './actions/action';
import { basicInfo } from './actions/basicInfo';
import * as ingest from './actions/bulk/ingest';
import * as bulkQuery from './actions/bulk/query';
import { deleteByExternalId, getByExternalId, upsertByExternalId } from './actions/byExternalId';
import { createCollection } from './actions/collections/create';
import { deleteCollection } from './actions/collections/remove';
import { retrieveByBody, retrieveByUrl } from './actions/collections/retrieve';
import { updateCollection } from './actions/collections/update';
import { upsertCollection } from './actions/collections/upsert';
import { batch } from './actions/composite/batch';
import { composite } from './actions/composite/composite';
import { graph } from './actions/composite/graph';
import { tree } from './actions/composite/tree';
import { createRecord } from './actions/createRecord';
import { deleteRecord } from './actions/deleteRecord';
import { describe, describeTooling } from './actions/describe';
import { describeGlobal, describeGlobalTooling } from './actions/describeGlobal';
import { getRecord } from './actions/getRecord';
import { limits } from './actions/limits';
import { searchByBody, searchByUrl } from './actions/parameterizedSearch';
import { query, queryAll, queryMore } from './actions/query';
import { recent } from './actions/recent';
import { recordCount } from './actions/recordCount';
import { deleted, updated } from './actions/replication';
import { resources } from './actions/resources';
import { search } from './actions/search';
import { createCustomField, getCustomField, updateCustomField } from './actions/tooling/customField';
import { toolingQuery } from './actions/tooling/query';
import { updateRecord } from './actions/updateRecord';

/** The paths of the REST API under `/services/data/vNN.0/`; the first that fits is taken. `:name` is any part. */
const PATHS: Record<string, Record<string, Action>> = {
	'': { GET: resources },
	limits: { GET: limits },
	'limits/recordCount': { GET: recordCount },
	recent: { GET: recent },
	search: { GET: search },
	parameterizedSearch: { GET: searchByUrl, POST: searchByBody },
	query: { GET: query },
	'query/:locator': { GET: queryMore },
	queryAll: { GET: queryAll },
	'queryAll/:locator': { GET: queryMore },
	composite: { POST: composite },
	'composite/batch': { POST: batch },
	'composite/graph': { POST: graph },
	'composite/tree/:sObject': { POST: tree },
	'composite/sobjects': { POST: createCollection, PATCH: updateCollection, DELETE: deleteCollection },
	'composite/sobjects/:sObject': { GET: retrieveByUrl, POST: retrieveByBody },
	'composite/sobjects/:sObject/:field': { PATCH: upsertCollection },
	sobjects: { GET: describeGlobal },
	'sobjects/:sObject': { GET: basicInfo, POST: createRecord },
	'sobjects/:sObject/describe': { GET: describe },
	'sobjects/:sObject/updated': { GET: updated },
	'sobjects/:sObject/deleted': { GET: deleted },
	'sobjects/:sObject/:id': { GET: getRecord, PATCH: updateRecord, DELETE: deleteRecord },
	'sobjects/:sObject/:field/:value': {
		GET: getByExternalId,
		PATCH: upsertByExternalId,
		DELETE: deleteByExternalId,
	},
	'tooling/query': { GET: toolingQuery },
	'tooling/sobjects': { GET: describeGlobalTooling },
	'tooling/sobjects/:sObject/describe': { GET: describeTooling },
	'tooling/sobjects/CustomField': { POST: createCustomField },
	'tooling/sobjects/CustomField/:id': { GET: getCustomField, PATCH: updateCustomField },
	'jobs/ingest': { GET: ingest.listIngestJobs, POST: ingest.createIngestJob },
	'jobs/ingest/:id': {
		GET: ingest.getIngestJob,
		PATCH: ingest.changeIngestJob,
		DELETE: ingest.deleteIngestJob,
	},
	'jobs/ingest/:id/batches': { PUT: ingest.uploadJobData },
	'jobs/ingest/:id/successfulResults': { GET: ingest.successfulResults },
	'jobs/ingest/:id/failedResults': { GET: ingest.failedResults },
	'jobs/ingest/:id/unprocessedrecords': { GET: ingest.unprocessedRecords },
	'jobs/query': { GET: bulkQuery.listQueryJobs, POST: bulkQuery.createQueryJob },
	'jobs/query/:id': {
		GET: bulkQuery.getQueryJob,
		PATCH: bulkQuery.abortQueryJob,
		DELETE: bulkQuery.deleteQueryJob,
	},
	'jobs/query/:id/results': { GET: bulkQuery.queryResults },
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
