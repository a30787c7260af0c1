import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';

const JEST = join(__dirname, '..', '..', 'setup', 'jest');
const BIN = require.resolve('jest/bin/jest');

/** What Jest told of a run, as `--json` has it. */
interface Told {
	testResults: Array<{ name: string; message: string; assertionResults: Array<{ title: string; status: string }> }>;
	coverageMap: Record<string, { s: Record<string, number>; statementMap: Record<string, { start: { line: number } }> }>;
}

let folder: string;

beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'shared-modules-')));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs these files as a project of their own, in one process and in the order of their names. */
async function tested(files: Record<string, string>): Promise<Told> {
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	const config = {
		rootDir: folder,
		testEnvironment: join(JEST, 'environment.cjs'),
		runtime: join(JEST, 'runtime.cjs'),
		transform: {},
		collectCoverageFrom: ['shared.js'],
		coverageReporters: ['none'],
	};
	writeFileSync(
		join(folder, 'inOrder.cjs'),
		`module.exports = class { sort(tests) { return tests.sort((a, b) => a.path.localeCompare(b.path)); }
			cacheResults() {} shard(tests) { return tests; } allFailedTests(tests) { return tests; } };`,
	);
	const args = ['-i', '--json', '--coverage', '--no-cache', '--testSequencer', join(folder, 'inOrder.cjs')];
	const { stdout } = await promisify(execFile)(execPath, [BIN, ...args, '--config', JSON.stringify(config)], {
		cwd: folder,
	}).catch((failed: { stdout: string }) => failed);
	return JSON.parse(stdout) as Told;
}

const statuses = ({ testResults }: Told) =>
	testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status));

const SHARED = `let calls = 0;
exports.call = () => ++calls;
exports.later = () => 'later';
exports.never = () => 'never';
`;

it('are loaded once for all test files, and Jest is told what is covered of them', async () => {
	const told = await tested({
		'shared.js': SHARED,
		'a.test.js': `const { call } = require('./shared'); it('a', () => expect(call()).toBe(1));`,
		'b.test.js': `const { call, later } = require('./shared'); it('b', () => { later(); expect(call()).toBe(2); });`,
		'c.test.js': `const { call } = require('./shared'); it('c', () => expect(call()).toBe(3));`,
		'd.test.js': `it('d', () => expect(jest.fn()).not.toHaveBeenCalled());`,
	});
	expect(statuses(told)).toEqual(['passed', 'passed', 'passed', 'passed']);
	const [{ s, statementMap } = { s: {}, statementMap: {} }] = Object.values(told.coverageMap);
	const lines = Object.entries(s).flatMap(([key, times]) => (times > 0 ? [] : [statementMap[key]?.start.line]));
	expect(lines).toEqual([4]);
});

it('leave no trace of a test file in the process', async () => {
	const told = await tested({
		'shared.js': SHARED,
		'a.test.js': `
			it('a', () => {
				process.env.LEFT = 'behind';
				console.log = () => { throw new Error('left behind'); };
				globalThis.console = {};
				jest.useFakeTimers({ now: 0 });
				expect.extend({ toBeOdd: () => ({ pass: true }) });
				expect(Date.now()).toBe(0);
			});`,
		'b.test.js': `
			it('b', async () => {
				expect(process.env.LEFT).toBeUndefined();
				expect(Date.now()).toBeGreaterThan(0);
				console.log('as ever');
				await new Promise((resolve) => setTimeout(resolve, 1));
			});`,
	});
	expect(told.testResults.map(({ message }) => message)).toEqual(['', '']);
	expect(statuses(told)).toEqual(['passed', 'passed']);
});

it('are a file’s own where it asks for them, keep nothing of Jest’s, and a failure names its line', async () => {
	const own = `/** @jest-environment node */
const { call } = require('./shared'); it('own', () => expect(call()).toBe(1));`;
	const told = await tested({
		'shared.js': SHARED,
		'a.test.js': `const { call } = require('./shared'); it('a', () => expect(call()).toBe(1));`,
		'b.test.js': own,
		'c.test.js': `const { call } = require('./shared');
it('c', () => {
	expect(call()).toBe(1);
});`,
		'kept.js': 'exports.kept = describe;',
		'd.test.js': `const { kept } = require('./kept'); kept('d', () => it('d', () => {}));`,
		'e.test.js': `const { kept } = require('./kept'); kept('e', () => it('e', () => {}));`,
	});
	expect(statuses(told)).toEqual(['passed', 'passed', 'failed', 'passed']);
	const messages = told.testResults.map(({ message }) => message);
	expect(messages[2]).toContain('c.test.js:3:');
	expect(messages[4]).toContain('A shared module kept');
});
