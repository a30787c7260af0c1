import type { LifeOptions, LifeReport } from '../test/support/triggerLife';
import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';

const CHANGES = [10_000];
const SEED = 1;

/** What people and n8n do; whoever sees no deletions is measured without them too. */
const LIVES: Record<string, Pick<TriggerTask, 'deletions' | 'troubles'>> = {
	'created and updated': { deletions: false, troubles: 'none' },
	'deleted and undeleted too': { deletions: true, troubles: 'none' },
	'n8n is killed in polls': { deletions: false, troubles: 'crashes' },
};

/** The triggers, by the function of `triggerRuns` that has one live. */
const TRIGGERS = { ours: 'Salesforce Record Trigger', builtIn: "n8n's own trigger" } as const;

/** A life of a trigger. */
export interface TriggerTask {
	changes: number;
	seed: number;
	deletions: boolean;
	troubles: LifeOptions['troubles'];
}

/** What became of the changes, and the calls that it took. */
export type TriggerRun = LifeReport & { calls: number };

/**
 * People change Cases, in bursts of one second and in transactions that commit late; triggers poll at random, with calls
 * that fail, and n8n is started again between any two polls. Salesforce Record Trigger and n8n's own go through the same,
 * each in an org of its own.
 */
export async function bench({ records = CHANGES, say }: BenchOptions): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (const changes of records) {
		for (const [life, what] of Object.entries(LIVES)) {
			for (const [name, trigger] of Object.entries(TRIGGERS)) {
				say(`${trigger}, ${life}: ${changes} changes`);
				const argument: TriggerTask = { changes, seed: SEED, ...what };
				const cost = await inOwnProcess<Cost<TriggerRun>>({ module: 'triggerRuns', name, argument });
				const { calls, arrived, lost, doubled } = cost.result;
				measurements.push({
					case: `${life}: ${trigger}`,
					records: changes,
					told: { arrived, lost: lost.length, doubled },
					calls,
					seconds: rounded(cost.seconds),
					peakMiB: rounded(cost.peakMiB),
					vs: {},
				});
			}
		}
	}
	return measurements;
}
