import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';

import { authenticationField, orgCredentials } from '../shared/authentication';
import { runAction } from '../shared/runAction';
import { properties } from './parameters';
import { reclaimLicense } from './reclaimLicense';
import { searchPermissionSets, searchProfiles, searchUsers } from './searches';

/** Takes back licenses that nobody uses, or shows what it would take back. */
export class SalesforceReclaimLicense implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Salesforce Reclaim License',
		name: 'salesforceReclaimLicense',
		icon: { light: 'file:reclaimLicense.svg', dark: 'file:reclaimLicense.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["dryRun"] ? "Dry run: " : "" }}{{ $parameter["operation"] }}',
		description:
			'Freeze or deactivate users, or take back licenses that they do not use; users who were active since are left alone',
		defaults: { name: 'Salesforce Reclaim License' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Reclaimed', 'Left alone'],
		credentials: orgCredentials,
		properties: [authenticationField, ...properties],
	};

	methods = { listSearch: { searchPermissionSets, searchProfiles, searchUsers } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runAction(this, reclaimLicense);
	}
}
