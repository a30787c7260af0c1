/** Tests run from TypeScript source through swc: types are checked once, by tsc, beside them. */
const { availableParallelism } = require('node:os');
const { SWC } = require('./setup/swc.cjs');

// n8n's log would stand between the results of the tests.
process.env.N8N_LOG_LEVEL ??= 'silent';

module.exports = {
	// Modules are loaded once in each worker, as n8n does; runtime.cjs says why.
	testEnvironment: '<rootDir>/setup/jest/environment.cjs',
	runtime: '<rootDir>/setup/jest/runtime.cjs',
	testSequencer: '<rootDir>/setup/jest/sequencer.cjs',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: {
		'^.+\\.ts$': ['@swc/jest', SWC],
	},
	modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/dist/', '<rootDir>/setup/'],
	// The first test of a file loads n8n's engine, which a busy machine takes long for.
	testTimeout: 60_000,
	// What ships, as n8n's engine runs it. Babel's provider costs nothing one could measure here; V8's doubles the time.
	coverageProvider: 'babel',
	collectCoverageFrom: ['dist/**/*.js'],
	coverageReporters: ['text-summary', 'json-summary'],
	coverageThreshold: { global: { statements: 90, branches: 76, functions: 89, lines: 90 } },
	// One more than cores: some files wait for engines in processes of their own, and for pauses that are tested.
	maxWorkers: availableParallelism() + 1,
};
