import { join } from 'node:path';

import { selectors } from 'playwright-core';
import type { Browser } from 'playwright-core';

import { n8n as registered } from '../../package.json';
import { startN8n } from '../../demo/host';
import type { N8nHost } from '../../demo/host';
import { packPackage } from '../../demo/packageTarball';
import { peopledOrg } from '../../demo/people';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { openBrowser } from './support/browser';
import { Editor } from './support/editor';
import { NODES } from './support/nodes';
import type { NodeRow } from './support/nodes';

const login = { email: 'owner@example.com', password: 'Editor-tests-1' };

let org: LocalOrg;
let n8n: N8nHost;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	selectors.setTestIdAttribute('data-test-id');
	org = await startLocalOrg({ seed: peopledOrg() });
	n8n = await startN8n({ packageTarball: await packPackage() });
	await n8n.api.setUpOwner(login);
	browser = await openBrowser();
	editor = await Editor.open(browser, n8n, login, 'light');
}, 300_000);

afterAll(async () => {
	await browser?.close();
	await n8n?.stop();
	await org?.close();
}, 60_000);

it('every node has a row', () => {
	expect(NODES).toHaveLength(registered.nodes.length);
});

it(
	'a credential with a wrong secret says so, and connects with the right one',
	seen('Credential', async () => {
		await editor.newWorkflow();
		await editor.addNode('Salesforce SOQL Query');
		await editor.newCredential();
		await editor.credentialText('domain', org.url);
		await editor.credentialText('clientId', org.clientId);
		await editor.credentialText('clientSecret', 'wrong');
		await editor.credentialSwitch('allowLoopback');
		await editor.saveCredential();
		expect(await editor.whyNotConnected()).toMatch(/client secret/i);
		await editor.credentialText('clientSecret', org.clientSecret);
		await editor.saveCredential();
		await editor.connected();
		await editor.closePanel();
	}),
);

describe.each(NODES)('$name', (row) => {
	it(
		'is found, filled in, run, and says what is wrong',
		seen(row.name, async () => {
			if (row.event) await editor.newWorkflowFrom(row.name, row.event);
			else await addAfterButton(row);
			const input = row.input?.(org);
			if (input) {
				await editor.pinInput(input);
				await editor.openNode(row.name);
			}
			await editor.chooseCredentialIfAny('Salesforce Ops account');
			await expectNone(editor);
			await row.fill?.(editor, org);
			await expectNone(editor);
			await editor.execute();
			await editor.outputSays(row.shows).waitFor();

			expect(await editor.icon().getAttribute('src')).not.toContain('.dark.svg');
			await editor.prefer('dark');
			await editor.darkIcon().waitFor();
			await editor.outputSays(row.shows).waitFor();
			await editor.prefer('light');

			if (row.spoil.input) {
				await editor.pinInput(row.spoil.input);
				await editor.openNode(row.name);
			}
			await row.spoil.panel?.(editor);
			row.spoil.org?.(org);
			try {
				await editor.execute();
				await editor.outputSays(row.says).waitFor();
			} finally {
				org.settings.apiDisabledForUser = false;
			}
		}),
	);
});

/** A workflow of a button, what comes before the node, and the node itself with its panel open. */
async function addAfterButton({ before, name, action }: NodeRow): Promise<void> {
	await editor.newWorkflow();
	if (before) {
		await editor.addNode(before.name, before.action);
		await before.fill(editor);
		await editor.closePanel();
	}
	await editor.addNode(name, action);
}

/** A test that leaves a picture of the editor in `.cache/editor` when it fails. */
function seen(name: string, work: () => Promise<void>): () => Promise<void> {
	return async () => {
		try {
			await work();
		} catch (error) {
			await editor.page.screenshot({ path: join(__dirname, '..', '..', '.cache', 'editor', `${name}.png`) });
			throw error;
		}
	};
}

/** No list of the open panel shows an error. */
async function expectNone(open: Editor): Promise<void> {
	expect(await open.brokenLists().allTextContents()).toEqual([]);
}
