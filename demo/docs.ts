/** Brings the pages of the nodes in `docs/nodes` up to date with what the nodes themselves say. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import { pageName, updatedPage } from './nodePage';

const root = join(__dirname, '..');
const folder = join(root, 'docs', 'nodes');
const nodes = JSON.parse(readFileSync(join(root, 'dist', 'types', 'nodes.json'), 'utf8')) as INodeTypeDescription[];

mkdirSync(folder, { recursive: true });
for (const node of nodes) {
	const path = join(folder, `${pageName(node)}.md`);
	const page = existsSync(path) ? readFileSync(path, 'utf8') : '';
	const updated = updatedPage(page, node);
	if (updated === page) continue;
	writeFileSync(path, updated);
	console.log(`docs/nodes/${pageName(node)}.md`);
}
