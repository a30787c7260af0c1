import { objectBody, ok, noContent } from '../../http';
import type { ApiResponse } from '../../http';
import { DELIMITERS, InvalidData, LINE_ENDINGS, writeCsv } from '../../bulk/csv';
import { keepHeader, readUpload } from '../../bulk/ingest';
import type { Job } from '../../bulk/job';
import type { Org } from '../../org';
import { fieldNamed } from '../../records/fieldIndex';
import { mayUpsertBy } from '../../records/upsert';
import type { Action } from '../action';
import { checkInBulk, jobError, jobOf, newJob, requireState, showFormat, showJob, showProgress } from './jobs';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];
/** Bytes of a job's data at most, which Salesforce stores in base64 (documented). */
const MAX_BYTES = 150_000_000;

const contentUrl = ({ id, apiVersion }: Job) => `services/data/v${apiVersion}.0/jobs/ingest/${id}/batches`;
const show = (job: Job) => ({ ...showJob(job), contentUrl: contentUrl(job), ...showFormat(job) });

/** POST jobs/ingest: a job that waits for its data. */
export const createIngestJob: Action = (org, request) => {
	const { job, body } = newJob(org, request, 'ingest');
	if (!OPERATIONS.includes(job.operation)) throw jobError(`InvalidJob : operation ${job.operation} is not valid`);
	if (job.operation === 'hardDelete' && !org.settings.canHardDelete && !org.catalog.userHas('BulkApiHardDelete')) {
		throw jobError(
			'hardDelete operation requires special user profile permission, please contact your system administrator',
			'FEATURENOTENABLED',
		);
	}
	const object = org.catalog.object(job.object);
	if (!object) throw jobError(`InvalidJob : Unable to find object: ${job.object}`, 'INVALIDENTITY');
	checkInBulk(object.name);
	job.object = object.name;
	if (typeof body.assignmentRuleId === 'string') job.assignmentRuleId = body.assignmentRuleId;
	if (job.operation === 'upsert') {
		const { externalIdFieldName: name } = body;
		if (typeof name !== 'string' || name.trim() === '') {
			throw jobError(
				`InvalidJob : External ID was blank for ${object.name}. An External ID must be specified for upsert.`,
			);
		}
		const field = fieldNamed(object, name);
		if (!field || !mayUpsertBy(org, field)) {
			throw jobError(
				`InvalidJob : Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
			);
		}
		job.externalIdFieldName = field.name;
	}
	org.bulkJobs.add(job);
	return ok(show(job));
};

/** PUT jobs/ingest/:id/batches: the data, once. */
export const uploadJobData: Action = (org, request, { id }) => {
	const job = jobOf(org, 'ingest', id);
	requireState(job, 'Open');
	if (job.content !== undefined) {
		// Seen by two clients' authors; the code is assumed.
		throw jobError(
			`ClientInputError : Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
			'CLIENTINPUTERROR',
		);
	}
	if ((Buffer.byteLength(request.text) * 4) / 3 > MAX_BYTES)
		throw jobError('InvalidBatch : the data is too large', 'INVALIDBATCH');
	job.content = request.text;
	return { status: 201 };
};

/** PATCH jobs/ingest/:id with a state: the upload is complete, or the job is given up. */
export const changeIngestJob: Action = (org, request, { id }) => {
	const job = jobOf(org, 'ingest', id);
	const { state } = objectBody(request);
	if (state === 'UploadComplete') {
		requireState(job, 'Open');
		job.closedAt = org.clock().getTime();
	} else if (state === 'Aborted') {
		requireState(job, 'Open', 'UploadComplete', 'InProgress');
		keepUnprocessed(job);
	} else throw jobError(`InvalidJob : state ${String(state)} is not valid`);
	job.state = state;
	job.systemModstamp = org.now();
	return ok(show(job));
};

/** Data that cannot be read has no records that were not processed. */
function keepUnprocessed(job: Job): void {
	try {
		keepHeader(job, readUpload(job));
	} catch (error) {
		if (!(error instanceof InvalidData)) throw error;
	}
}

/** GET jobs/ingest/:id */
export const getIngestJob: Action = (org, _request, { id }) => ok(showProgress(jobOf(org, 'ingest', id)));

/** DELETE jobs/ingest/:id: a job that is over, or has not begun. */
export const deleteIngestJob: Action = (org, _request, { id }) => {
	const job = jobOf(org, 'ingest', id);
	requireState(job, 'UploadComplete', 'JobComplete', 'Aborted', 'Failed');
	org.bulkJobs.remove(job.id);
	return noContent(0);
};

/** Rows behind the header of the upload, whose names stand without quotes (docs:api-asynch), and the columns added to it. */
function results(
	org: Org,
	id: string | undefined,
	added: string[],
	rowsOf: (results: Job['results'], only: (row: string[]) => string[]) => string[][],
): ApiResponse {
	const job = jobOf(org, 'ingest', id);
	requireState(job, 'JobComplete', 'Failed', 'Aborted');
	const delimiter = DELIMITERS[job.columnDelimiter] ?? ',';
	const { header, shown } = job.results;
	const only = (row: string[]) => shown.map((at) => row[at] ?? '');
	const names = [...added.map((name) => `"${name}"`), ...only(header)];
	const rows = rowsOf(job.results, only);
	return {
		status: 200,
		text: names.join(delimiter) + LINE_ENDINGS[job.lineEnding] + writeCsv(rows, delimiter, job.lineEnding),
		contentType: 'text/csv',
		records: rows.length,
	};
}

/** GET jobs/ingest/:id/successfulResults */
export const successfulResults: Action = (org, _request, { id }) =>
	results(org, id, ['sf__Id', 'sf__Created'], ({ successful }, only) =>
		successful.map((one) => [one.id, String(one.created), ...only(one.row)]),
	);

/** GET jobs/ingest/:id/failedResults */
export const failedResults: Action = (org, _request, { id }) =>
	results(org, id, ['sf__Id', 'sf__Error'], ({ failed }, only) =>
		failed.map((one) => [one.id, one.error, ...only(one.row)]),
	);

/** GET jobs/ingest/:id/unprocessedrecords */
export const unprocessedRecords: Action = (org, _request, { id }) =>
	results(org, id, [], ({ unprocessed }, only) => unprocessed.map(only));
