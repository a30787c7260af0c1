/** Running other programs from the set-up, with a sign of life while they take long. */
const { spawn } = require('node:child_process');

const windows = process.platform === 'win32';
/** How often a long phase says that it is still running, in milliseconds. */
const SIGN_OF_LIFE = 10_000;

/** @param {string} text for people; stdout belongs to the task */
const say = (text) => process.stderr.write(`${text}\n`);

/**
 * Runs a program to its end and gives its exit code (1 when a signal ended it). A signal that reaches this process
 * is handed on, so that the program can end what it started before this process ends too. The shell through which
 * npm runs scripts hands none on: that it has gone is the only sign that npm was told to end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
function run(command, args, options) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, options);
		/** @param {NodeJS.Signals} signal */
		const handOn = (signal) => child.kill(signal);
		const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
		for (const signal of signals) process.on(signal, handOn);
		const parent = process.ppid;
		const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000);
		const done = () => {
			clearInterval(watch);
			signals.forEach((signal) => process.off(signal, handOn));
		};
		child.once('error', (error) => {
			done();
			reject(new Error(`Could not run ${command}: ${error.message}`));
		});
		child.once('close', (code) => {
			done();
			resolve(code ?? 1);
		});
	});
}

/**
 * Does a long piece of work, saying what it is, every ten seconds that it goes on, and how long it took.
 *
 * @template Result
 * @param {string} what
 * @param {() => Promise<Result>} work
 */
async function phase(what, work) {
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	say(`${what} …`);
	const timer = setInterval(() => say(`  … ${seconds()} s`), SIGN_OF_LIFE);
	try {
		return await work();
	} finally {
		clearInterval(timer);
		say(`  done in ${seconds()} s`);
	}
}

/**
 * Runs npm in a folder. Its words go to stderr, because stdout belongs to the task (some of them end with JSON).
 *
 * @param {string} folder
 * @param {string[]} args
 * @param {Record<string, string>} env beside this process's own
 */
async function npm(folder, args, env = {}) {
	const code = await run('npm', args, {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ['ignore', 2, 2],
		shell: windows,
	});
	if (code !== 0) throw new Error(`npm ${args[0]} did not succeed in ${folder} (exit code ${code}).`);
}

module.exports = { npm, phase, run, say, windows };
