import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { API_VERSION } from '../salesforce/org';
import { openSession, signRequest } from './session';

const forMethods = (...signInMethod: string[]): INodeProperties['displayOptions'] => ({ show: { signInMethod } });

/** One credential for any org; see `session.ts` for how its session is opened and used. */
export class SalesforceOpsApi implements ICredentialType {
	name = 'salesforceOpsApi';

	displayName = 'Salesforce Ops API';

	icon: Icon = { light: 'file:salesforceOps.svg', dark: 'file:salesforceOps.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-salesforce-ops/n8n-nodes-salesforce-ops/blob/main/docs/salesforce-setup.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Sign-in Method',
			name: 'signInMethod',
			type: 'options',
			options: [
				{
					name: 'Client Credentials',
					value: 'clientCredentials',
					description: 'The app runs as the user that its policies name. Works in every org.',
				},
				{
					name: 'JWT Bearer',
					value: 'jwtBearer',
					description: 'The app signs with a private key instead of a secret',
				},
				{
					name: 'Password (API User, the Old Way)',
					value: 'password',
					description:
						"Salesforce blocks it in orgs made since Summer '23 and ends it everywhere on 20 February 2027. For orgs that still depend on it.",
				},
			],
			default: 'clientCredentials',
		},
		{
			displayName: 'Domain',
			name: 'domain',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. mycompany.my.salesforce.com',
			description: 'The My Domain of the org, or any address of it copied from the browser',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			description: 'The consumer key of the External Client App or connected app',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: forMethods('clientCredentials', 'password'),
			description: 'The consumer secret of the app',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. integration@mycompany.com',
			displayOptions: forMethods('jwtBearer', 'password'),
			description: 'The username of the API user, which looks like an e-mail address',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN PRIVATE KEY-----',
			displayOptions: forMethods('jwtBearer'),
			description: 'An RSA key in PEM, without a passphrase; line breaks may be lost. The app holds its certificate.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: forMethods('password'),
			description: 'The password of the API user, without the security token',
		},
		{
			displayName: 'Security Token',
			name: 'securityToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: forMethods('password'),
			description: "Only needed when n8n's address is outside the trusted IP ranges",
		},
		{
			displayName: 'Allow an Org on This Machine',
			name: 'allowLoopback',
			type: 'boolean',
			default: false,
			description:
				'Whether the domain may be a loopback address such as http://127.0.0.1:8080, for trying things out without Salesforce',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		return await openSession(this, credentials);
	}

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await Promise.resolve(signRequest(credentials, requestOptions));

	test: ICredentialTestRequest = {
		request: { url: `/services/data/v${API_VERSION}` },
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Salesforce opened a session and does not accept it. Check the session settings and IP rules of the app and the profile.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API is not enabled for this user or org. Give the user the permission "API Enabled", as Salesforce Prepare Org does; some editions have no API at all.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'The domain does not answer like a Salesforce org. Check the My Domain for a misspelling.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 503,
					message: 'Salesforce is not available at the moment. Test the credential again later.',
				},
			},
		],
	};
}
