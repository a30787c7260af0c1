import { runToEnd, startEngine } from './engine';
import { measured } from './measure';
import type { Cost } from './measure';
import type { OrgReport } from './org';
import { signInBare } from './signInBare';

const AT_ONCE = 50;
const SOQL = 'SELECT Name FROM Organization';
const query = { type: 'salesforceSoqlQuery', parameters: { query: SOQL } };

interface Task {
	access: OrgReport;
	executions: number;
}

/** Opens the session that n8n would hold from an earlier execution, and gives it as n8n stores it. */
export async function openSession({ access }: Task): Promise<string> {
	const engine = await startEngine(access);
	await runToEnd(engine, [{}], query);
	return String(engine.credentials.stored.get('org')?.sessionToken);
}

/** The executions, fifty at once. */
export async function executions({
	access,
	executions: count,
	sessionToken,
}: Task & { sessionToken: string }): Promise<Cost<null>> {
	const engine = await startEngine(access);
	engine.useCredential({ ...engine.credentials.stored.get('org'), sessionToken });
	return await fiftyAtOnce(count, async () => await runToEnd(engine, [{}], query));
}

/** As many queries with a token at hand. */
export async function bareQueries({ access, executions: count }: Task): Promise<Cost<null>> {
	const token = await signInBare(access);
	const address = `${access.url}/services/data/v62.0/query?q=${encodeURIComponent(SOQL)}`;
	return await fiftyAtOnce(
		count,
		async () => await (await fetch(address, { headers: { Authorization: `Bearer ${token}` } })).json(),
	);
}

async function fiftyAtOnce(count: number, work: () => Promise<unknown>): Promise<Cost<null>> {
	return await measured(async () => {
		let left = count;
		const worker = async (): Promise<void> => {
			while (left-- > 0) await work();
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		return null;
	});
}
