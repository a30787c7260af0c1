import type { IDataObject } from 'n8n-workflow';

import { bareOrg, VERSIONED_ROOT } from './bareOrg';
import { BUILT_IN_NODE, startBuiltIn } from './builtIn';
import type { Entry, Task } from './contender';
import { runToEnd, startEngine } from './engine';

/** A query of all Cases, and the API that Salesforce SOQL Query is to use. */
export interface QueryTask extends Task {
	api: 'rest' | 'bulk';
}

const QUERY = 'SELECT Id, CaseNumber, Subject, Status, IsClosed, CreatedDate, ExternalID__c, Owner.Name FROM Case';

const itemsOf = (): IDataObject[] => [{}];

/** The query by Salesforce SOQL Query. */
export const nodes: Entry<QueryTask> = {
	itemsOf,
	contender: async (access) => {
		const engine = await startEngine(access);
		return async ({ api }, items) =>
			await runToEnd(engine, items, {
				type: 'salesforceSoqlQuery',
				parameters: { query: QUERY, returnAll: true, options: { api } },
			});
	},
};

/** The query by n8n's own Salesforce node. */
export const builtIn: Entry<QueryTask> = {
	itemsOf,
	contender: async (access) => {
		const engine = await startBuiltIn(access);
		const parameters = { authentication: 'jwt', resource: 'search', operation: 'query', query: QUERY };
		return async (_task, items) => await runToEnd(engine, items, { ...BUILT_IN_NODE, parameters });
	},
};

/** The query's pages one after another, with nothing around them. */
export const bare: Entry<QueryTask> = {
	itemsOf,
	contender: async (access) =>
		await Promise.resolve(async () => {
			const call = await bareOrg(access);
			const found: IDataObject[] = [];
			let next: string | undefined = `/query?q=${encodeURIComponent(QUERY)}`;
			while (next !== undefined) {
				const page: { records: IDataObject[]; nextRecordsUrl?: string } = await call('GET', next);
				for (const record of page.records) found.push(record);
				next = page.nextRecordsUrl?.replace(VERSIONED_ROOT, '');
			}
			return found;
		}),
};
