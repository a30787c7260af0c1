import { runToEnd, startEngine } from './engine';
import { measured } from './measure';
import type { Cost } from './measure';
import type { OrgReport } from './org';

/** Each user of the org has this many licenses; the two users that every org begins with have one. */
const LICENSES = 3;
const FIRST_USERS = 2;

/** One download in this process, from the log-in to the last item. */
export async function download({ access, users }: { access: OrgReport; users: number }): Promise<Cost<null>> {
	const engine = await startEngine(access);
	return await measured(async () => {
		const items = await runToEnd(engine, [{}], { type: 'salesforceDownloadSubscriptions' });
		const expected = users * LICENSES + FIRST_USERS;
		if (items.length !== expected) throw new Error(`${items.length} of ${expected} items came out.`);
		return null;
	});
}
