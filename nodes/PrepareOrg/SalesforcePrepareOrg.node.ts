import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties } from './parameters';
import { prepareOrg } from './prepareOrg';

/** Says what n8n's jobs need of an org, and makes what is missing. */
export class SalesforcePrepareOrg implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Prepare Org',
		name: 'salesforcePrepareOrg',
		icon: { light: 'file:prepareOrg.svg', dark: 'file:prepareOrg.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] === "prepare" ? "Prepare" : "Check" }}',
		description: "Check whether an org has what n8n's jobs need, and make what is missing",
		defaults: { name: 'Salesforce Prepare Org' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, prepareOrg);
	}
}
