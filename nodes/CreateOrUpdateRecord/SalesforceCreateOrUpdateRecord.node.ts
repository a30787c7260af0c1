import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { getColumns, searchExternalIdFields, searchMatchFields, searchWritableObjects } from '../shared/pickers';
import { runAction } from '../shared/runAction';
import { CREATES_ANEW, createOrUpdateRecord } from './createOrUpdateRecord';
import { properties } from './parameters';

/** Creates, updates and upserts records of any object. */
export class SalesforceCreateOrUpdateRecord implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Create or Update Record',
		name: 'salesforceCreateOrUpdateRecord',
		icon: { light: 'file:createOrUpdateRecord.svg', dark: 'file:createOrUpdateRecord.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + ($parameter["object"].value || $parameter["object"]) }}',
		description: 'Create, update or upsert records of any object, 200 a call or in bulk',
		defaults: { name: 'Salesforce Create or Update Record' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		hints: [
			{
				message: CREATES_ANEW,
				type: 'info',
				location: 'ndv',
				whenToDisplay: 'beforeExecution',
				displayCondition: '={{ $parameter["operation"] === "create" }}',
			},
		],
		properties: [authenticationField, ...properties],
	};

	methods = {
		listSearch: { searchWritableObjects, searchExternalIdFields, searchMatchFields },
		resourceMapping: { getColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, createOrUpdateRecord);
	}
}
