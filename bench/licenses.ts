import { staff } from '../local-org';
import type { Heap } from './heap';
import type { DownloadTask } from './licensesDownload';
import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import { startOrg } from './org';
import type { BenchOrg } from './org';
import type { BenchOptions } from './options';

const SIZES = [100, 5_000, 50_000];

/** Calls that the downloads of an org of so many users may take: that of what was bought, one for each metric. */
const MOST_CALLS = { users: 5_000, subscriptions: 9, consumption: 3 };

/** How long our download may take, in times of the same calls made bare. */
const MOST_TIME = 1.2;

/** How much memory may be in use at the most, in times of the items; where there are fewer users, pages weigh more. */
const MOST_HEAP = { users: 50_000, times: 2 };

/** So often each time is measured, of which the median counts; where one takes a minute, once is enough. */
const roundsFor = (users: number): number => (users > 10_000 ? 1 : 3);

/**
 * Downloads the subscriptions of orgs with so many users, three licenses each, through n8n's engine, beside the same
 * calls made bare, and what was bought of them.
 *
 * @throws Error when 5,000 users take more calls than they may, a thousand users take more calls in a larger org, the
 *   download takes more than 1.2 times as long as its calls alone, or that of 50,000 users twice the memory of its items
 */
export async function bench({ delays, records = SIZES, say }: BenchOptions): Promise<Measurement[]> {
	const rehearsal = await startOrg({ seed: staff({ users: 20 }) });
	const measurements: Measurement[] = [];
	try {
		for (const users of [...records].sort((a, b) => a - b)) {
			const withOrg = async <Result>(settings: object, work: (org: BenchOrg) => Promise<Result>): Promise<Result> => {
				say(`An org of ${users} users …`);
				const org = await startOrg({ settings, seed: staff({ users }) });
				try {
					return await work(org);
				} finally {
					org.stop();
				}
			};
			const task = (org: BenchOrg): DownloadTask => ({ access: org.access, users, rehearsal: rehearsal.access });
			const times = await withOrg(delays, async (org) => await timesOf(org, task(org), say));
			const heapVsItems = await withOrg({}, async (org) => await weightOf(task(org), say));
			measurements.push(...times.map((one) => (one.case === 'subscriptions' ? { ...one, heapVsItems } : one)));
		}
	} finally {
		rehearsal.stop();
	}
	judge(measurements);
	return measurements;
}

async function run<Result>(name: string, argument: DownloadTask): Promise<Result> {
	return await inOwnProcess<Result>({ module: 'licensesDownload', name, argument });
}

/** What the downloads cost, beside the same calls made bare. */
async function timesOf(org: BenchOrg, task: DownloadTask, say: BenchOptions['say']): Promise<Measurement[]> {
	const { users } = task;
	const counted = async <Result>(name: string): Promise<{ cost: Cost<Result>; calls: number }> => {
		const { apiCalls } = await org.counts();
		const cost = await run<Cost<Result>>(name, task);
		return { cost, calls: (await org.counts()).apiCalls - apiCalls };
	};
	say(`Salesforce Download Subscriptions: ${users} users`);
	const ours = [await counted('time')];
	const bare = [await counted('timeBare')];
	while (ours.length < roundsFor(users)) {
		ours.push(await counted('time'));
		bare.push(await counted('timeBare'));
	}
	const our = median(ours);
	const calls = median(bare);
	if (our.calls !== calls.calls) throw new Error(`Ours are ${our.calls} calls, those made bare ${calls.calls}.`);
	say(`${rounded((our.calls / users) * 1_000)} calls for a thousand users`);
	say(`${rounded(our.cost.seconds / calls.cost.seconds)} times as long as the same calls made bare`);
	say(`Salesforce Download Consumption: ${users} users`);
	const bought = await counted('consumption');
	const vsBare = rounded(calls.cost.seconds / our.cost.seconds);
	return [
		measurement('subscriptions', users, our, { 'bare-calls': vsBare }),
		measurement('consumption', users, bought, {}),
	];
}

function measurement(
	name: string,
	records: number,
	{ cost, calls }: { cost: Cost<unknown>; calls: number },
	vs: Measurement['vs'],
): Measurement {
	const { seconds, peakMiB, longestBlockMs } = cost;
	return {
		case: name,
		records,
		calls,
		seconds: rounded(seconds),
		peakMiB: rounded(peakMiB),
		longestBlockMs: rounded(longestBlockMs),
		vs,
	};
}

/** How many times the memory of its items a download needs at the most. */
async function weightOf(task: DownloadTask, say: BenchOptions['say']): Promise<number> {
	const { peakMiB, itemsMiB } = await run<Heap<number>>('weigh', task);
	say(`${rounded(peakMiB / itemsMiB)} times the memory of the items, which is ${rounded(itemsMiB)} MiB`);
	return rounded(peakMiB / itemsMiB);
}

function median<Of extends { cost: Cost<unknown> }>(all: readonly Of[]): Of {
	const sorted = [...all].sort((one, other) => one.cost.seconds - other.cost.seconds);
	return sorted[Math.floor(sorted.length / 2)] as Of;
}

function judge(measurements: readonly Measurement[]): void {
	for (const { case: name, records, calls } of measurements) {
		const allowed = name === 'consumption' ? MOST_CALLS.consumption : MOST_CALLS.subscriptions;
		if (records === MOST_CALLS.users && calls > allowed) {
			throw new Error(`The ${name} of ${records} users took ${calls} calls; ${allowed} are allowed.`);
		}
	}
	const downloads = measurements.filter((one) => one.case === 'subscriptions');
	downloads.forEach(({ records, calls, heapVsItems = 0, vs }, index) => {
		const smaller = downloads[index - 1];
		if (smaller !== undefined && calls / records > smaller.calls / smaller.records) {
			throw new Error(`A thousand users take more calls among ${records} than among ${smaller.records}.`);
		}
		// In a small org the log-in and the engine weigh more than the users.
		if (records < MOST_CALLS.users) return;
		if (1 / (vs['bare-calls'] ?? 1) > MOST_TIME) {
			throw new Error(`${records} users took more than ${MOST_TIME} times as long as the same calls made bare.`);
		}
		if (records >= MOST_HEAP.users && heapVsItems >= MOST_HEAP.times) {
			throw new Error(`${records} users took ${heapVsItems} times the memory of the items.`);
		}
	});
}
