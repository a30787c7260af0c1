import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties, undoReclaim } from './undoReclaim';

/** Gives back what Salesforce Reclaim License took. */
export class SalesforceUndoReclaim implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Undo Reclaim',
		name: 'salesforceUndoReclaim',
		icon: { light: 'file:undoReclaim.svg', dark: 'file:undoReclaim.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: 'Gives back what was reclaimed',
		description: 'Give back what Salesforce Reclaim License took',
		defaults: { name: 'Salesforce Undo Reclaim' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, undoReclaim);
	}
}
