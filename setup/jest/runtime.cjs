/**
 * How Jest loads modules here: as Node.js does, once for all test files of a worker. Jest itself loads all of them anew
 * for each file, n8n's engine with its 1,700 included, and runs them cold: that took two fifths of the time of all
 * tests. n8n too loads a node once and executes it for months.
 *
 * Only what Jest made of a test file is new for each: the file itself, `jest` and `expect`. Nothing can be mocked by its
 * module's name. A test file that needs modules of its own begins with the docblock `@jest-environment node`.
 */
const Module = require('node:module');
const { join, sep } = require('node:path');
const { addHook } = require('pirates');
const { default: JestRuntime } = require('jest-runtime');

/**
 * What Jest makes a runtime of.
 *
 * @typedef {ConstructorParameters<typeof JestRuntime>} Arguments
 */

/**
 * Where the source maps are of the files that were compiled, by their paths.
 *
 * @type {Map<string, string>}
 */
const sourceMaps = new Map();
let isHooked = false;

/**
 * Lets Node.js load the project's files as Jest compiles them, and counts what is covered.
 *
 * @param {string} root the project's folder
 * @param {Arguments[3]} transformer
 * @param {Arguments[5]} coverage
 */
function hookOnce(root, transformer, coverage) {
	if (isHooked) return;
	isHooked = true;
	const others = ['node_modules', 'setup'].map((folder) => join(root, folder) + sep);
	const options = {
		...coverage,
		isInternalModule: false,
		supportsDynamicImport: false,
		supportsExportNamespaceFrom: false,
		supportsStaticESM: false,
		supportsTopLevelAwait: false,
	};
	addHook(
		(source, filename) => {
			const { code, sourceMapPath } = transformer.transform(filename, options, source);
			if (sourceMapPath !== null) sourceMaps.set(filename, sourceMapPath);
			return code;
		},
		{
			exts: ['.ts', '.js'],
			matcher: (filename) => filename.startsWith(root + sep) && !others.some((folder) => filename.startsWith(folder)),
		},
	);
	// `./X.node` is X.node.ts, as for TypeScript, and not X.node.json, n8n's words about the node.
	const extensions = /** @type {any} */ (Module)._extensions;
	const json = extensions['.json'];
	delete extensions['.json'];
	extensions['.json'] = json;
}

/**
 * How many of its statements, functions and branches were covered when Jest was last told of a file, by its path.
 *
 * @type {Map<string, number>}
 */
const covered = new Map();

/** The files of which more is covered than Jest knows: after each test file it adds up what it is told. */
function newlyCovered() {
	/** @type {ReturnType<JestRuntime['getAllCoverageInfoCopy']>} */
	const files = Reflect.get(globalThis, '__coverage__') ?? {};
	return Object.fromEntries(
		Object.entries(files).filter(([path, { s, f, b }]) => {
			const counters = [s, f, b].flatMap((each) => Object.values(each).flat());
			const count = counters.filter((times) => times > 0).length;
			const isNews = count !== covered.get(path);
			covered.set(path, count);
			return isNews;
		}),
	);
}

class SharedModules extends JestRuntime {
	/** @param {Arguments} args */
	constructor(...args) {
		super(...args);
		const [{ rootDir }, , , transformer, , coverage, testPath] = args;
		this.testPath = testPath;
		hookOnce(rootDir, transformer, coverage);
	}

	/**
	 * @override
	 * @param {string} from
	 * @param {string} [name] of a module that `from` requires; `from` itself is loaded anew without one
	 */
	requireModule(from, name) {
		if (name === undefined && from === this.testPath) {
			Reflect.set(globalThis, 'jest', Reflect.get(Object(this.requireModuleOrMock(from, '@jest/globals')), 'jest'));
		}
		if (name === undefined) delete require.cache[from];
		return Module.createRequire(from)(name ?? from);
	}

	/**
	 * @override
	 * @param {string} from
	 * @param {string} [name]
	 */
	requireInternalModule(from, name) {
		return this.requireModule(from, name);
	}

	/** @override */
	unstable_shouldLoadAsEsm() {
		return false;
	}

	/** @override */
	getSourceMaps() {
		return sourceMaps;
	}

	/** @override */
	getAllCoverageInfoCopy() {
		return structuredClone(newlyCovered());
	}
}

/** @param {Arguments} args */
module.exports = function (...args) {
	const [, environment] = args;
	return environment.getVmContext() === null ? new SharedModules(...args) : new JestRuntime(...args);
};
