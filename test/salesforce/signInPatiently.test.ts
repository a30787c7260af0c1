import { errorFromNetwork } from '../../salesforce/errors';
import { signInPatiently } from '../../salesforce/signInPatiently';
import type { SignInSettings } from '../../salesforce/signInSettings';

const settings: SignInSettings = {
	domain: 'mycompany',
	signInMethod: 'clientCredentials',
	clientId: 'client',
	clientSecret: 'secret',
	username: '',
	password: '',
	securityToken: '',
	privateKey: '',
	allowLoopback: false,
};
const TOKEN = JSON.stringify({ access_token: 'token', instance_url: 'https://mycompany.my.salesforce.com' });

type Answer = { status: number; body: string; headers?: { location: string } } | Error;

/** Signs in to an endpoint that gives these answers, the last one for ever; with the pauses made and the hosts asked. */
async function signInTo(...answers: Answer[]) {
	const pauses: number[] = [];
	const hosts: string[] = [];
	const result: unknown = await signInPatiently(
		settings,
		async (url) => {
			hosts.push(new URL(url).host);
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			if (answer === undefined || answer instanceof Error) throw answer ?? new Error('No answer is left');
			return await Promise.resolve(answer);
		},
		async (milliseconds) => {
			pauses.push(milliseconds);
			await Promise.resolve();
		},
	).catch((error: unknown) => error);
	return { result, pauses, hosts };
}

const success = { status: 200, body: TOKEN };

describe('sign-in', () => {
	it.each<[string, Answer]>([
		['a page with 503', { status: 503, body: '<html>Service Unavailable</html>' }],
		['server_error', { status: 500, body: '{"error":"server_error"}' }],
		['unknown_error', { status: 400, body: '{"error":"unknown_error","error_description":"retry your request"}' }],
		['429', { status: 429, body: '' }],
		['a cut connection', errorFromNetwork('ECONNRESET')],
		['a name server that does not answer', errorFromNetwork('EAI_AGAIN')],
	])('is tried again after %s', async (_what, answer) => {
		const { result, pauses } = await signInTo(answer, success);
		expect(result).toMatchObject({ accessToken: 'token' });
		expect(pauses).toHaveLength(1);
	});

	it('is tried with growing pauses, and then says that it may be tried later', async () => {
		const { result, pauses, hosts } = await signInTo({ status: 503, body: '' });
		expect(hosts).toHaveLength(5);
		expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
		expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(12_000);
		expect(result).toMatchObject({
			code: 'SIGN_IN_UNAVAILABLE',
			message: expect.stringContaining('status 503') as string,
		});
	});

	it('that met a cut connection to the end says of no call that it may have been carried out', async () => {
		const { result } = await signInTo(errorFromNetwork('ECONNRESET'));
		expect(result).toMatchObject({
			code: 'SIGN_IN_UNAVAILABLE',
			inDoubt: false,
			passing: false,
			retry: 'later',
			endsTheRun: true,
		});
	});

	it.each(['invalid_client_id', 'OAUTH_APP_BLOCKED'])('is not tried again after %s', async (error) => {
		const { result, hosts } = await signInTo({ status: 400, body: JSON.stringify({ error }) });
		expect(hosts).toHaveLength(1);
		expect(result).toMatchObject({ code: 'SIGN_IN_REFUSED' });
	});

	it('that waits a minute for an answer is not tried a third time', async () => {
		let now = Date.now();
		const clock = jest.spyOn(Date, 'now').mockImplementation(() => (now += 25_000));
		try {
			const { result, hosts } = await signInTo(errorFromNetwork('ECONNABORTED'));
			expect(hosts.length).toBeLessThanOrEqual(3);
			expect(result).toMatchObject({ code: 'SIGN_IN_UNAVAILABLE' });
		} finally {
			clock.mockRestore();
		}
	});

	it.each(['SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID', 'CERT_HAS_EXPIRED', 'EPROTO'])(
		'is not tried again at a host that does not prove to be the right one (%s)',
		async (code) => {
			const { result, hosts } = await signInTo(errorFromNetwork(code));
			expect(hosts).toHaveLength(1);
			expect(result).toMatchObject({ code: 'UNTRUSTED_HOST', inDoubt: false });
		},
	);

	it('follows a My Domain that was renamed', async () => {
		const location = 'https://renamed.my.salesforce.com/services/oauth2/token';
		const { result, hosts } = await signInTo({ status: 301, body: '', headers: { location } }, success);
		expect(hosts).toEqual(['mycompany.my.salesforce.com', 'renamed.my.salesforce.com']);
		expect(result).toMatchObject({ accessToken: 'token' });
	});

	it('is not sent round in circles', async () => {
		const location = 'https://renamed.my.salesforce.com/services/oauth2/token';
		const { result, hosts } = await signInTo({ status: 301, body: '', headers: { location } });
		expect(hosts).toHaveLength(2);
		expect(result).toMatchObject({ message: expect.stringContaining('from one address to the next') as string });
	});
});
