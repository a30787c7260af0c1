import { heapOf, timeOf } from './contender';
import type { EntryRun, Run } from './contender';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';
import { startOrg } from './org';
import type { QueryTask } from './recordsQueryRuns';

const SIZES = [50_000, 200_000];
/** n8n's own Salesforce node ends with "Maximum call stack size exceeded" somewhat above this. */
const BUILT_IN_MOST = 100_000;

/** Cases and the API that Salesforce SOQL Query uses in each. */
const WAYS = { queried: 'rest', 'queried in bulk': 'bulk' } as const;

/**
 * Queries all Cases of a local org through n8n's engine. Beside it n8n's own Salesforce node runs the same query, and
 * bare HTTP calls read its pages one after another with nothing around them.
 */
export async function benchQueries(
	{ delays, records = SIZES, say }: BenchOptions,
	rehearsal: Run<QueryTask>['rehearsal'],
): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (const count of records) {
		say(`an org with ${count} Cases`);
		const org = await startOrg({
			settings: delays,
			seed: {
				Case: Array.from({ length: count }, (_case, index) => ({
					Subject: `Case ${index}`,
					ExternalID__c: `c-${index}`,
				})),
			},
		});
		const run = (name: string, api: QueryTask['api']): EntryRun<QueryTask> => ({
			module: 'recordsQueryRuns',
			name,
			run: { access: org.access, rehearsal, task: { records: count, ids: [], label: '', api } },
		});
		try {
			say("n8n's own Salesforce node, the same query");
			const builtIn = count > BUILT_IN_MOST ? undefined : await timeOf(run('builtIn', 'rest'));
			say('bare calls, one page after another');
			const bare = await timeOf(run('bare', 'rest'));
			for (const [name, api] of Object.entries(WAYS)) {
				say(`Salesforce SOQL Query: ${name}`);
				const { apiCalls } = await org.counts();
				const { seconds, peakMiB } = await timeOf(run('nodes', api));
				const calls = (await org.counts()).apiCalls - apiCalls;
				const heap = await heapOf(run('nodes', api));
				measurements.push({
					case: name,
					records: count,
					calls,
					seconds: rounded(seconds),
					peakMiB: rounded(peakMiB),
					heapVsItems: rounded(heap.peakMiB / heap.itemsMiB),
					vs: {
						...(builtIn === undefined ? {} : { 'n8n-built-in': rounded(builtIn.seconds / seconds) }),
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
