import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

/** What the published package holds. */
const shipped = ['credentials', 'nodes', 'moves', 'licenses', 'changes', 'readiness', 'receiving', 'salesforce'];

/** n8n's rules for packages that have dependencies, and the one of n8n Cloud's that holds for them as well. */
const community = n8nCommunityNodesPlugin.configs.recommendedWithoutN8nCloudSupport;
const communityRules = {
	...community.rules,
	'@n8n/community-nodes/no-restricted-globals': 'error',
	// jsforce speaks to Salesforce and luxon to calendars; n8n installs both with the package.
	'@n8n/community-nodes/no-runtime-dependencies': 'off',
};

/** Rules for nodes inside n8n's own repository, which contradict those for packages outside it. */
const notOutsideN8n = {
	// Outside, the documentation is an address.
	'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
	// Superseded by @n8n/community-nodes/node-connection-type-literal.
	'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
	'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
};

/** Which packages belong to one room; which rooms a room may import from, .dependency-cruiser.cjs says. */
const packageRules = [...shipped, 'local-org'].map((room) => ({
	files: [`${room}/**/*.ts`],
	rules: {
		'no-restricted-imports': [
			'error',
			{
				patterns: [
					...(room === 'salesforce'
						? []
						: [{ regex: '^jsforce(/|$)', message: 'Only salesforce/ speaks to jsforce.' }]),
					...(room === 'nodes' || room === 'credentials'
						? []
						: [{ regex: '^n8n-', message: 'Only nodes/ and credentials/ know n8n.' }]),
				],
			},
		],
	},
}));

export default tseslint.config(
	{ ignores: ['dist/', '.cache/', 'coverage/', '**/node_modules/'] },
	{ files: ['**/*.{js,cjs,mjs,ts}', 'package.json'], linterOptions: { reportUnusedDisableDirectives: 'error' } },
	...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts'] })),
	{
		files: ['**/*.ts'],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			eqeqeq: 'error',
			'prefer-const': 'error',
			'no-restricted-syntax': [
				'error',
				{
					selector: "ImportSpecifier[importKind='type']",
					message: 'Types have an import of their own: import type { … }.',
				},
			],
		},
	},
	{
		files: ['test/**/*.ts'],
		ignores: ['test/support/properties.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ paths: [{ name: 'fast-check', message: 'Take fc from test/support/properties.ts, which knows the seed.' }] },
			],
		},
	},
	{
		// What is wrong with the types of plain JavaScript, tsc says of setup/tsconfig.json.
		files: ['**/*.{js,cjs,mjs}'],
		rules: { eqeqeq: 'error', 'no-unused-vars': 'error', 'no-var': 'error', 'prefer-const': 'error' },
	},
	...packageRules,
	{
		files: shipped.map((room) => `${room}/**/*.ts`),
		plugins: community.plugins,
		rules: { '@n8n/community-nodes/no-restricted-globals': 'error' },
	},
	{ files: ['nodes/**/*.ts', 'credentials/**/*.ts'], plugins: community.plugins, rules: communityRules },
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: { ...n8nNodesBase.configs.nodes.rules, ...notOutsideN8n },
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: { ...n8nNodesBase.configs.credentials.rules, ...notOutsideN8n },
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase, ...community.plugins },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: { ...communityRules, ...n8nNodesBase.configs.community.rules },
	},
);
