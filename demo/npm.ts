import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs npm in a folder.
 *
 * @returns what it wrote to its output
 * @throws Error with npm's own words when it fails
 */
export async function npm(folder: string, ...args: string[]): Promise<string> {
	const { stdout } = await promisify(execFile)('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: folder,
		shell: process.platform === 'win32',
	});
	return stdout;
}
