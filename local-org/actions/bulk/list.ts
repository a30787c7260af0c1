import { ok } from '../../http';
import type { ApiRequest, ApiResponse } from '../../http';
import type { Job } from '../../bulk/job';
import { mintId } from '../../ids';
import type { Org } from '../../org';
import type { Action } from '../action';
import { JOB_TYPES, jobError, showFormat, showJob } from './jobs';

/** Jobs of one answer (docs:api-asynch, get information about all ingest jobs). */
const PAGE = 1000;
/** The same for every list: what counts is the number behind it. */
const LOCATOR = mintId('01g', 1);

/** GET jobs/ingest */
export const listIngestJobs: Action = (org, request) => list(org, request, 'ingest');

/** GET jobs/query; with `jobType=V2Ingest` the other jobs. */
export const listQueryJobs: Action = (org, request) => list(org, request, 'query');

/** The jobs newest first, which Salesforce gives in no certain order, so many a page. */
function list(org: Org, { query, version }: ApiRequest, kind: Job['kind']): ApiResponse {
	const type = query.get('jobType');
	const jobs = query.get('isPkChunkingEnabled') === 'true' ? [] : jobsOfType(org, kind, type ?? JOB_TYPES[kind]);
	const from = offsetOf(query.get('queryLocator'));
	const next = new URLSearchParams({
		queryLocator: `${LOCATOR}-${from + PAGE}`,
		...(type === null ? {} : { jobType: type }),
	});
	const done = from + PAGE >= jobs.length;
	return ok({
		done,
		records: jobs
			.slice(from, from + PAGE)
			.map((job) => ({ ...showJob(job), jobType: JOB_TYPES[job.kind], ...showFormat(job) })),
		nextRecordsUrl: done ? null : `/services/data/v${version}.0/jobs/${kind}?${next}`,
	});
}

/** Bulk 1.0's jobs and those of big objects, which have types of their own, are not there. */
function jobsOfType(org: Org, listed: Job['kind'], type: string): Job[] {
	if (type === JOB_TYPES.ingest) return org.bulkJobs.list('ingest').reverse();
	return type === JOB_TYPES.query && listed === 'query' ? org.bulkJobs.list('query').reverse() : [];
}

function offsetOf(locator: string | null): number {
	if (locator === null) return 0;
	const offset = locator.startsWith(`${LOCATOR}-`) ? Number(locator.slice(LOCATOR.length + 1)) : NaN;
	if (Number.isInteger(offset) && offset > 0) return offset;
	throw jobError('The locator is not valid', 'INVALID_QUERY_LOCATOR');
}
