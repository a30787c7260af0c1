import { batches } from '../../salesforce/batches';
import { saveInBulk } from '../../salesforce/bulkIngest';
import type { Org } from '../../salesforce/org';
import { saveCall } from '../../salesforce/collections';
import { RECORDS_PER_CALL, saveRecords } from '../../salesforce/records';
import type { RecordWrite, SaveResult, WriteOptions } from '../../salesforce/records';
import { checkTogether, saveTogether } from '../../salesforce/saveTogether';
import type { WriteRules } from './options';

/** A record on its way to the org. */
export interface Write {
	how: RecordWrite;
	fields: Record<string, unknown>;
	/** In which round it is saved, from 0: after the records of the run that it refers to. */
	round?: number;
}

/** The call that would carry a record. */
export interface PlannedCall {
	/** From 1, in the order in which calls are made. */
	number: number;
	/** How many there are in all. */
	of: number;
	method: string;
	/** Below the versioned root. */
	path: string;
}

interface Group {
	how: RecordWrite;
	round: number;
	/** Where the group's records stand among all. */
	positions: number[];
	records: Array<Record<string, unknown>>;
}

/**
 * Saves records, those of one object, one way of saving and one round together, and one round after the other; one result
 * for each, in their order.
 */
export async function writeRecords(org: Org, writes: readonly Write[], rules: WriteRules): Promise<SaveResult[]> {
	const groups = grouped(writes);
	const results: SaveResult[] = [];
	const saved = rules.allOrNone
		? await saveTogether(
				org,
				groups.map((group) => ({ ...group, options: writeOptions(group.how, rules) })),
			)
		: await saveGroups(org, groups, writes.length, rules);
	groups.forEach(({ how, positions }, group) => {
		positions.forEach((position, index) => {
			const result = saved[group]?.[index] as SaveResult;
			results[position] = usesBulk(writes.length, rules) ? ofJob(how, result) : explained(how, result);
		});
	});
	return results;
}

/**
 * The calls that `writeRecords` would make, for each record the one that carries it.
 * @throws OrgError `TOO_MANY_TOGETHER` when it would refuse them
 */
export function plannedCalls(writes: readonly Write[], rules: WriteRules): PlannedCall[] {
	const groups = grouped(writes);
	if (rules.allOrNone) checkTogether(groups);
	const calls: Array<Omit<PlannedCall, 'of'>> = [];
	let number = 0;
	for (const { how, positions } of groups) {
		for (const batch of usesBulk(writes.length, rules) ? [positions] : batches(positions, RECORDS_PER_CALL)) {
			if (number === 0 || !rules.allOrNone) number++;
			for (const position of batch) calls[position] = { number, ...callOf(how, writes.length, rules) };
		}
	}
	return calls.map((call) => ({ ...call, of: number }));
}

function callOf(how: RecordWrite, count: number, rules: WriteRules): { method: string; path: string } {
	if (rules.allOrNone) return { method: 'POST', path: '/composite' };
	if (usesBulk(count, rules)) return { method: 'POST', path: '/jobs/ingest' };
	const { method, path } = saveCall(how, [], {});
	return { method, path };
}

async function saveGroups(org: Org, groups: Group[], count: number, rules: WriteRules): Promise<SaveResult[][]> {
	const saved: SaveResult[][] = [];
	for (const { how, records } of groups) {
		saved.push(
			usesBulk(count, rules)
				? await saveInBulk(org, how, records)
				: await saveRecords(org, how, records, writeOptions(how, rules)),
		);
	}
	return saved;
}

function usesBulk(count: number, { bulkFrom }: WriteRules): boolean {
	return count >= bulkFrom;
}

function grouped(writes: readonly Write[]): Group[] {
	const groups = new Map<string, Group>();
	writes.forEach(({ how, fields, round = 0 }, position) => {
		const key = JSON.stringify([round, how]);
		const group = groups.get(key) ?? { how, round, positions: [], records: [] };
		group.positions.push(position);
		group.records.push(fields);
		groups.set(key, group);
	});
	return [...groups.values()].sort((a, b) => a.round - b.round);
}

/** Salesforce would run assignment rules for updates as well, and take records away from their owners. */
function writeOptions(
	{ kind }: RecordWrite,
	{ assignmentRules, allowDuplicates, parallelCalls }: WriteRules,
): WriteOptions {
	return {
		parallel: parallelCalls,
		assignmentRules: assignmentRules === 'always' || (assignmentRules === 'new' && kind === 'create'),
		allowDuplicates,
	};
}

/** A Bulk job speaks for itself; whether its records may be sent once more depends on how they are saved. */
function ofJob({ kind }: RecordWrite, result: SaveResult): SaveResult {
	if (result.ok || !result.error.inDoubt) return result;
	return { ok: false, error: result.error.with({ repeatSafe: kind !== 'create' }) };
}

/** Says of a record whose fate is unknown what it means to send it once more. */
function explained({ kind }: RecordWrite, result: SaveResult): SaveResult {
	if (result.ok || !result.error.inDoubt) return result;
	const [what, remedy] =
		kind === 'create'
			? [
					'The record may have been created all the same',
					'Look for it in Salesforce before you run again: that would create it once more. An upsert by an external ID can be repeated safely.',
				]
			: ['The record may have been saved all the same', 'Running again is safe: it writes the same values once more.'];
	const message = `${result.error.message.replace(/\.$/, '')}. ${what}`;
	return { ok: false, error: result.error.with({ message, remedy, repeatSafe: kind !== 'create' }) };
}
