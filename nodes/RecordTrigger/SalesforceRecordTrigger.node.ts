import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	INodeExecutionData,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { fieldsOf, getFields, searchObjects, searchPlatformEvents } from '../shared/pickers';
import { startLiving } from './live';
import { properties } from './parameters';
import { poll } from './poll';

/** Starts a workflow when records of any object are created, updated, deleted or undeleted, or an event is published. */
export class SalesforceRecordTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Record Trigger',
		name: 'salesforceRecordTrigger',
		icon: { light: 'file:recordTrigger.svg', dark: 'file:recordTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["watch"] === "moves" ? "Cases of moves" : ($parameter["watch"] === "platformEvents" ? $parameter["platformEvent"] : $parameter["object"]).value }}',
		description:
			'Start a workflow when records of any object are created, updated, deleted or undeleted, or when a platform event is published',
		defaults: { name: 'Salesforce Record Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	methods = { listSearch: { searchObjects, searchPlatformEvents }, loadOptions: { getFields: getWatchedFields } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}

	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse | undefined> {
		return await startLiving(this);
	}
}

/** The fields of what is watched. */
async function getWatchedFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return this.getNodeParameter('watch') === 'moves' ? await fieldsOf(this, 'Case') : await getFields.call(this);
}
