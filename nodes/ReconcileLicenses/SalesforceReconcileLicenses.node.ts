import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { properties } from './parameters';
import { reconcileLicenses } from './reconcileLicenses';

/** Sets the licenses that are owned against those that are assigned and used. */
export class SalesforceReconcileLicenses implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Reconcile Licenses',
		name: 'salesforceReconcileLicenses',
		icon: { light: 'file:reconcileLicenses.svg', dark: 'file:reconcileLicenses.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: 'Owned, assigned, active, idle',
		description: 'Compare licenses that you own with those that are assigned and used, and say what idle ones cost',
		defaults: { name: 'Salesforce Reconcile Licenses' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Licenses', 'People in several orgs'],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return reconcileLicenses(this);
	}
}
