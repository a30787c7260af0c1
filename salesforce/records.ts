import { batches, inParallel } from './batches';
import { CALLS_TOGETHER, deleteCall, RECORDS_PER_CALL, saveCall, sendAlone, sendTogether } from './collections';
import type { CollectionCall, RecordWrite, SaveResult } from './collections';
import { notSent, OrgError } from './errors';
import type { Org } from './org';

export { RECORDS_PER_CALL } from './collections';
export type { RecordWrite, SaveResult } from './collections';

export interface WriteOptions {
	/** Calls in flight at once, 1 or more. Falls to 1 by itself when Salesforce answers with row locks. */
	parallel: number;
	/** Whether the org's assignment rules run; Salesforce runs them unless told otherwise. */
	assignmentRules?: boolean;
	/** Whether records are saved that a duplicate rule of the org would refuse, where the rule lets itself be overruled. */
	allowDuplicates?: boolean;
	/**
	 * Whether a call carries a thousand records: five Collections in one Composite call. Salesforce gives a call ten
	 * minutes, so where such a call is refused or brings no answer, the rest goes by 200.
	 */
	together?: boolean;
}

/**
 * Saves records of one object. A record that is refused fails alone.
 *
 * @returns one result for each record, in the same order; its error tells whether it may have been saved. `NOT_SENT`
 *   means that an earlier call's refusal made this one pointless.
 */
export async function saveRecords(
	org: Org,
	how: RecordWrite,
	records: ReadonlyArray<Record<string, unknown>>,
	options: WriteOptions,
): Promise<SaveResult[]> {
	return await saveEach(org, how, records, (record) => record, options);
}

/** As `saveRecords`, but each record is only made when it is sent, so that there are never many of them. */
export async function saveEach<T>(
	org: Org,
	how: RecordWrite,
	items: readonly T[],
	record: (item: T) => Record<string, unknown>,
	options: WriteOptions,
): Promise<SaveResult[]> {
	const headers = writeHeaders(options);
	return await write(org, items, options, (batch) => saveCall(how, batch.map(record), headers));
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

/** Deletes records by ID; otherwise as `saveRecords`. */
export async function deleteRecords(org: Org, ids: readonly string[], options: WriteOptions): Promise<SaveResult[]> {
	return await write(org, ids, options, deleteCall);
}

async function write<T>(
	org: Org,
	records: readonly T[],
	options: WriteOptions,
	callFor: (batch: T[]) => CollectionCall,
): Promise<SaveResult[]> {
	const results: SaveResult[] = [];
	let parallel = options.parallel;
	let isTogether = options.together === true;
	let end: OrgError | undefined;
	/** Those that a passing state refused one by one, and that may be sent again by themselves. */
	let open: number[] = [];

	const note = (positions: number[], answer: SaveResult[] | OrgError): void => {
		positions.forEach((position, index) => {
			const result = answer instanceof OrgError ? failed(answer) : (answer[index] as SaveResult);
			results[position] = result;
			if (result.ok) return;
			if (result.error.endsTheRun) end ??= result.error;
			// A call that failed as a whole was repeated already.
			if (Array.isArray(answer) && result.error.passing && result.error.repeatSafe) open.push(position);
			// Calls side by side are what locks rows of one parent against each other.
			if (result.error.kind === 'lock') parallel = 1;
		});
	};
	const callOf = (positions: number[]): CollectionCall => callFor(positions.map((position) => records[position] as T));

	const writeAlone = async (positions: number[]): Promise<void> => {
		note(positions, end === undefined ? await sendAlone(org, callOf(positions)) : notSent(end));
	};
	const writeBatches = async (all: number[][]): Promise<void> => {
		let left = all;
		if (isTogether && end === undefined && all.length > 1) {
			const answers = await sendTogether(org, all.map(callOf));
			left = all.filter((_positions, index) => mayBeSentAlone(answers[index]));
			all.forEach((positions, index) => {
				const answer = answers[index];
				if (answer !== undefined && !mayBeSentAlone(answer)) note(positions, answer);
			});
			if (answers.some((answer) => answer instanceof OrgError)) isTogether = false;
		}
		for (const positions of left) await writeAlone(positions);
	};

	const calls = batches(batches([...records.keys()], RECORDS_PER_CALL), isTogether ? CALLS_TOGETHER : 1);
	await inParallel(calls, () => parallel, writeBatches);
	for (let tries = 1; open.length > 0; tries++) {
		const waits = open.map((position) => {
			const result = results[position] as SaveResult;
			return result.ok ? undefined : org.pause(result.error, tries);
		});
		const again = open.filter((_position, index) => waits[index] !== undefined).sort((a, b) => a - b);
		open = [];
		if (again.length === 0) break;
		await org.wait(Math.max(...waits.map((wait) => wait ?? 0)));
		for (const positions of batches(again, RECORDS_PER_CALL)) await writeAlone(positions);
	}
	return results;
}

/** Whether a call failed as a part of a larger one in such a way that it certainly was not carried out, and may be by itself. */
function mayBeSentAlone(answer: SaveResult[] | OrgError | undefined): boolean {
	return answer instanceof OrgError && !answer.inDoubt && !answer.endsTheRun;
}

/** A call that `write` would make. */
export interface PlannedWrite {
	method: CollectionCall['method'];
	/** Below the versioned root. */
	path: string;
	/** How many records it carries. */
	count: number;
}

/** The calls that would write so many records. */
export function plannedWrites(
	method: CollectionCall['method'],
	count: number,
	{ together = false }: Pick<WriteOptions, 'together'>,
): PlannedWrite[] {
	const positions = Array.from({ length: count }, (_none, index) => index);
	return batches(positions, RECORDS_PER_CALL * (together ? CALLS_TOGETHER : 1)).map((batch) =>
		batch.length > RECORDS_PER_CALL
			? { method: 'POST', path: '/composite', count: batch.length }
			: { method, path: '/composite/sobjects', count: batch.length },
	);
}

/** The call that would carry a record. */
export interface PlannedCall extends Omit<PlannedWrite, 'count'> {
	/** From 1, in the order in which calls are made. */
	number: number;
	/** How many there are in all. */
	of: number;
}

/** For each record of calls, in their order, the call that would carry it. */
export function carriersOf(calls: readonly PlannedWrite[]): PlannedCall[] {
	return calls.flatMap(({ count, ...call }, index) =>
		Array.from({ length: count }, () => ({ number: index + 1, of: calls.length, ...call })),
	);
}

/** The headers by which Salesforce is told how to treat the records of a call. */
export function writeHeaders({ assignmentRules, allowDuplicates }: WriteOptions): Record<string, string> {
	return {
		...(assignmentRules === undefined ? {} : { 'Sforce-Auto-Assign': assignmentRules ? 'TRUE' : 'FALSE' }),
		...(allowDuplicates === true ? { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } : {}),
	};
}

function failed(error: OrgError): SaveResult {
	return { ok: false, error };
}
