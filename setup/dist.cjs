/**
 * Writes what n8n reads of the package at its start, so that it loads a node's code when the node is first used:
 * `dist/known` says in which file each node and credential stands, `dist/types` holds their descriptions. n8n's own
 * loader makes both; without them n8n would run every node's code at its start.
 */
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
// By its path: all of n8n-core takes a second to load, and only its loader of packages is needed.
const { PackageDirectoryLoader } = require('n8n-core/dist/nodes-loader/package-directory-loader');

const root = join(__dirname, '..');

/**
 * @param {string} name of the file, below dist/
 * @param {unknown} content
 */
function write(name, content) {
	const path = join(root, 'dist', name);
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, JSON.stringify(content));
}

async function main() {
	const { known, types } = await descriptions();
	for (const kind of /** @type {const} */ (['nodes', 'credentials'])) {
		write(`known/${kind}.json`, known[kind]);
		write(`types/${kind}.json`, types[kind]);
	}
}

/** What n8n knows of the package after it has run the code of every node and credential. */
async function descriptions() {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	return { known: loader.known, types: loader.types };
}

main().catch((error) => {
	process.stderr.write(`${error.stack}\n`);
	process.exitCode = 1;
});
