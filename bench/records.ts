import type { IDataObject } from 'n8n-workflow';

import { heapOf, startRehearsal, timeOf } from './contender';
import type { EntryRun, Task } from './contender';
import type { Heap } from './heap';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import { startOrg } from './org';
import { benchQueries } from './recordsQuery';
import type { BenchOptions } from './run';

const SIZES = [1_000, 10_000];
/** The built-in node makes one call per record, one after another, so that fewer tell the same. */
const BUILT_IN_RECORDS = 200;

/** What happens to Cases of an org, in this order; the upsert finds half of its records there. */
const PHASES = ['create', 'update', 'upsert', 'read by ID'] as const;
export type Phase = (typeof PHASES)[number];

/** One phase; `ids` are those that the first phase gave. */
export interface RecordsTask extends Task {
	phase: Phase;
}

/** Fields of the Cases. */
export const FIELDS = ['ExternalID__c', 'Subject', 'Description', 'Department__c', 'Team__c', 'NewSeat__c'];

/**
 * Creates, updates, upserts, reads and queries Cases of six fields in a local org: through our nodes, through n8n's own
 * Salesforce node, and by the same calls made bare.
 */
export async function bench(options: BenchOptions): Promise<Measurement[]> {
	const { delayPerCallMs, delayPerRecordMs, records = SIZES, say } = options;
	const rehearsal = await startRehearsal();
	const dailyApiRequests = 1_000_000;
	const slow = { delayPerCallMs, delayPerRecordMs, dailyApiRequests };

	const phases = async <Result extends { result: string[] }>(
		module: string,
		count: number,
		measure: (run: EntryRun<RecordsTask>) => Promise<Result>,
		settings: object,
	): Promise<Record<Phase, Result & { calls: number }>> => {
		const org = await startOrg({ settings });
		try {
			const costs: Partial<Record<Phase, Result & { calls: number }>> = {};
			for (const phase of PHASES) {
				const { apiCalls } = await org.counts();
				const task = { records: count, phase, ids: costs.create?.result ?? [], label: 'record' };
				const cost = await measure({ module, name: 'entry', run: { access: org.access, rehearsal, task } });
				costs[phase] = { ...cost, calls: (await org.counts()).apiCalls - apiCalls };
			}
			return costs as Record<Phase, Result & { calls: number }>;
		} finally {
			org.stop();
		}
	};

	try {
		say(`n8n's own Salesforce node: ${BUILT_IN_RECORDS} Cases, one call each`);
		const builtIn = await phases<Cost<string[]>>('recordsBuiltIn', BUILT_IN_RECORDS, timeOf, slow);
		const measurements: Measurement[] = [];
		for (const count of records) {
			say(`bare calls: ${count} Cases`);
			const bare = await phases<Cost<string[]>>('recordsBare', count, timeOf, slow);
			say(`Salesforce Create or Update Record and Get Record Fields: ${count} Cases`);
			const ours = await phases<Cost<string[]>>('recordsNodes', count, timeOf, slow);
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
	const withId = phase === 'update' || phase === 'read by ID';
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
