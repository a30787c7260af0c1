import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { searchExternalIdFields, searchObjects } from '../shared/pickers';
import { runAction } from '../shared/runAction';
import { deleteRecord } from './deleteRecord';
import { properties } from './parameters';

/** Deletes records of any object, and keeps what it takes to make them again. */
export class SalesforceDeleteRecord implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Delete Record',
		name: 'salesforceDeleteRecord',
		icon: { light: 'file:deleteRecord.svg', dark: 'file:deleteRecord.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["object"].value }}',
		description: 'Delete records by ID, external ID or link; each item holds what is needed to undo it',
		defaults: { name: 'Salesforce Delete Record' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	methods = { listSearch: { searchObjects, searchExternalIdFields } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, deleteRecord);
	}
}
