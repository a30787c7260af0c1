import type { INode } from 'n8n-workflow';
import { join } from 'node:path';

import type { WorkflowFile } from './n8nApi';

/** A credential of an n8n, as nodes refer to it. */
export interface CredentialName {
	id: string;
	name: string;
}

/** What an example workflow needs of an n8n beside its nodes. */
export interface Surroundings {
	/** The credential of each org that the workflow names in *Org Display Name*; `''` is that of all others. */
	orgs: Record<string, CredentialName>;
	smtp: CredentialName;
	/** Where files may be written. */
	folder: string;
	/** The address of the workplace planner, without a slash at the end. */
	planner?: string;
	/** Whether moves are repaired, and not only told. */
	repair?: boolean;
}

/** Does in an example workflow what its note asks of a person, and puts in place what this n8n lacks. */
export function fitToMachine(
	workflow: WorkflowFile,
	{ orgs, smtp, folder, planner, repair = false }: Surroundings,
): WorkflowFile {
	const changes: Record<string, (node: INode) => void> = {
		// The n8n here is installed without the libraries of Convert to File.
		'n8n-nodes-base.convertToFile': (node) => {
			const parameters = { mode: 'jsonToBinary', convertAllData: true, destinationKey: 'data', options: {} };
			Object.assign(node, { type: 'n8n-nodes-base.moveBinaryData', typeVersion: 1.1, parameters });
		},
		'n8n-nodes-base.readWriteFile': (node) => {
			node.parameters.fileName = `=${join(folder, '{{ $itemIndex }}.json')}`;
		},
		'n8n-nodes-base.emailSend': (node) => {
			node.credentials = { smtp };
		},
	};
	for (const node of workflow.nodes) {
		changes[node.type]?.(node);
		// Nobody who looks on wants to wait for minutes.
		if (node.name === 'Every minute') node.parameters.rule = { interval: [{ field: 'seconds', secondsInterval: 2 }] };
		if (node.parameters.pollTimes !== undefined) node.parameters.pollTimes = { item: [{ mode: 'everyMinute' }] };
		if (node.name === 'Settings' && planner !== undefined) {
			node.parameters.jsonOutput = String(node.parameters.jsonOutput)
				.replace('https://planner.example.com', planner)
				.replace('"repair": false', `"repair": ${repair}`);
		}
		const org = orgs[String(node.parameters.orgName ?? '')] ?? orgs[''];
		if (node.type.startsWith('n8n-nodes-salesforce-ops.') && org) node.credentials = { salesforceOpsApi: org };
	}
	return workflow;
}
