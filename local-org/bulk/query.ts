import { refreshDerived } from '../derived';
import type { Org } from '../org';
import { javaDouble } from './numbers';
import { SoqlError, UnsupportedSoql, bulkColumns, executeSoql } from '../soql';
import { soqlContext } from '../soqlContext';
import type { Job } from './job';

/** Who asks a job's query, and when. */
const contextOf = (org: Org, job: Job) =>
	soqlContext(org, { userId: job.createdById, version: job.apiVersion }, job.operation === 'queryAll');

/**
 * The columns of a job's query.
 * @throws SoqlError for what no query, or no Bulk query, may hold
 */
export const columnsOf = (org: Org, job: Job) => bulkColumns(job.query ?? '', contextOf(org, job));

function cell(record: unknown, path: string[], isWhole: boolean): string {
	const value = path.reduce<unknown>(
		(at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined),
		record,
	);
	if (value === null || value === undefined) return '';
	if (typeof value === 'number') return isWhole ? String(value) : javaDouble(value);
	// Bulk writes the end of a time stamp as Z where REST writes +0000.
	return String(value).replace(/^(\d{4}-\d\d-\d\dT[\d:.]+)\+0000$/, '$1Z');
}

/** Does the work of a query job; a query that fails fails the job. */
export function runQuery(org: Org, job: Job): void {
	try {
		refreshDerived(org, job.query ?? '');
		const context = contextOf(org, job);
		const columns = bulkColumns(job.query ?? '', context);
		const { records } = executeSoql(job.query ?? '', context);
		const cells = columns.map(({ name, type }) => ({ path: name.split('.'), isWhole: type === 'int' }));
		const rows = records.map((record) => cells.map(({ path, isWhole }) => cell(record, path, isWhole)));
		job.results.found = { header: columns.map(({ name }) => name), rows };
		job.state = 'JobComplete';
	} catch (error) {
		if (!(error instanceof SoqlError) && !(error instanceof UnsupportedSoql)) throw error;
		job.state = 'Failed';
		job.errorMessage = error.message;
	}
}
