/**
 * What stands behind every `npm run` of this project: brings the dependencies and a Node.js that n8n accepts,
 * then runs the task under it. Plain JavaScript for Node 20, because it runs before anything is installed.
 */
const { rmSync } = require('node:fs');
const { delimiter, dirname, join } = require('node:path');
const { install, installClients, installN8n, installNode } = require('./install.cjs');
const { run, say } = require('./process.cjs');

const root = join(__dirname, '..');
const bin = (name, file) => join(root, 'node_modules', name, file);

/** Each task gets `node`, which runs a script to its end and throws when it fails, and the user's arguments. */
const tasks = {
	build: async (node) => {
		rmSync(join(root, 'dist'), { recursive: true, force: true });
		await node([bin('typescript', 'bin/tsc'), '-p', 'tsconfig.build.json']);
		await node([bin('gulp', 'bin/gulp.js'), '--silent']);
		await node([join(__dirname, 'dist.cjs')]);
	},
	lint: async (node, args) => {
		await node([bin('eslint', 'bin/eslint.js'), '--max-warnings=0', '.', ...args]);
		await node([
			bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
			'--config',
			'.dependency-cruiser.cjs',
			'--output-type',
			'err',
			'.',
		]);
		await node([bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '--cache', '.']);
	},
	types: async (node) => await node([bin('typescript', 'bin/tsc'), '-p', 'tsconfig.json']),
	test: async (node, args) => {
		const tests = async () => {
			await tasks.build(node);
			await node([bin('jest', 'bin/jest.js'), ...args]);
		};
		// Side by side, since all of them together take two minutes and none needs another; the tests end last.
		const checks = args.length === 0 ? { lint: tasks.lint(node, []), types: tasks.types(node) } : {};
		const ends = await Promise.allSettled([...Object.values(checks), tests()]);
		const failed = [...Object.keys(checks), 'tests'].filter((_name, index) => ends[index].status === 'rejected');
		if (failed.length > 0) throw new Error(`Not passed: ${failed.join(', ')}.`);
	},
	'test:n8n': async (node, args) =>
		await withN8n(node, [bin('jest', 'bin/jest.js'), '--config', 'jest.host.config.js', ...args]),
	'test:queue': async (node, args) => {
		const queueOnly = ['--testMatch', '<rootDir>/test/queue/**/*.queue.ts'];
		await withN8n(node, [bin('jest', 'bin/jest.js'), '--config', 'jest.host.config.js', ...queueOnly, ...args]);
	},
	'test:clients': async (node, args) => {
		await installN8n(await installNode());
		await installClients();
		await node([bin('jest', 'bin/jest.js'), '--config', 'jest.clients.config.js', ...args]);
	},
	demo: async (node, args) => await withN8n(node, ['--import', 'tsx', join(root, 'demo', 'demo.ts'), ...args]),
	start: async (node, args) => await withN8n(node, ['--import', 'tsx', join(root, 'demo', 'start.ts'), ...args]),
	'local-org': async (node, args) => await node(['--import', 'tsx', join(root, 'local-org', 'start.ts'), ...args]),
	bench: async (node, args) => {
		// What is measured is the package as it would be published.
		await tasks.build(node);
		await node(['--import', 'tsx', join(root, 'bench', 'run.ts'), ...args]);
	},
};

/** Runs a script that needs n8n itself and the package as it would be published. */
async function withN8n(node, argv) {
	await installN8n(await installNode());
	await tasks.build(node);
	await node(argv);
}

async function main() {
	const [task, ...args] = process.argv.slice(2);
	if (!Object.hasOwn(tasks, task ?? '')) {
		say(`No task '${task ?? ''}'. There are: ${Object.keys(tasks).join(', ')}.`);
		return 2;
	}
	await install(root, 'dependencies', ['--ignore-scripts']);
	const path = await installNode();
	const PATH = `${dirname(path)}${delimiter}${process.env.PATH}`;
	const node = async (argv) => {
		const code = await run(path, argv, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH } });
		// The script has said itself what went wrong.
		if (code !== 0) throw Object.assign(new Error(), { exitCode: code });
	};
	await tasks[task](node, args);
	return 0;
}

main().then(
	(code) => process.exit(code),
	(error) => {
		if (error.message !== '') say(error.message);
		process.exit(error.exitCode ?? 1);
	},
);
