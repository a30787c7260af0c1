import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';

import packageJson from '../package.json';

const ROOT = join(__dirname, '..');

/** Bytes that the package may have when it is packed: every n8n that installs it downloads as much. */
const SIZE_BUDGET = 260_000;

/** What was built, by the ending of its files. */
const built = (folder: string, ending: string): string[] =>
	readdirSync(join(ROOT, 'dist', folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith(ending))
		.map((name) => `dist/${folder}/${name}`);

describe('package.json', () => {
	it('names every node and credential that was built', () => {
		expect([...packageJson.n8n.nodes].sort()).toEqual(built('nodes', '.node.js').sort());
		expect([...packageJson.n8n.credentials].sort()).toEqual(built('credentials', '.credentials.js').sort());
	});

	it('is what n8n asks of a community package', () => {
		expect(packageJson).toMatchObject({
			name: 'n8n-nodes-salesforce-ops',
			license: 'MIT',
			keywords: expect.arrayContaining(['n8n-community-node-package']) as string[],
			files: ['dist'],
			peerDependencies: { 'n8n-workflow': '*' },
			dependencies: { jsforce: expect.stringMatching(/^[~^]3\.10/) as string, luxon: expect.any(String) as string },
		});
		expect(Object.keys(packageJson.dependencies)).toEqual(['jsforce', 'luxon']);
		// n8n installs packages without running scripts, so none may be needed.
		expect(Object.keys(packageJson.scripts).filter((name) => /install|prepare|prepack/.test(name))).toEqual([]);
	});
});

it('index.js hands out the class of each', () => {
	const classes = jest.requireActual<Record<string, unknown>>('../index.js');
	const names = [...packageJson.n8n.credentials, ...packageJson.n8n.nodes].map(
		(path) => path.split('/').at(-1)?.split('.')[0],
	);
	expect(Object.keys(classes)).toEqual(names);
	expect(Object.values(classes).map((one) => typeof one)).toEqual(names.map(() => 'function'));
});

it('leaves jsforce whole for a package that shares the copy', async () => {
	const script = `
		require('./dist/salesforce/transport.js')
			.jsforceExchange(() => {}, '66.0')
			.then(() => console.log(typeof require('jsforce').Connection));`;
	const { stdout } = await promisify(execFile)(execPath, ['-e', script], { cwd: ROOT });
	expect(stdout).toBe('function\n');
});

it('the tarball holds what n8n needs, no tests or sources, and is small', async () => {
	const { stdout } = await promisify(execFile)(
		'npm',
		['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'],
		{ cwd: ROOT },
	);
	const [tarball] = JSON.parse(stdout) as Array<{ size: number; files: Array<{ path: string }> }>;
	expect(tarball?.size).toBeLessThan(SIZE_BUDGET);
	const paths = tarball?.files.map(({ path }) => path) ?? [];
	expect(paths).toEqual(
		expect.arrayContaining([
			'package.json',
			'LICENSE',
			'README.md',
			'index.js',
			...packageJson.n8n.nodes,
			...packageJson.n8n.credentials,
		]),
	);
	const assets = built('nodes', '.svg').length + built('nodes', '.node.json').length;
	expect(assets).toBe(3 * packageJson.n8n.nodes.length);
	const strangers = paths.filter(
		(path) =>
			!/^(dist\/(known|types|credentials|nodes|salesforce|moves|licenses|changes|readiness|receiving)\/.*\.(js|json|svg)|package\.json|index\.js|LICENSE|README\.md)$/.test(
				path,
			),
	);
	expect(strangers).toEqual([]);
});
