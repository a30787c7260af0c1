import type { INodeProperties } from 'n8n-workflow';

import { moveIdField, movePlanIdField, parallelCallsField } from '../shared/fields';

/** What is undone for an item: name in the panel, and what it says. */
export const TARGETS = {
	moves: ['Moves of the Items', "Each item's own move"],
	plan: ['Whole Move Plan', 'Every move of the plan that the item names'],
} as const;

/** What becomes of the Cases: name in the panel, and what it says. */
export const METHODS = {
	close: ['Close Cases', 'For API users who may not delete Cases'],
	delete: ['Delete Cases', 'They go to the recycle bin'],
} as const;

/** The parameters of Salesforce Undo Move. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Undo',
		name: 'undo',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(TARGETS).map(([value, [name, description]]) => ({ name, value, description })),
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
		options: Object.entries(METHODS).map(([value, [name, description]]) => ({ name, value, description })),
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
