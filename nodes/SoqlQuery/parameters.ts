import type { INodeProperties } from 'n8n-workflow';

import { choices } from '../shared/choices';
import { includeDeletedField } from '../shared/fields';
import type { ItemInput } from '../shared/input';
import { optionsCollection } from '../shared/optionsCollection';
import { queryParametersField } from '../shared/queryParameters';
import type { RecordShape } from '../shared/recordShape';

/** Which of Salesforce's APIs a query goes through, as the panel shows it. */
const APIS = {
	automatic: {
		name: 'Automatic',
		description: 'REST; Bulk 2.0 where it takes fewer calls and the query allows it',
	},
	bulk: {
		name: 'Bulk 2.0',
		description:
			'A job that Salesforce runs when it has time; for very many records, in any order, without child records and grouping',
	},
	rest: { name: 'REST', description: 'Answers at once, 2,000 records a call' },
} as const;

/** Which of Salesforce's APIs a query goes through. */
export type QueryApi = keyof typeof APIS;

/** How date-times are written, as the panel shows it. */
const DATES = {
	salesforce: { name: 'As Salesforce Writes Them', description: 'Such as 2026-05-01T07:25:37.000+0000' },
	iso: { name: 'ISO 8601', description: 'Such as 2026-05-01T07:25:37.000Z' },
} as const;

/** How fields of parents are returned, as the panel shows it. */
const PARENTS = {
	columns: { name: 'As Columns', description: 'A column each, such as Owner.Name' },
	nested: { name: 'Nested', description: 'An object for each parent, such as Owner with its Name' },
} as const;

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

const apiField: INodeProperties = {
	displayName: 'API',
	name: 'api',
	type: 'options',
	options: choices(APIS),
	default: 'automatic',
	description: "Which of Salesforce's APIs to query through",
};

const datesField: INodeProperties = {
	displayName: 'Dates and Times',
	name: 'dates',
	type: 'options',
	options: choices(DATES),
	default: 'salesforce',
	description: 'How to write date-times. Dates without a time are 2026-05-01 either way.',
};

const explainField: INodeProperties = {
	displayName: 'Explain',
	name: 'explain',
	type: 'boolean',
	default: false,
	description: 'Whether to return how Salesforce would run the query, and at what cost, in place of its records',
};

const includeAttributesField: INodeProperties = {
	displayName: 'Include Attributes',
	name: 'includeAttributes',
	type: 'boolean',
	default: false,
	description: "Whether to keep each record's attributes, which hold its object and address",
};

const parentsField: INodeProperties = {
	displayName: 'Parent Fields',
	name: 'parents',
	type: 'options',
	options: choices(PARENTS),
	default: 'nested',
	description: "How fields of a record's parents are returned",
};

/** The options of Salesforce SOQL Query. */
const optionsField = optionsCollection(
	[apiField, datesField, explainField, includeAttributesField, includeDeletedField, parentsField],
	'How the query is run, and what its items look like',
);

export const queryField: INodeProperties = {
	displayName: 'Query',
	name: 'query',
	type: 'string',
	typeOptions: { editor: 'sqlEditor', sqlDialect: 'StandardSQL', rows: 5 },
	default: '',
	required: true,
	placeholder: 'e.g. SELECT Id, CaseNumber, Owner.Name FROM Case WHERE CreatedDate > :since',
	description:
		'The query in SOQL. Write <code>:name</code> for each value and give the value under Query Parameters. What an expression gives inside quotes cannot end them.',
};

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

/** The parameters of Salesforce SOQL Query. */
export const properties: INodeProperties[] = [
	queryField,
	queryParametersField,
	returnAllField,
	limitField,
	optionsField,
];

/**
 * Reads how an item's query is run.
 * @throws InputError for a limit that is no whole number
 */
export function readSettings(input: ItemInput): QuerySettings {
	const options = input.collection(optionsField);
	return {
		...(input.flag(returnAllField) ? {} : { limit: input.wholeNumber(limitField) }),
		api: options.oneOf(apiField, APIS),
		explain: options.flag(explainField),
		includeDeleted: options.flag(includeDeletedField),
		shape: {
			attributes: options.flag(includeAttributesField),
			columns: options.oneOf(parentsField, PARENTS) === 'columns',
			isoDates: options.oneOf(datesField, DATES) === 'iso',
		},
	};
}
