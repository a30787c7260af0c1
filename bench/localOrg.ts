import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';

/** What is measured, in this order, with the function of `localOrgCases` that does it and its records. */
const CASES = [
	{ case: 'started', name: 'start', records: 0, calls: 0 },
	{ case: '10,000 Cases seeded', name: 'seed', records: 10_000, calls: 0 },
	{ case: 'Collections call', name: 'collectionsCall', records: 200, calls: 1 },
	{ case: 'query page', name: 'queryPage', records: 2_000, calls: 1 },
];

/** How quick the local org itself is, each case in a fresh process; calls are the median of several. */
export async function bench({ say }: BenchOptions): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (const { case: what, name, records, calls } of CASES) {
		say(what);
		const { seconds, peakMiB } = await inOwnProcess<Cost<null>>({ module: 'localOrgCases', name, argument: records });
		measurements.push({ case: what, records, calls, seconds: rounded(seconds), peakMiB: rounded(peakMiB), vs: {} });
	}
	return measurements;
}
