import { ApiError, dataError, entityIsDeleted, invalidCrossReference } from '../errors';
import { normalizeId } from '../ids';
import type { Org } from '../org';
import type { WriteContext } from '../records/context';
import { fieldNamed } from '../records/fieldIndex';
import { deleteRecord } from '../records/remove';
import { createRecord, updateRecord } from '../records/save';
import { ambiguousElement, findMatches, upsertRecord, type Upserted } from '../records/upsert';
import type { FieldSchema, ObjectSchema } from '../schema/types';
import { DELIMITERS, parseCsv } from './csv';
import type { Job } from './job';

/** What in a CSV empties a field; an empty value leaves the field as it is. */
const EMPTY_MARK = '#N/A';

type Fields = Record<string, unknown>;

/** Does the work of an ingest job, row by row; a file that cannot be read fails the job as a whole. */
export function runIngest(org: Org, job: Job): void {
	const object = org.catalog.object(job.object);
	if (!object) return fail(job, `InvalidBatch : Object ${job.object} not found`);
	const csv = readCsv(job);
	if (!csv) return;
	job.results.header = csv.header;
	const unknown = csv.header.find((name) => !isColumn(object, name));
	if (unknown !== undefined) {
		job.results.unprocessed = csv.rows;
		return fail(job, `InvalidBatch : Field name not found : ${unknown}`);
	}
	const context: WriteContext = {
		org,
		userId: job.createdById,
		now: org.now(),
		text: '',
		// Assumed: in Bulk only the rule that the job names runs.
		autoAssign: job.assignmentRuleId !== undefined,
		saveDuplicates: false,
		seeding: false,
		found: new Map(),
		locks: { toRefuse: 0, held: new Set() },
	};
	org.storage.transaction(() => csv.rows.forEach((row) => saveRow(job, object, csv.header, row, context)));
	job.state = 'JobComplete';
}

function readCsv(job: Job) {
	try {
		return parseCsv(job.content ?? '', DELIMITERS[job.columnDelimiter] ?? ',', job.lineEnding);
	} catch (error) {
		fail(job, `InvalidBatch : ${error instanceof Error ? error.message : String(error)}`);
		return undefined;
	}
}

function fail(job: Job, errorMessage: string): void {
	job.state = 'Failed';
	job.errorMessage = errorMessage;
}

/** A column is a field, or a parent's lookup field as `Account.ExternalID__c`. */
function isColumn(object: ObjectSchema, name: string): boolean {
	const [first = '', ...rest] = name.split('.');
	if (rest.length === 0) return fieldNamed(object, first) !== undefined;
	return object.fields.some(({ relationshipName }) => relationshipName?.toLowerCase() === first.toLowerCase());
}

function saveRow(job: Job, object: ObjectSchema, header: string[], row: string[], context: WriteContext): void {
	const fields = fieldsOf(object, header, row);
	try {
		const { id, created } = context.org.storage.transaction(() => save(job, object, fields, context));
		job.results.successful.push({ id, created, row });
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const id = Object.entries(fields).find(([name]) => name.toLowerCase() === 'id')?.[1];
		job.results.failed.push({ id: typeof id === 'string' ? id : '', error: errorText(error), row });
	}
}

/** As jsforce's own tests expect it of a live org: `CODE:message:fields --`. */
function errorText(error: ApiError): string {
	const [item] = error.items;
	return `${item?.errorCode}:${item?.message}:${(item?.fields ?? []).join(', ')}${item?.fields?.length ? ' ' : ''}--`;
}

function fieldsOf(object: ObjectSchema, header: string[], row: string[]): Fields {
	const fields: Fields = {};
	header.forEach((name, at) => {
		const text = row[at] ?? '';
		if (text === '') return;
		const value = text === EMPTY_MARK ? null : text;
		const [relationship = '', parentField] = name.split('.');
		if (parentField === undefined) fields[name] = asJson(value, fieldNamed(object, name));
		else fields[relationship] = { [parentField]: value };
	});
	return fields;
}

/** CSV has texts only; a checkbox may also be 1 or 0. */
function asJson(value: string | null, field: FieldSchema | undefined): unknown {
	if (field?.type !== 'boolean' || value === null) return value;
	return value === '1' ? true : value === '0' ? false : value;
}

function takeKey(fields: Fields, wanted: string): { key: string | undefined; rest: Fields } {
	const name = Object.keys(fields).find((one) => one.toLowerCase() === wanted.toLowerCase());
	const { [name ?? '']: key, ...rest } = fields;
	return { key: typeof key === 'string' ? key : undefined, rest };
}

function save(job: Job, object: ObjectSchema, fields: Fields, context: WriteContext): Upserted {
	if (job.operation === 'insert') return { id: createRecord(fields, object, context), created: true };
	if (job.operation === 'upsert' && job.externalIdFieldName) return upsert(job.externalIdFieldName, object, fields, context);
	const { key, rest } = takeKey(fields, 'Id');
	if (key === undefined) throw dataError('MISSING_ARGUMENT', 'Id not specified');
	const id = normalizeId(key);
	if (id === undefined) throw dataError('MALFORMED_ID', `malformed id ${key}`);
	if (job.operation === 'update') updateRecord(id, rest, object, context);
	else if (job.operation === 'hardDelete') eraseRecord(id, object, context);
	else deleteRecord(id, object, context);
	return { id, created: false };
}

function upsert(fieldName: string, object: ObjectSchema, fields: Fields, context: WriteContext): Upserted {
	const field = fieldNamed(object, fieldName);
	const { key, rest } = takeKey(fields, fieldName);
	if (!field || (key === undefined && field.type !== 'id')) throw dataError('MISSING_ARGUMENT', `${fieldName} not specified`);
	if (key === undefined) return { id: createRecord(rest, object, context), created: true };
	const matches = findMatches(context.org, object, field, key);
	if (matches.length > 1) throw ambiguousElement(matches, field);
	if (field.type === 'id' && matches.length === 0) throw invalidCrossReference();
	return upsertRecord(matches, field, key, rest, object, context);
}

/** Deletes past the recycle bin; what lies in it already can be deleted so too. */
function eraseRecord(id: string, object: ObjectSchema, context: WriteContext): void {
	const row = context.org.storage.find(object.name, id);
	if (!row) throw entityIsDeleted();
	if (row.IsDeleted !== 1) deleteRecord(id, object, context);
	context.org.storage.erase(object.name, id);
}
