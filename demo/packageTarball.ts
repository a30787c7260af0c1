import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { npm } from './npm';

const root = join(__dirname, '..');

/**
 * Packs the package as it would be published; `dist` must have been built.
 *
 * @returns the tarball's path, in `.cache`
 */
export async function packPackage(): Promise<string> {
	const cache = join(root, '.cache');
	await mkdir(cache, { recursive: true });
	const packed = JSON.parse(
		await npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', cache),
	) as Array<{
		filename: string;
	}>;
	const [tarball] = packed;
	if (!tarball) throw new Error('npm pack made no tarball');
	return join(cache, tarball.filename);
}
