import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties } from './parameters';
import { soqlQuery } from './soqlQuery';

/** Runs SOQL and gives one item for each record. */
export class SalesforceSoqlQuery implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce SOQL Query',
		name: 'salesforceSoqlQuery',
		icon: { light: 'file:soqlQuery.svg', dark: 'file:soqlQuery.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["query"] }}',
		description: 'Query any object of the org with SOQL',
		defaults: { name: 'Salesforce SOQL Query' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, soqlQuery);
	}
}
