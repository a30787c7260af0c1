/** The tests that use n8n's editor in a real browser; `npm run test:editor` sets n8n up for them. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/editor/**/*.editor.ts'],
	testTimeout: 240_000,
	// A browser and an n8n take a core each.
	maxWorkers: 1,
};
