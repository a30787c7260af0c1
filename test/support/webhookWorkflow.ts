import type { INode } from 'n8n-workflow';

import type { WorkflowFile } from '../../demo/n8nApi';

/** What the one node behind the webhook is; the rest of it is the same in all these workflows. */
export type TriedNode = Pick<INode, 'type' | 'typeVersion' | 'parameters' | 'credentials' | 'onError'>;

/** A workflow of a webhook and one node, for a real n8n: the webhook answers with the node's items. */
export function webhookWorkflow(path: string, node: TriedNode): WorkflowFile {
	return {
		name: path,
		nodes: [
			{
				id: 'a',
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: [0, 0],
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', responseData: 'allEntries', options: {} },
			},
			{ id: 'b', name: 'Node', position: [200, 0], ...node },
		],
		connections: { Webhook: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
