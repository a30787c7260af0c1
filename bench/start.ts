import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { installPackage } from '../demo/installPackage';
import { packPackage } from '../demo/packageTarball';
import { name } from '../package.json';
import { rounded } from './measurement';
import type { Measurement } from './measurement';
import type { BenchOptions } from './options';

/** Starts of each case, taken by turns; the median counts. */
const STARTS = 15;

/** What one start cost. */
export interface StartCost {
	milliseconds: number;
	/** MiB of heap in use that were not before. */
	mebibytes: number;
	/** Nodes that n8n knows of afterwards. */
	nodes: number;
	/** The files whose code was run. */
	files: string[];
}

/**
 * What n8n's start spends on one installed package, in a process of its own.
 *
 * @param folder the package's own
 * @param all whether the code of every node is run, as for a package without `dist/known`
 */
export async function startCost(folder: string, all = false): Promise<StartCost> {
	const script = join(__dirname, 'startLoad.cjs');
	// n8n too lets the packages installed in it find its own n8n-workflow this way.
	const env = { ...process.env, NODE_PATH: join(__dirname, '..', 'node_modules') };
	const { stdout } = await promisify(execFile)(process.execPath, [script, folder, ...(all ? ['all'] : [])], { env });
	return JSON.parse(stdout) as StartCost;
}

/** What n8n's start spends on this package, installed as a user would, beside a package that holds nothing. */
export async function bench({ say }: BenchOptions): Promise<Measurement[]> {
	const home = await realpath(await mkdtemp(join(tmpdir(), 'salesforce-ops-start-')));
	try {
		say('Packing the package and installing it as a user would');
		await installPackage(home, await packPackage());
		const ours = join(home, '.n8n', 'nodes', 'node_modules', name);
		const empty = await emptyPackage(join(home, 'n8n-nodes-empty'));
		const cases = [
			{ case: 'this package', start: async () => await startCost(ours) },
			{ case: 'this package, its code run', start: async () => await startCost(ours, true) },
			{ case: 'an empty package', start: async () => await startCost(empty) },
		];
		const costs = cases.map(() => [] as StartCost[]);
		for (let turn = 1; turn <= STARTS; turn++) {
			say(`start ${turn} of ${STARTS}`);
			for (const [index, { start }] of cases.entries()) costs[index]?.push(await start());
		}
		return cases.map((one, index) => {
			const all = costs[index] ?? [];
			return {
				case: one.case,
				records: all[0]?.nodes ?? 0,
				calls: 0,
				seconds: rounded(median(all.map(({ milliseconds }) => milliseconds)) / 1_000),
				peakMiB: rounded(median(all.map(({ mebibytes }) => mebibytes))),
				vs: {},
			};
		});
	} finally {
		await rm(home, { recursive: true, force: true });
	}
}

async function emptyPackage(folder: string): Promise<string> {
	await mkdir(folder, { recursive: true });
	const content = {
		name: 'n8n-nodes-empty',
		version: '1.0.0',
		n8n: { n8nNodesApiVersion: 1, nodes: [], credentials: [] },
	};
	await writeFile(join(folder, 'package.json'), JSON.stringify(content));
	for (const kind of ['nodes', 'credentials']) {
		for (const [part, nothing] of Object.entries({ known: '{}', types: '[]' })) {
			await mkdir(join(folder, 'dist', part), { recursive: true });
			await writeFile(join(folder, 'dist', part, `${kind}.json`), nothing);
		}
	}
	return folder;
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
