import type { INode, INodeParameters } from 'n8n-workflow';

import type { WorkflowFile } from '../../demo/n8nApi';

/** What the one node behind the webhook is; the rest of it is the same in all these workflows. */
export type TriedNode = Pick<INode, 'type' | 'typeVersion' | 'parameters' | 'credentials' | 'onError'>;

/**
 * What a webhook is in a workflow, whose path is its ID as well.
 * @param answer when, and with what, it answers
 */
export function webhookNode(path: string, answer: INodeParameters): Omit<INode, 'id' | 'name' | 'position'> {
	return {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: path,
		parameters: { httpMethod: 'POST', path, ...answer, options: {} },
	};
}

/** The answer of a webhook with all items of the last node. */
export const ALL_ENTRIES: INodeParameters = { responseMode: 'lastNode', responseData: 'allEntries' };

/** A workflow of a webhook and one node, for a real n8n: the webhook answers with the node's items. */
export function webhookWorkflow(path: string, node: TriedNode): WorkflowFile {
	return {
		name: path,
		nodes: [
			{ id: 'a', name: 'Webhook', position: [0, 0], ...webhookNode(path, ALL_ENTRIES) },
			{ id: 'b', name: 'Node', position: [200, 0], ...node },
		],
		connections: { Webhook: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}
