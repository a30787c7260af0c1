import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties } from './parameters';
import { pushMove } from './pushMove';

/** Saves the moves of a plan that are due as Cases, one each, and passes on the others. */
export class SalesforcePushMove implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Push Move',
		name: 'salesforcePushMove',
		icon: { light: 'file:pushMove.svg', dark: 'file:pushMove.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: 'Due moves to Cases',
		description:
			'Save each move that is due as one Case, however often it runs; later moves leave by the second output',
		defaults: { name: 'Salesforce Push Move' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Pushed', 'Not due'],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, pushMove);
	}
}
