import type { Browser, Locator, Page } from 'playwright-core';

import type { N8nHost } from '../../../demo/host';
import type { Login } from '../../../demo/n8nApi';

export type ColorScheme = 'light' | 'dark';

/** Milliseconds that anything may take; a busy machine gets its time. */
const TIMEOUT = 30_000;
/** Milliseconds in which a list that is there opens, and how often it is opened. */
const LIST_OPENS_WITHIN = 3_000;
const LIST_TRIES = 10;

/** Milliseconds after which the results of a search stay, and after which a field of code tells what is in it. */
const SEARCH_SETTLES_WITHIN = 700;
const CODE_TELLS_AFTER = 1_000;

/** What a person uses of n8n's editor, by what they see. Everything waits until it can be done. */
export class Editor {
	private constructor(readonly page: Page) {}

	/** Opens the editor in a window of its own and logs in. */
	static async open(
		browser: Browser,
		n8n: Pick<N8nHost, 'url'>,
		login: Login,
		colorScheme: ColorScheme,
	): Promise<Editor> {
		const context = await browser.newContext({
			baseURL: n8n.url,
			colorScheme,
			viewport: { width: 1280, height: 800 },
		});
		context.setDefaultTimeout(TIMEOUT);
		const credentials = { emailOrLdapLoginId: login.email, password: login.password };
		const answer = await context.request.post('/rest/login', { data: credentials });
		if (!answer.ok()) throw new Error(`n8n answered ${answer.status()} to the log-in`);
		return new Editor(await context.newPage());
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	/** Begins a workflow with what starts it: a button. */
	async newWorkflow(): Promise<void> {
		await this.firstNode('Manual Trigger', 'Manual Trigger');
		await this.at('canvas-node').waitFor();
	}

	/**
	 * Begins a workflow with a trigger of ours, and sees its panel. The list of triggers leaves that word out.
	 *
	 * @param event the entry to choose: for what it waits
	 */
	async newWorkflowFrom(trigger: string, event: string): Promise<void> {
		await this.firstNode(trigger, trigger.replace(/ Trigger$/, ''));
		await this.page.getByText(event, { exact: true }).click();
		await this.at('ndv').waitFor();
	}

	/** Opens a workflow that is there. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.at('canvas-node').first().waitFor();
	}

	/** Closes what n8n advises to do with a published workflow, where it does. */
	async closeAdvice(): Promise<void> {
		const close = this.at('suggested-actions-close');
		if (await close.isVisible()) await close.click();
	}

	/**
	 * Looks for a node by its name, adds it behind the last one, and sees its panel.
	 *
	 * @param action the entry to choose, where the node offers several
	 */
	async addNode(name: string, action?: string): Promise<void> {
		await this.at('node-creator-plus-button').click();
		await (await this.searched(name, name)).click();
		await this.page.getByText(action ?? 'Add to workflow', { exact: true }).click();
		await this.at('ndv').waitFor();
	}

	/** Chooses the open node's credential, where it takes one. */
	async chooseCredentialIfAny(name: string): Promise<void> {
		await this.at('node-parameters').waitFor();
		if (!(await this.at('node-credentials-select').isVisible())) return;
		await this.at('node-credentials-select').click();
		await this.page.getByText(name, { exact: true }).locator('visible=true').last().click();
	}

	/** Gives the open node's input, as *Edit Output* of the node before it does. */
	async pinInput(items: object[]): Promise<void> {
		await this.closePanel();
		await this.at('canvas-node').first().dblclick();
		await this.at('ndv').waitFor();
		await this.at('ndv-edit-pinned-data').click();
		const text = this.at('ndv').locator('.cm-content').last();
		await text.click();
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.insertText(JSON.stringify(items));
		await this.page.getByRole('button', { name: 'Save' }).click();
		await this.closePanel();
	}

	/** Opens a node of the canvas. */
	async openNode(name: string): Promise<void> {
		await this.at('canvas-node').filter({ hasText: name }).first().dblclick();
		await this.at('ndv').waitFor();
	}

	async closePanel(): Promise<void> {
		await this.at('ndv-close-button').click();
		await this.at('ndv').waitFor({ state: 'hidden' });
	}

	/** Opens the form of a new credential from a node that has none. */
	async newCredential(): Promise<void> {
		await this.page.getByRole('button', { name: 'Connect to Salesforce Ops' }).click();
		await this.at('editCredential-modal').waitFor();
	}

	/** Types a value of the credential's form. */
	async credentialText(name: string, value: string): Promise<void> {
		await this.at('editCredential-modal').locator(`[data-test-id="parameter-input-${name}"] input`).fill(value);
	}

	/** Sets a switch of the credential's form. */
	async credentialSwitch(name: string): Promise<void> {
		await this.at('editCredential-modal').locator(`[data-test-id="parameter-input-${name}"] .el-switch`).click();
	}

	/** Saves the credential, which tests it; a form whose test succeeds closes by itself. */
	async saveCredential(): Promise<void> {
		await this.at('credential-save-button').click();
	}

	/** Waits until a test of the credential has failed, and gives what the form says of it in detail. */
	async whyNotConnected(): Promise<string> {
		const form = this.at('editCredential-modal');
		await form.getByText('More details').click();
		return await form.innerText();
	}

	/** Waits until the credential's form has closed. */
	async connected(): Promise<void> {
		await this.at('editCredential-modal').waitFor({ state: 'hidden' });
	}

	/** Types into a parameter of text. */
	async text(name: string, value: string): Promise<void> {
		const field = this.parameter(name);
		const code = field.locator('.cm-content');
		if ((await code.count()) === 0) return await field.locator('input, textarea').first().fill(value);
		await code.first().click();
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.insertText(value);
		await this.page.waitForTimeout(CODE_TELLS_AFTER);
	}

	/** Chooses an entry of a parameter with a list of options. */
	async option(name: string, entry: string): Promise<void> {
		await (await this.entryOf(name, entry)).click();
	}

	/** Ticks entries of a parameter that takes several, and leaves the list. */
	async several(name: string, ...entries: string[]): Promise<void> {
		for (const entry of entries) await (await this.entryOf(name, entry)).click();
		await this.page.keyboard.press('Escape');
	}

	/** Chooses an entry of a list that the org fills, by looking for it. */
	async pick(name: string, entry: string): Promise<void> {
		await this.at(`resource-locator-${name}`).getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-search').locator('visible=true').fill(entry);
		await this.page.getByTestId('rlc-item').filter({ hasText: entry }).locator('visible=true').first().click();
	}

	/** Fills a field of a resource mapper. */
	async mapped(field: string, value: string): Promise<void> {
		await this.parameter(field).locator('input').first().fill(value);
	}

	/** Turns a switch. */
	async toggle(name: string): Promise<void> {
		await this.parameter(name).locator('.el-switch').click();
	}

	/** Runs the open node, and those before it; a trigger is asked for what it has. */
	async execute(): Promise<void> {
		await this.at('node-execute-button').or(this.at('trigger-execute-button')).first().click();
	}

	/** What the open node's output shows. */
	outputSays(text: string | RegExp): Locator {
		return this.at('output-panel').getByText(text).first();
	}

	/** What in the open panel says that a list could not be read. */
	brokenLists(): Locator {
		return this.at('ndv').getByText(/Error fetching|Could not load|Unable to load/i);
	}

	/** The open node's icon. */
	icon(): Locator {
		return this.at('ndv').locator('img[src*="/icons/"]').first();
	}

	/** The same for a dark editor. */
	darkIcon(): Locator {
		return this.at('ndv').locator('img[src$=".dark.svg"]').first();
	}

	/** Changes what the browser prefers; the editor follows. */
	async prefer(colorScheme: ColorScheme): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
	}

