import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import { pageName, updatedPage } from '../../demo/nodePage';

const root = join(__dirname, '..', '..');
const folder = join(root, 'docs', 'nodes');
const nodes = JSON.parse(readFileSync(join(root, 'dist', 'types', 'nodes.json'), 'utf8')) as INodeTypeDescription[];

/** What a person writes of each node, in this order. */
const SECTIONS = ['What comes out', 'What it refuses', 'What it costs', 'Example'];

describe.each(nodes)('the page of $displayName', (node) => {
	const path = join(folder, `${pageName(node)}.md`);

	it('says what the node says; `npm run docs` brings it up to date', () => {
		const page = existsSync(path) ? readFileSync(path, 'utf8') : '';
		expect(page).toBe(updatedPage(page, node));
	});

	it('says what comes out, what is refused and what it costs, and has an example', () => {
		const headings = [...readFileSync(path, 'utf8').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
		expect(headings).toEqual(['Parameters', ...SECTIONS]);
	});

	it('is linked from the README', () => {
		expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(`(docs/nodes/${pageName(node)}.md)`);
	});
});

it('there is no page of a node that is gone', () => {
	expect(readdirSync(folder).sort()).toEqual(nodes.map((node) => `${pageName(node)}.md`).sort());
});

it('a page keeps what people wrote around it', () => {
	const [node] = nodes as [INodeTypeDescription];
	const page = `${updatedPage('', node)}\n## What comes out\n\nItems.\n`;
	const changed = updatedPage(page, { ...node, description: 'Something else' });
	expect(changed).toContain('\nSomething else.');
	expect(changed.endsWith('\n## What comes out\n\nItems.\n')).toBe(true);
	expect(updatedPage(changed, node)).toBe(page);
});

it('a page says with which choices a parameter is there, and with which it is not', () => {
	const [node] = nodes as [INodeTypeDescription];
	const watch = { displayName: 'Watch', name: 'watch', type: 'options' as const, default: 'all' };
	const text = { type: 'string' as const, default: '' };
	const page = updatedPage('', {
		...node,
		properties: [
			{ ...watch, options: [{ name: 'All of Them', value: 'all' }] },
			{ ...text, displayName: 'A', name: 'a', displayOptions: { hide: { watch: ['all'] } } },
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [{ ...text, displayName: 'B', name: 'b', displayOptions: { show: { '/watch': ['all'] } } }],
			},
		],
	});
	expect(page).toContain('| **A**<br>not with *Watch* All of Them |');
	expect(page).toContain('| **B**<br>with *Watch* All of Them |');
});
