/**
 * What stands behind every `npm run` of this project: brings the dependencies and a Node.js that n8n accepts,
 * then runs the task under it. Plain JavaScript for Node 20, because it runs before anything is installed.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { delimiter, dirname, join } = require('node:path');
const { install, installClients, installN8n, installNode } = require('./install.cjs');
const { run, say } = require('./process.cjs');

const root = join(__dirname, '..');
/**
 * @param {string} name of a package
 * @param {string} file in it
 */
const bin = (name, file) => join(root, 'node_modules', name, file);
/** The compiler in native code; `typescript` is the last one that other tools can load, a quarter as fast. */
const tsc = bin('typescript7', 'bin/tsc');
/** What lets Node.js run TypeScript. */
const typescript = ['--require', join(__dirname, 'typescript.cjs')];

/**
 * Runs Node.js with these arguments to its end, and throws when it fails.
 *
 * @typedef {(argv: string[]) => Promise<void>} RunNode
 */

/**
 * What there is to do. Each task gets what runs its scripts, under a Node.js that the package accepts, and the user's
 * arguments.
 *
 * @satisfies {Record<string, (node: RunNode, args: string[]) => Promise<void>>}
 */
const tasks = {
	build: async (node) => {
		rmSync(join(root, 'dist'), { recursive: true, force: true });
		await node([tsc, '-p', 'tsconfig.build.json']);
		await node([bin('gulp', 'bin/gulp.js'), '--silent']);
		await node([join(__dirname, 'dist.cjs')]);
	},
	lint: async (node, args) => {
		await node([bin('oxlint', 'bin/oxlint'), ...args]);
		await node([bin('eslint', 'bin/eslint.js'), '--max-warnings=0', 'nodes', 'credentials', 'package.json', ...args]);
		await node([
			bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
			'--config',
			'.dependency-cruiser.cjs',
			'--output-type',
			'err',
			'.',
		]);
		await node([bin('oxfmt', 'bin/oxfmt'), '--check']);
		await node([bin('knip', 'bin/knip.js'), '--no-progress']);
		await node([join(__dirname, 'lintWorkflows.cjs')]);
	},
	types: async (node) => {
		await node([tsc, '-p', 'tsconfig.json']);
		await node([tsc, '-p', 'setup/tsconfig.json']);
	},
	test: async (node, args) => {
		const tests = async () => {
			await tasks.build(node);
			// A part of the tests covers a part of the code.
			const jest = ['--require', join(__dirname, 'endWorker.cjs'), bin('jest', 'bin/jest.js')];
			await node([...jest, ...(args.length === 0 ? ['--coverage'] : args)]);
		};
		// Side by side, since all of them together take two minutes and none needs another; the tests end last.
		const checks =
			args.length === 0 ? [whether('lint', tasks.lint(node, [])), whether('types', tasks.types(node))] : [];
		const failed = (await Promise.all([...checks, whether('tests', tests())])).flat();
		if (failed.length > 0) throw new Error(`Not passed: ${failed.join(', ')}.`);
	},
	'test:n8n': async (_node, args) =>
		await withN8n([bin('jest', 'bin/jest.js'), '--config', 'jest.host.config.js', ...args]),
	'test:queue': async (_node, args) => {
		const queueOnly = ['--testMatch', '<rootDir>/test/queue/**/*.queue.ts'];
		await withN8n([bin('jest', 'bin/jest.js'), '--config', 'jest.host.config.js', ...queueOnly, ...args]);
	},
	'test:clients': async (_node, args) => {
		const node = nodeAt(await installN8n());
		await installClients();
		await node([bin('jest', 'bin/jest.js'), '--config', 'jest.clients.config.js', ...args]);
	},
	demo: async (_node, args) => await withN8n([...typescript, join(root, 'demo', 'demo.ts'), ...args]),
	start: async (_node, args) => await withN8n([...typescript, join(root, 'demo', 'start.ts'), ...args]),
	pictures: async (_node, args) => await withN8n([...typescript, join(root, 'demo', 'pictures.ts'), ...args]),
	'test:editor': async (_node, args) =>
		await withN8n([bin('jest', 'bin/jest.js'), '--config', 'jest.editor.config.js', ...args]),
	'local-org': async (node, args) => await node([...typescript, join(root, 'local-org', 'start.ts'), ...args]),
	docs: async (node) => {
		// Which recordings the tests that pass have read, and so agree with today.
		const list = join(mkdtempSync(join(tmpdir(), 'recordings-')), 'read');
		process.env.RECORDINGS_READ = list;
		await node([bin('jest', 'bin/jest.js'), 'test/local-org/(record|error|soql)']);
		await node([...typescript, join(root, 'test', 'support', 'writeLocalOrgPage.ts'), list]);
		await tasks.build(node);
		await node([...typescript, join(root, 'demo', 'docs.ts')]);
	},
	bench: async (node, args) => {
		// What is measured is the package as it would be published.
		await tasks.build(node);
		await node([...typescript, join(root, 'bench', 'run.ts'), ...args]);
	},
	prove: async (node, args) => {
		await tasks.build(node);
		await node([...typescript, join(root, 'prove', 'prove.ts'), ...args]);
	},
};

/**
 * The name of a check when it did not pass; nothing when it did.
 *
 * @param {string} name
 * @param {Promise<void>} check
 */
async function whether(name, check) {
	return await check.then(
		() => [],
		() => [name],
	);
}

/**
 * Runs a script that needs n8n itself and the package as it would be published, under the Node.js that n8n needs.
 *
 * @param {string[]} argv
 */
async function withN8n(argv) {
	const node = nodeAt(await installN8n());
	await tasks.build(node);
	await node(argv);
}

/**
 * @param {string} path of a Node.js, which is the one on the path for what it starts
 * @returns {RunNode}
 */
function nodeAt(path) {
	const PATH = `${dirname(path)}${delimiter}${process.env.PATH}`;
	// The compiler and oxlint's types are written in Go: a fifth of their work was collecting garbage, for 5 percent of
	// memory, of programs that end in seconds.
	const GOGC = process.env.GOGC ?? '400';
	return async (argv) => {
		const code = await run(path, argv, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH, GOGC } });
		// The script has said itself what went wrong.
		if (code !== 0) throw Object.assign(new Error(), { exitCode: code });
	};
}

async function main() {
	const [name = '', ...args] = process.argv.slice(2);
	const task = Object.entries(tasks).find(([one]) => one === name)?.[1];
	if (task === undefined) {
		say(`No task '${name}'. There are: ${Object.keys(tasks).join(', ')}.`);
		return 2;
	}
	await install(root, 'dependencies', ['--ignore-scripts']);
	await task(nodeAt(await installNode()), args);
	return 0;
}

main().then(
	(code) => process.exit(code),
	(error) => {
		if (error.message !== '') say(error.message);
		process.exit(error.exitCode ?? 1);
	},
);
