import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { getFields, searchExternalIdFields, searchObjects } from '../shared/pickers';
import { runAction } from '../shared/runAction';
import { getRecordFields } from './getRecordFields';
import { properties } from './parameters';

/** Reads chosen fields of records of any object, many in one call. */
export class SalesforceGetRecordFields implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Get Record Fields',
		name: 'salesforceGetRecordFields',
		icon: { light: 'file:getRecordFields.svg', dark: 'file:getRecordFields.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["object"].value || $parameter["object"] }}',
		description: 'Read chosen fields of any record by its ID, external ID or link',
		defaults: { name: 'Salesforce Get Record Fields' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	methods = { listSearch: { searchObjects, searchExternalIdFields }, loadOptions: { getFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, getRecordFields);
	}
}
