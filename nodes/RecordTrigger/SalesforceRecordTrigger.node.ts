import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { fieldsOf, getFields, searchObjects } from '../shared/pickers';
import { properties } from './parameters';
import { poll } from './poll';

/** Starts a workflow when records of any object are created, updated, deleted or undeleted. */
export class SalesforceRecordTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Record Trigger',
		name: 'salesforceRecordTrigger',
		icon: { light: 'file:recordTrigger.svg', dark: 'file:recordTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["watch"] === "moves" ? "Cases of moves" : $parameter["object"].value || $parameter["object"] }}',
		description: 'Start a workflow when records of any object are created, updated, deleted or undeleted',
		defaults: { name: 'Salesforce Record Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	methods = { listSearch: { searchObjects }, loadOptions: { getFields: getWatchedFields } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}

/** The fields of what is watched. */
async function getWatchedFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return this.getNodeParameter('watch') === 'moves' ? await fieldsOf(this, 'Case') : await getFields.call(this);
}
