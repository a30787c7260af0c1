import { startLocalOrg } from '../local-org';
import type { LocalOrg } from '../local-org';
import { measured } from './measure';
import type { Cost } from './measure';
import { signInBare } from './signInBare';

const REPETITIONS = 15;

const cases = (count: number) =>
	Array.from({ length: count }, (_none, index) => ({ Subject: `Case ${index}`, ExternalID__c: `plan-1:m-${index}` }));

/** From the call to an org that answers. */
export async function start(): Promise<Cost<null>> {
	return await measured(async () => {
		await startLocalOrg();
		return null;
	});
}

/** So many Cases written into an org that runs. */
export async function seed(records: number): Promise<Cost<null>> {
	const org = await startLocalOrg();
	return await measured(async () => {
		org.seed({ Case: cases(records) });
		return await Promise.resolve(null);
	});
}

/** One Collections call that creates so many Cases. */
export async function collectionsCall(records: number): Promise<Cost<null>> {
	const org = await startLocalOrg();
	const body = JSON.stringify({ records: cases(records).map((one) => ({ attributes: { type: 'Case' }, ...one })) });
	return await median(org, async (headers) => {
		await answered(fetch(`${org.url}/services/data/v62.0/composite/sobjects`, { method: 'POST', headers, body }));
	});
}

/** One page of so many Cases. */
export async function queryPage(records: number): Promise<Cost<null>> {
	const org = await startLocalOrg({ seed: { Case: cases(records) } });
	const address = `${org.url}/services/data/v62.0/query?q=${encodeURIComponent('SELECT Id, Subject, Owner.Name FROM Case')}`;
	return await median(org, async (headers) => await answered(fetch(address, { headers })));
}

async function answered(call: Promise<Response>): Promise<void> {
	const response = await call;
	const text = await response.text();
	if (!response.ok) throw new Error(text);
}

/** Time of the middle one of several calls, after one that does not count; memory of all of them. */
async function median(org: LocalOrg, call: (headers: Record<string, string>) => Promise<void>): Promise<Cost<null>> {
	const headers = { Authorization: `Bearer ${await signInBare(org)}`, 'Content-Type': 'application/json' };
	await call(headers);
	const { result, ...cost } = await measured(async () => {
		const times: number[] = [];
		for (let repetition = 0; repetition < REPETITIONS; repetition++) {
			times.push((await measured(async () => await call(headers))).seconds);
		}
		return times.sort((a, b) => a - b);
	});
	return { ...cost, seconds: result[(REPETITIONS - 1) / 2] ?? 0, result: null };
}
