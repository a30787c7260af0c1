import type { INodeProperties } from 'n8n-workflow';

import { choices } from './choices';
import type { Options } from './reading';

/** Above this many records Salesforce recommends Bulk API. */
const RECOMMENDED_FOR_BULK = 2_000;

const BULK_API = {
	above: { name: 'Above a Number of Records', description: 'Only where a run has many' },
	always: { name: 'Always', description: 'However many there are' },
	never: { name: 'Never', description: '200 records a call' },
} as const;

/** Whether records go through Bulk API. */
export const bulkApiField: INodeProperties = {
	displayName: 'Bulk API',
	name: 'bulkApi',
	type: 'options',
	noDataExpression: true,
	options: choices(BULK_API),
	default: 'never',
	description:
		'Whether records go through Bulk API 2.0: fewer calls, and Salesforce saves in its own time. Assignment rules do not run there.',
};

/** From how many records on. */
export const bulkAboveField: INodeProperties = {
	displayName: 'Bulk API Above',
	name: 'bulkAbove',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 1 },
	default: RECOMMENDED_FOR_BULK,
	description: 'How many records a run may have before it goes through Bulk API; for Above a Number of Records',
};

/**
 * Reads from how many records on Bulk API is used; Infinity for never.
 * @throws InputError
 */
export function bulkFrom(options: Options): number {
	switch (options.oneOf(bulkApiField, BULK_API)) {
		case 'always':
			return 1;
		case 'above':
			return options.wholeNumber(bulkAboveField, RECOMMENDED_FOR_BULK) + 1;
		case 'never':
			return Infinity;
	}
}
