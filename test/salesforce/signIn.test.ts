import { createVerify, generateKeyPairSync } from 'node:crypto';

import { signIn } from '../../salesforce/signIn';
import type { SignInSettings } from '../../salesforce/signInSettings';

const NOW = Date.UTC(2026, 4, 1);
const SUCCESS = { access_token: 'token', instance_url: 'https://mycompany.my.salesforce.com' };
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
	modulusLength: 2048,
	privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const settings = (more: Partial<SignInSettings> = {}): SignInSettings => ({
	domain: 'mycompany',
	signInMethod: 'clientCredentials',
	clientId: 'client',
	clientSecret: 'secret',
	username: 'user@example.com',
	password: 'pass',
	securityToken: 'TOKEN',
	privateKey,
	allowLoopback: false,
	...more,
});

/** Signs in to a token endpoint that gives these answers one after another, and what was sent to it. */
async function signInTo(answers: object[], more: Partial<SignInSettings> = {}, status = 200) {
	const sent: Array<{ url: string; form: Record<string, string> }> = [];
	const result = signIn(
		settings(more),
		async (url, form) => {
			sent.push({ url, form });
			return await Promise.resolve({
				status: 'error' in (answers[0] ?? {}) ? 400 : status,
				body: JSON.stringify(answers.shift()),
			});
		},
		NOW,
	);
	return { result: await result.catch((error: unknown) => error), sent };
}

interface Claims {
	iss: string;
	sub: string;
	aud: string;
	exp: number;
}

const claimsOf = (assertion = ''): Claims =>
	JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString()) as Claims;

describe('signing in', () => {
	it('by client credentials posts to the My Domain', async () => {
		const { result, sent } = await signInTo([SUCCESS]);
		expect(result).toEqual({ accessToken: 'token', instanceUrl: 'https://mycompany.my.salesforce.com' });
		expect(sent).toEqual([
			{
				url: 'https://mycompany.my.salesforce.com/services/oauth2/token',
				form: { grant_type: 'client_credentials', client_id: 'client', client_secret: 'secret' },
			},
		]);
	});

	it('by password puts the security token behind the password', async () => {
		const { sent } = await signInTo([SUCCESS], { signInMethod: 'password' });
		expect(sent[0]?.form).toMatchObject({
			grant_type: 'password',
			username: 'user@example.com',
			password: 'passTOKEN',
		});
	});

	it('by JWT signs who asks, for whom, where and for how long', async () => {
		const { sent } = await signInTo([SUCCESS], { signInMethod: 'jwtBearer' });
		const assertion = sent[0]?.form.assertion ?? '';
		expect(claimsOf(assertion)).toEqual({
			iss: 'client',
			sub: 'user@example.com',
			aud: 'https://mycompany.my.salesforce.com',
			exp: NOW / 1000 + 150,
		});
		const [header, claims, signature] = assertion.split('.');
		expect(
			createVerify('RSA-SHA256')
				.update(`${header}.${claims}`)
				.verify(publicKey, signature ?? '', 'base64url'),
		).toBe(true);
		expect(sent[0]?.form).not.toHaveProperty('client_secret');
	});

	describe.each(['audience is invalid', "user hasn't approved this consumer"])('by JWT answered "%s"', (words) => {
		const refused = { error: 'invalid_grant', error_description: words };

		it.each([
			['mycompany', 'https://login.salesforce.com', 'https://test.salesforce.com'],
			['mycompany--uat.sandbox', 'https://test.salesforce.com', 'https://login.salesforce.com'],
			['x.my.sfcrmproducts.cn', 'https://login.sfcrmproducts.cn', 'https://test.sfcrmproducts.cn'],
		])('of %s names the log-in host, and then the other one', async (domain, second, third) => {
			const { result, sent } = await signInTo([refused, refused, SUCCESS], { signInMethod: 'jwtBearer', domain });
			expect(result).toMatchObject({ accessToken: 'token' });
			expect(sent.map(({ form }) => claimsOf(form.assertion).aud)).toEqual([
				sent[0]?.url.replace('/services/oauth2/token', ''),
				second,
				third,
			]);
			expect(new Set(sent.map(({ url }) => url)).size).toBe(1);
		});
	});

	it('by JWT tells the refusal that is not of the audience, whichever host gave it', async () => {
		const { result } = await signInTo(
			[
				{ error: 'invalid_grant', error_description: 'audience is invalid' },
				{ error: 'invalid_grant', error_description: "user hasn't approved this consumer" },
				{ error: 'invalid_grant', error_description: 'audience is invalid' },
			],
			{ signInMethod: 'jwtBearer' },
		);
		expect(result).toMatchObject({ message: expect.stringContaining('not been authorized') as string });
	});

	it('by JWT asks for no other audience when something else is refused', async () => {
		const { sent } = await signInTo([{ error: 'invalid_client_id', error_description: 'client identifier invalid' }], {
			signInMethod: 'jwtBearer',
		});
		expect(sent).toHaveLength(1);
	});

	it.each(['DPoP', 'dpop', 'MAC'])('takes no token of the type %s', async (token_type) => {
		const { result } = await signInTo([{ ...SUCCESS, token_type }]);
		expect(result).toMatchObject({ code: 'SIGN_IN_REFUSED', message: expect.stringContaining(token_type) as string });
		expect(JSON.stringify(result)).not.toContain('"token"');
	});

	it.each(['Bearer', 'bearer', undefined])('takes a token of the type %s', async (token_type) => {
		const { result } = await signInTo([{ ...SUCCESS, token_type }]);
		expect(result).toMatchObject({ accessToken: 'token' });
	});

	it.each([
		'https://example.com',
		'http://mycompany.my.salesforce.com',
		'https://mycompany.my.salesforce.com.example.com',
		'https://127.0.0.1',
	])('takes no session that is to be used at %s', async (address) => {
		const { result } = await signInTo([{ ...SUCCESS, instance_url: address }]);
		expect(result).toMatchObject({ code: 'UNTRUSTED_HOST' });
		expect(JSON.stringify(result)).not.toContain('token');
	});
});

