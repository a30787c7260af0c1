import type { INodeProperties } from 'n8n-workflow';

import { asSeen } from '../../moves/asSeen';
import { InputError } from '../../salesforce/inputError';
import { choices } from './choices';
import type { Options, Reading } from './reading';

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
		'How many calls may be under way at once. The node goes down to one by itself when Salesforce reports locked records.',
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

/** Whether a node does everything but its writes. */
export const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: 'Whether to check everything and write nothing. Items say what would be done, and by which call.',
};

/** Whether a query finds what lies in the recycle bin and in the archive too. */
export const includeDeletedField: INodeProperties = {
	displayName: 'Include Deleted and Archived',
	name: 'includeDeleted',
	type: 'boolean',
	default: false,
	description: 'Whether to find archived and deleted records too. The field IsDeleted tells which are deleted.',
};

/** How many records a call carries, as the panel shows it. */
const RECORDS_PER_CALL = {
	'200': ['200', 'For orgs whose triggers and flows are slow'],
	'1000': ['1,000', 'Five times 200 in one call. What Salesforce refuses that way is sent by 200.'],
} as const;

/** How many records a call of a node that writes carries. */
export const recordsPerCallField: INodeProperties = {
	displayName: 'Records per Call',
	name: 'recordsPerCall',
	type: 'options',
	noDataExpression: true,
	options: choices(RECORDS_PER_CALL),
	default: '1000',
	description: 'How many records a call carries at the most',
};

/**
 * Reads `recordsPerCallField` from the node's options: whether five Collections go in one Composite call.
 * @throws InputError when it is not one of its options
 */
export function writesTogether(options: Options): boolean {
	return options.oneOf(recordsPerCallField, RECORDS_PER_CALL) === '1000';
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

/**
 * Reads an ID of a move or a plan that may not be empty.
 * @throws InputError when nobody sees anything of it
 */
export function requiredId(input: Reading, field: INodeProperties): string {
	const id = input.requiredText(field);
	if (asSeen(id) !== '') return id;
	throw new InputError(`${field.displayName} is empty`, 'Give it a value, or check the expression that fills it.');
}
