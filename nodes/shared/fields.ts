import type { INodeProperties } from 'n8n-workflow';

import type { Options } from './reading';

/** The most calls that a node keeps in flight: Salesforce allows 25 long ones per org, and other programs need some. */
const MOST_PARALLEL = 10;

/** How many calls a node that writes keeps in flight. */
export const parallelCallsField: INodeProperties = {
	displayName: 'Parallel Calls',
	name: 'parallelCalls',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_PARALLEL },
	default: 5,
	description:
		'How many calls of 200 records may be under way at once. The node goes down to one by itself when Salesforce reports locked records.',
};

/**
 * Reads `parallelCallsField` from the node's options.
 * @throws InputError when it is not a whole number within its limits
 */
export function parallelCalls(options: Options): number {
	return options.wholeNumber(parallelCallsField, Number(parallelCallsField.default));
}

/** How many calls a run keeps in flight: the fewest that any of its items allows. */
export function fewestCalls(plans: ReadonlyArray<{ parallelCalls: number }>): number {
	return plans.reduce((fewest, plan) => Math.min(fewest, plan.parallelCalls), MOST_PARALLEL);
}

const text = (
	displayName: string,
	name: string,
	description: string,
	more: Partial<INodeProperties> = {},
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: `={{ $json.${name} }}`,
	description,
	...more,
});

/** A text parameter that reads the item's value of the same name unless told otherwise. */
export const fromItem = text;

/** The two IDs by which a move and its Case find each other. */
export const moveIdField = text('Move ID', 'moveId', "The move's ID in the planner", { required: true });
export const movePlanIdField = text(
	'Move Plan ID',
	'movePlanId',
	'The ID of the plan that the move belongs to; empty where there is none. With it the whole plan can be undone at once.',
);
