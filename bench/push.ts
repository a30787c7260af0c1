import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';
import { startOrg } from './org';

const SIZES = [1_000, 10_000];
/** The built-in node makes one call per record, one after another, so that fewer tell the same. */
const BUILT_IN_RECORDS = 200;

/** What happens to the same moves, in this order; `changed` is a push of moves that all have another seat. */
export const PHASES = ['new', 'repeated', 'changed', 'undone'] as const;
export type Phase = (typeof PHASES)[number];

/** Seconds by phase. */
export type PhaseSeconds = Record<Phase, number>;

/**
 * Pushes moves into a local org through n8n's engine: new, again, changed, and undoes them. Beside it n8n's own
 * Salesforce node creates, updates (twice, for it does not know what is unchanged) and deletes Cases with the same
 * fields, and bare HTTP calls carry as many records with nothing around them.
 */
export async function bench({
	delayPerCallMs,
	delayPerRecordMs,
	records = SIZES,
	say,
}: BenchOptions): Promise<Measurement[]> {
	const settings = { delayPerCallMs, delayPerRecordMs, dailyApiRequests: 1_000_000 };

	/** The seconds of each phase when something else does it, in an org of its own. */
	const others = async (module: string, count: number): Promise<PhaseSeconds> => {
		const org = await startOrg({ settings });
		try {
			return await inOwnProcess<PhaseSeconds>({
				module,
				name: 'phases',
				argument: { access: org.access, records: count },
			});
		} finally {
			org.stop();
		}
	};

	say(`n8n's own Salesforce node: ${BUILT_IN_RECORDS} Cases, one call each`);
	const builtIn = await others('pushBuiltIn', BUILT_IN_RECORDS);
	const measurements: Measurement[] = [];
	for (const count of records) {
		say(`bare calls: ${count} Cases`);
		const bare = await others('pushBare', count);
		const org = await startOrg({ settings });
		try {
			for (const phase of PHASES) {
				say(`Salesforce Push Move and Undo Move: ${count} moves, ${phase}`);
				const { apiCalls } = await org.counts();
				const argument = { access: org.access, records: count, phase };
				const { seconds, peakMiB } = await inOwnProcess<Cost<null>>({
					module: 'pushMoves',
					name: 'pushMoves',
					argument,
				});
				measurements.push({
					case: phase,
					records: count,
					calls: (await org.counts()).apiCalls - apiCalls,
					seconds: rounded(seconds),
					peakMiB: rounded(peakMiB),
					vs: {
						'n8n-built-in': rounded((builtIn[phase] / BUILT_IN_RECORDS / seconds) * count),
						'bare-calls': rounded(bare[phase] / seconds),
					},
				});
			}
		} finally {
			org.stop();
		}
	}
	return measurements;
}
