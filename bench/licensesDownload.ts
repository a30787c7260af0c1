import type { IDataObject } from 'n8n-workflow';

import type { Engine } from '../test/support/engine';
import { runToEnd, startEngine } from './engine';
import { weighed } from './heap';
import type { Heap } from './heap';
import { downloadBare } from './licensesBare';
import { measured } from './measure';
import type { Cost } from './measure';
import type { OrgReport } from './org';

/** Each user of the org has this many licenses; the two users that every org begins with have one. */
const LICENSES = 3;
const FIRST_USERS = 2;

/** A download, and an org with a few users to rehearse it in. */
export interface DownloadTask {
	access: OrgReport;
	users: number;
	rehearsal: OrgReport;
}

/** One download by Salesforce Download Subscriptions, from the log-in to the last item. */
export async function time({ access, users, rehearsal }: DownloadTask): Promise<Cost<null>> {
	await download(await startEngine(rehearsal));
	const engine = await startEngine(access);
	return await measured(async () => {
		check(await download(engine), users);
		return null;
	});
}

/** The calls of one download with nothing around them. */
export async function timeBare({ access, rehearsal }: DownloadTask): Promise<Cost<number>> {
	await downloadBare(rehearsal);
	return await measured(async () => await downloadBare(access));
}

/** What one download needs of memory beside its items. */
export async function weigh({ access, users, rehearsal }: DownloadTask): Promise<Heap<number>> {
	await download(await startEngine(rehearsal));
	const engine = await startEngine(access);
	const heap = await weighed(
		() => [{}],
		async (items) => await download(engine, items),
	);
	check(heap.result, users);
	return { ...heap, result: heap.result.length };
}

/** Who holds what, and what was bought of it, by Salesforce Download Consumption. */
export async function consumption({ access, rehearsal }: DownloadTask): Promise<Cost<null>> {
	const node = { type: 'salesforceDownloadConsumption' };
	await runToEnd(await startEngine(rehearsal), [{}], node);
	const engine = await startEngine(access);
	return await measured(async () => {
		await runToEnd(engine, [{}], node);
		return null;
	});
}

async function download(engine: Engine, items: IDataObject[] = [{}]): Promise<IDataObject[]> {
	return await runToEnd(engine, items, { type: 'salesforceDownloadSubscriptions' });
}

function check(items: IDataObject[], users: number): void {
	const expected = users * LICENSES + FIRST_USERS;
	if (items.length !== expected) throw new Error(`${items.length} of ${expected} items came out.`);
}
