import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/**
 * Opens a browser without a window, which asks nobody outside for anything.
 * @throws Error that says where a browser comes from when there is none
 */
export async function openBrowser(): Promise<Browser> {
	if (!existsSync(CHROMIUM)) {
		throw new Error(`There is no ${CHROMIUM}. Debian: apt-get install chromium; elsewhere set CHROMIUM to its path.`);
	}
	return await chromium.launch({
		executablePath: CHROMIUM,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			// Containers have little of it, and a page that runs out of it crashes.
			'--disable-dev-shm-usage',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}
