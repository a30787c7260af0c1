import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import { startOrg } from './org';
import type { OrgReport } from './org';
import { benchQueries } from './recordsQuery';
import type { BenchOptions } from './run';

const SIZES = [1_000, 10_000];
/** The built-in node makes one call per record, one after another, so that fewer tell the same. */
const BUILT_IN_RECORDS = 200;

/** What happens to Cases of an org, in this order; the upsert finds half of its records there. */
export const PHASES = ['create', 'update', 'upsert', 'read by ID'] as const;
export type Phase = (typeof PHASES)[number];

/** One phase for one process: of which records, and the IDs that the first phase gave. */
export interface PhaseJob {
	access: OrgReport;
	records: number;
	phase: Phase;
	ids: string[];
}

/** Who does the phases: a module of this folder that exports `phase`. */
type Doer = 'recordsNodes' | 'recordsBare' | 'recordsBuiltIn';

/** What a doer's phase cost, with the calls that the org counted. */
type PhaseCost = Cost<string[]> & { calls: number };

/**
 * Creates, updates, upserts, reads and queries Cases of six fields in a local org: through our nodes, through n8n's own
 * Salesforce node, and by as many bare HTTP calls as Salesforce allows at the least.
 */
export async function bench(options: BenchOptions): Promise<Measurement[]> {
	const { delayPerCallMs, delayPerRecordMs, records = SIZES, say } = options;
	const settings = { delayPerCallMs, delayPerRecordMs, dailyApiRequests: 1_000_000 };

	const phases = async (module: Doer, count: number): Promise<Record<Phase, PhaseCost>> => {
		const org = await startOrg({ settings });
		try {
			const costs: Partial<Record<Phase, PhaseCost>> = {};
			for (const phase of PHASES) {
				const { apiCalls } = await org.counts();
				const argument: PhaseJob = { access: org.access, records: count, phase, ids: costs.create?.result ?? [] };
				const cost = await inOwnProcess<Cost<string[]>>({ module, name: 'phase', argument });
				costs[phase] = { ...cost, calls: (await org.counts()).apiCalls - apiCalls };
			}
			return costs as Record<Phase, PhaseCost>;
		} finally {
			org.stop();
		}
	};

	say(`n8n's own Salesforce node: ${BUILT_IN_RECORDS} Cases, one call each`);
	const builtIn = await phases('recordsBuiltIn', BUILT_IN_RECORDS);
	const measurements: Measurement[] = [];
	for (const count of records) {
		say(`bare calls: ${count} Cases`);
		const bare = await phases('recordsBare', count);
		say(`Salesforce Create or Update Record and Get Record Fields: ${count} Cases`);
		const ours = await phases('recordsNodes', count);
		for (const phase of PHASES) {
			const { calls, seconds, peakMiB } = ours[phase];
			measurements.push({
				case: phase,
				records: count,
				calls,
				seconds: rounded(seconds),
				peakMiB: rounded(peakMiB),
				vs: {
					'n8n-built-in': rounded((builtIn[phase].seconds / BUILT_IN_RECORDS / seconds) * count),
					'bare-calls': rounded(bare[phase].seconds / seconds),
				},
			});
		}
	}
	return [...measurements, ...(await benchQueries(options))];
}

/** The fields of a phase's Cases; those of the update all differ from the ones that were created. */
export function recordsOf({ phase, records }: PhaseJob): Array<Record<string, string>> {
	const first = phase === 'upsert' ? Math.floor(records / 2) : 0;
	return Array.from({ length: records }, (_none, index) => ({
		ExternalID__c: `record-${first + index}`,
		Subject: `${phase} of record ${first + index}`,
		Description: `Made by a benchmark, which is why it says no more than this: ${phase}`,
		Department__c: `Department ${index % 10}`,
		Team__c: `Team ${index % 50}`,
		NewSeat__c: `B-${index}`,
	}));
}
