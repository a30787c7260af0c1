/** Takes the pictures of the documentation anew: of the real editor, the demo and the local org's page. */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { selectors } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

import { openBrowser } from '../test/editor/support/browser';
import { Editor } from '../test/editor/support/editor';
import { EXAMPLE_WORKFLOWS, otherWorkflows, SELF_STARTING, workflowFile } from './exampleWorkflows';
import { setPlayground } from './playground';
import type { Playground } from './playground';
import { moveCircle } from './moveCircle';
import { setStage } from './stage';

const FOLDER = join(__dirname, '..', 'docs', 'pictures');
/** Bytes that a picture may have. */
const MOST_BYTES = 200_000;
/** The window of the picture that the README begins with: low, so that the commands below it are seen at once. */
const LOW_WINDOW = { width: 1280, height: 640 };
/** Pixels that a node's name takes below it at the most. */
const NAME_HEIGHT = 45;
/** Milliseconds in which what moves has come to rest. */
const AT_REST = 1_500;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function take(page: Page, name: string): Promise<void> {
	await page.waitForTimeout(AT_REST);
	const path = join(FOLDER, `${name}.png`);
	await page.screenshot({ path, animations: 'disabled' });
	const { size } = await stat(path);
	if (size > MOST_BYTES) throw new Error(`${name}.png has ${size} bytes; ${MOST_BYTES} are allowed.`);
	say(`${name}.png: ${Math.round(size / 1_000)} kB`);
}

/** Shows all of the canvas, with no name under the buttons at its bottom, and no button that the mouse calls up. */
async function fitCanvas(editor: Editor): Promise<void> {
	await editor.at('zoom-to-fit').click();
	await editor.page.waitForTimeout(AT_REST);
	const nodes = await editor.at('canvas-node').all();
	const ends = (await Promise.all(nodes.map((node) => node.boundingBox()))).map((box) =>
		box ? box.y + box.height : 0,
	);
	const buttons = await editor.at('execute-workflow-button').first().boundingBox();
	if (Math.max(...ends) + NAME_HEIGHT > (buttons?.y ?? Infinity)) await editor.at('zoom-out-button').click();
	await editor.page.mouse.move(0, 0);
}

/** The canvas of each example, and the panel of a node that has run. */
async function editorPictures(browser: Browser, { n8n, login }: Playground): Promise<void> {
	const editor = await Editor.open(browser, n8n, login, 'light');
	const idOf = async (file: string) => await n8n.api.workflowId((await workflowFile(file)).name);
	for (const file of [...EXAMPLE_WORKFLOWS, SELF_STARTING, ...(await otherWorkflows())]) {
		await editor.openWorkflow(await idOf(file));
		await editor.page.waitForTimeout(AT_REST);
		await editor.closeAdvice();
		await fitCanvas(editor);
		await take(editor.page, file);
	}
	await editor.page.setViewportSize(LOW_WINDOW);
	await editor.openWorkflow(await idOf('push-move-plan'));
	await editor.openNode('Push moves');
	await editor.execute();
	const { page } = editor;
	// What became of each move stands in a column of its own, beyond those of the move.
	const cases = editor
		.at('output-panel')
		.locator('th')
		.filter({ hasText: /^case$/ })
		.first();
	await cases.evaluate((header) => header.scrollIntoView({ block: 'nearest', inline: 'start' }));
	await page.waitForTimeout(AT_REST);
	await page.getByText('Node executed successfully').waitFor({ state: 'hidden' });
	await take(page, 'push-move-panel');
	await editor.close();
}

/** What `npm run demo` prints, line by line. */
async function demoLines(): Promise<string[]> {
	const lines: string[] = ['$ npm run demo'];
	const stage = await setStage(say, { repair: true });
	try {
		await moveCircle(stage, (text) => lines.push(text));
	} finally {
		await stage.close();
	}
	return lines;
}

/** Lines as a terminal shows them. */
async function demoPicture(browser: Browser, lines: string[]): Promise<void> {
	const page = await browser.newPage({ viewport: { width: 1120, height: 400 } });
	await page.setContent(
		'<body style="margin:0"><pre style="margin:0;padding:20px 24px;min-height:100vh;box-sizing:border-box;font:13px/1.45 monospace;background:#15181c;color:#e3e7ec"></pre></body>',
	);
	const height = await page.locator('pre').evaluate((pre, text) => {
		pre.textContent = text;
		return pre.scrollHeight;
	}, lines.join('\n'));
	await page.setViewportSize({ width: 1120, height });
	await take(page, 'demo');
	await page.close();
}

/** The local org's page after the demo. */
async function orgPictures(browser: Browser, { org }: Playground): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme });
		await page.goto(org.url);
		await page.locator('summary').filter({ hasText: 'composite' }).first().click();
		await page.locator('.body pre').first().waitFor();
		await take(page, `local-org-${colorScheme}`);
		await page.close();
	}
}

async function main(): Promise<void> {
	selectors.setTestIdAttribute('data-test-id');
	await mkdir(FOLDER, { recursive: true });
	const lines = await demoLines();
	const playground = await setPlayground(say);
	const browser = await openBrowser();
	try {
		await demoPicture(browser, lines);
		await editorPictures(browser, playground);
		await orgPictures(browser, playground);
	} finally {
		await browser.close();
		await playground.close();
	}
}

main().catch((error: Error) => {
	process.stderr.write(`\n${error.message}\n`);
	process.exitCode = 1;
});