	/** An element by n8n's own name of it. */
	at(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	private async firstNode(name: string, entry: string): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.at('canvas-plus-button').click();
		await (await this.searched(name, entry)).click();
	}

	/** An entry of the list of nodes. What was looked for while n8n still read its nodes is looked for again. */
	private async searched(text: string, entry: string): Promise<Locator> {
		const found = this.at('item-iterator-item').filter({ hasText: entry }).first();
		for (let tries = 0; tries < LIST_TRIES; tries++) {
			await this.at('node-creator-search-bar').fill('');
			await this.at('node-creator-search-bar').fill(text);
			await this.page.waitForTimeout(SEARCH_SETTLES_WITHIN);
			if (await found.isVisible()) break;
		}
		return found;
	}

	/** An entry of a parameter's list, which is opened for it; a list that is just being filled does not open. */
	private async entryOf(name: string, entry: string): Promise<Locator> {
		const found = this.page.getByRole('option', { name: entry }).locator('visible=true').first();
		for (let tries = 0; tries < LIST_TRIES && !(await found.isVisible()); tries++) {
			await this.parameter(name).locator('.el-select').click();
			await found.waitFor({ timeout: LIST_OPENS_WITHIN }).catch(() => undefined);
		}
		return found;
	}

	private parameter(name: string): Locator {
		return this.at('ndv').locator(`[data-test-id="parameter-input-${name}"]`);
	}
}
