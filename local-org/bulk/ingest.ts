import { ApiError } from '../errors';
import type { Org } from '../org';
import type { WriteContext } from '../records/context';
import { repeatedKey, repeatedKeys } from '../records/repeatedKeys';
import type { ObjectSchema } from '../schema/types';
import { columnsOf, fieldsOf } from './columns';
import type { Column } from './columns';
import { DELIMITERS, InvalidData, parseCsv } from './csv';
import type { Csv } from './csv';
import type { Job } from './job';
import { saveRow } from './saveRow';

/** Records that are saved together (docs:api-asynch, general guidelines for data loads). */
const CHUNK = 200;

/** Does the work of an ingest job, row by row; a file that cannot be read fails the job as a whole. */
export function runIngest(org: Org, job: Job): void {
	try {
		const object = org.catalog.object(job.object);
		if (!object) throw new InvalidData(`InvalidBatch : Object ${job.object} not found`);
		const csv = readUpload(job);
		keepHeader(job, csv);
		checkDelete(job, csv);
		const columns = columnsOf(org.catalog, object, csv.header);
		job.results.shown = [...columns.keys()].filter((at) => columns[at]?.name === csv.header[at]);
		checkRows(csv);
		job.results.unprocessed = [];
		const context = contextOf(org, job);
		saveRows(job, object, columns, csv.rows, context);
		org.unlock(context.locks);
		job.state = 'JobComplete';
	} catch (error) {
		if (!(error instanceof InvalidData)) throw error;
		job.state = 'Failed';
		job.errorMessage = error.message;
	}
}

/** Notes what a job was sent: nothing of it is processed yet, and all of it is told. */
export function keepHeader(job: Job, { header, rows }: Csv): void {
	Object.assign(job.results, { header, shown: [...header.keys()], unprocessed: rows });
}

/**
 * The upload of a job, taken apart.
 * @throws InvalidData
 */
export const readUpload = (job: Job): Csv =>
	parseCsv(job.content ?? '', DELIMITERS[job.columnDelimiter] ?? ',', job.lineEnding);

/** What is deleted is named by its ID and nothing else (SFDX-Data-Move-Utility#325; of hardDelete assumed). */
function checkDelete({ operation }: Job, { header }: Csv): void {
	const isDelete = operation === 'delete' || operation === 'hardDelete';
	if (isDelete && header.join().toLowerCase() !== 'id')
		throw new InvalidData(`InvalidBatch : The '${operation}' batch must contain only ids`);
}

/** Assumed: an empty file is refused as in Bulk 1.0, and a row with more values than the header has names as well. */
function checkRows({ header, rows }: Csv): void {
	if (rows.length === 0) throw new InvalidData('InvalidBatch : Records not found');
	if (rows.some((row) => row.length > header.length)) {
		throw new InvalidData('InvalidBatch : Failed to parse CSV. A row has more values than the header');
	}
}

function contextOf(org: Org, job: Job): WriteContext {
	return {
		org,
		userId: job.createdById,
		now: job.systemModstamp,
		text: '',
		// Assumed: in Bulk only the rule that the job names runs.
		autoAssign: job.assignmentRuleId !== undefined,
		saveDuplicates: false,
		isAdmin: false,
		seeding: false,
		found: new Map(),
		locks: { toRefuse: 0, held: new Set() },
		saved: new Set(),
		origin: `com/salesforce/api/bulkapi/${job.apiVersion}.0`,
		together: 1,
	};
}

function saveRows(job: Job, object: ObjectSchema, columns: Column[], rows: string[][], context: WriteContext): void {
	const keyName = job.operation === 'update' ? 'Id' : job.externalIdFieldName;
	const keyAt = columns.findIndex(({ field, parent }) => !parent && field.name === keyName);
	const keyField = columns[keyAt]?.field;
	const keyOf = (row: string[]) => row[keyAt] || undefined;
	context.org.storage.transaction(() => {
		for (let at = 0; at < rows.length; at += CHUNK) {
			const chunk = rows.slice(at, at + CHUNK);
			context.saved.clear();
			context.together = chunk.length;
			const isRepeated = keyField && repeatedKeys(chunk.map(keyOf), keyField);
			for (const row of chunk) {
				settle(job, columns, row, context, (fields) => {
					if (keyField && isRepeated?.(keyOf(row))) throw repeatedKey(keyOf(row), keyField);
					return saveRow(job, object, fields, context);
				});
			}
		}
	});
}

/** Saves a row, or undoes what it wrote and notes why. */
function settle(
	job: Job,
	columns: Column[],
	row: string[],
	{ org }: WriteContext,
	save: (fields: Record<string, unknown>) => { id: string; created: boolean },
): void {
	try {
		const { id, created } = org.storage.transaction(() => save(fieldsOf(columns, row)));
		job.results.successful.push({ id, created, row });
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const idAt = columns.findIndex(({ field, parent }) => !parent && field.type === 'id');
		job.results.failed.push({ id: row[idAt] ?? '', error: errorText(error), row });
	}
}

/** As jsforce's own tests expect it of a live org: `CODE:message:fields --`. */
function errorText(error: ApiError): string {
	const [item] = error.items;
	return `${item?.errorCode}:${item?.message}:${(item?.fields ?? []).join(', ')}${item?.fields?.length ? ' ' : ''}--`;
}
