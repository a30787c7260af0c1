import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startLocalOrg } from '../../local-org';
import { TYPESCRIPT } from '../support/ownProcess';
import { openClient } from './support/client';

const ROOT = join(__dirname, '../..');

function run(...args: string[]) {
	// Node.js 22 says of its SQLite that it is experimental.
	const node = ['--disable-warning=ExperimentalWarning', ...TYPESCRIPT];
	return spawn(process.execPath, [...node, join(ROOT, 'local-org/start.ts'), ...args], { cwd: ROOT });
}

it('prints one line of JSON, answers, and ends cleanly', async () => {
	const child = run('--json');
	try {
		const line = String((await once(createInterface(child.stdout), 'line'))[0]);
		const said = JSON.parse(line) as Record<string, string>;
		expect(Object.keys(said)).toEqual(['url', 'clientId', 'clientSecret', 'username', 'password', 'admin']);
		const { status } = await fetch(`${said.url}/services/data`);
		expect(status).toBe(200);
	} finally {
		child.kill('SIGTERM');
	}
	const [code] = await once(child, 'exit');
	expect(code).toBe(0);
});

it('starts bare where it is told to', async () => {
	const child = run('--json', '--bare-org');
	try {
		const line = String((await once(createInterface(child.stdout), 'line'))[0]);
		const { url, admin } = JSON.parse(line) as { url: string; admin: { clientId: string; clientSecret: string } };
		const body = new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: admin.clientId,
			client_secret: admin.clientSecret,
		});
		const token = (await (await fetch(`${url}/services/oauth2/token`, { method: 'POST', body })).json()) as {
			access_token: string;
		};
		const headers = { authorization: `Bearer ${token.access_token}` };
		const described = await fetch(`${url}/services/data/v66.0/sobjects/Case/describe`, { headers });
		expect(await described.text()).not.toContain('ExternalID__c');
	} finally {
		child.kill('SIGTERM');
		await once(child, 'exit');
	}
});

it('says what is wrong with a port', async () => {
	const child = run('--port', 'x');
	let said = '';
	child.stderr.on('data', (chunk) => (said += String(chunk)));
	const [code] = await once(child, 'exit');
	expect([code, said]).toEqual([1, '--port x is not a port number.\n']);
});

describe('an org in a file', () => {
	const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
	const database = join(folder, 'org.sqlite');
	afterAll(() => rmSync(folder, { recursive: true }));

	it('is the same org when it is opened again', async () => {
		const first = await openClient({ database });
		const id = await first.create('Case', { Subject: 'kept' });
		const made = await first.call('POST', 'tooling/sobjects/CustomField', {
			FullName: 'Case.Floor__c',
			Metadata: { label: 'Floor', type: 'Text', length: 5 },
		});
		expect(made.status).toBe(201);
		await first.org.close();
		const again = await startLocalOrg({ database });
		expect(again.organizationId).toBe(first.org.organizationId);
		expect([again.clientId, again.clientSecret, again.password]).toEqual([
			first.org.clientId,
			first.org.clientSecret,
			first.org.password,
		]);
		expect(again.rows('Case')).toMatchObject([{ Id: id, Subject: 'kept', CaseNumber: '00001001', Floor__c: null }]);
		again.seed({ Case: [{ Subject: 'next' }] });
		expect(again.rows('Case')[1]).toMatchObject({ CaseNumber: '00001002' });
		await again.close();
	});
});
