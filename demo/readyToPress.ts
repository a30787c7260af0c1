import type { IDataObject, INode, IPinData } from 'n8n-workflow';

import type { WorkflowFile } from './n8nApi';

/** What another workflow would hand over: a record that is right, and one that Salesforce refuses. */
const HANDED_OVER: IDataObject[] = [
	{ record: { ExternalID__c: 'SHEET-1', Subject: 'Standing desk for room 3.07', Status: 'New' } },
	{ record: { ExternalID__c: 'SHEET-2', Subject: 'A subject that is too long. '.repeat(10) } },
];

/**
 * Lets an example workflow show something as soon as its button is pressed: days become seconds, everybody who may be
 * chosen is chosen, and what another workflow would hand over or a form would ask for is pinned.
 *
 * @param executionId an execution that may be undone
 */
export function readyToPress(workflow: WorkflowFile, executionId: string): WorkflowFile {
	const pinData: IPinData = { ...workflow.pinData };
	const changes: Record<string, (node: INode) => void> = {
		'n8n-nodes-base.wait': (node) => {
			Object.assign(node.parameters, { amount: 5, unit: 'seconds' });
		},
		'n8n-nodes-base.executeWorkflowTrigger': ({ name }) => {
			pinData[name] = HANDED_OVER.map((json) => ({ json }));
		},
		'n8n-nodes-base.formTrigger': ({ name }) => {
			pinData[name] = [{ json: { 'Execution ID': executionId } }];
		},
		'n8n-nodes-base.filter': ({ name, parameters }) => {
			if (name !== 'To whom') return;
			const { conditions } = parameters.conditions as { conditions: IDataObject[] };
			for (const one of conditions) {
				Object.assign(one, { rightValue: '@', operator: { type: 'string', operation: 'contains' } });
			}
		},
	};
	for (const node of workflow.nodes) changes[node.type]?.(node);
	return { ...workflow, pinData };
}
