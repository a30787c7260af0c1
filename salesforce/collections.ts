import { isFault, unexpectedAnswer } from './answers';
import { errorFromFaults, OrgError } from './errors';
import { API_VERSION } from './org';
import type { Org } from './org';
import type { SalesforceFault } from './salesforceFault';
import { isComposite, isObject, listOf } from './shapes';

/** The most records that one Collections call takes (REST API, sObject Collections). */
export const RECORDS_PER_CALL = 200;

/** Collections calls that one Composite call takes; it counts as one API call (REST API, Composite). */
export const CALLS_TOGETHER = 5;

/**
 * What became of one record. `created` is known of upserts only; `at` is the time by Salesforce's clock when it was
 * saved, which is no earlier than the record's stamp.
 */
export type SaveResult = { ok: true; id: string; created?: boolean; at?: Date } | { ok: false; error: OrgError };

/** How records of one object are saved. An update's records have an `id`; an upsert's, a value of the external ID. */
export type RecordWrite =
	| { kind: 'create' | 'update'; sObject: string }
	| { kind: 'upsert'; sObject: string; externalIdField: string };

/** One Collections call, of at most 200 records. */
export interface CollectionCall {
	method: 'POST' | 'PATCH' | 'DELETE';
	/** Below the versioned root. */
	path: string;
	headers: Record<string, string>;
	body?: unknown;
	/** How many records it writes. */
	count: number;
}

/** What a Collections call answers for one record. */
interface CollectionElement {
	id?: string;
	success: boolean;
	errors: SalesforceFault[];
	/** Of upserts; it says nothing of a record that was not saved. */
	created?: boolean;
}

/** The call that saves records. */
export function saveCall(
	how: RecordWrite,
	records: ReadonlyArray<Record<string, unknown>>,
	headers: Record<string, string>,
	allOrNone = false,
): CollectionCall {
	const { kind, sObject } = how;
	return {
		method: kind === 'create' ? 'POST' : 'PATCH',
		path: how.kind === 'upsert' ? `/composite/sobjects/${sObject}/${how.externalIdField}` : '/composite/sobjects',
		headers,
		body: { allOrNone, records: records.map((record) => ({ attributes: { type: sObject }, ...record })) },
		count: records.length,
	};
}

/** The call that deletes records. */
export function deleteCall(ids: readonly string[]): CollectionCall {
	const path = `/composite/sobjects?ids=${ids.join(',')}&allOrNone=false`;
	return { method: 'DELETE', path, headers: {}, count: ids.length };
}

/** Makes one call. @returns a result for each record, or why the call failed as a whole */
export async function sendAlone(org: Org, call: CollectionCall): Promise<SaveResult[] | OrgError> {
	const { method, path, headers, body, count } = call;
	return await orError(async () =>
		saveResults(await org.call(method, path, listOf(isElement, count), { headers, body }), org.time),
	);
}

/**
 * Makes at most five calls as one Composite call.
 *
 * @param allOrNone whether all of it is one transaction
 * @returns for each call a result for each record, or why it failed as a whole
 */
export async function sendTogether(
	org: Org,
	calls: readonly CollectionCall[],
	allOrNone = false,
): Promise<Array<SaveResult[] | OrgError>> {
	const answer = await orError(
		async () =>
			await org.call('POST', '/composite', isComposite(calls.length), {
				body: {
					allOrNone,
					compositeRequest: calls.map(({ method, path, headers, body }, index) => ({
						method,
						url: `/services/data/v${API_VERSION}${path}`,
						referenceId: `save${index}`,
						httpHeaders: headers,
						body,
					})),
				},
			}),
	);
	if (answer instanceof OrgError) return calls.map(() => answer);
	return calls.map(({ count }, index) => {
		const { httpStatusCode, body } = answer.compositeResponse[index] ?? {};
		if (listOf(isElement, count)(body)) return saveResults(body, org.time);
		return Array.isArray(body) && body.length > 0 && body.every(isFault)
			? errorFromFaults(body, httpStatusCode)
			: unexpectedAnswer(httpStatusCode);
	});
}

/** Whether something says of one record what became of it; what was saved has an ID. */
function isElement(value: unknown): value is CollectionElement {
	if (!isObject(value)) return false;
	if (value.success === true) return typeof value.id === 'string';
	return value.success === false && Array.isArray(value.errors) && value.errors.every(isFault);
}

function saveResults(elements: readonly CollectionElement[], at: Date | undefined): SaveResult[] {
	const time = at === undefined ? {} : { at };
	return elements.map(({ id, success, errors, created }) => {
		if (!success || id === undefined) return { ok: false, error: errorFromFaults(errors) };
		return { ok: true, id, ...(created === undefined ? {} : { created }), ...time };
	});
}

/** What work gives, or the OrgError that it throws. Whatever else goes wrong is ours, and says nothing of a record. */
async function orError<T>(work: () => T | Promise<T>): Promise<T | OrgError> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof OrgError) return error;
		throw error;
	}
}
