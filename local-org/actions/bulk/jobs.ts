import { requestError, resourceNotFound } from '../../errors';
import { objectBody } from '../../http';
import type { ApiRequest } from '../../http';
import { mintId, normalizeId } from '../../ids';
import type { Org } from '../../org';
import { DELIMITERS, LINE_ENDINGS } from '../../bulk/csv';
import { noResults } from '../../bulk/job';
import type { Job } from '../../bulk/job';

/** A refusal about a job; its errorCode is the documented one. */
export const jobError = (message: string, errorCode = 'INVALIDJOB', status = 400) =>
	requestError(errorCode, message, status);

const STATE_CODE = 'INVALIDJOBSTATE';

/**
 * The job of a path, as it is by now.
 * @throws 404 NOT_FOUND
 */
export function jobOf(org: Org, kind: Job['kind'], id: string | undefined): Job {
	const job = org.bulkJobs.get(normalizeId(id ?? '') ?? '', kind);
	if (!job) throw resourceNotFound();
	return job;
}

/** Objects of this org that Bulk does not take: those without records of their own (connectors' lists; the last two assumed). */
const NOT_IN_BULK = ['CaseStatus', 'EntityDefinition', 'FieldDefinition'];

/**
 * @throws INVALIDENTITY for an object that Bulk does not take
 */
export function checkInBulk(object: string): void {
	if (NOT_IN_BULK.includes(object))
		throw jobError(`InvalidEntity : Entity '${object}' is not supported by the Bulk API.`, 'INVALIDENTITY');
}

/**
 * @throws unless the job is in one of these states
 */
export function requireState(job: Job, ...states: Job['state'][]): void {
	if (!states.includes(job.state)) throw jobError(`The job is in the state ${job.state}`, STATE_CODE);
}

/** A new job from what a request says about its format. */
export function newJob(org: Org, request: ApiRequest, kind: Job['kind']): { job: Job; body: Record<string, unknown> } {
	const body = objectBody(request);
	const { operation, object, contentType = 'CSV', lineEnding = 'LF', columnDelimiter = 'COMMA' } = body;
	if (contentType !== 'CSV') throw jobError(`InvalidJob : contentType ${String(contentType)} is not supported`);
	if (typeof lineEnding !== 'string' || !(lineEnding in LINE_ENDINGS))
		throw jobError('InvalidJob : lineEnding is not valid');
	if (typeof columnDelimiter !== 'string' || !(columnDelimiter in DELIMITERS)) {
		throw jobError('InvalidJob : columnDelimiter is not valid');
	}
	const now = org.now();
	const job: Job = {
		id: mintId('750', ++org.bulkJobs.made),
		kind,
		operation: String(operation),
		object: String(object),
		createdById: request.userId,
		createdDate: now,
		systemModstamp: now,
		state: 'Open',
		apiVersion: request.version,
		lineEnding: lineEnding as Job['lineEnding'],
		columnDelimiter,
		results: noResults(),
	};
	return { job, body };
}

/** A job's kind as its JSON names it. */
export const JOB_TYPES = { ingest: 'V2Ingest', query: 'V2Query' };

const stamp = (date: string) => date.replace(/Z$/, '+0000');

/** A job as it is answered when it is made or changed. */
export function showJob(job: Job) {
	return {
		id: job.id,
		operation: job.operation,
		object: job.object,
		createdById: job.createdById,
		createdDate: stamp(job.createdDate),
		systemModstamp: stamp(job.systemModstamp),
		state: job.state,
		...(job.externalIdFieldName === undefined ? {} : { externalIdFieldName: job.externalIdFieldName }),
		...(job.assignmentRuleId === undefined ? {} : { assignmentRuleId: job.assignmentRuleId }),
		concurrencyMode: 'Parallel',
		contentType: 'CSV',
		apiVersion: job.apiVersion,
	};
}

/** How a job writes and reads its CSV. */
export const showFormat = ({ lineEnding, columnDelimiter }: Job) => ({ lineEnding, columnDelimiter });

/** A job with its progress. */
export function showProgress(job: Job) {
	const { successful, failed, found } = job.results;
	const isQuery = job.kind === 'query';
	return {
		...showJob(job),
		jobType: JOB_TYPES[job.kind],
		...showFormat(job),
		numberRecordsProcessed: isQuery ? found.rows.length : successful.length + failed.length,
		...(isQuery ? {} : { numberRecordsFailed: failed.length }),
		retries: 0,
		totalProcessingTime: 0,
		...(isQuery ? { isPkChunkingSupported: true } : { apiActiveProcessingTime: 0, apexProcessingTime: 0 }),
		...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
	};
}
