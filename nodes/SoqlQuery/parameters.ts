import type { INodeProperties } from 'n8n-workflow';

import type { ItemInput } from '../shared/input';
import type { RecordShape } from '../shared/recordShape';
import { queryParametersField } from './queryParameters';

/** Which of Salesforce's APIs a query goes through. */
export type QueryApi = 'automatic' | 'bulk' | 'rest';

/** How a query is run and what its items look like. */
export interface QuerySettings {
	/** The most records to return; undefined for all. */
	limit?: number;
	api: QueryApi;
	/** Whether the plan is wanted in place of the records. */
	explain: boolean;
	/** Whether deleted and archived records are found too. */
	includeDeleted: boolean;
	shape: RecordShape;
}

/** The parameters of Salesforce SOQL Query. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Query',
		name: 'query',
		type: 'string',
		typeOptions: { editor: 'sqlEditor', sqlDialect: 'StandardSQL', rows: 5 },
		default: '',
		required: true,
		placeholder: 'e.g. SELECT Id, CaseNumber, Owner.Name FROM Case WHERE CreatedDate > :since',
		description:
			'The query in SOQL. Write <code>:name</code> for each value and give the value under Query Parameters. An expression inside quotes stays inside them.',
	},
	queryParametersField,
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
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		description: 'How the query is run, and what its items look like',
		default: {},
		options: [
			{
				displayName: 'API',
				name: 'api',
				type: 'options',
				options: [
					{
						name: 'Automatic',
						value: 'automatic',
						description:
							'REST, and Bulk 2.0 where the number of records makes that fewer calls and the query allows it',
					},
					{
						name: 'Bulk 2.0',
						value: 'bulk',
						description:
							'A job that Salesforce runs when it has time; for very many records, in any order, without child records and grouping',
					},
					{ name: 'REST', value: 'rest', description: 'Answers at once, 2,000 records a call' },
				],
				default: 'automatic',
				description: "Which of Salesforce's APIs to query through",
			},
			{
				displayName: 'Dates and Times',
				name: 'dates',
				type: 'options',
				options: [
					{
						name: 'As Salesforce Writes Them',
						value: 'salesforce',
						description: 'Such as 2026-05-01T07:25:37.000+0000',
					},
					{ name: 'ISO 8601', value: 'iso', description: 'Such as 2026-05-01T07:25:37.000Z' },
				],
				default: 'salesforce',
				description: 'How to write date-times. Dates without a time are 2026-05-01 either way.',
			},
			{
				displayName: 'Explain',
				name: 'explain',
				type: 'boolean',
				default: false,
				description: 'Whether to return how Salesforce would run the query, and at what cost, in place of its records',
			},
			{
				displayName: 'Include Attributes',
				name: 'includeAttributes',
				type: 'boolean',
				default: false,
				description: "Whether to keep each record's attributes, which hold its object and address",
			},
			{
				displayName: 'Include Deleted and Archived',
				name: 'includeDeleted',
				type: 'boolean',
				default: false,
				description: 'Whether to find archived records and those in the recycle bin too. IsDeleted tells them.',
			},
			{
				displayName: 'Parent Fields',
				name: 'parents',
				type: 'options',
				options: [
					{ name: 'As Columns', value: 'columns', description: 'A column each, such as Owner.Name' },
					{ name: 'Nested', value: 'nested', description: 'An object for each parent, such as Owner with its Name' },
				],
				default: 'nested',
				description: "How fields of a record's parents are returned",
			},
		],
	},
];

/**
 * Reads how an item's query is run.
 * @throws InputError for a limit that is no whole number
 */
export function readSettings(input: ItemInput): QuerySettings {
	const options = input.collection('options');
	return {
		...(input.flag('returnAll') ? {} : { limit: input.wholeNumber('limit', 'Limit', 1) }),
		api: (options.api ?? 'automatic') as QueryApi,
		explain: options.explain === true,
		includeDeleted: options.includeDeleted === true,
		shape: {
			attributes: options.includeAttributes === true,
			columns: options.parents === 'columns',
			isoDates: options.dates === 'iso',
		},
	};
}
