import { isFault } from './answers';
import { batches, inParallel } from './batches';
import { errorFromFaults, notSent, OrgError } from './errors';
import type { Org } from './org';
import type { SalesforceFault } from './salesforceFault';
import { isObject, listOf } from './shapes';

/** The most records that one Collections call takes (REST API, sObject Collections). */
export const RECORDS_PER_CALL = 200;

/** What became of one record; `created` is known of upserts only. */
export type SaveResult = { ok: true; id: string; created?: boolean } | { ok: false; error: OrgError };

/** How records of one object are saved. An update's records have an `id`; an upsert's, a value of the external ID. */
export type RecordWrite =
	| { kind: 'create' | 'update'; sObject: string }
	| { kind: 'upsert'; sObject: string; externalIdField: string };

export interface WriteOptions {
	/** Calls in flight at once, 1 or more. Falls to 1 by itself when Salesforce answers with row locks. */
	parallel: number;
	/** Whether the org's assignment rules run; Salesforce runs them unless told otherwise. */
	assignmentRules?: boolean;
	/** Whether records are saved that a duplicate rule of the org would refuse, where the rule lets itself be overruled. */
	allowDuplicates?: boolean;
}

/** What a Collections call answers for one record. */
export interface CollectionElement {
	id?: string;
	success: boolean;
	errors: SalesforceFault[];
	/** Of upserts; it says nothing of a record that was not saved. */
	created?: boolean;
}

/**
 * Saves records of one object, 200 a call. A record that is refused fails alone.
 *
 * @returns one result for each record, in the same order. `NO_ANSWER` means that it may have been saved;
 *   `NOT_SENT` that an earlier call's refusal made this one pointless.
 */
export async function saveRecords(
	org: Org,
	how: RecordWrite,
	records: ReadonlyArray<Record<string, unknown>>,
	options: WriteOptions,
): Promise<SaveResult[]> {
	const headers = writeHeaders(options);
	return await write(org, records, options, async (batch) => {
		const { method, path, body } = collectionCall(how, batch, false);
		return await org.call(method, path, listOf(isElement, batch.length), { headers, body });
	});
}

/** Creates records; otherwise as `saveRecords`. */
export async function createRecords(
	org: Org,
	sObject: string,
	records: ReadonlyArray<Record<string, unknown>>,
	options: WriteOptions,
): Promise<SaveResult[]> {
	return await saveRecords(org, { kind: 'create', sObject }, records, options);
}

/** Updates records by ID; otherwise as `saveRecords`. */
export async function updateRecords(
	org: Org,
	sObject: string,
	records: ReadonlyArray<{ id: string } & Record<string, unknown>>,
	options: WriteOptions,
): Promise<SaveResult[]> {
	return await saveRecords(org, { kind: 'update', sObject }, records, options);
}

/** Deletes records by ID, 200 a call; otherwise as `saveRecords`. */
export async function deleteRecords(org: Org, ids: readonly string[], options: WriteOptions): Promise<SaveResult[]> {
	return await write(
		org,
		ids,
		options,
		async (batch) =>
			await org.call(
				'DELETE',
				`/composite/sobjects?ids=${batch.join(',')}&allOrNone=false`,
				listOf(isElement, batch.length),
			),
	);
}

async function write<T>(
	org: Org,
	records: readonly T[],
	options: WriteOptions,
	call: (batch: T[]) => Promise<CollectionElement[]>,
): Promise<SaveResult[]> {
	const results: SaveResult[] = [];
	let parallel = options.parallel;
	let end: OrgError | undefined;
	let locked: number[] = [];

	const writeBatch = async (positions: number[]): Promise<void> => {
		const batch = positions.map((position) => records[position] as T);
		const outcome = end === undefined ? await attempt(call, batch) : unsent(batch, end);
		outcome.forEach((result, index) => {
			const position = positions[index] as number;
			results[position] = result;
			if (result.ok) return;
			if (result.error.endsTheRun) end ??= result.error;
			if (result.error.code === 'UNABLE_TO_LOCK_ROW') locked.push(position);
		});
		// Calls side by side are what locks rows of one parent against each other.
		if (locked.length > 0) parallel = 1;
	};

	await inParallel(batches([...records.keys()], RECORDS_PER_CALL), () => parallel, writeBatch);
	for (let tries = 1; locked.length > 0; tries++) {
		const first = results[locked[0] as number] as SaveResult;
		const wait = first.ok ? undefined : org.pause(first.error, tries);
		if (wait === undefined) break;
		await org.wait(wait);
		const again = batches(
			locked.sort((a, b) => a - b),
			RECORDS_PER_CALL,
		);
		locked = [];
		for (const positions of again) await writeBatch(positions);
	}
	return results;
}

async function attempt<T>(call: (batch: T[]) => Promise<CollectionElement[]>, batch: T[]): Promise<SaveResult[]> {
	try {
		return (await call(batch)).map(saveResult);
	} catch (cause) {
		// Whatever else went wrong here is ours, and says nothing of a record.
		if (!(cause instanceof OrgError)) throw cause;
		return batch.map(() => ({ ok: false, error: cause }));
	}
}

/** Whether something says of one record what became of it; what was saved has an ID. */
export function isElement(value: unknown): value is CollectionElement {
	if (!isObject(value)) return false;
	if (value.success === true) return typeof value.id === 'string';
	return value.success === false && Array.isArray(value.errors) && value.errors.every(isFault);
}

/** The Collections call that saves at most 200 records, below the versioned root. */
export function collectionCall(
	how: RecordWrite,
	batch: ReadonlyArray<Record<string, unknown>>,
	allOrNone: boolean,
): { method: 'POST' | 'PATCH'; path: string; body: unknown } {
	const { kind, sObject } = how;
	return {
		method: kind === 'create' ? 'POST' : 'PATCH',
		path: how.kind === 'upsert' ? `/composite/sobjects/${sObject}/${how.externalIdField}` : '/composite/sobjects',
		body: { allOrNone, records: batch.map((record) => ({ attributes: { type: sObject }, ...record })) },
	};
}

/** The headers by which Salesforce is told how to treat the records of a call. */
export function writeHeaders({ assignmentRules, allowDuplicates }: WriteOptions): Record<string, string> {
	return {
		...(assignmentRules === undefined ? {} : { 'Sforce-Auto-Assign': assignmentRules ? 'TRUE' : 'FALSE' }),
		...(allowDuplicates === true ? { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } : {}),
	};
}

/** What an element of a Collections answer says of its record. */
export function saveResult(element: CollectionElement): SaveResult {
	if (element.success && element.id !== undefined) {
		const { id, created } = element;
		return { ok: true, id, ...(created === undefined ? {} : { created }) };
	}
	return { ok: false, error: errorFromFaults(element.errors) };
}

function unsent(batch: readonly unknown[], because: OrgError): SaveResult[] {
	return batch.map(() => ({ ok: false, error: notSent(because) }));
}
