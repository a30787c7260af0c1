import type { Org } from '../../salesforce/org';
import { queryAtOnce } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { textLiteral } from '../../salesforce/soql';
import type { Cursor } from '../cursor';
import { readStamp } from '../cursor';
import type { Change } from '../event';
import type { Columns } from './columns';

/** A changed record as it was read. */
export interface ChangedRecord extends Change {
	record: QueriedRecord;
}

/** Which changed records are read. */
export interface ChangesQuery {
	columns: Columns;
	/** What stands behind WHERE, complete and without named parameters; empty for all records. */
	condition: string;
	/** Whether deleted records are read too. */
	includeDeleted: boolean;
}

/**
 * The records that were changed from a cursor's floor on, by stamp and ID.
 *
 * @param limit how many at most
 * @throws OrgError
 */
export async function readChanges(
	org: Org,
	query: ChangesQuery,
	{ floor }: Cursor,
	limit: number,
): Promise<ChangedRecord[]> {
	return await read(org, query, [behind(floor)], `ORDER BY SystemModstamp, Id LIMIT ${limit}`);
}

/**
 * The records that were changed last, the newest first.
 *
 * @param upTo a stamp; later changes are left out
 * @throws OrgError
 */
export async function readLatest(
	org: Org,
	query: ChangesQuery,
	limit: number,
	upTo?: string,
): Promise<ChangedRecord[]> {
	const conditions = upTo === undefined ? [] : [`SystemModstamp <= ${upTo}`];
	return await read(org, query, conditions, `ORDER BY SystemModstamp DESC, Id DESC LIMIT ${limit}`);
}

/**
 * How many records were changed from a cursor's floor on.
 * @throws OrgError
 */
export async function countChanges(
	org: Org,
	{ columns, condition, includeDeleted }: ChangesQuery,
	{ floor }: Cursor,
): Promise<number> {
	const soql = `SELECT COUNT(Id) changed FROM ${columns.object}${where([behind(floor), condition])}`;
	const [rows] = await queryAtOnce(org, [{ soql, includeDeleted }]);
	return Number(rows?.[0]?.changed ?? 0);
}

async function read(
	org: Org,
	{ columns, condition, includeDeleted }: ChangesQuery,
	conditions: string[],
	end: string,
): Promise<ChangedRecord[]> {
	const author = columns.system.includes('LastModifiedById') ? ['LastModifiedBy.Name'] : [];
	const selected = [...new Set(['Id', ...columns.system, ...author, ...columns.fields])];
	const soql = `SELECT ${selected.join(', ')} FROM ${columns.object}${where([...conditions, condition])} ${end}`;
	const [records] = await queryAtOnce(org, [{ soql, includeDeleted }]);
	return (records as QueriedRecord[]).map((record) => ({
		record,
		id: String(record.Id),
		stamp: readStamp(record.SystemModstamp),
		...(columns.createdBy === undefined ? {} : { createdAt: readStamp(record[columns.createdBy]) }),
		isDeleted: record.IsDeleted === true,
	}));
}

/** Behind a place in the order of changes; within its second, behind its ID. */
function behind({ stamp, id }: Cursor['floor']): string {
	if (id === '') return `SystemModstamp >= ${stamp}`;
	return `(SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${textLiteral(id)}))`;
}

/** A condition of a person's may end in a comment, which ends with its line. */
function where(conditions: readonly string[]): string {
	const given = conditions.filter((condition) => condition !== '');
	return given.length === 0 ? '' : ` WHERE ${given.map((condition) => `(${condition}\n)`).join(' AND ')}`;
}
