/**
 * What stands behind every `npm run` of this project: brings the dependencies and a Node.js that n8n accepts,
 * then runs the task under it. Plain JavaScript for Node 20, because it runs before anything is installed.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = join(__dirname, '..');
/** n8n 2.41 needs Node 24; `node:sqlite`, which the local org uses, stands without a flag there. */
const NODE_MAJOR = 24;

const say = (text) => process.stderr.write(`${text}\n`);

/** Runs a command to its end and stops this process with its exit code when it fails. */
function must(command, args, options = {}) {
	const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
	if (error) say(`Could not run ${command}: ${error.message}`);
	if (error || status !== 0) process.exit(status || 1);
}

/** Installs a folder's dependencies from its lock file, unless that has been done for this very lock. */
function install(folder, what, flags = []) {
	const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
	const stamp = join(folder, 'node_modules', '.installed-lock.json');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
	say(`Installing ${what} …`);
	const started = Date.now();
	// stdout belongs to the task (some of them end with JSON), so npm's own words go to stderr.
	must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...flags], {
		cwd: folder,
		stdio: ['ignore', 2, 2],
		shell: process.platform === 'win32',
	});
	writeFileSync(stamp, lock);
	say(`Installed ${what} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** The path of a Node.js of at least NODE_MAJOR: this one, or the one that npm brings. */
function suitableNode() {
	if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
	install(join(__dirname, 'node'), `Node.js ${NODE_MAJOR}`);
	const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
	const file = process.platform === 'win32' ? 'node.exe' : 'node';
	const path = join(__dirname, 'node', 'node_modules', name, 'bin', file);
	if (existsSync(path)) return path;
	say(`This machine has Node.js ${process.versions.node}; please install Node.js ${NODE_MAJOR} or later and try again.`);
	return process.exit(1);
}

const bin = (name, file) => join(root, 'node_modules', name, file);

const tasks = {
	build: (node) => {
		rmSync(join(root, 'dist'), { recursive: true, force: true });
		node([bin('typescript', 'bin/tsc'), '-p', 'tsconfig.build.json']);
		node([bin('gulp', 'bin/gulp.js'), '--silent']);
	},
	lint: (node, args) => node([bin('eslint', 'bin/eslint.js'), '--max-warnings=0', '.', ...args]),
	types: (node) => node([bin('typescript', 'bin/tsc'), '-p', 'tsconfig.json']),
	test: (node, args) => {
		if (args.length === 0) {
			tasks.lint(node, []);
			tasks.types(node);
		}
		tasks.build(node);
		node([bin('jest', 'bin/jest.js'), ...args]);
	},
	'local-org': (node, args) => node(['--import', 'tsx', join(root, 'local-org', 'start.ts'), ...args]),
	bench: (node, args) => node(['--import', 'tsx', join(root, 'bench', 'run.ts'), ...args]),
};

const [task, ...args] = process.argv.slice(2);
if (!Object.hasOwn(tasks, task)) {
	say(`No task '${task}'. There are: ${Object.keys(tasks).join(', ')}.`);
	process.exit(2);
}
install(root, 'dependencies', ['--ignore-scripts']);
const node = suitableNode();
const PATH = `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
tasks[task]((argv) => must(node, argv, { env: { ...process.env, PATH } }), args);
