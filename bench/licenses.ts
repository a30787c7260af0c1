import { staff } from '../local-org';
import { inOwnProcess } from './measure';
import type { Cost } from './measure';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';
import { startOrg } from './org';

const SIZES = [100, 5_000, 50_000];

/** Calls that the download of 5,000 users may take. */
const MOST_CALLS = { users: 5_000, calls: 20 };

/**
 * Downloads the subscriptions of orgs with so many users, three licenses each, through n8n's engine.
 *
 * @throws Error when 5,000 users take more than 20 calls, or a thousand users take more calls in a larger org
 */
export async function bench({ delays, records = SIZES, say }: BenchOptions): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (const users of [...records].sort((a, b) => a - b)) {
		say(`An org of ${users} users …`);
		const org = await startOrg({ settings: delays, seed: staff({ users }) });
		try {
			say(`Salesforce Download Subscriptions: ${users} users`);
			const { seconds, peakMiB } = await inOwnProcess<Cost<null>>({
				module: 'licensesDownload',
				name: 'download',
				argument: { access: org.access, users },
			});
			const calls = (await org.counts()).apiCalls;
			say(`${rounded((calls / users) * 1_000)} calls for a thousand users`);
			measurements.push({
				case: 'subscriptions',
				records: users,
				calls,
				seconds: rounded(seconds),
				peakMiB: rounded(peakMiB),
				vs: {},
			});
		} finally {
			org.stop();
		}
	}
	judge(measurements);
	return measurements;
}

function judge(measurements: readonly Measurement[]): void {
	measurements.forEach(({ records, calls }, index) => {
		if (records === MOST_CALLS.users && calls > MOST_CALLS.calls) {
			throw new Error(`${records} users took ${calls} calls; ${MOST_CALLS.calls} are allowed.`);
		}
		const smaller = measurements[index - 1];
		if (smaller !== undefined && calls / records > smaller.calls / smaller.records) {
			throw new Error(`A thousand users take more calls among ${records} than among ${smaller.records}.`);
		}
	});
}
