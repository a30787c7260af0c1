import { objectBody, noContent, ok } from '../../http';
import type { ApiRequest } from '../../http';
import { columnsOf } from '../../bulk/query';
import { DELIMITERS, writeCsv } from '../../bulk/csv';
import type { Job } from '../../bulk/job';
import type { Org } from '../../org';
import { executeSoql } from '../../soql';
import type { Action } from '../action';
import { soqlContext } from '../../soqlContext';
import { soqlFailure } from '../query';
import { checkInBulk, jobError, jobOf, newJob, requireState, showFormat, showJob, showProgress } from './jobs';

/** Rows of one answer when the client does not say. */
const DEFAULT_MAX_RECORDS = 50_000;

/** POST jobs/query: a query that runs by itself. A query that Bulk cannot run is refused at once. */
export const createQueryJob: Action = (org, request) => {
	const { job, body } = newJob(org, request, 'query');
	if (job.operation !== 'query' && job.operation !== 'queryAll')
		throw jobError(`InvalidJob : operation ${job.operation} is not valid`);
	if (typeof body.query !== 'string') throw jobError('InvalidJob : query is required');
	job.query = body.query;
	try {
		columnsOf(org, job);
		job.object = executeSoql(job.query, soqlContext(org, request, false)).objectName;
	} catch (error) {
		throw soqlFailure(org, error);
	}
	checkInBulk(job.object);
	job.state = 'UploadComplete';
	job.closedAt = org.clock().getTime();
	org.bulkJobs.add(job);
	return ok({ ...showJob(job), ...showFormat(job) });
};

/** PATCH jobs/query/:id with the state Aborted. */
export const abortQueryJob: Action = (org, request, { id }) => {
	const job = jobOf(org, 'query', id);
	if (objectBody(request).state !== 'Aborted')
		throw jobError('InvalidJob : the state of a query job can only become Aborted');
	requireState(job, 'UploadComplete', 'InProgress');
	job.state = 'Aborted';
	job.systemModstamp = org.now();
	return ok({ ...showJob(job), ...showFormat(job) });
};

/** GET jobs/query/:id */
export const getQueryJob: Action = (org, _request, { id }) => ok(showProgress(jobOf(org, 'query', id)));

/** DELETE jobs/query/:id */
export const deleteQueryJob: Action = (org, _request, { id }) => {
	const job = finished(org, id);
	org.bulkJobs.remove(job.id);
	return noContent(0);
};

function finished(org: Org, id: string | undefined): Job {
	const job = jobOf(org, 'query', id);
	requireState(job, 'JobComplete', 'Failed', 'Aborted');
	return job;
}

const asLocator = (offset: number) => Buffer.from(String(offset)).toString('base64url');

/** Assumed: what is no number of records is refused. */
function maxRecordsOf({ query }: ApiRequest): number {
	const wanted = query.get('maxRecords');
	if (wanted === null) return DEFAULT_MAX_RECORDS;
	if (!/^[1-9]\d*$/.test(wanted)) throw jobError(`InvalidJob : maxRecords ${wanted} is not valid`);
	return Number(wanted);
}

/** Addresses of results that one answer gives. */
const PAGES_AT_ONCE = 5;

/**
 * GET jobs/query/:id/resultPages: where the results are, five addresses at once, each with a locator, to be read side by
 * side (docs:api-asynch, get parallel results). Assumed: each leads to as many records as `results` gives by itself.
 */
export const queryResultPages: Action = (org, request, { id }) => {
	const job = readyJob(org, request, id);
	const from = fromLocator(job, request.query.get('locator'));
	const base = `/services/data/v${job.apiVersion}.0/jobs/query/${job.id}`;
	const pages = Math.max(1, Math.ceil((job.results.found.rows.length - from) / DEFAULT_MAX_RECORDS));
	const resultPages = Array.from({ length: Math.min(pages, PAGES_AT_ONCE) }, (_none, page) => ({
		resultUrl: `${base}/results?locator=${asLocator(from + page * DEFAULT_MAX_RECORDS)}`,
	}));
	const done = pages <= PAGES_AT_ONCE;
	const next = `${base}/resultPages?locator=${asLocator(from + PAGES_AT_ONCE * DEFAULT_MAX_RECORDS)}`;
	return ok({ resultPages, ...(done ? {} : { nextRecordsUrl: next }), done });
};

/**
 * A job whose results can be read.
 * @throws INVALIDJOBSTATE, and 409 in another API version than that of its creation
 */
function readyJob(org: Org, request: ApiRequest, id: string | undefined): Job {
	const job = jobOf(org, 'query', id);
	requireState(job, 'JobComplete');
	if (request.version === job.apiVersion) return job;
	throw jobError(`The job was created with API version ${job.apiVersion}.0`, 'VERSION_CONFLICT', 409);
}

/**
 * The row at which a locator of a job leads on; 0 without one.
 * @throws INVALID_QUERY_LOCATOR
 */
function fromLocator({ results }: Job, locator: string | null): number {
	const from = locator === null ? 0 : Number(Buffer.from(locator, 'base64url').toString('utf8'));
	if (Number.isInteger(from) && from >= 0 && from <= results.found.rows.length) return from;
	throw jobError('The locator is not valid', 'INVALID_QUERY_LOCATOR');
}

/** GET jobs/query/:id/results: CSV, with a locator for what follows; the text `null` when nothing does. */
export const queryResults: Action = (org, request, { id }) => {
	const job = readyJob(org, request, id);
	const { header, rows } = job.results.found;
	const from = fromLocator(job, request.query.get('locator'));
	const to = Math.min(rows.length, from + maxRecordsOf(request));
	return {
		status: 200,
		text: writeCsv([header, ...rows.slice(from, to)], DELIMITERS[job.columnDelimiter] ?? ',', job.lineEnding),
		contentType: 'text/csv',
		headers: {
			'Sforce-Locator': to < rows.length ? asLocator(to) : 'null',
			'Sforce-NumberOfRecords': String(to - from),
		},
		records: to - from,
		read: to - from,
	};
};
