import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import { startOrg } from './org';
import type { BenchOptions } from './run';

const SIZES = [50_000];

/** Reading a record takes about a twentieth of the time of writing it (assumed). */
const READING = 1 / 20;

/** Cases and the API that Salesforce SOQL Query uses in each. */
const WAYS = { queried: 'rest', 'queried in bulk': 'bulk' };

/**
 * Queries all Cases of a local org through n8n's engine. Beside it n8n's own Salesforce node runs the same query, and
 * bare HTTP calls read the same pages with nothing around them.
 */
export async function benchQueries({ delayPerCallMs, delayPerRecordMs, records = SIZES, say }: BenchOptions): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (const count of records) {
		say(`an org with ${count} Cases`);
		const org = await startOrg({
			settings: { delayPerCallMs, delayPerRecordMs: delayPerRecordMs * READING },
			seed: { Case: Array.from({ length: count }, (_case, index) => ({ Subject: `Case ${index}`, ExternalID__c: `c-${index}` })) },
		});
		try {
			const run = async (name: string, api?: string): Promise<Cost<number>> =>
				await inOwnProcess<Cost<number>>({ module: 'recordsQueryRuns', name, argument: { access: org.access, records: count, api } });
			say("n8n's own Salesforce node, the same query");
			const builtIn = await run('queryBuiltIn');
			say('bare calls, the same pages');
			const bare = await run('queryBare');
			for (const [name, api] of Object.entries(WAYS)) {
				say(`Salesforce SOQL Query: ${name}`);
				const { apiCalls } = await org.counts();
				const { seconds, peakMiB } = await run('queryOurs', api);
				measurements.push({
					case: name,
					records: count,
					calls: (await org.counts()).apiCalls - apiCalls,
					seconds: rounded(seconds),
					peakMiB: rounded(peakMiB),
					vs: {
						'n8n-built-in': rounded(builtIn.seconds / seconds),
						'bare-calls': rounded(bare.seconds / seconds),
					},
				});
			}
		} finally {
			org.stop();
		}
	}
	return measurements;
}
