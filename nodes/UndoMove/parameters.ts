import type { INodeProperties } from 'n8n-workflow';

import { moveIdField, movePlanIdField, parallelCallsField } from '../shared/fields';

/** The parameters of Salesforce Undo Move. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Undo',
		name: 'undo',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Moves of the Items', value: 'moves', description: "Each item's own move" },
			{ name: 'Whole Move Plan', value: 'plan', description: 'Every move of the plan that the item names' },
		],
		default: 'moves',
	},
	{ ...moveIdField, displayOptions: { show: { undo: ['moves'] } } },
	{
		...movePlanIdField,
		displayOptions: { show: { undo: ['moves'] } },
		description: 'The plan ID that the move was pushed with; empty where there was none',
	},
	{
		...movePlanIdField,
		required: true,
		displayOptions: { show: { undo: ['plan'] } },
		description: 'The plan whose moves are undone',
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Close Cases', value: 'close', description: 'For API users who may not delete Cases' },
			{ name: 'Delete Cases', value: 'delete', description: 'They go to the recycle bin' },
		],
		default: 'delete',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'string',
		default: 'Closed',
		required: true,
		displayOptions: { show: { method: ['close'] } },
		placeholder: 'e.g. Closed',
		description: 'The closed status that the Cases get, as the org names it',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [parallelCallsField],
	},
];
