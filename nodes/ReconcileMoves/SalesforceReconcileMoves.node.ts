import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties } from './parameters';
import { OUTPUTS, reconcileMoves } from './reconcileMoves';

/** Tells where the planner's moves and their Cases differ. */
export class SalesforceReconcileMoves implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Reconcile Moves',
		name: 'salesforceReconcileMoves',
		icon: { light: 'file:reconcileMoves.svg', dark: 'file:reconcileMoves.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Moves against Cases',
		description:
			"Compare the planner's moves with the Cases of their plans: which are in step, to push, to undo, or need attention. Writes nothing.",
		defaults: { name: 'Salesforce Reconcile Moves' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: Object.keys(OUTPUTS).map(() => NodeConnectionTypes.Main),
		outputNames: Object.values(OUTPUTS),
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, reconcileMoves);
	}
}
