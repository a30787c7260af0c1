/** n8n's rules for packages of nodes. What holds for all code is in .oxlintrc.json. */
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import * as parser from '@typescript-eslint/parser';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';

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

const plugins = { 'n8n-nodes-base': n8nNodesBase, ...community.plugins };

export default [
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['nodes/**/*.ts'],
		plugins,
		languageOptions: { parser },
		rules: { ...communityRules, ...n8nNodesBase.configs.nodes.rules, ...notOutsideN8n },
	},
	{
		files: ['credentials/**/*.ts'],
		plugins,
		languageOptions: { parser },
		rules: { ...communityRules, ...n8nNodesBase.configs.credentials.rules, ...notOutsideN8n },
	},
	{
		files: ['package.json'],
		plugins,
		languageOptions: { parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: { ...communityRules, ...n8nNodesBase.configs.community.rules },
	},
];
