import type { IDataObject } from 'n8n-workflow';

import { startRehearsal, timeOf } from './contender';
import type { Task } from './contender';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';
import { startOrg } from './org';

/** Twice as many should take twice as long. */
const SIZES = [10_000, 20_000];

/** What is saved; `shared` is one item whose match value so many records of the org have. */
export type Kind = 'different' | 'alike' | 'shared';

/** Records of one kind. */
export interface AlikeTask extends Task {
	kind: Kind;
}

const CASES: Record<Kind, string> = {
	different: 'created in bulk, different',
	alike: 'created in bulk, alike',
	shared: 'share a match value',
};

/**
 * Saves Contacts that cannot be told apart, beside as many that can: what compares each with all others takes four times
 * as long for twice as many. The org takes no time of its own.
 */
export async function bench({ records = SIZES, say }: BenchOptions): Promise<Measurement[]> {
	const rehearsal = await startRehearsal();
	try {
		const measurements: Measurement[] = [];
		for (const count of records) {
			for (const kind of ['different', 'alike', 'shared'] as const) {
				say(`${CASES[kind]}: ${count} Contacts`);
				measurements.push(await measure(kind, count, rehearsal));
			}
		}
		return measurements;
	} finally {
		rehearsal.stop();
	}
}

async function measure(
	kind: Kind,
	count: number,
	rehearsal: Awaited<ReturnType<typeof startRehearsal>>,
): Promise<Measurement> {
	const shared = Array.from({ length: kind === 'shared' ? count : 0 }, () => itemOf('alike', 0));
	const org = await startOrg({ seed: { Contact: shared } });
	try {
		const task: AlikeTask = { kind, records: kind === 'shared' ? 1 : count, ids: [], label: '' };
		const { seconds, peakMiB, longestBlockMs } = await timeOf({
			module: 'alikeRuns',
			name: 'entry',
			run: { access: org.access, rehearsal, task },
		});
		return {
			case: CASES[kind],
			records: count,
			calls: (await org.counts()).apiCalls,
			seconds: rounded(seconds),
			peakMiB: rounded(peakMiB),
			longestBlockMs: rounded(longestBlockMs),
			vs: {},
		};
	} finally {
		org.stop();
	}
}

/** One Contact of a kind. */
export function itemOf(kind: Kind, index: number): IDataObject {
	return { LastName: kind === 'different' ? `Contact ${index}` : 'Contact' };
}
