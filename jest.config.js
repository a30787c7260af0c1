/** Tests run from TypeScript source through swc: types are checked once, by tsc, before them. */
// n8n's log would stand between the results of the tests.
process.env.N8N_LOG_LEVEL ??= 'silent';

module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2023' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/dist/', '<rootDir>/setup/'],
	testTimeout: 30_000,
	// By default one core is left to others, which would be half of a small machine.
	maxWorkers: '100%',
};
