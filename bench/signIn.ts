import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';
import { startOrg } from './org';

const EXECUTIONS = [1, 100, 1_000];

/**
 * Runs a workflow of one query so many times, fifty at once, and counts log-ins: with a session that is open, and with
 * one that has expired. Beside it bare calls with a token at hand make the same queries.
 */
export async function bench({ delays, records = EXECUTIONS, say }: BenchOptions): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (const state of ['open', 'expired'] as const) {
		for (const executions of records) {
			say(`${executions} executions, session ${state}`);
			const org = await startOrg({ settings: delays });
			try {
				const argument = { access: org.access, executions };
				const bare = await inOwnProcess<Cost<null>>({ module: 'signInRuns', name: 'bareQueries', argument });
				const sessionToken = await inOwnProcess<string>({ module: 'signInRuns', name: 'openSession', argument });
				if (state === 'expired') await org.expireSessions();
				const before = await org.counts();
				const { seconds, peakMiB } = await inOwnProcess<Cost<null>>({
					module: 'signInRuns',
					name: 'executions',
					argument: { ...argument, sessionToken },
				});
				const after = await org.counts();
				measurements.push({
					case: `session ${state}`,
					records: executions,
					logIns: after.logIns - before.logIns,
					calls: after.apiCalls - before.apiCalls,
					seconds: rounded(seconds),
					peakMiB: rounded(peakMiB),
					vs: { 'bare-calls': rounded(bare.seconds / seconds) },
				});
			} finally {
				org.stop();
			}
		}
	}
	return measurements;
}
