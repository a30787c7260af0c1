import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'local-org.md'), 'utf8');
const section = page.slice(page.indexOf('## From any client'), page.indexOf('## What it promises'));

let org: LocalOrg;

beforeEach(async () => {
	org = await startLocalOrg();
});

afterEach(async () => {
	expect(org.refused).toEqual([]);
	await org.close();
});

/** Runs the page's example in a language, with the org's own address and credentials in it. */
async function example(language: 'bash' | 'python', program: string, flag: string): Promise<string> {
	const [, code = ''] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(section) ?? [];
	const filled = code
		.replace('http://127.0.0.1:PORT', org.url)
		.replace('CLIENT_ID', org.clientId)
		.replace('CLIENT_SECRET', org.clientSecret);
	return (await promisify(execFile)(program, [flag, filled])).stdout;
}

it('the example with curl creates a Case and reads it', async () => {
	const printed = await example('bash', 'bash', '-c');
	expect(printed).toContain('"Subject":"Chair"');
	expect(org.rows('Case')).toHaveLength(1);
});

it('the example in Python reads Cases', async () => {
	org.seed({ Case: [{ Subject: 'Desk' }] });
	expect(await example('python', 'python3', '-c')).toContain("'Subject': 'Desk'");
});
