import type { INode } from 'n8n-workflow';

import { workflowFile } from '../../demo/exampleWorkflows';
import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import type { WorkflowFile } from '../../demo/n8nApi';
import { packPackage } from '../../demo/packageTarball';
import { addCredential } from '../../demo/stage';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { ALL_ENTRIES, webhookNode, webhookWorkflow } from '../support/webhookWorkflow';

const TABLE = 'Records to send again';
let org: LocalOrg;
let n8n: N8nHost;
let isLocked = true;

beforeAll(async () => {
	org = await startLocalOrg({
		settings: {
			automations: [
				{
					sObject: 'Case',
					run({ record, lock }) {
						if (isLocked && record.Subject === 'Locked') lock();
					},
				},
			],
		},
	});
	n8n = await startN8n({ packageTarball: await packPackage() });
	await n8n.api.setUpOwner({ email: 'owner@example.com', password: 'Host-tests-1' });
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await org.close();
});

/** The example, with webhooks in the place of what hands records over and of the clock. */
async function example(): Promise<WorkflowFile> {
	const credential = await addCredential(n8n.api, 'Org', org);
	const workflow = await workflowFile('retry-failed-records');
	const webhook = (node: INode, path: string) => Object.assign(node, webhookNode(path, ALL_ENTRIES));
	for (const node of workflow.nodes) {
		if (node.type === 'n8n-nodes-base.executeWorkflowTrigger') webhook(node, 'hand-over');
		if (node.type === 'n8n-nodes-base.scheduleTrigger') webhook(node, 'again');
		// What a webhook gets stands one level deeper than what another workflow hands over, as one item.
		if (node.name === 'To save') {
			node.parameters.jsonOutput = String(node.parameters.jsonOutput).replace('($json)', '($json.body ?? $json)');
		}
		if (node.name === 'Save records') node.credentials = { salesforceOpsApi: credential };
	}
	return workflow;
}

/** The rows of the table, by their keys. */
async function waiting(): Promise<Record<string, unknown>> {
	const rows = await n8n.api.webhook<Array<{ key: string; retry: string; kind: string; tries: number }>>('rows', {});
	return Object.fromEntries(
		rows.filter(({ key }) => key).map(({ key, retry, kind, tries }) => [key, { retry, kind, tries }]),
	);
}

it('sends in a real n8n what passes by itself again, and keeps what a person must mend', async () => {
	await n8n.api.publish(await n8n.api.createWorkflow(await example()));
	const table = { __rl: true, mode: 'name', value: TABLE };
	const rows = webhookWorkflow('rows', {
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: { resource: 'row', operation: 'get', dataTableId: table, returnAll: true },
	});
	rows.nodes.forEach((node) => Object.assign(node, { alwaysOutputData: true }));

	for (const [ExternalID__c, Subject, more] of [
		['p:1', 'Right', {}],
		['p:2', 'Locked', {}],
		['p:3', 'Wrong', { OwnerId: '005000000000000AAA' }],
	] as const) {
		await n8n.api.webhook('hand-over', { record: { ExternalID__c, Subject, ...more } });
	}
	await n8n.api.publish(await n8n.api.createWorkflow(rows));
	expect(org.rows('Case').map(({ ExternalID__c }) => ExternalID__c)).toEqual(['p:1']);
	expect(await waiting()).toEqual({
		'p:2': { retry: 'now', kind: 'lock', tries: 1 },
		'p:3': { retry: 'afterChange', kind: 'permission', tries: 1 },
	});

	await n8n.api.webhook('again', {});
	expect(await waiting()).toMatchObject({ 'p:2': { tries: 2 }, 'p:3': { tries: 1 } });

	isLocked = false;
	await n8n.api.webhook('again', {});
	expect(org.rows('Case').map(({ ExternalID__c }) => ExternalID__c)).toEqual(['p:1', 'p:2']);
	expect(Object.keys(await waiting())).toEqual(['p:3']);
	expect(org.refused).toEqual([]);
});
