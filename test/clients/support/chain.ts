import type { INode, IDataObject } from 'n8n-workflow';
import type { N8nHost } from '../../../demo/host';

/** One node of a chain: the parameters of n8n's own Salesforce node, `authentication` aside. */
export type Step = INode['parameters'];

/** What the steps of a chain gave, by the step's name. */
export type Given<Name extends string> = Record<Name, IDataObject[]>;

/** A credential of an n8n, by its type and ID. */
export interface StoredCredential {
	type: string;
	id: string;
}

let made = 0;

/** An expression for a field of what an earlier step gave first. */
export const from = (step: string, field: string) => `={{ $('${step}').first().json.${field} }}`;

/** A node of a workflow; `at` is its place from the left. */
export function nodeAt(
	at: number,
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
	more: Partial<INode> = {},
): INode {
	return { id: name, name, type, typeVersion, position: [at * 200, 0], parameters, ...more };
}

/** n8n's own Salesforce node. */
export function salesforceNode(at: number, name: string, parameters: Step, { type, id }: StoredCredential): INode {
	const authentication = type === 'salesforceJwtApi' ? 'jwt' : 'oAuth2';
	return nodeAt(
		at,
		name,
		'n8n-nodes-base.salesforce',
		1.1,
		{ authentication, ...parameters },
		{
			credentials: { [type]: { id, name: type } },
			onError: 'continueRegularOutput',
			executeOnce: true,
			alwaysOutputData: true,
		},
	);
}

/** The connections of nodes that follow each other. */
export const inARow = (names: string[]) =>
	Object.fromEntries(
		names.slice(1).map((name, at) => [names[at] ?? '', { main: [[{ node: name, type: 'main' as const, index: 0 }]] }]),
	);

/**
 * Runs n8n's own Salesforce node once for each step, one after the other in one published workflow. A step that the
 * org refuses gives what n8n tells of it.
 */
export async function runChain<Name extends string>(
	{ api }: N8nHost,
	credential: StoredCredential,
	steps: Record<Name, Step>,
): Promise<Given<Name>> {
	const path = `chain-${made++}`;
	const names = Object.keys(steps) as Name[];
	const given = names
		.map((name) => `${JSON.stringify(name)}: $(${JSON.stringify(name)}).all().map((item) => item.json)`)
		.join(', ');
	const nodes = [
		nodeAt(
			0,
			'Webhook',
			'n8n-nodes-base.webhook',
			2.1,
			{ httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
			{ webhookId: path },
		),
		...names.map((name, at) => salesforceNode(at + 1, name, steps[name], credential)),
		nodeAt(
			names.length + 1,
			'Given',
			'n8n-nodes-base.set',
			3.4,
			{ mode: 'raw', jsonOutput: `={{ JSON.stringify({ ${given} }) }}`, options: {} },
			{ executeOnce: true },
		),
	];
	const id = await api.createWorkflow({
		name: path,
		nodes,
		connections: inARow(nodes.map(({ name }) => name)),
		settings: { executionOrder: 'v1' },
	});
	await api.publish(id);
	return await api.webhook<Given<Name>>(path, {});
}
