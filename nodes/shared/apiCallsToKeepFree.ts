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
		"The percentage of the org's daily API calls to leave to others. The run stops before a call that would touch them, and the items not yet sent fail with API_BUDGET.",
};
