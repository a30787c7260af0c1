import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
import type { LocalOrg, Seed } from '../../local-org';
import { openMailBox, smtpSettings } from '../support/smtp';
import type { MailBox } from '../support/smtp';
import { webhookNode } from '../support/webhookWorkflow';

const PATH = 'reconcile';
const orgs: Record<'Europe' | 'Asia', LocalOrg> = {} as Record<'Europe' | 'Asia', LocalOrg>;
let folder: string;
let mail: MailBox;
let n8n: N8nHost;

/** What a name of an org must not become: a part of the mail's page, and a formula of the file. */
const IMAGE = '<img src=x onerror=alert(1)>';
const FORMULA = '=HYPERLINK("https://x.example")';

/** Users, and a license of that name. */
function named(users: number, Name: string): Seed {
	const license = { LicenseDefinitionKey: 'Odd', Name, MasterLabel: Name, TotalLicenses: 5, UsedLicenses: 0 };
	return { ...staff({ users }), UserLicense: [license] };
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'salesforce-ops-files-'));
	mail = await openMailBox();
	orgs.Europe = await startLocalOrg({ seed: named(60, IMAGE) });
	orgs.Asia = await startLocalOrg({ seed: named(30, FORMULA) });
	n8n = await startN8n({ packageTarball: await packPackage(), env: { N8N_RESTRICT_FILE_ACCESS_TO: folder } });
	await n8n.api.setUpOwner({ email: 'owner@example.com', password: 'Host-tests-1' });
}, 240_000);

afterAll(async () => {
	await n8n.stop();
	await Promise.all(Object.values(orgs).map(async (org) => await org.close()));
	mail.close();
	await rm(folder, { recursive: true });
});

/** The example, with what its note asks for, and a webhook in the place of the clock. */
async function example(): Promise<WorkflowFile> {
	const workflow = await workflowFile('reconcile-licenses');
	const credentials = new Map<string, CredentialName>();
	for (const [name, org] of Object.entries(orgs)) credentials.set(name, await addCredential(n8n.api, name, org));
	const smtp = await n8n.api.createCredential('Mail', 'smtp', smtpSettings(mail));
	const changes: Record<string, (node: INode) => void> = {
		'n8n-nodes-base.scheduleTrigger': (node) => Object.assign(node, webhookNode(PATH, { responseMode: 'lastNode' })),
		// The n8n of the tests is installed without the libraries of Convert to File.
		'n8n-nodes-base.convertToFile': (node) => {
			const parameters = { mode: 'jsonToBinary', convertAllData: true, destinationKey: 'data', options: {} };
			Object.assign(node, { type: 'n8n-nodes-base.moveBinaryData', typeVersion: 1.1, parameters });
		},
		'n8n-nodes-base.readWriteFile': (node) => {
			node.parameters.fileName = `=${join(folder, '{{ $itemIndex }}.json')}`;
		},
		'n8n-nodes-base.emailSend': (node) => {
			node.credentials = { smtp: { id: smtp, name: 'Mail' } };
		},
	};
	for (const node of workflow.nodes) {
		changes[node.type]?.(node);
		const credential = credentials.get(String(node.parameters.orgName));
		if (credential !== undefined) node.credentials = { salesforceOpsApi: credential };
	}
	return workflow;
}

it('the example reconciles two orgs in a real n8n, writes a file and mails a table', async () => {
	await n8n.api.publish(await n8n.api.createWorkflow(await example()));
	await n8n.api.webhook(PATH, {});

	const files = await readdir(folder);
	const rows = await Promise.all(
		files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as object),
	);
	expect(rows).toContainEqual(
		expect.objectContaining({ Org: 'Europe', License: 'Salesforce', Family: 'Sales Cloud', Owned: 90, Assigned: 22 }),
	);
	expect(rows).toContainEqual(
		expect.objectContaining({ Org: 'Asia', License: 'Salesforce', Owned: 60, Assigned: 12, Currency: 'USD' }),
	);

	expect(mail.messages).toHaveLength(1);
	expect(mail.messages[0]).toContain('Subject: Salesforce licenses, ');
	const page = readable(mail.messages[0] ?? '');
	expect(page).toContain('<table');
	expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
	expect(page).not.toContain('<img');
	const names = rows.map((row) => (row as { License: string }).License);
	expect(names).toEqual(expect.arrayContaining([IMAGE, `'${FORMULA}`]));
	expect(names).not.toContain(FORMULA);
	expect(Object.values(orgs).flatMap((org) => org.refused)).toEqual([]);
});
