import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { bareOrg } from './bareOrg';
import { weighed } from './heap';
import type { Heap } from './heap';
import { inOwnProcess, measured } from './measure';
import type { Cost } from './measure';
import { startOrg } from './org';
import type { BenchOrg, OrgReport } from './org';

/** What is to be done with so many records. */
export interface Task {
	records: number;
	/** Of the records, where they are there before. */
	ids: string[];
	/** With what the names of records begin that are new in this run. */
	label: string;
}

/**
 * Someone who does tasks: connects to an org, which is not measured, and then does what it is told with the items that
 * it is given. Each task begins without a session, unless the contender cannot sign in.
 *
 * @returns what came out, one entry for each record
 */
export type Contender<OfTask extends Task> = (
	access: OrgReport,
) => Promise<(task: OfTask, items: IDataObject[]) => Promise<IDataObject[]>>;

/** A task in an org, and the org to rehearse it in. */
export interface Run<OfTask extends Task> {
	access: OrgReport;
	rehearsal: { access: OrgReport; ids: string[] };
	task: OfTask;
}

const REHEARSED = 20;

/** An org in which runs are rehearsed. It answers at once. */
export async function startRehearsal(): Promise<BenchOrg & { ids: string[] }> {
	const org = await startOrg({});
	const call = await bareOrg(org.access);
	const records = Array.from({ length: REHEARSED }, (_none, index) => ({
		attributes: { type: 'Case' },
		ExternalID__c: `rehearsal-${index}`,
	}));
	const saved = await call<IDataObject[]>('POST', '/composite/sobjects', { records });
	return { ...org, ids: idsOf(saved) };
}

/** A contender and what it is given. */
export interface Entry<OfTask extends Task> {
	contender: Contender<OfTask>;
	itemsOf(task: OfTask): IDataObject[];
}

/** An entry by the module of this folder that exports it, without ending, and its run. */
export interface EntryRun<OfTask extends Task> {
	module: string;
	name: string;
	run: Run<OfTask>;
}

/**
 * What a task costs in a process of its own that has done it before, with a few records in another org: n8n runs for
 * weeks, and what its very first run loads is not the price of a run.
 *
 * @returns the IDs of the records that came out
 * @throws Error when not as many came out
 */
export async function timeOf<OfTask extends Task>(argument: EntryRun<OfTask>): Promise<Cost<string[]>> {
	return await inOwnProcess({ module: 'contender', name: 'time', argument });
}

/** The memory that a task needs, beside that of its items; otherwise as `timeOf`. */
export async function heapOf<OfTask extends Task>(argument: EntryRun<OfTask>): Promise<Heap<string[]>> {
	return await inOwnProcess({ module: 'contender', name: 'weigh', argument });
}

/** What `timeOf` does in its process. */
export async function time<OfTask extends Task>(entryRun: EntryRun<OfTask>): Promise<Cost<string[]>> {
	const entry = await entryOf(entryRun);
	const perform = await rehearsed(entry, entryRun.run);
	const items = entry.itemsOf(entryRun.run.task);
	const cost = await measured(async () => await perform(items));
	return { ...cost, result: idsOf(cost.result) };
}

/** What `heapOf` does in its process. */
export async function weigh<OfTask extends Task>(entryRun: EntryRun<OfTask>): Promise<Heap<string[]>> {
	const entry = await entryOf(entryRun);
	const perform = await rehearsed(entry, entryRun.run);
	const heap = await weighed(() => entry.itemsOf(entryRun.run.task), perform);
	return { ...heap, result: idsOf(heap.result) };
}

async function entryOf<OfTask extends Task>({ module, name }: EntryRun<OfTask>): Promise<Entry<OfTask>> {
	return ((await import(join(__dirname, module))) as Record<string, Entry<OfTask>>)[name] as Entry<OfTask>;
}

async function rehearsed<OfTask extends Task>(
	{ contender, itemsOf }: Entry<OfTask>,
	{ access, rehearsal, task }: Run<OfTask>,
): Promise<(items: IDataObject[]) => Promise<IDataObject[]>> {
	const small = { ...task, records: REHEARSED, ids: rehearsal.ids, label: `rehearsal-${process.pid}` };
	await (
		await contender(rehearsal.access)
	)(small, itemsOf(small));
	const perform = await contender(access);
	return async (items) => {
		const outcome = await perform(task, items);
		if (outcome.length !== task.records) throw new Error(`${outcome.length} of ${task.records} records came out.`);
		return outcome;
	};
}

function idsOf(records: IDataObject[]): string[] {
	return records.map(({ id, Id }) => String(id ?? Id));
}
