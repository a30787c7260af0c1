import { useOrg } from './support/client';

const at = useOrg();
const open = async (address: string): Promise<{ status: number; text: string }> => {
	const response = await fetch(at.org.url + address);
	return { status: response.status, text: await response.text() };
};

/** What a page says, without its tags, style and script. */
const words = (text: string): string =>
	text
		.replace(/<(style|script).*?<\/\1>/gs, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/\s+/g, ' ');

describe("the org's page", () => {
	it('counts the records, and shows the newest call first', async () => {
		await at.create('Case', { Subject: 'Chair' });
		await at.call('GET', 'limits');
		const { text } = await open('/');
		expect(words(text)).toMatch(/Cases 1 /);
		expect(words(text)).toMatch(/GET \/v66\.0\/limits 200 .* POST \/v66\.0\/sobjects\/Case 201 1 record /);
	});

	it('shows the calls of one object alone', async () => {
		await at.create('Case', {});
		await at.create('Account', { Name: 'Acme' });
		await at.call('GET', `query?q=${encodeURIComponent('SELECT Id FROM Case')}`);
		const { text } = await open('/?object=Case');
		const calls = words(text.slice(text.indexOf('id="calls"')));
		expect(calls).toContain('/sobjects/Case');
		expect(calls).toContain('FROM Case');
		expect(calls).not.toContain('Account');
	});

	it('shows what was sent and answered, and escapes it', async () => {
		const id = await at.create('Case', { Subject: '<b>Chair</b>' });
		const [, number] = /data-call="(\d+)"/.exec((await open('/')).text) ?? [];
		const { text } = await open(`/calls/${number}`);
		expect(text).toContain('&quot;Subject&quot;: &quot;&lt;b&gt;Chair&lt;/b&gt;&quot;');
		expect(text).toContain(id);
		expect(text).not.toContain('<b>Chair');
	});

	it('shows no secret and no token', async () => {
		const { text } = await open('/');
		const numbers = [...text.matchAll(/data-call="(\d+)"/g)].map(([, number]) => number);
		const pages = await Promise.all(numbers.map(async (number) => (await open(`/calls/${number}`)).text));
		const all = [text, ...pages].join('\n');
		expect(all).toContain('/services/oauth2/token');
		expect(all).toContain('Not shown: it holds secrets.');
		expect(all).not.toContain(at.org.clientSecret);
		expect(all).not.toMatch(/access_token/);
	});

	it('lists the records of an object, references by name', async () => {
		const account = await at.create('Account', { Name: 'Acme' });
		await at.create('Contact', { LastName: 'Okafor', AccountId: account });
		const { text } = await open('/objects/Contact');
		expect(text).toContain(`<a href="/lightning/r/Account/${account}/view">Acme</a>`);
		expect(words(text)).toContain('1 record.');
	});

	it('shows a record field by field, under the address that items link to', async () => {
		const id = await at.create('Account', { Name: 'Acme & Sons' });
		const { text } = await open(`/lightning/r/Account/${id}/view`);
		expect(text).toContain('<h1>Account Acme &amp; Sons</h1>');
	});

	it('is no call of a client', async () => {
		const before = at.org.calls.length;
		await open('/');
		expect(at.org.calls).toHaveLength(before);
	});
});
