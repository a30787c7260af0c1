/** Clients that nobody here wrote, against an org; `npm run test:clients` sets them up. */
const named = ['SALESFORCE_URL', 'SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'].every((name) => process.env[name]);
process.stderr.write(
	named
		? `The contract tests and jsforce run against ${process.env.SALESFORCE_URL}.\n`
		: 'All run against the local org. To run the contract tests and jsforce against a real one, set SALESFORCE_URL, SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET.\n',
);

module.exports = {
	...require('./jest.config.js'),
	testMatch: ['<rootDir>/test/clients/**/*.clients.ts'],
	testTimeout: 120_000,
	// One at a time: a real n8n and the Salesforce CLI take a core each.
	maxWorkers: 1,
};
