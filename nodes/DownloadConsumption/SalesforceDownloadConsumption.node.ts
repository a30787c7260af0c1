import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { downloadConsumption, properties } from './downloadConsumption';

/** Gives how much of every license was bought and used. */
export class SalesforceDownloadConsumption implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Download Consumption',
		name: 'salesforceDownloadConsumption',
		icon: { light: 'file:downloadConsumption.svg', dark: 'file:downloadConsumption.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: 'Bought and used',
		description: 'Get how much of every license and usage-based entitlement was bought and used',
		defaults: { name: 'Salesforce Download Consumption' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, downloadConsumption);
	}
}
