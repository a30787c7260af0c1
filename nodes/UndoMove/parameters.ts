import type { INodeProperties } from 'n8n-workflow';

import { moveIdField, movePlanIdField, parallelCallsField } from '../shared/fields';
import { optionsCollection } from '../shared/optionsCollection';

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

/** The options of Salesforce Undo Move. */
export const optionsField = optionsCollection([parallelCallsField]);

export const undoField: INodeProperties = {
	displayName: 'Undo',
	name: 'undo',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(TARGETS).map(([value, [name, description]]) => ({ name, value, description })),
	default: 'moves',
};

export const methodField: INodeProperties = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(METHODS).map(([value, [name, description]]) => ({ name, value, description })),
	default: 'delete',
};

export const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'string',
	default: 'Closed',
	required: true,
	displayOptions: { show: { method: ['close'] } },
	placeholder: 'e.g. Closed',
	description: 'The closed status that the Cases get, as the org names it',
};

/** The parameters of Salesforce Undo Move. */
export const properties: INodeProperties[] = [
	undoField,
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
	methodField,
	statusField,
	optionsField,
];
