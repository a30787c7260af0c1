import type { IDataObject } from 'n8n-workflow';

import { heapOf, startRehearsal, timeOf } from './contender';
import type { EntryRun, Task } from './contender';
import type { Heap } from './heap';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';
import { startOrg } from './org';
import { benchQueries } from './recordsQuery';

const SIZES = [1_000, 10_000];
/** The built-in node makes one call per record, one after another, so that fewer tell the same. */
const BUILT_IN_RECORDS = 200;

/** How often everything is timed; what counts is the median, since no machine is quiet for long. */
const TIMES = 3;

/**
 * What happens to Cases of an org, in this order; the upsert finds half of its records there. The nodes keep what takes
 * each write back, but where the phase says that they do not.
 */
const PHASES = ['create', 'update', 'update, no undo', 'upsert', 'read by ID'] as const;
export type Phase = (typeof PHASES)[number];

/** One phase; `ids` are those that the first phase gave. */
export interface RecordsTask extends Task {
	phase: Phase;
}

/** What each phase cost, with the calls that the org counted. */
type Costs<Result> = Record<Phase, Result & { calls: number }>;

/** Fields of the Cases. */
export const FIELDS = ['ExternalID__c', 'Subject', 'Description', 'Department__c', 'Team__c', 'NewSeat__c'];

/**
 * Creates, updates, upserts, reads and queries Cases of six fields in a local org: through our nodes, through n8n's own
 * Salesforce node, and by the same calls made bare.
 */
export async function bench(options: BenchOptions): Promise<Measurement[]> {
	const { delays, records = SIZES, say } = options;
	const rehearsal = await startRehearsal();
	const dailyApiRequests = 1_000_000;
	const slow = { ...delays, dailyApiRequests };

	const phases = async <Result extends { result: string[] }>(
		module: string,
		count: number,
		measure: (run: EntryRun<RecordsTask>) => Promise<Result>,
		settings: object,
	): Promise<Costs<Result>> => {
		const org = await startOrg({ settings });
		try {
			const costs: Partial<Costs<Result>> = {};
			for (const phase of PHASES) {
				const { apiCalls } = await org.counts();
				const task = { records: count, phase, ids: costs.create?.result ?? [], label: 'record' };
				const cost = await measure({ module, name: 'entry', run: { access: org.access, rehearsal, task } });
				costs[phase] = { ...cost, calls: (await org.counts()).apiCalls - apiCalls };
			}
			return costs as Costs<Result>;
		} finally {
			org.stop();
		}
	};

	const timed = async (module: string, count: number): Promise<Costs<Cost<string[]>>> => {
		const all: Array<Costs<Cost<string[]>>> = [];
		for (let time = 0; time < TIMES; time++) all.push(await phases<Cost<string[]>>(module, count, timeOf, slow));
		const middle = (phase: Phase) =>
			all.map((costs) => costs[phase]).sort((a, b) => a.seconds - b.seconds)[Math.floor(TIMES / 2)];
		return Object.fromEntries(PHASES.map((phase) => [phase, middle(phase)])) as Costs<Cost<string[]>>;
	};

	try {
		say(`n8n's own Salesforce node: ${BUILT_IN_RECORDS} Cases, one call each`);
		const builtIn = await phases<Cost<string[]>>('recordsBuiltIn', BUILT_IN_RECORDS, timeOf, slow);
		const measurements: Measurement[] = [];
		for (const count of records) {
			say(`bare calls: ${count} Cases`);
			const bare = await timed('recordsBare', count);
			say(`Salesforce Create or Update Record and Get Record Fields: ${count} Cases`);
			const ours = await timed('recordsNodes', count);
			say('once more, for the memory');
			const heaps = await phases<Heap<string[]>>('recordsNodes', count, heapOf, { dailyApiRequests });
			for (const phase of PHASES) {
				const { calls, seconds, peakMiB } = ours[phase];
				measurements.push({
					case: phase,
					records: count,
					calls,
					seconds: rounded(seconds),
					peakMiB: rounded(peakMiB),
					heapVsItems: rounded(heaps[phase].peakMiB / heaps[phase].itemsMiB),
					vs: {
						'n8n-built-in': rounded((builtIn[phase].seconds / BUILT_IN_RECORDS / seconds) * count),
						'bare-calls': rounded(bare[phase].seconds / seconds),
						...(phase === 'update' ? { 'no-undo': rounded(ours['update, no undo'].seconds / seconds) } : {}),
					},
				});
			}
		}
		return [...measurements, ...(await benchQueries(options, rehearsal))];
	} finally {
		rehearsal.stop();
	}
}

/** The items of a phase; the values of the update all differ from the ones that were created. */
export function itemsOf({ phase, records, ids, label }: RecordsTask): IDataObject[] {
	const first = phase === 'upsert' ? Math.floor(records / 2) : 0;
	const withId = phase !== 'create' && phase !== 'upsert';
	return Array.from({ length: records }, (_none, index) => ({
		...(withId ? { Id: ids[index] } : {}),
		ExternalID__c: `${label}-${first + index}`,
		Subject: `${phase} of record ${first + index}`,
		Description: `Made by a benchmark, which is why it says no more than this: ${phase}`,
		Department__c: `Department ${index % 10}`,
		Team__c: `Team ${index % 50}`,
		NewSeat__c: `B-${index}`,
	}));
}
