/** The tests that drive a real n8n; `npm run test:n8n` sets it up for them. */
module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/host/**/*.host.ts'],
	testTimeout: 120_000,
	// One n8n at a time: each takes a core and half a gigabyte.
	maxWorkers: 1,
};
