import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { npm } from './npm';

/**
 * Installs a community package's tarball into an n8n home, where n8n itself puts one: only from there do its nodes
 * have their real type names. Like n8n, it runs no install script and leaves out development, peer and optional
 * dependencies.
 *
 * @param home what n8n knows as `N8N_USER_FOLDER`
 */
export async function installPackage(home: string, tarball: string): Promise<void> {
	const folder = join(home, '.n8n', 'nodes');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	await npm(folder, 'install', tarball, '--ignore-scripts', '--omit=dev', '--omit=peer', '--omit=optional');
}
