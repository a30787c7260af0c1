import type { INodeProperties } from 'n8n-workflow';

/** How many of the org's API calls a node leaves to others. */
export const apiCallsToKeepFreeField: INodeProperties = {
	displayName: 'API Calls to Keep Free',
	name: 'apiCallsToKeepFree',
	type: 'number',
	noDataExpression: true,
	typeOptions: { minValue: 0, maxValue: 100 },
	default: 0,
	description:
		"Percent of the org's API calls of 24 hours that are left to others: before a call would go below it, the run stops, and the items not yet sent fail with API_BUDGET",
};
