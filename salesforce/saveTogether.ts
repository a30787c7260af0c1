import { batches } from './batches';
import { CALLS_TOGETHER, RECORDS_PER_CALL, saveCall, sendTogether } from './collections';
import type { RecordWrite, SaveResult } from './collections';
import { errorFromFaults, OrgError } from './errors';
import type { Org } from './org';
import { writeHeaders } from './records';
import type { WriteOptions } from './records';

/** Records of one object that are saved in the same way. */
export interface RecordGroup {
	how: RecordWrite;
	records: ReadonlyArray<Record<string, unknown>>;
	options: WriteOptions;
}

/**
 * Saves all records or none, in one transaction of at most five times 200 records; each group fills calls of its own.
 *
 * @returns for each group one result for each record. When one was refused, it says why, and the others were rolled
 *   back.
 * @throws OrgError `TOO_MANY_TOGETHER`, before anything is sent
 */
export async function saveTogether(org: Org, groups: readonly RecordGroup[]): Promise<SaveResult[][]> {
	const calls = groups.flatMap((group, index) =>
		batches(group.records, RECORDS_PER_CALL).map((records) => ({ ...group, records, group: index })),
	);
	checkTogether(groups);
	const answers = await saveCalls(org, calls);
	return groups.map((_group, index) => answers.filter((_answer, position) => calls[position]?.group === index).flat());
}

/**
 * Whether so many records fit one transaction.
 * @throws OrgError `TOO_MANY_TOGETHER`
 */
export function checkTogether(groups: ReadonlyArray<{ records: readonly unknown[] }>): void {
	const calls = groups.reduce((sum, { records }) => sum + Math.ceil(records.length / RECORDS_PER_CALL), 0);
	if (calls > CALLS_TOGETHER) throw tooMany();
}

async function saveCalls(org: Org, calls: RecordGroup[]): Promise<SaveResult[][]> {
	for (let tries = 1; ; tries++) {
		const answers = await attempt(org, calls);
		const locked = answers
			.flat()
			.flatMap((result) => (!result.ok && result.error.code === 'UNABLE_TO_LOCK_ROW' ? [result.error] : []));
		// Everything was rolled back, so a repetition is the first time that it is saved.
		const wait = locked[0] === undefined ? undefined : org.pause(locked[0], tries);
		if (wait === undefined) return answers;
		await org.wait(wait);
	}
}

async function attempt(org: Org, calls: RecordGroup[]): Promise<SaveResult[][]> {
	const sent = calls.map(({ how, records, options }) => saveCall(how, records, writeHeaders(options), true));
	const answers = (await sendTogether(org, sent, true)).map((answer, index) =>
		answer instanceof OrgError ? refusedEach(answer, calls[index]?.records.length ?? 0) : answer,
	);
	return answers.flat().every(({ ok }) => ok) ? answers : answers.map((results) => results.map(rolledBack));
}

function refusedEach(error: OrgError, count: number): SaveResult[] {
	return Array.from({ length: count }, () => ({ ok: false, error }));
}

/** Salesforce may still call a record saved that was rolled back with another (REST API, allOrNone of Composite). */
function rolledBack(result: SaveResult): SaveResult {
	return result.ok
		? { ok: false, error: errorFromFaults([{ errorCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }]) }
		: result;
}

function tooMany(): OrgError {
	return new OrgError(
		'TOO_MANY_TOGETHER',
		`All or None is possible for at most ${CALLS_TOGETHER} times ${RECORDS_PER_CALL} records of one object and one way of saving`,
		'Send fewer items at once, or switch the option off.',
	);
}
