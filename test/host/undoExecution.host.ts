import { setTimeout } from 'node:timers/promises';

import type { INode } from 'n8n-workflow';

import { workflowFile } from '../../demo/exampleWorkflows';
import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { readable } from '../../demo/mail';
import type { WorkflowFile } from '../../demo/n8nApi';
import { packPackage } from '../../demo/packageTarball';
import { addCredential } from '../../demo/stage';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { answerMail } from '../support/answerMail';
import { openMailBox, smtpSettings } from '../support/smtp';
import type { MailBox } from '../support/smtp';
import { webhookNode, webhookWorkflow } from '../support/webhookWorkflow';

let org: LocalOrg;
let mail: MailBox;
let n8n: N8nHost;
let credentials: Record<'salesforceOpsApi' | 'smtp', { id: string; name: string }>;

beforeAll(async () => {
	org = await startLocalOrg({ seed: { Case: [{ Subject: 'Chair' }, { Subject: 'Desk' }] } });
	mail = await openMailBox();
	n8n = await startN8n({ packageTarball: await packPackage() });
	await n8n.api.setUpOwner({ email: 'owner@example.com', password: 'Host-tests-1' });
	credentials = {
		salesforceOpsApi: await addCredential(n8n.api, 'Org', org),
		smtp: { id: await n8n.api.createCredential('Mail', 'smtp', smtpSettings(mail)), name: 'Mail' },
	};
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await org.close();
	mail.close();
});

/** An example with the credentials that its note asks for, and a webhook in the place of its form. */
async function example(file: string): Promise<WorkflowFile> {
	const text = JSON.stringify(await workflowFile(file));
	// What a webhook gets stands one level deeper than what a form gives.
	const workflow = JSON.parse(text.replaceAll("json['Execution ID']", "json.body['Execution ID']")) as WorkflowFile;
	for (const node of workflow.nodes) {
		const { salesforceOpsApi, smtp } = credentials;
		if (node.type.includes('salesforceUndoChanges')) node.credentials = { salesforceOpsApi };
		if (node.type === 'n8n-nodes-base.emailSend') node.credentials = { smtp };
		if (node.type !== 'n8n-nodes-base.formTrigger') continue;
		Object.assign(node, webhookNode('undo', { responseMode: 'onReceived' }));
	}
	return workflow;
}

/** A flow that writes, and hands what it wrote over to be kept. */
function writing(keepingId: string): WorkflowFile {
	const { salesforceOpsApi } = credentials;
	const workflow = webhookWorkflow('write', {
		type: 'n8n-nodes-salesforce-ops.salesforceCreateOrUpdateRecord',
		typeVersion: 1,
		parameters: {
			operation: 'createOrUpdate',
			object: { __rl: true, mode: 'name', value: 'Case' },
			valuesFrom: 'json',
			record: '={{ $json }}',
		},
		credentials: { salesforceOpsApi },
	});
	const [webhook, write] = workflow.nodes as [INode, INode];
	const split: INode = {
		id: 's',
		name: 'Split',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [100, 0],
		parameters: { fieldToSplitOut: 'body.records', options: {} },
	};
	const keep: INode = {
		id: 'k',
		name: 'Keep',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		position: [400, 0],
		parameters: { source: 'database', workflowId: { __rl: true, mode: 'id', value: keepingId }, options: {} },
	};
	const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
	return {
		...workflow,
		nodes: [webhook, split, write, keep],
		connections: { Webhook: to('Split'), Split: to('Node'), Node: to('Keep') },
	};
}

/** The next mail, as it came. */
async function nextMail(count: number): Promise<string> {
	for (let tries = 0; mail.messages.length < count; tries++) {
		if (tries > 300) throw new Error(`Only ${mail.messages.length} mails came`);
		await setTimeout(100);
	}
	return mail.messages[count - 1] ?? '';
}

it('keeps in a real n8n what any node writes, and takes an execution back when a person says yes', async () => {
	const keeping = await n8n.api.createWorkflow(await example('keep-every-change'));
	await n8n.api.publish(keeping);
	await n8n.api.publish(await n8n.api.createWorkflow(writing(keeping)));
	await n8n.api.publish(await n8n.api.createWorkflow(await example('undo-execution')));
	const before = org.rows('Case').map(({ Id, Subject }) => ({ Id: Id as string, Subject: Subject as string }));
	const written = await n8n.api.webhook<unknown>('write', {
		records: [...before.map(({ Id }) => ({ Id, Subject: 'Wrong' })), { Subject: 'New and wrong' }],
	});
	const rows = written as Array<{ executionId: string; did: string; object: string; recordId: string; undo: string }>;
	expect(rows).toMatchObject([
		{ did: 'updated', object: 'Case', recordId: before[0]?.Id },
		{ did: 'updated' },
		{ did: 'created' },
	]);
	expect(new Set(rows.map(({ executionId }) => executionId)).size).toBe(1);
	org.clock.advance(60_000);
	org.person().update(before[1]?.Id as string, { Subject: 'Theirs' });

	await n8n.api.webhook('undo', { 'Execution ID': rows[0]?.executionId });
	const question = await nextMail(1);
	expect(readable(question)).toContain('Undo 2 changes of execution');
	expect(readable(question)).toContain('restore Case');
	expect(readable(question)).toContain('delete Case');
	expect(org.rows('Case')).toHaveLength(3);
	await answerMail(question, true);

	const report = readable(await nextMail(2));
	expect(report).toContain('2 changes were undone, 1 left alone, and 0 failed');
	expect(report).toContain('Somebody changed the record after the write');
	expect(org.rows('Case').map(({ Id, Subject }) => ({ Id, Subject }))).toEqual([
		before[0],
		{ ...before[1], Subject: 'Theirs' },
	]);
	expect(org.refused).toEqual([]);
}, 120_000);
