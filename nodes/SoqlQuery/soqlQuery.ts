import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { Org } from '../../salesforce/org';
import { queryPages } from '../../salesforce/query';
import type { Action, Outcome, OutcomeRecord } from '../shared/action';
import type { ItemInput } from '../shared/input';
import { asError } from '../shared/nodeError';
import { plainRecord } from './plainRecord';

/** One query to run. */
export interface QueryPlan {
	soql: string;
	/** The most records to return; undefined for all. */
	limit?: number;
}

/** The parameters of Salesforce SOQL Query. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Query',
		name: 'query',
		type: 'string',
		typeOptions: { rows: 5 },
		default: '',
		required: true,
		placeholder: "e.g. SELECT Id, CaseNumber, Owner.Name FROM Case WHERE Status = 'New'",
		description: 'The query in SOQL. Parents come as nested values, child records as lists.',
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** Runs each item's query and gives one item for each record. */
export const soqlQuery: Action<QueryPlan> = {
	outputs: 1,
	extendsItem: false,
	done: 'returned',

	plan(input: ItemInput): QueryPlan {
		return {
			soql: input.requiredText('query', 'Query'),
			...(input.flag('returnAll') ? {} : { limit: input.wholeNumber('limit', 'Limit', 1) }),
		};
	},

	async run(org, plans) {
		const outcomes: Outcome[] = [];
		for (const plan of plans) outcomes.push(await runQuery(org, plan));
		return outcomes;
	},
};

async function runQuery(org: Org, { soql, limit = Infinity }: QueryPlan): Promise<Outcome> {
	const records: OutcomeRecord[] = [];
	try {
		for await (const page of queryPages(org, soql)) {
			for (const record of page.records) {
				records.push({ json: plainRecord(record) as IDataObject });
				if (records.length >= limit) return { ok: true, records };
			}
		}
		return { ok: true, records };
	} catch (error) {
		return { ok: false, error: asError(error) };
	}
}
