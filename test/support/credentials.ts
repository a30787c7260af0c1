import { Credentials } from 'n8n-core';
import type { DirectoryLoader } from 'n8n-core';
import { ICredentialsHelper } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
} from 'n8n-workflow';

/** As much of n8n's own OAuth2 credential as its engine, which signs for it, needs to know; n8n itself has the whole. */
const OAUTH2: ICredentialType = {
	name: 'salesforceOAuth2Api',
	displayName: 'Salesforce OAuth2 API',
	extends: ['oAuth2Api'],
	properties: [],
};

/** As much of n8n's own JWT credential: how its session is opened, kept and put on requests. */
const JWT: ICredentialType = {
	name: 'salesforceJwtApi',
	displayName: 'Salesforce JWT API',
	properties: [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
		{ displayName: 'Instance URL', name: 'instanceUrl', type: 'hidden', default: '' },
	],
	async preAuthentication({ myDomainUrl, clientId, clientSecret }) {
		// The grant does not matter to whoever uses the session.
		const { access_token: accessToken, instance_url: instanceUrl } = (await this.helpers.httpRequest({
			method: 'POST',
			url: `${String(myDomainUrl)}/services/oauth2/token`,
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: String(clientId),
				client_secret: String(clientSecret),
			}),
		})) as Record<string, string>;
		return { accessToken, instanceUrl };
	},
	authenticate: async (credentials, request) => {
		request.headers = { ...request.headers, Authorization: `Bearer ${String(credentials.accessToken)}` };
		if (!request.baseURL && credentials.instanceUrl) request.baseURL = String(credentials.instanceUrl);
		return await Promise.resolve(request);
	},
};

/**
 * The credentials of a test, as n8n keeps them: stored under an ID, opened when their expirable property is empty or
 * after a 401, and stored again with what that brought.
 */
export class TestCredentials extends ICredentialsHelper {
	/** By credential ID. */
	readonly stored = new Map<string, ICredentialDataDecryptedObject>();

	constructor(private readonly types: DirectoryLoader) {
		super();
	}

	private type(name: string): ICredentialType {
		return [OAUTH2, JWT].find((type) => type.name === name) ?? this.types.getCredential(name).type;
	}

	getParentTypes(name: string): string[] {
		return this.type(name).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		if (typeof authenticate !== 'function') throw new Error(`${typeName} signs no requests by a function`);
		return await authenticate(credentials, request as IHttpRequestOptions);
	}

	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.type(typeName);
		const expirable = type.properties.find((property) => property.typeOptions?.expirable === true);
		if (expirable === undefined || type.preAuthentication === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !expired) return undefined;
		const opened = (await type.preAuthentication.call(helpers, credentials)) as ICredentialDataDecryptedObject;
		const id = node.credentials?.[typeName]?.id ?? '';
		this.stored.set(id, { ...this.stored.get(id), ...opened });
		return Object.assign(credentials, opened);
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		return new Credentials({ id: details.id, name: details.name }, type);
	}

	async getDecrypted(
		_additionalData: unknown,
		details: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.stored.get(details.id ?? '');
		if (stored === undefined) throw new Error(`No credential ${details.id} in this test`);
		const defaults = this.type(typeName).properties.map(({ name, default: value }) => [name, value]);
		return { ...Object.fromEntries(defaults), ...stored } as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored.set(details.id ?? '', data);
	}

	async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.updateCredentials(details, type, data);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.type(type).properties;
	}
}
