import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** The credential types that open an org: ours, and the two of n8n's own Salesforce node. */
export const CREDENTIAL_TYPES = ['salesforceOpsApi', 'salesforceOAuth2Api', 'salesforceJwtApi'] as const;

/** One of the credential types; it is the value of the *Authentication* parameter as well. */
export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

/** The `credentials` of every node's description: the one that *Authentication* chooses shows. */
export const orgCredentials: INodeCredentialDescription[] = CREDENTIAL_TYPES.map((name) => ({
	name,
	required: true,
	displayOptions: { show: { authentication: [name] } },
}));

/** The first parameter of every node. */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Salesforce JWT', value: 'salesforceJwtApi', description: "The credential of n8n's own Salesforce node" },
		{
			name: 'Salesforce OAuth2',
			value: 'salesforceOAuth2Api',
			description: "The credential of n8n's own Salesforce node",
		},
		{ name: 'Salesforce Ops', value: 'salesforceOpsApi', description: 'Client credentials, JWT or password' },
	],
	default: 'salesforceOpsApi',
	description: 'Which kind of credential opens the org',
};
