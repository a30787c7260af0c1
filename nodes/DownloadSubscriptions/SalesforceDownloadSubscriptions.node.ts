import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { downloadSubscriptions } from './downloadSubscriptions';
import { properties } from './parameters';

/** Gives who holds which license, and who uses it. */
export class SalesforceDownloadSubscriptions implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Download Subscriptions',
		name: 'salesforceDownloadSubscriptions',
		icon: { light: 'file:downloadSubscriptions.svg', dark: 'file:downloadSubscriptions.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: 'Users and their licenses',
		description: "Get every user's licenses with the last activity, and whether they lie idle",
		defaults: { name: 'Salesforce Download Subscriptions' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, downloadSubscriptions);
	}
}
