import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, Locator, Page } from 'playwright-core';

import { peopledOrg } from '../../demo/people';
import { openClient } from '../local-org/support/client';
import type { Client } from '../local-org/support/client';
import { openBrowser } from './support/browser';

/** How much lighter or darker than its ground a text must be, by the Web Content Accessibility Guidelines (AA). */
const READABLE = 4.5;

const leastContrast = readFileSync(join(__dirname, 'support', 'leastContrast.js'), 'utf8');

let at: Client;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	at = await openClient({ seed: peopledOrg() });
	browser = await openBrowser();
}, 60_000);

afterAll(async () => {
	await browser?.close();
	await at?.org.close();
});

beforeEach(async () => {
	page = await browser.newPage({ viewport: { width: 1280, height: 760 }, baseURL: at.org.url });
});

afterEach(async () => await page.close());

/** Calls as they stand in the page, from the top. */
const calls = (): Locator => page.locator('#calls summary');

/** By how many pixels the highest of these is higher than the lowest. */
async function unevenness(rows: Locator): Promise<number> {
	// All at once: the page replaces its rows while it is open.
	const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
	return heights.length === 0 ? 0 : Math.max(...heights) - Math.min(...heights);
}

/** How far the page can be scrolled to the side, in pixels. */
const sideways = async (): Promise<number> =>
	await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const background = async (): Promise<string> =>
	await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');

describe.each(['/', '/objects/Case', '/objects/User'])('the page %s', (address) => {
	it.each([1280, 800, 390])('stays within a window of %d pixels, and each row on one line', async (width) => {
		await at.query('SELECT Id, Name, Profile.Name, Manager.Name FROM User WHERE IsActive = true ORDER BY Name LIMIT 3');
		await page.setViewportSize({ width, height: 760 });
		await page.goto(address);
		expect(await sideways()).toBe(0);
		for (const rows of [page.locator('tbody tr'), calls()]) {
			// The lines between rows share a pixel.
			expect(await unevenness(rows)).toBeLessThan(2);
		}
	});

	it.each(['light', 'dark'] as const)('can be read in a %s browser', async (colorScheme) => {
		await page.emulateMedia({ colorScheme });
		await page.goto(address);
		expect(await page.evaluate<number>(leastContrast)).toBeGreaterThan(READABLE);
	});
});

it('is dark where the browser is', async () => {
	await page.emulateMedia({ colorScheme: 'light' });
	await page.goto('/');
	const light = await background();
	await page.emulateMedia({ colorScheme: 'dark' });
	expect(await background()).not.toBe(light);
});

it('shows a new call at the top and the record it made while it is open, and an opened call stays open', async () => {
	await at.call('GET', 'limits');
	await page.goto('/');
	await calls().first().click();
	await page.getByText('DailyApiRequests').waitFor();
	const accounts = page.locator('#objects tr', { hasText: 'Accounts' });
	await accounts.getByText('6', { exact: true }).waitFor();

	await at.create('Account', { Name: 'Seen at once' });
	await calls().first().getByText('/v66.0/sobjects/Account').waitFor();
	await accounts.getByText('7', { exact: true }).waitFor();
	expect(await page.getByText('DailyApiRequests').isVisible()).toBe(true);
});

it('shows what was sent and answered when a call is clicked', async () => {
	await at.create('Case', { Subject: 'The lamp flickers' });
	await page.goto('/');
	expect(await page.getByText('The lamp flickers').count()).toBe(0);
	await calls().first().click();
	await page.getByText('"Subject": "The lamp flickers"').waitFor();
	await page.getByText('"success": true').waitFor();
});

it('is filtered by object, goes to its records, and from a record to what it refers to', async () => {
	await at.query('SELECT Id FROM Contact');
	await at.query('SELECT Id FROM Case');
	await page.goto('/');
	await page.locator('#filter').getByText('Contact', { exact: true }).click();
	await calls().first().getByText('FROM Contact').waitFor();
	expect(await calls().filter({ hasText: 'FROM Case' }).count()).toBe(0);
	await page.locator('#objects').getByText('Contacts', { exact: true }).click();
	await page.getByRole('link', { name: 'Northwind Logistics' }).first().click();
	await page.getByRole('heading', { name: 'Account Northwind Logistics' }).waitFor();
});

it('says when the org has ended', async () => {
	const other = await openClient();
	await page.goto(other.org.url);
	await other.org.close();
	await page.locator('body.gone').waitFor();
});
