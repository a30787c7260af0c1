/** Bringing what the project needs: its own dependencies, a Node.js for n8n, n8n itself, and what tests run. Each is done once per lock file. */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { npm, phase, run, windows } = require('./process.cjs');

/** What n8n needs, and what the project is worked on with: that of `.nvmrc`. */
const NODE_OF_N8N = readFileSync(join(__dirname, '..', '.nvmrc'), 'utf8').trim();
/** What the package itself, its tests and the local org need at least: that of package.json. */
const LEAST_NODE = /[\d.]+/.exec(require('../package.json').engines.node)?.[0] ?? NODE_OF_N8N;

/**
 * Whether a version of Node.js, as `24.1.0`, is not older than another, as `22.13` or `24`.
 *
 * @param {string} version
 * @param {string} least
 */
function isAtLeast(version, least) {
	return version.localeCompare(least, 'en', { numeric: true }) >= 0;
}

/**
 * Installs a folder's dependencies from its lock file and does what must follow, unless both have been done for this
 * very lock. An install that was cut short is started again, because the mark is written last.
 *
 * @param {string} folder
 * @param {string} what for people
 * @param {string[]} flags of npm's
 */
async function install(folder, what, flags = [], finish = async () => {}) {
	const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
	const stamp = join(folder, 'node_modules', '.installed-lock.json');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
	await phase(
		`Installing ${what}`,
		async () => await npm(folder, ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...flags]),
	);
	await finish();
	writeFileSync(stamp, lock);
}

/**
 * The path of a Node.js that is new enough: this one, or the one that npm brings.
 *
 * @param {string} least the oldest version that will do
 */
async function installNode(least = LEAST_NODE) {
	if (isAtLeast(process.versions.node, least)) return process.execPath;
	const folder = join(__dirname, 'node');
	await install(folder, `Node.js ${NODE_OF_N8N}`);
	const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
	const path = join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
	if (existsSync(path)) return path;
	throw new Error(
		`This machine has Node.js ${process.versions.node}; please install Node.js ${NODE_OF_N8N} or later and try again.`,
	);
}

/**
 * What `npm rebuild sqlite3` gets to know, beyond its own defaults, so that it compiles where it cannot download: the
 * system's SQLite and Node's headers where they stand on this machine (10 s instead of minutes, and no download).
 */
function sqliteSettings() {
	const prefix = dirname(dirname(process.execPath));
	return {
		JOBS: 'max',
		...(existsSync('/usr/include/sqlite3.h') && { npm_config_sqlite: '/usr' }),
		...(existsSync(join(prefix, 'include', 'node', 'node_api.h')) && { npm_config_nodedir: prefix }),
	};
}

/**
 * Installs n8n in `setup/n8n`.
 *
 * @returns the path of the Node.js that it runs under
 */
async function installN8n() {
	const node = await installNode(NODE_OF_N8N);
	const folder = join(__dirname, 'n8n');
	const { n8n } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies;
	await install(folder, `n8n ${n8n} (1.1 GB, some minutes, only this once)`, ['--ignore-scripts'], async () => {
		try {
			await phase(
				'Building the SQLite driver of n8n',
				async () => await npm(folder, ['rebuild', 'sqlite3', '--loglevel=error'], sqliteSettings()),
			);
			const code = await run(node, ['-e', 'require("sqlite3"); require("isolated-vm")'], {
				cwd: folder,
				stdio: ['ignore', 2, 2],
			});
			if (code !== 0) throw new Error('The native parts of n8n do not load.');
		} catch (error) {
			throw new Error(
				`${error instanceof Error ? error.message : error} Building them needs a C++ compiler, make and Python 3 (Debian: apt-get install build-essential python3).`,
			);
		}
	});
	return node;
}

/** Installs the clients of Salesforce that the local org is judged by, in `setup/clients`. */
async function installClients() {
	await install(join(__dirname, 'clients'), 'the Salesforce CLI (300 MB, some minutes, only this once)', [
		'--ignore-scripts',
	]);
}

module.exports = { install, installClients, installN8n, installNode, isAtLeast };
