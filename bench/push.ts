import type { IDataObject } from 'n8n-workflow';

import { moves } from '../test/support/moves';
import { heapOf, startRehearsal, timeOf } from './contender';
import type { EntryRun, Task } from './contender';
import type { Heap } from './heap';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';
import { startOrg } from './org';

const SIZES = [1_000, 10_000, 100_000];
/** The built-in node makes one call per record, one after another, so that fewer tell the same. */
const BUILT_IN_RECORDS = 200;

/** How often everything is timed; what counts is the median. A hundred thousand take minutes, and no other load hides. */
const times = (records: number): number => (records >= 100_000 ? 1 : 3);

/** What happens to the same moves, in this order; `changed` is a push of moves that all have another seat. */
const PHASES = ['new', 'repeated', 'changed', 'undone'] as const;
export type Phase = (typeof PHASES)[number];

/** One phase; `ids` are those of the Cases that the first phase made. */
export interface MovesTask extends Task {
	phase: Phase;
}

/** What each phase cost, with the calls that the org counted. */
type Costs<Result> = Record<Phase, Result & { calls: number }>;

/**
 * Pushes moves into a local org: new, again, changed, and undoes them. Beside our nodes n8n's own Salesforce node
 * creates, updates (twice, for it does not know what is unchanged) and deletes Cases with the same fields, and bare HTTP
 * calls carry the same with nothing around them.
 */
export async function bench(options: BenchOptions): Promise<Measurement[]> {
	const { delays, records = SIZES, say } = options;
	const rehearsal = await startRehearsal();
	const dailyApiRequests = 10_000_000;
	const slow = { ...delays, dailyApiRequests };

	const phases = async <Result extends { result: string[] }>(
		module: string,
		count: number,
		measure: (run: EntryRun<MovesTask>) => Promise<Result>,
		settings: object,
	): Promise<Costs<Result>> => {
		const org = await startOrg({ settings });
		try {
			const costs: Partial<Costs<Result>> = {};
			for (const phase of PHASES) {
				const { apiCalls } = await org.counts();
				const task = { records: count, phase, ids: costs.new?.result ?? [], label: 'plan-1' };
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
		for (let time = 0; time < times(count); time++) {
			all.push(await phases<Cost<string[]>>(module, count, timeOf, slow));
		}
		const middle = (phase: Phase) =>
			all.map((costs) => costs[phase]).sort((a, b) => a.seconds - b.seconds)[Math.floor(all.length / 2)];
		return Object.fromEntries(PHASES.map((phase) => [phase, middle(phase)])) as Costs<Cost<string[]>>;
	};

	try {
		say(`n8n's own Salesforce node: ${BUILT_IN_RECORDS} Cases, one call each`);
		const builtIn = await phases<Cost<string[]>>('pushBuiltIn', BUILT_IN_RECORDS, timeOf, slow);
		const measurements: Measurement[] = [];
		for (const count of records) {
			say(`bare calls: ${count} Cases`);
			const bare = await timed('pushBare', count);
			say(`Salesforce Push Move and Undo Move: ${count} moves`);
			const ours = await timed('pushNodes', count);
			say('once more, for the memory');
			const heaps = await phases<Heap<string[]>>('pushNodes', count, heapOf, { dailyApiRequests });
			for (const phase of PHASES) {
				const { calls, seconds, peakMiB, longestBlockMs } = ours[phase];
				measurements.push({
					case: phase,
					records: count,
					calls,
					seconds: rounded(seconds),
					peakMiB: rounded(peakMiB),
					heapVsItems: rounded(heaps[phase].peakMiB / heaps[phase].itemsMiB),
					longestBlockMs: rounded(longestBlockMs),
					vs: {
						'n8n-built-in': rounded((builtIn[phase].seconds / BUILT_IN_RECORDS / seconds) * count),
						'bare-calls': rounded(bare[phase].seconds / seconds),
					},
				});
			}
		}
		return measurements;
	} finally {
		rehearsal.stop();
	}
}

/** The moves of a phase; those of `changed` all have another seat. */
export function itemsOf({ phase, records, label }: MovesTask): IDataObject[] {
	return moves(records, { movePlanId: label, ...(phase === 'changed' ? { newSeat: 'C-1' } : {}) });
}
