import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties } from './parameters';
import { undoChangesAction } from './undoChanges';

/** Takes back what nodes of this package wrote, and leaves alone what somebody changed since. */
export class SalesforceUndoChanges implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Undo Changes',
		name: 'salesforceUndoChanges',
		icon: { light: 'file:undoChanges.svg', dark: 'file:undoChanges.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: 'Takes back what was written',
		description: 'Take back what the Salesforce Ops nodes wrote; what somebody changed since is left alone',
		defaults: { name: 'Salesforce Undo Changes' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Undone', 'Left alone'],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, undoChangesAction);
	}
}
