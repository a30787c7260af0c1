import { setTimeout as pause } from 'node:timers/promises';

import type { INode } from 'n8n-workflow';

import { workflowFile } from '../../demo/exampleWorkflows';
import type { CredentialName } from '../../demo/fitToMachine';
import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { readable } from '../../demo/mail';
import type { WorkflowFile } from '../../demo/n8nApi';
import { packPackage } from '../../demo/packageTarball';
import { addCredential } from '../../demo/stage';
import { staff, startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { answerMail } from '../support/answerMail';
import { openMailBox, smtpSettings } from '../support/smtp';
import type { MailBox } from '../support/smtp';
import { webhookNode, webhookWorkflow } from '../support/webhookWorkflow';

let org: LocalOrg;
let mail: MailBox;
let n8n: N8nHost;
let salesforce: CredentialName;
let smtp: string;

beforeAll(async () => {
	mail = await openMailBox();
	org = await startLocalOrg({ seed: staff({ users: 24 }) });
	n8n = await startN8n({ packageTarball: await packPackage() });
	await n8n.api.setUpOwner({ email: 'owner@example.com', password: 'Host-tests-1' });
	salesforce = await addCredential(n8n.api, 'Org', org);
	smtp = await n8n.api.createCredential('Mail', 'smtp', smtpSettings(mail));
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await org.close();
	mail.close();
});

/** An example with credentials, a webhook in the place of its trigger, and seconds in the place of days. */
async function example(file: string, change: (node: INode) => void = () => {}): Promise<WorkflowFile> {
	const workflow = await workflowFile(file);
	for (const node of workflow.nodes) {
		if (node.type.startsWith('n8n-nodes-salesforce-ops.')) {
			node.credentials = { salesforceOpsApi: salesforce };
		} else if (node.type === 'n8n-nodes-base.emailSend') {
			node.credentials = { smtp: { id: smtp, name: 'Mail' } };
		} else if (node.type === 'n8n-nodes-base.wait') {
			Object.assign(node.parameters, { amount: 1, unit: 'seconds' });
		} else if (/Trigger$/.test(node.type)) {
			Object.assign(node, webhookNode(file, { responseMode: 'onReceived' }));
		}
		change(node);
	}
	return workflow;
}

/** Waits until something is there. */
async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
	for (const end = Date.now() + 60_000; Date.now() < end; await pause(200)) {
		const found = await look();
		if (found !== undefined) return found;
	}
	throw new Error(`${what} did not come within a minute.`);
}

const mailed = async (subject: RegExp): Promise<string> =>
	await until(`A mail about ${subject.source}`, () => mail.messages.find((message) => subject.test(readable(message))));

/** Publishes what reads the data table, which has to be there. */
async function publishRows(): Promise<void> {
	const table = { __rl: true, mode: 'name', value: 'License undo records' };
	const reading = webhookWorkflow('rows', {
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		parameters: { resource: 'row', operation: 'get', dataTableId: table, returnAll: true },
	});
	reading.nodes.forEach((node) => Object.assign(node, { alwaysOutputData: true }));
	await n8n.api.publish(await n8n.api.createWorkflow(reading));
}

/** What the data table holds. */
async function rows(): Promise<Array<{ action: string; result: string; savedPerMonth: number }>> {
	const all = await n8n.api.webhook<Array<{ action?: string; result: string; savedPerMonth: number }>>('rows', {});
	return all.flatMap(({ action, ...more }) => (action === undefined ? [] : [{ ...more, action }]));
}

const frozen = (): number => org.rows('UserLogin').filter(({ IsFrozen }) => IsFrozen === true).length;
const inactive = (): number => org.rows('User').filter(({ IsActive }) => IsActive === false).length;

it('the ladder asks a person, freezes, deactivates, and keeps what gives it back', async () => {
	await n8n.api.publish(await n8n.api.createWorkflow(await example('license-ladder')));
	await n8n.api.webhook('license-ladder', {});
	const plan = readable(await mailed(/Subject: \d+ Salesforce users are to be frozen/));
	const [, count = ''] = /Subject: (\d+) Salesforce users/.exec(plan) ?? [];
	expect(Number(count)).toBeGreaterThan(3);
	const question = await mailed(/Subject: Freeze \d+ Salesforce users/);
	expect(frozen()).toBe(0);

	// Somebody freezes one of them while the question waits: what is not the ladder's work is not its to go on with.
	const [other] = org.rows('User').filter(({ Username }) => plan.includes(String(Username)));
	const login = org.rows('UserLogin').find(({ UserId }) => UserId === other?.Id);
	org.person().update(String(login?.Id), { IsFrozen: true });
	const ours = Number(count) - 1;

	await answerMail(question, true);
	const savings = readable(await mailed(/Subject: Salesforce licenses taken back/));
	expect(frozen()).toBe(ours + 1);
	expect(inactive()).toBe(ours);
	const [, sum = ''] = /saves (\d+) EUR a month/.exec(savings) ?? [];
	expect(Number(sum)).toBeGreaterThan(0);
	expect(savings).toContain(`${ours} users were deactivated`);
	await publishRows();
	const kept = await rows();
	expect(kept.map(({ action, result }) => `${action} ${result}`).sort()).toEqual([
		...Array<string>(ours).fill('deactivate done'),
		...Array<string>(ours).fill('freeze done'),
	]);
	expect(kept.reduce((total, { savedPerMonth }) => total + savedPerMonth, 0)).toBe(Number(sum));

	// The second example gives back to everybody.
	const undoing = await example('undo-reclaims', (node) => {
		if (node.name !== 'To whom') return;
		const { conditions } = node.parameters.conditions as { conditions: [{ rightValue: string; operator: object }] };
		Object.assign(conditions[0], { rightValue: '@', operator: { type: 'string', operation: 'contains' } });
	});
	await n8n.api.publish(await n8n.api.createWorkflow(undoing));
	await n8n.api.webhook('undo-reclaims', {});
	await until('An empty table', async () => ((await rows()).length === 0 ? true : undefined));
	expect([frozen(), inactive()]).toEqual([1, 0]);
	expect(org.rows('UserLogin').find(({ UserId }) => UserId === other?.Id)).toMatchObject({ IsFrozen: true });
	org.person().update(String(login?.Id), { IsFrozen: false });
	expect(org.refused).toEqual([]);
});

it('the ladder does nothing after a no', async () => {
	mail.messages.length = 0;
	const workflow = await example('license-ladder', (node) => {
		if (node.type !== 'n8n-nodes-base.webhook') return;
		Object.assign(node.parameters, { path: 'refused' });
		node.webhookId = 'refused';
	});
	const id = await n8n.api.createWorkflow(workflow);
	await n8n.api.publish(id);
	await n8n.api.webhook('refused', {});
	const question = await mailed(/Subject: Freeze \d+ Salesforce users/);
	await answerMail(question, false);
	await until('The end', async () => {
		const { results } = await n8n.api.rest<{ results: Array<{ status: string }> }>(
			'GET',
			`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: id }))}`,
		);
		return results.length === 1 && results[0]?.status === 'success' ? true : undefined;
	});
	expect(frozen()).toBe(0);
});
