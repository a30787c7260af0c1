import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties } from './parameters';
import { undoMove } from './undoMove';

/** Takes back the Cases of moves, or of a whole move plan. */
export class SalesforceUndoMove implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Undo Move',
		name: 'salesforceUndoMove',
		icon: { light: 'file:undoMove.svg', dark: 'file:undoMove.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["undo"] === "plan" ? "Whole plan" : "Moves" }}: {{ $parameter["method"] }} Cases',
		description: 'Delete or close the Cases of moves, or of a whole move plan',
		defaults: { name: 'Salesforce Undo Move' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, undoMove);
	}
}
