import { readSession, settingsKey, shareSession } from '../../salesforce/session';
import type { Session } from '../../salesforce/session';

let made = 0;
const newKey = () => settingsKey({ test: made++ });
const session = (openedAt: number): Session => ({
	accessToken: `t${openedAt}`,
	instanceUrl: 'https://a.my.salesforce.com',
	openedAt,
	settings: 's',
});

describe('a shared session', () => {
	it('is opened once for all who ask at the same time', async () => {
		let opened = 0;
		const open = async () => {
			opened++;
			return await Promise.resolve(session(opened));
		};
		const key = newKey();
		const all = await Promise.all(Array.from({ length: 20 }, async () => await shareSession(key, undefined, open)));
		expect(opened).toBe(1);
		expect(new Set(all).size).toBe(1);
	});

	it('serves whoever holds an older one, and is followed by another for whoever holds it itself', async () => {
		const key = newKey();
		const first = await shareSession(key, undefined, async () => await Promise.resolve(session(1)));
		const second = await shareSession(key, first, async () => await Promise.resolve(session(2)));
		expect(second).toEqual(session(2));
		expect(await shareSession(key, first, async () => await Promise.resolve(session(3)))).toEqual(session(2));
		expect(await shareSession(key, second, async () => await Promise.resolve(session(4)))).toEqual(session(4));
	});

	it('that could not be opened is tried anew by the next who asks', async () => {
		const key = newKey();
		await expect(shareSession(key, undefined, async () => await Promise.reject(new Error('refused')))).rejects.toThrow(
			'refused',
		);
		expect(await shareSession(key, undefined, async () => await Promise.resolve(session(1)))).toEqual(session(1));
	});

	it('is of its settings alone', async () => {
		await shareSession(newKey(), undefined, async () => await Promise.resolve(session(1)));
		expect(await shareSession(newKey(), undefined, async () => await Promise.resolve(session(2)))).toEqual(session(2));
	});
});

it('a key of settings tells them apart, in any order, and gives none away', () => {
	const key = settingsKey({ clientSecret: 'secret', domain: 'a' });
	expect(settingsKey({ domain: 'a', clientSecret: 'secret' })).toBe(key);
	expect(settingsKey({ domain: 'a', clientSecret: 'other' })).not.toBe(key);
	expect(key).not.toContain('secret');
});

it('only what was stored as a session is read as one', () => {
	expect(readSession(JSON.stringify(session(1)))).toEqual(session(1));
	for (const none of ['', undefined, null, 'token', 7]) expect(readSession(none)).toBeUndefined();
});
