/**
 * What n8n does with one installed package at its start, in a process that does nothing else: it reads the package
 * and creates its credentials. `node startLoad.cjs FOLDER [all]`; with `all` the code of every node is run too, as
 * n8n does for a package without `dist/known`. Prints one line of JSON: milliseconds, MiB of heap, files loaded.
 */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { LazyPackageDirectoryLoader } = require('n8n-core/dist/nodes-loader/lazy-package-directory-loader');
const { PackageDirectoryLoader } = require('n8n-core/dist/nodes-loader/package-directory-loader');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const heap = () => {
	collect();
	return process.memoryUsage().heapUsed / 1_024 / 1_024;
};

async function main() {
	const [, , folder = '', all] = process.argv;
	const before = new Set(Object.keys(require.cache));
	const heapBefore = heap();
	const began = performance.now();
	const loader = new (all === 'all' ? PackageDirectoryLoader : LazyPackageDirectoryLoader)(folder);
	await loader.loadAll();
	for (const name of Object.keys(loader.known.credentials)) loader.getCredential(name);
	const milliseconds = performance.now() - began;
	const mebibytes = heap() - heapBefore;
	const files = Object.keys(require.cache).filter((file) => !before.has(file));
	// Named once more here, so that the loader is not garbage before the look above.
	const nodes = Object.keys(loader.known.nodes).length;
	console.log(JSON.stringify({ milliseconds, mebibytes, nodes, files }));
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
