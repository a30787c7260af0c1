import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PackageDirectoryLoader } from 'n8n-core';

import { startCost } from '../bench/start';
import type { StartCost } from '../bench/start';
import { n8n } from '../package.json';

const root = join(__dirname, '..');
const built = (path: string): unknown => JSON.parse(readFileSync(join(root, 'dist', path), 'utf8'));

describe("what n8n's start costs", () => {
	let cost: StartCost;
	const room = (name: string): string[] => cost.files.filter((file) => file.startsWith(join(root, 'dist', name, '/')));

	beforeAll(async () => {
		cost = await startCost(root);
	});

	it('is the code of no node, and of neither library', () => {
		expect(cost.nodes).toBe(n8n.nodes.length);
		expect(room('credentials')).not.toEqual([]);
		expect(room('nodes')).toEqual([]);
		expect(cost.files.filter((file) => /node_modules\/(jsforce|luxon)\//.test(file))).toEqual([]);
	});

	it('is less than 5 MiB of memory', () => {
		expect(cost.mebibytes).toBeLessThan(5);
	});
});

describe.each(['known', 'types'] as const)('dist/%s', (part) => {
	it('says what n8n itself finds when it runs the code of every node', async () => {
		const loader = new PackageDirectoryLoader(root);
		await loader.loadAll();
		const found = JSON.parse(JSON.stringify(loader[part])) as typeof loader.known | typeof loader.types;
		expect({ nodes: built(`${part}/nodes.json`), credentials: built(`${part}/credentials.json`) }).toEqual(found);
	});
});
