import type { SaveResult } from './collections';
import { OrgError } from './errors';
import type { Org } from './org';
import type { QueriedRecord } from './query';
import { isObject } from './shapes';

/**
 * The first page of a query of the Tooling API: up to 2,000 records of what an org is made of.
 *
 * @param soql one that asks for `Metadata` or `FullName` must match one record at most (Tooling API, CustomField)
 * @throws OrgError; what the API user may not see is refused as if it were not there
 */
export async function queryTooling(org: Org, soql: string): Promise<QueriedRecord[]> {
	const { records } = await org.call('GET', `/tooling/query?q=${encodeURIComponent(soql)}`, isPage);
	return records;
}

/** Whether an object is one that the Tooling API alone knows, of those whose records this package writes. */
export function isToolingObject(name: string): boolean {
	return name.toLowerCase() === 'customfield';
}

/**
 * One record with all its fields, the metadata among them.
 * @returns undefined where there is none
 * @throws OrgError
 */
export async function toolingRecord(org: Org, sObject: string, id: string): Promise<QueriedRecord | undefined> {
	try {
		return await org.call('GET', `/tooling/sobjects/${sObject}/${id}`, isRecord);
	} catch (error) {
		if (error instanceof OrgError && (error.code === 'NOT_FOUND' || error.isGone)) return undefined;
		throw error;
	}
}

/** Creates a record of the Tooling API. */
export async function createByTooling(
	org: Org,
	sObject: string,
	body: Readonly<Record<string, unknown>>,
): Promise<SaveResult> {
	return await settled(async () => {
		const { id } = await org.call('POST', `/tooling/sobjects/${sObject}`, isSaved, { body });
		return { ok: true, id, created: true, ...timeOf(org) };
	});
}

/**
 * Deletes a record of the Tooling API. That it does so with custom fields its documentation does not say; other programs
 * do it. The org keeps such a field for 15 days, with its values (Salesforce Help, Manage Deleted Custom Fields).
 */
export async function deleteByTooling(org: Org, sObject: string, id: string): Promise<SaveResult> {
	return await settled(async () => {
		await org.call('DELETE', `/tooling/sobjects/${sObject}/${id}`, isNothing);
		return { ok: true, id, ...timeOf(org) };
	});
}

async function settled(write: () => Promise<SaveResult>): Promise<SaveResult> {
	try {
		return await write();
	} catch (error) {
		if (error instanceof OrgError) return { ok: false, error };
		throw error;
	}
}

function timeOf({ time }: Org): { at?: Date } {
	return time === undefined ? {} : { at: time };
}

/** Whether an answer says that a record was created. */
export function isSaved(answer: unknown): answer is { id: string } {
	return isObject(answer) && answer.success === true && typeof answer.id === 'string';
}

function isNothing(answer: unknown): answer is undefined {
	return answer === undefined;
}

function isRecord(answer: unknown): answer is QueriedRecord {
	return isObject(answer) && typeof answer.Id === 'string';
}

function isPage(answer: unknown): answer is { records: QueriedRecord[] } {
	return isObject(answer) && Array.isArray(answer.records) && answer.records.every(isObject);
}
