import type { Action } from './actions/action';
import { basicInfo } from './actions/basicInfo';
import { blob } from './actions/blob';
import * as ingest from './actions/bulk/ingest';
import { listIngestJobs, listQueryJobs } from './actions/bulk/list';
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
import { createCustomField, deleteCustomField, getCustomField, updateCustomField } from './actions/tooling/customField';
import { toolingQuery } from './actions/tooling/query';
import { picklistValues } from './actions/ui/picklistValues';
import { updateRecord } from './actions/updateRecord';

/** What a path answers to each method, and since which API version; the oldest version that is served if none is said. */
interface Resource {
	since?: number;
	actions: Record<string, Action>;
}

/** A resource of the oldest version served. */
const always = (actions: Record<string, Action>): Resource => ({ actions });
/** A resource that came with a later version. */
const since = (version: number, actions: Record<string, Action>): Resource => ({ since: version, actions });

/**
 * The paths of the REST API under `/services/data/vNN.0/`; the first that fits is taken. `:name` is any part. The
 * versions are those of the release notes and of each resource's own page in the documentation: Batch Summer '15,
 * Tree Winter '16, Composite Spring '17 (each when generally available), Bulk 2.0 Winter '18 and its queries Winter '20.
 */
export const PATHS: Record<string, Resource> = {
	'': always({ GET: resources }),
	limits: always({ GET: limits }),
	'limits/recordCount': since(40, { GET: recordCount }),
	recent: always({ GET: recent }),
	search: always({ GET: search }),
	parameterizedSearch: since(36, { GET: searchByUrl, POST: searchByBody }),
	query: always({ GET: query }),
	'query/:locator': always({ GET: queryMore }),
	queryAll: always({ GET: queryAll }),
	'queryAll/:locator': always({ GET: queryMore }),
	composite: since(39, { POST: composite }),
	'composite/batch': since(34, { POST: batch }),
	'composite/graph': since(50, { POST: graph }),
	'composite/tree/:sObject': since(35, { POST: tree }),
	'composite/sobjects': since(42, { POST: createCollection, PATCH: updateCollection, DELETE: deleteCollection }),
	'composite/sobjects/:sObject': since(42, { GET: retrieveByUrl, POST: retrieveByBody }),
	'composite/sobjects/:sObject/:field': since(46, { PATCH: upsertCollection }),
	sobjects: always({ GET: describeGlobal }),
	'sobjects/:sObject': always({ GET: basicInfo, POST: createRecord }),
	'sobjects/:sObject/describe': always({ GET: describe }),
	'sobjects/:sObject/updated': always({ GET: updated }),
	'sobjects/:sObject/deleted': always({ GET: deleted }),
	'sobjects/:sObject/Id': since(37, { POST: createRecord }),
	'sobjects/:sObject/:id': always({ GET: getRecord, PATCH: updateRecord, DELETE: deleteRecord }),
	'sobjects/Attachment/:id/Body': always({ GET: blob('Attachment', 'Body') }),
	'sobjects/ContentVersion/:id/VersionData': always({ GET: blob('ContentVersion', 'VersionData') }),
	'sobjects/:sObject/:field/:value': always({
		GET: getByExternalId,
		PATCH: upsertByExternalId,
		DELETE: deleteByExternalId,
	}),
	'ui-api/object-info/:sObject/picklist-values/:recordTypeId': since(41, { GET: picklistValues }),
	'tooling/query': always({ GET: toolingQuery }),
	'tooling/sobjects': always({ GET: describeGlobalTooling }),
	'tooling/sobjects/:sObject/describe': always({ GET: describeTooling }),
	'tooling/sobjects/CustomField': always({ POST: createCustomField }),
	'tooling/sobjects/CustomField/:id': always({
		GET: getCustomField,
		PATCH: updateCustomField,
		DELETE: deleteCustomField,
	}),
	'jobs/ingest': since(41, { GET: listIngestJobs, POST: ingest.createIngestJob }),
	'jobs/ingest/:id': since(41, {
		GET: ingest.getIngestJob,
		PATCH: ingest.changeIngestJob,
		DELETE: ingest.deleteIngestJob,
	}),
	'jobs/ingest/:id/batches': since(41, { PUT: ingest.uploadJobData }),
	'jobs/ingest/:id/successfulResults': since(41, { GET: ingest.successfulResults }),
	'jobs/ingest/:id/failedResults': since(41, { GET: ingest.failedResults }),
	'jobs/ingest/:id/unprocessedrecords': since(41, { GET: ingest.unprocessedRecords }),
	'jobs/query': since(47, { GET: listQueryJobs, POST: bulkQuery.createQueryJob }),
	'jobs/query/:id': since(47, {
		GET: bulkQuery.getQueryJob,
		PATCH: bulkQuery.abortQueryJob,
		DELETE: bulkQuery.deleteQueryJob,
	}),
	'jobs/query/:id/results': since(47, { GET: bulkQuery.queryResults }),
	'jobs/query/:id/resultPages': since(58, { GET: bulkQuery.queryResultPages }),
};

/** A path that this org knows. */
export interface Route {
	/** The first API version that has it. */
	since: number;
	actions: Record<string, Action>;
	params: Record<string, string>;
}

const ROUTES = Object.entries(PATHS).map(([path, resource]) => ({ parts: path.split('/'), ...resource }));

/** Whether a version has anything under this first part of a path. */
export const isOffered = (name: string, version: number): boolean =>
	ROUTES.some(({ parts, since: from = 0 }) => parts[0] === name && from <= version);

/** The route of a path, given as its parts, with the values of its parameters. */
export function findRoute(parts: string[]): Route | undefined {
	for (const route of ROUTES) {
		if (route.parts.length !== parts.length) continue;
		if (!route.parts.every((part, at) => part.startsWith(':') || part === parts[at])) continue;
		const params = route.parts.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), parts[at] ?? '']] : []));
		return {
			since: route.since ?? 0,
			actions: route.actions,
			params: Object.fromEntries(params) as Record<string, string>,
		};
	}
	return undefined;
}
