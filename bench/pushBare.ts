import { moves } from '../test/support/moves';
import type { OrgReport } from './org';
import type { PhaseSeconds } from './push';
import { measured } from './measure';
import { signInBare } from './signInBare';

const RECORDS_PER_CALL = 200;
const CALLS_AT_ONCE = 5;

/** The same records in as many Collections calls, and the search in as many Composite calls, with nothing around them. */
export async function phases({ access, records }: { access: OrgReport; records: number }): Promise<PhaseSeconds> {
	const token = await signInBare(access);
	const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const response = await fetch(`${access.url}/services/data/v62.0${path}`, {
			method,
			headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
		return (await response.json()) as T;
	};
	const cases = moves(records).map(({ moveId, movePlanId, newSeat, employeeName }) => ({
		attributes: { type: 'Case' },
		ExternalID__c: `${String(movePlanId)}:${String(moveId)}`,
		Subject: `Move ${String(employeeName)}: no seat → ${String(newSeat)}`,
		Description: `${String(employeeName)} moves from no seat to ${String(newSeat)}.`,
		NewSeat__c: newSeat,
	}));
	const created = await measured(async () => {
		const answers = await atOnce(CALLS_AT_ONCE, split(cases), async (batch) =>
			await call<Array<{ id: string }>>('POST', '/composite/sobjects', { allOrNone: false, records: batch }),
		);
		return answers.flat().map(({ id }) => id);
	});
	const found = await measured(async () => {
		const queries = split(cases).map((batch) => {
			const ids = batch.map(({ ExternalID__c: id }) => `'${id}'`).join(',');
			return `SELECT Id, CaseNumber, Subject, Description, NewSeat__c FROM Case WHERE ExternalID__c IN (${ids})`;
		});
		for (let at = 0; at < queries.length; at += 5) {
			const compositeRequest = queries.slice(at, at + 5).map((soql, index) => ({
				method: 'GET',
				referenceId: `query${index}`,
				url: `/services/data/v62.0/query?q=${encodeURIComponent(soql)}`,
			}));
			await call('POST', '/composite', { compositeRequest });
		}
	});
	const changed = await measured(async () => {
		const changes = cases.map((one, index) => ({ ...one, id: created.result[index], NewSeat__c: 'C-1' }));
		await atOnce(CALLS_AT_ONCE, split(changes), async (batch) => await call('PATCH', '/composite/sobjects', { allOrNone: false, records: batch }));
	});
	const undone = await measured(async () => {
		await atOnce(CALLS_AT_ONCE, split(created.result), async (ids) => await call('DELETE', `/composite/sobjects?ids=${ids.join(',')}`));
	});
	return { new: created.seconds, repeated: found.seconds, changed: changed.seconds, undone: undone.seconds };
}

function split<T>(all: T[]): T[][] {
	return Array.from({ length: Math.ceil(all.length / RECORDS_PER_CALL) }, (_none, index) =>
		all.slice(index * RECORDS_PER_CALL, (index + 1) * RECORDS_PER_CALL),
	);
}

/** Works through a list with so many calls in flight; results in its order. */
async function atOnce<T, Result>(width: number, all: T[], work: (one: T) => Promise<Result>): Promise<Result[]> {
	const results: Result[] = [];
	const waiting = [...all.entries()];
	const worker = async (): Promise<void> => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await work(next[1]);
	};
	await Promise.all(Array.from({ length: width }, worker));
	return results;
}
