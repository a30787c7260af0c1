import type { INode } from 'n8n-workflow';

import type { LocalOrg } from '../local-org';
import type { CredentialName } from './fitToMachine';
import type { N8nApi, WorkflowFile } from './n8nApi';
import { addCredential } from './stage';
import type { Stage } from './stage';
import { table } from './table';

/** The path of the webhook that prepares an org. */
const PATH = 'prepare-org';

interface Requirement {
	kind: 'requirement' | 'summary';
	job: string;
	requirement?: string;
	state?: string;
	isAdvice?: boolean;
	ready?: boolean;
}

interface Made {
	name: string;
	result: string;
}

/** What the workflow answers: the items of its three nodes. */
interface Answer {
	before: Requirement[];
	made: Made[];
	after: Requirement[];
}

/**
 * Gives n8n the credential of a bare org's administrator, and a workflow that checks the org with it, prepares it for its
 * API user, and checks it once more as that user.
 *
 * @param user the credential of the API user
 * @returns the workflow's ID
 */
export async function addPreparation(api: N8nApi, org: LocalOrg, user: CredentialName): Promise<string> {
	const { clientId, clientSecret } = org.admin;
	const admin = await addCredential(api, `Admin of ${user.name}`, { url: org.url, clientId, clientSecret });
	return await api.createWorkflow(preparation(org.username, admin, user));
}

function preparation(username: string, admin: CredentialName, user: CredentialName): WorkflowFile {
	const ours = (name: string, step: number, parameters: INode['parameters'], credential: CredentialName): INode => ({
		id: name,
		name,
		type: 'n8n-nodes-salesforce-ops.salesforcePrepareOrg',
		typeVersion: 1,
		position: [220 * step, 0],
		parameters,
		credentials: { salesforceOpsApi: credential },
		executeOnce: true,
	});
	const base = (name: string, step: number, type: string, typeVersion: number, parameters: INode['parameters']) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [220 * step, type === 'webhook' ? 200 : 0] satisfies [number, number] as [number, number],
		parameters,
	});
	const itemsOf = (name: string): string => `$('${name}').all().map((item) => item.json)`;
	const next = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	return {
		name: 'Prepare an org that nobody has prepared',
		nodes: [
			base('By hand', 0, 'manualTrigger', 1, {}),
			{
				...base('Org wanted', 0, 'webhook', 2.1, {
					httpMethod: 'POST',
					path: PATH,
					responseMode: 'responseNode',
					options: {},
				}),
				webhookId: PATH,
			},
			ours('Check before', 1, { username }, admin),
			ours('Prepare', 2, { operation: 'prepare', dryRun: false, username }, admin),
			ours('Check after', 3, {}, user),
			base('Answer', 4, 'respondToWebhook', 1.5, {
				respondWith: 'json',
				responseBody: `={{ ({ before: ${itemsOf('Check before')}, made: ${itemsOf('Prepare')}, after: ${itemsOf('Check after')} }) }}`,
				options: {},
			}),
		],
		connections: {
			'By hand': next('Check before'),
			'Org wanted': next('Check before'),
			'Check before': next('Prepare'),
			Prepare: next('Check after'),
			'Check after': next('Answer'),
		},
		settings: { executionOrder: 'v1' },
	};
}

/** What it came to. */
export interface PreparationNumbers {
	/** Requirements that were missing before, each once. */
	missing: number;
	/** Records and fields that were made. */
	made: number;
}

/**
 * Checks the stage's org, which is bare, prepares it, and checks it as its API user, through n8n.
 *
 * @param say told what happens, for people
 * @throws Error when nothing was missing before, or something that the jobs need is not met afterwards
 */
export async function prepareBareOrg(
	{ n8n: { api }, org, credential }: Stage,
	say: (text: string) => void,
): Promise<PreparationNumbers> {
	await api.publish(await addPreparation(api, org, credential));
	say('\nChecking the org, preparing it as its admin, and checking it as its API user …\n');
	const { before, made, after } = await api.webhook<Answer>(PATH, {});
	const missing = lacking(before);
	say(
		table(
			['Missing at first'],
			missing.map((requirement) => [requirement]),
		),
	);
	say('');
	say(
		table(
			['Made', 'Result'],
			made.map(({ name, result }) => [name, result]),
		),
	);
	const stillLacking = lacking(after);
	if (missing.length === 0) throw new Error('Nothing was missing in an org that nobody had prepared.');
	if (stillLacking.length > 0) throw new Error(`Not met after the preparation: ${stillLacking.join(', ')}.`);
	if (!after.some(({ ready }) => ready === true)) throw new Error('No job is ready after the preparation.');
	say('\n  All that the jobs need is met, as the API user sees it.');
	return { missing: missing.length, made: made.filter(({ result }) => result === 'created').length };
}

/** What jobs need and is not met, each once. */
function lacking(items: readonly Requirement[]): string[] {
	return [
		...new Set(
			items.flatMap(({ requirement, state, isAdvice }) =>
				requirement === undefined || state === 'met' || isAdvice === true ? [] : [requirement],
			),
		),
	];
}
