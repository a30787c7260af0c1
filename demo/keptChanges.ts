import type { INode } from 'n8n-workflow';

import type { CredentialName } from './fitToMachine';
import type { N8nApi, WorkflowFile } from './n8nApi';

/** Milliseconds within which the flow has run. */
const WITHIN = 60_000;

const TRIGGER = 'At the press of a button';

/**
 * Gives n8n a workflow that writes to the org and keeps what takes it back, and runs it once, so that there is something
 * to undo.
 *
 * @param keepingId the ID of the workflow that keeps changes
 * @returns the ID of the execution that wrote
 */
export async function addKeptChanges(api: N8nApi, keepingId: string, salesforce: CredentialName): Promise<string> {
	await api.publish(keepingId);
	const execution = await api.press(await api.createWorkflow(writing(keepingId, salesforce)), TRIGGER);
	const { status, error } = await api.execution(execution, WITHIN);
	if (status !== 'success') throw new Error(`No change was kept: ${error?.message ?? status}`);
	return execution;
}

function writing(keepingId: string, salesforceOpsApi: CredentialName): WorkflowFile {
	const step = (name: string, type: string, typeVersion: number, parameters: INode['parameters']): INode => ({
		...{ id: name, name, type, typeVersion, parameters, position: [0, 0] },
		...(type.startsWith('n8n-nodes-salesforce-ops.') ? { credentials: { salesforceOpsApi } } : {}),
	});
	const nodes = [
		step(TRIGGER, 'n8n-nodes-base.manualTrigger', 1, {}),
		step('New Cases', 'n8n-nodes-salesforce-ops.salesforceSoqlQuery', 1, {
			query: "SELECT Id FROM Case WHERE Status = 'New'",
		}),
		step('Make them urgent', 'n8n-nodes-salesforce-ops.salesforceCreateOrUpdateRecord', 1, {
			operation: 'update',
			object: { __rl: true, mode: 'name', value: 'Case' },
			recordId: '={{ $json.Id }}',
			valuesFrom: 'json',
			record: '{ "Priority": "High" }',
		}),
		step('Keep what takes it back', 'n8n-nodes-base.executeWorkflow', 1.2, {
			source: 'database',
			workflowId: { __rl: true, mode: 'id', value: keepingId },
			options: {},
		}),
	].map((node, index): INode => ({ ...node, position: [220 * index, 0] }));
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index]?.name ?? '',
				{ main: [[{ node: name, type: 'main' as const, index: 0 }]] },
			]),
	);
	return { name: 'Make new Cases urgent, and keep what takes it back', nodes, connections, settings: {} };
}