describe('a refusal in the words of Salesforce', () => {
	it.each<[method: SignInSettings['signInMethod'], error: string, description: string, message: RegExp]>([
		['password', 'invalid_grant', 'authentication failure', /^Wrong username, password/],
		['password', 'invalid_grant', 'authentication failure - Invalid Password', /^Wrong username, password/],
		['clientCredentials', 'invalid_client_id', 'client identifier invalid', /does not know this Client ID/],
		['clientCredentials', 'invalid_client', 'invalid client credentials', /does not accept this Client Secret/],
		['clientCredentials', 'invalid_client', 'app must be installed into org', /not installed in this org/],
		['password', 'unsupported_grant_type', 'grant type not supported', /does not allow this sign-in method/],
		['clientCredentials', 'invalid_grant', 'request not supported on this domain', /does not work on this domain/],
		['clientCredentials', 'invalid_grant', 'no client credentials user enabled', /no user to run as/],
		['jwtBearer', 'invalid_grant', "user hasn't approved this consumer", /not been authorized for the app/],
		['jwtBearer', 'invalid_app_access', 'user is not admin approved to access this app', /not authorized for the app/],
		['jwtBearer', 'invalid_grant', 'expired authorization code', /took the JWT for expired/],
		['clientCredentials', 'invalid_grant', 'login rate exceeded', /signed in too often/],
		['clientCredentials', 'invalid_grant', 'something new was generated', /^Salesforce refused to sign in/],
	])('to %s, "%s: %s", is told as what it means', async (signInMethod, error, error_description, message) => {
		const { result } = await signInTo([{ error, error_description }], { signInMethod });
		expect(result).toMatchObject({ code: 'SIGN_IN_REFUSED', message: expect.stringMatching(message) as string });
		expect((result as { remedy: string }).remedy).not.toBe('');
	});

	it('of the audience is told when the log-in hosts are refused as well', async () => {
		const refused = { error: 'invalid_grant', error_description: 'Audience validation failed' };
		const { result, sent } = await signInTo([refused, refused, refused], { signInMethod: 'jwtBearer' });
		expect(sent).toHaveLength(3);
		expect(result).toMatchObject({ message: expect.stringContaining('audience') as string });
	});
});

it.each<[Partial<SignInSettings>, string]>([
	[{ clientId: '' }, 'The credential lacks Client ID.'],
	[{ signInMethod: 'password', username: '', password: ' ' }, 'The credential lacks Username and Password.'],
	[{ signInMethod: 'jwtBearer', privateKey: '' }, 'The credential lacks Private Key.'],
	[{ signInMethod: 'jwtBearer', privateKey: privateKey.slice(0, 200) }, 'The private key cannot be read.'],
	[
		{ domain: 'login.salesforce.com' },
		'The client credentials method does not work through login.salesforce.com or test.salesforce.com.',
	],
	[{ domain: 'https://example.com' }, 'The domain is not a Salesforce address.'],
])('nothing is sent with %j', async (more, message) => {
	const { result, sent } = await signInTo([SUCCESS], more);
	expect(result).toMatchObject({ message });
	expect(sent).toEqual([]);
});

it.each(['\\n', ' ', ''])('a private key whose line breaks became %j is read', async (instead) => {
	const { result } = await signInTo([SUCCESS], {
		signInMethod: 'jwtBearer',
		privateKey: privateKey.replace(/\n/g, instead),
	});
	expect(result).toMatchObject({ accessToken: 'token' });
});
