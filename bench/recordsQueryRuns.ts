import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Engine } from '../test/support/engine';
import { runToEnd, startEngine } from './engine';
import { measured } from './measure';
import type { Cost } from './measure';
import type { OrgReport } from './org';
import { signInBare } from './signInBare';

interface Run {
	access: OrgReport;
	/** How many records must come out. */
	records: number;
	/** The node's own choice of API. */
	api?: string;
}

const NODES = join(__dirname, '..', 'setup', 'n8n', 'node_modules', 'n8n-nodes-base');

const QUERY = 'SELECT Id, CaseNumber, Subject, Status, IsClosed, CreatedDate, ExternalID__c, Owner.Name FROM Case';

/** The query by Salesforce SOQL Query. */
export async function queryOurs({ access, records, api }: Run): Promise<Cost<number>> {
	const engine = await startEngine(access);
	return await counted(records, async () =>
		await runToEnd(engine, [{}], { type: 'salesforceSoqlQuery', parameters: { query: QUERY, returnAll: true, options: { api: api ?? 'rest' } } }),
	);
}

/** The query by n8n's own Salesforce node. */
export async function queryBuiltIn({ access, records }: Run): Promise<Cost<number>> {
	if (!existsSync(NODES)) throw new Error('n8n is not installed yet; npm run demo does that.');
	const engine = await Engine.start(NODES);
	// With a session, since the credential of that node signs in on other hosts than this one.
	engine.useCredential({ accessToken: await signInBare(access), instanceUrl: access.url });
	return await counted(records, async () =>
		await runToEnd(engine, [{}], {
			type: 'n8n-nodes-base.salesforce',
			credential: 'salesforceJwtApi',
			parameters: { authentication: 'jwt', resource: 'search', operation: 'query', query: QUERY },
		}),
	);
}

/** The query's pages one after another, with nothing around them. */
export async function queryBare({ access, records }: Run): Promise<Cost<number>> {
	return await counted(records, async () => {
		const headers = { Authorization: `Bearer ${await signInBare(access)}` };
		const found: unknown[] = [];
		let next: string | undefined = `/services/data/v62.0/query?q=${encodeURIComponent(QUERY)}`;
		while (next !== undefined) {
			const response = await fetch(access.url + next, { headers });
			const page = (await response.json()) as { records: unknown[]; nextRecordsUrl?: string };
			for (const record of page.records) found.push(record);
			next = page.nextRecordsUrl;
		}
		return found;
	});
}

/** @throws Error when other than so many records come out */
async function counted(records: number, read: () => Promise<unknown[]>): Promise<Cost<number>> {
	return await measured(async () => {
		const { length } = await read();
		if (length !== records) throw new Error(`${length} of ${records} records came out.`);
		return length;
	});
}
