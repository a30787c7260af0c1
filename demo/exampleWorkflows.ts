import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { WorkflowFile } from './n8nApi';

const folder = join(__dirname, '..', 'workflows');

/** The example workflows by the name of their file, which is also their webhook's path. */
export const EXAMPLE_WORKFLOWS = [
	'push-move-plan',
	'push-waiting-moves',
	'undo-move-plan',
	'reconcile-moves',
	'read-cases',
] as const;

/** The example workflow that begins by itself when something has happened in the org. */
export const SELF_STARTING = 'tell-the-planner';

/** The other workflows of the folder, by the name of their file: they run at a time or at the press of a button. */
export async function otherWorkflows(): Promise<string[]> {
	const names = (await readdir(folder)).filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
	return names.filter((name) => ![...EXAMPLE_WORKFLOWS, SELF_STARTING].includes(name));
}

/** A workflow of the folder as it stands there. */
export async function workflowFile(name: string): Promise<WorkflowFile> {
	return await json<WorkflowFile>(`${name}.json`);
}

/** A move of a plan as a workplace planner sends it. */
export interface PlannedMove {
	moveId: string;
	/** ISO 8601; a move without one is due at once. */
	effectiveDate?: string;
	employeeName: string;
	currentSeat: string;
	newSeat: string;
}

/** A move plan as a workplace planner sends it. */
export interface MovePlan {
	movePlanId: string;
	moves: PlannedMove[];
}

/** The sample move plan. */
export async function samplePlan(): Promise<MovePlan> {
	return await json<MovePlan>('samples/move-plan.json');
}

/**
 * An example workflow, ready for an n8n.
 *
 * @param credential the n8n credential that our nodes in it are to use
 * @param webhookBody what its webhook is pinned to, so that it runs at the press of a button; nothing when left out
 */
export async function exampleWorkflow(
	name: (typeof EXAMPLE_WORKFLOWS)[number],
	credential: { id: string; name: string },
	webhookBody?: object,
): Promise<WorkflowFile> {
	const workflow = await workflowFile(name);
	for (const node of workflow.nodes) {
		if (node.type.startsWith('n8n-nodes-salesforce-ops.')) node.credentials = { salesforceOpsApi: credential };
		if (node.type === 'n8n-nodes-base.webhook' && webhookBody)
			workflow.pinData = { [node.name]: [{ json: { body: webhookBody } }] };
	}
	return workflow;
}

async function json<Content>(file: string): Promise<Content> {
	return JSON.parse(await readFile(join(folder, file), 'utf8')) as Content;
}
