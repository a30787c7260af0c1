import { createSign } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalOrg, OrgSettings } from '../../local-org';
import { askToken, clientCredentials, send, useOrg } from './support/client';
import type { Answer } from './support/client';
import { describeRecorded, expectShape, hasRecordings, recorded } from './support/recordings';
import type { Recording } from './support/recordings';

/** What recordings.test.ts and errorCatalogue.test.ts leave: sign-in, SOQL's messages, Bulk 2.0, further answers. */
const at = useOrg();
const soqlPath = (soql: string) => `query?q=${encodeURIComponent(soql)}`;

interface OAuthEntry {
	grant: string;
	http: number;
	body: Record<string, string>;
	context: string;
}
const oauth = hasRecordings ? recorded<{ oauth: OAuthEntry[] }>('errors.json').oauth : [];

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

type Parameters = Record<string, string>;
const passwordGrant = (org: LocalOrg): Parameters => ({
	...clientCredentials(org),
	grant_type: 'password',
	username: org.username,
	password: org.password + org.securityToken,
});

function jwtGrant(org: LocalOrg, claims: object = {}): Parameters {
	const all = {
		iss: org.clientId,
		sub: org.username,
		aud: org.url,
		exp: Math.floor(Date.now() / 1000) + 120,
		...claims,
	};
	const unsigned = `${base64url({ alg: 'RS256' })}.${base64url(all)}`;
	const assertion = `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(org.privateKey, 'base64url')}`;
	return { grant_type: JWT_BEARER, assertion };
}

/** A refresh token, as the web-server flow gives it. */
async function refreshGrant(org: LocalOrg): Promise<Parameters> {
	const { clientId: client_id, clientSecret: client_secret } = org;
	const redirect_uri = 'http://localhost/back';
	const body = new URLSearchParams({ client_id, response_type: 'code', redirect_uri });
	const allowed = await send(org, 'POST', '/services/oauth2/authorize', { body });
	const code = new URL(allowed.headers.get('location') ?? '').searchParams.get('code') ?? '';
	const granted = await askToken(org, {
		grant_type: 'authorization_code',
		code,
		client_id,
		client_secret,
		redirect_uri,
	});
	const { refresh_token } = granted.body as { refresh_token: string };
	return { grant_type: 'refresh_token', refresh_token, client_id, client_secret };
}

/** How each recorded answer to a sign-in comes about: grant, its text (or `granted`), what is sent, how the org is set. */
const SIGN_INS: Array<[string, string, (org: LocalOrg) => Parameters | Promise<Parameters>, Partial<OrgSettings>?]> = [
	['password', 'granted', passwordGrant],
	['client_credentials', 'granted', clientCredentials],
	['jwt-bearer', 'granted', jwtGrant],
	['refresh_token', 'granted', refreshGrant],
	['password', 'authentication failure', (org) => ({ ...passwordGrant(org), password: 'wrong' })],
	['password', 'authentication failure', passwordGrant, { passwordFlowBlocked: true }],
	['any', 'client identifier invalid', (org) => ({ ...clientCredentials(org), client_id: 'nobody' })],
	['any', 'invalid client credentials', (org) => ({ ...clientCredentials(org), client_secret: 'wrong' })],
	['any', 'grant type not supported', (org) => ({ ...clientCredentials(org), grant_type: 'nonsense' })],
	['client_credentials', 'request not supported on this domain', clientCredentials, { notMyDomain: true }],
	['client_credentials', 'no client credentials user enabled', clientCredentials, { noClientCredentialsUser: true }],
	['jwt-bearer', "user hasn't approved this consumer", jwtGrant, { userNotApproved: true }],
	[
		'jwt-bearer/client_credentials',
		'user is not admin approved to access this app',
		jwtGrant,
		{ userNotAuthorised: true },
	],
	[
		'jwt-bearer/client_credentials',
		'user is not admin approved to access this app',
		clientCredentials,
		{ userNotAuthorised: true },
	],
	['jwt-bearer', 'audience is invalid', (org) => jwtGrant(org, { aud: 'https://example.com' })],
	['jwt-bearer', 'expired authorization code', (org) => jwtGrant(org, { exp: 1 })],
	[
		'refresh_token',
		'expired access/refresh token',
		(org) => ({ ...clientCredentials(org), grant_type: 'refresh_token', refresh_token: 'old' }),
	],
	['auth-code', 'app must be installed into org', clientCredentials, { appNotInstalled: true }],
];

/** Sign-in answers that this org never gives, and why. */
const NOT_SIGN_INS: Record<string, string> = {
	'authentication failure - Invalid Password': 'the wording before the one above; an org has one of them',
	'Audience validation failed': 'documented beside "audience is invalid", which was seen; an org has one of them',
};

const textOf = (entry: OAuthEntry) => entry.body.error_description ?? 'granted';

describeRecorded('recorded sign-ins', () => {
	it.each(SIGN_INS)('%s: %s', async (grant, text, parameters, settings = {}) => {
		Object.assign(at.org.settings, settings);
		const entry = oauth.find((one) => one.grant === grant && textOf(one) === text);
		const { status, body } = await askToken(at.org, await parameters(at.org));
		expect(status).toBe(entry?.http);
		if (text === 'granted') expect(Object.keys(body as object)).toEqual(Object.keys(entry?.body ?? {}));
		else expect(JSON.stringify(body)).toBe(JSON.stringify(entry?.body));
	});

	it('are all asked for, or known not to come about', () => {
		const known = new Set([...SIGN_INS.map(([, text]) => text), ...Object.keys(NOT_SIGN_INS)]);
		expect(oauth.map(textOf).filter((text) => !known.has(text))).toEqual([]);
	});

	it.each(['oauth-password-token-200-2022', 'oauth-password-token-200-2024'])('%s', async (file) => {
		const [recording] = recorded<Recording[]>(`http/${file}.json`);
		const { status, headers, body } = await askToken(at.org, passwordGrant(at.org));
		expect(status).toBe(recording?.response.status);
		expectShape(body, recording?.response.body);
		expect(headers.get('content-type')).toBe(recording?.response.headers['Content-Type']);
		expect(headers.has('sforce-limit-info')).toBe(false);
	});

	it('restforce-refresh_error_response', async () => {
		const { body } = await askToken(at.org, {
			...clientCredentials(at.org),
			grant_type: 'refresh_token',
			refresh_token: 'old',
		});
		expect(body).toEqual(recorded('http/restforce-refresh_error_response.json'));
	});
});

interface RestEntry {
	code: string;
	http: number;
	body: Array<{ message: string }> | null;
	context: string;
}
const rest = hasRecordings ? recorded<{ rest: RestEntry[] }>('errors.json').rest : [];
const restEntry = (code: string, context: string) => {
	const found = rest.find((entry) => entry.code === code && entry.context.includes(context));
	if (!found) throw new Error(`No entry ${code} about ${context}`);
	return found;
};

/**
 * Recorded messages about a query, which is rebuilt around its excerpt with this org's names. In the first two they are
 * as long as the recorded ones and stand at the same column; the others were shortened before they were published.
 */
const SOQL_MESSAGES: Array<[string, string, string, Array<[string, string]>]> = [
	[
		'INVALID_FIELD',
		'SOQL unknown field',
		`SELECT ${'Id '.padEnd(75)},CreatedById,EmployeeAssets__c,TPI_Product__c,Name,OCE__JobId__c FROM Case`,
		[
			['EmployeeAssets__c', 'OCE__ActualCap__c'],
			["entity 'Case'", "entity 'OCE__ActivityPlan__c'"],
		],
	],
	[
		'MALFORMED_QUERY',
		'trailing comma',
		`Select ${'Id '.padEnd(34)},LastModifiedById, LastModifiedDate, From Account `,
		[],
	],
	[
		'MALFORMED_QUERY',
		'semi-join type mismatch',
		`SELECT Id, ${'Subject'.padEnd(68)} FROM Case WHERE AccountId IN (SELECT Id FROM Contact)`,
		[['AccountId', 'sfy24__Account__c']],
	],
	['INVALID_FIELD', 'filter on long text area', "SELECT Id FROM Case WHERE EmployeeNotes__c = 'x'", []],
];

/** The last line of a message. */
const sentence = (message: string) => message.split('\n').at(-1);
const renamed = (text: string, names: Array<[string, string]>) =>
	names.reduce((all, [ours, theirs]) => all.replaceAll(ours, theirs), text);

describeRecorded('recorded messages about a query', () => {
	it.each(SOQL_MESSAGES)('%s (%s)', async (code, context, soql, names) => {
		const { status, body } = await at.call<Array<{ message: string; errorCode: string }>>('GET', soqlPath(soql));
		const entry = restEntry(code, context);
		expect([status, body[0]?.errorCode]).toEqual([entry.http, code]);
		expect(sentence(renamed(body[0]?.message ?? '', names))).toBe(sentence(entry.body?.[0]?.message ?? ''));
	});

	it.each(SOQL_MESSAGES.slice(0, 2))('%s (%s) points at the place as recorded', async (code, context, soql, names) => {
		const { body } = await at.call<Array<{ message: string }>>('GET', soqlPath(soql));
		expect(renamed(body[0]?.message ?? '', names)).toBe(restEntry(code, context).body?.[0]?.message);
	});
});

/** The elements of a Collections answer that were not saved. */
const failed = (body: unknown) => (body as Array<{ success: boolean }>).filter(({ success }) => !success);

describeRecorded('recorded refusals', () => {
	it('OFFSET above 2,000', async () => {
		const { status, body } = await at.call('GET', soqlPath('SELECT Id FROM Case LIMIT 1 OFFSET 2001'));
		const entry = restEntry('NUMBER_OUTSIDE_VALID_RANGE', 'OFFSET');
		expect({ status, body }).toMatchObject({ status: entry.http, body: [{ errorCode: entry.code }] });
	});

	it('a version that is over', async () => {
		const { status } = await at.call('GET', '/services/data/v25.0/limits');
		expect(status).toBe(restEntry('UNSUPPORTED_API_VERSION', '').http);
	});

	it('two records of one external ID, in a collection', async () => {
		const entry = restEntry('DUPLICATE_EXTERNAL_ID', 'collections upsert');
		const twin = { ExternalID__c: 'twin' };
		const ids = [await at.create('Case', twin), await at.create('Case', twin)];
		const { status, body } = await at.call('PATCH', 'composite/sobjects/Case/ExternalID__c', {
			records: [{ attributes: { type: 'Case' }, ...twin }],
		});
		const names: Array<[string, string]> = [
			[ids.join(', '), '001..., 001...'],
			['ExternalID:', 'CIS Account Number:'],
			['ExternalID__c', 'CIS_Account_Number__c'],
		];
		expect(status).toBe(entry.http);
		expect(renamed(JSON.stringify(body), names)).toBe(JSON.stringify(entry.body));
	});

	it('two records of one external ID, alone', async () => {
		const entry = restEntry('HTTP 300', 'single upsert');
		await at.create('Case', { ExternalID__c: 'twin' });
		await at.create('Case', { ExternalID__c: 'twin' });
		const { status, body } = await at.call('PATCH', 'sobjects/Case/ExternalID__c/twin', { Subject: 's' });
		expect(status).toBe(entry.http);
		expectShape(body, entry.body);
		expect(body).toEqual([expect.stringMatching(/^\/services\/data\/v66\.0\/sobjects\/Case\/500/), expect.any(String)]);
	});

	it('a duplicate by rule, in a collection', async () => {
		const entry = restEntry('DUPLICATES_DETECTED', 'collections');
		at.org.settings.duplicateRules = [
			{
				sObject: 'Contact',
				name: 'Twins',
				fields: ['LastName'],
				allowSave: true,
				message: 'Use one of these records?',
			},
		];
		const contact = { attributes: { type: 'Contact' }, LastName: 'L' };
		await at.call('POST', 'composite/sobjects', { records: [contact] });
		const { status, body } = await at.call('POST', 'composite/sobjects', { records: [contact] });
		expect(status).toBe(entry.http);
		expect(failed(body)).toMatchObject(entry.body ?? []);
	});

	it('an ID of another object', async () => {
		const entry = restEntry('MALFORMED_ID', 'id of wrong type');
		const id = await at.create('Contact', { LastName: 'L' });
		const { status, body } = await at.call('POST', 'sobjects/Case', { AccountId: id });
		expect(status).toBe(entry.http);
		expect(
			renamed(JSON.stringify(body), [
				[id, '001900K0001pPuOAAU'],
				['AccountId', 'Id'],
			]),
		).toContain(entry.body?.[0]?.message);
	});

	it('too many long calls at once', async () => {
		const entry = restEntry('REQUEST_LIMIT_EXCEEDED', '25 (5 in DE');
		at.org.settings.concurrentLongCalls = 0;
		const { status, body } = await at.call('GET', 'limits');
		expect([status, JSON.stringify(body)]).toEqual([entry.http, JSON.stringify(entry.body)]);
	});

	it('an object that takes no records', async () => {
		const entry = restEntry('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', '');
		const { status, body } = await at.call('POST', 'sobjects/UserLicense', { Name: 'x' });
		expect(status).toBe(entry.http);
		expect(renamed(JSON.stringify(body), [['User License', 'Contact']])).toBe(JSON.stringify(entry.body));
	});
});

interface Exchange {
	request: { body: object };
	response: { status: number; body: Record<string, unknown>; headers: Record<string, string> };
}
interface BulkShapes {
	createIngest: Exchange;
	info: Exchange;
	createQuery: Exchange;
	queryInfo: Exchange;
	queryResults: Exchange;
	upload: Exchange;
	close: Exchange;
	failedResults: { csv: string };
}

describeRecorded('Bulk 2.0 as documented', () => {
	const shapes = recorded<BulkShapes>('bulk2-shapes.json');
	const csv = { 'content-type': 'text/csv' };
	const jobOf = (answer: Answer<{ id: string }>) => answer.body.id;

	it('ingest', async () => {
		const opened = await at.call<{ id: string }>('POST', 'jobs/ingest/', {
			...shapes.createIngest.request.body,
			object: 'Account',
		});
		expect(opened.status).toBe(shapes.createIngest.response.status);
		expectShape(opened.body, shapes.createIngest.response.body);
		const id = jobOf(opened);
		const sent = await at.call('PUT', `jobs/ingest/${id}/batches`, 'Name,BillingState\nAcme,CA\n,CA\n', csv);
		expect([sent.status, sent.text]).toEqual([shapes.upload.response.status, '']);
		const closed = await at.call('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' });
		expect(closed.status).toBe(shapes.close.response.status);
		const { body } = await at.call<Record<string, unknown>>('GET', `jobs/ingest/${id}`);
		expectShape(body, shapes.info.response.body);
		const good = await at.call('GET', `jobs/ingest/${id}/successfulResults/`);
		expect(good.text).toMatch(/^"sf__Id","sf__Created",Name,BillingState\n"001\w{15}","true","Acme","CA"\n$/);
		const bad = await at.call('GET', `jobs/ingest/${id}/failedResults/`);
		expect(bad.text).toBe(shapes.failedResults.csv);
	});

	it('query', async () => {
		at.org.seed({ Account: [{ Name: 'A' }, { Name: 'B' }, { Name: 'C' }] });
		const opened = await at.call<{ id: string }>('POST', 'jobs/query', shapes.createQuery.request.body);
		expect(opened.status).toBe(shapes.createQuery.response.status);
		expectShape(opened.body, shapes.createQuery.response.body);
		const { body } = await at.call<Record<string, unknown>>('GET', `jobs/query/${jobOf(opened)}`);
		const documented = shapes.queryInfo.response.body;
		for (const [name, value] of Object.entries(documented))
			expect([name, typeof body[name]]).toEqual([name, typeof value]);
		const page = await at.call('GET', `jobs/query/${jobOf(opened)}/results?maxRecords=2`);
		for (const name of Object.keys(shapes.queryResults.response.headers))
			expect([name, page.headers.has(name)]).toEqual([name, true]);
		expect(page.headers.get('sforce-numberofrecords')).toBe('2');
		const last = await at.call(
			'GET',
			`jobs/query/${jobOf(opened)}/results?locator=${page.headers.get('sforce-locator')}&maxRecords=2`,
		);
		expect(last.headers.get('sforce-locator')).toBe('null');
		expect(page.text).toMatch(/^"Id"\n("001\w{15}"\n){2}$/);
	});
});

/** A request of a recording, with a version in the place of the one that was taken out. */
const versioned = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('vxx.0', 'v66.0')) as unknown;

describeRecorded('further recorded answers', () => {
	it('cci-composite-queries', async () => {
		const recordings = recorded<Recording[]>('http/cci-composite-queries.json');
		for (const { request, response } of recordings) {
			const sent = versioned(request) as { method: string; url: string; body: unknown };
			const answer = await at.call(sent.method, new URL(sent.url).pathname, sent.body);
			expect(answer.status).toBe(response.status);
			expectShape(answer.body, response.body);
		}
	});

	it('query-with-Sforce-Limit-Info-headers', async () => {
		at.org.seed({ RecordType: [{ Name: 'Book Opp', DeveloperName: 'Book_Opp', SobjectType: 'Case' }] });
		const [found, counted] = recorded<Recording[]>('http/query-with-Sforce-Limit-Info-headers.json');
		const soql =
			"SELECT Id, Name, SobjectType FROM RecordType WHERE (IsActive = true) AND (SobjectType = 'Case') AND (Name = 'Book Opp') LIMIT 1";
		const answer = await at.call('GET', `/services/data/v51.0/${soqlPath(soql)}`);
		expectShape(answer.body, found?.response.body);
		expect(answer.headers.get('sforce-limit-info')).toMatch(/^api-usage=\d+\/\d+$/);
		for (const name of ['Content-Type', 'X-Robots-Tag', 'Cache-Control', 'Vary']) {
			expect([name, answer.headers.get(name)]).toEqual([name, found?.response.headers[name]]);
		}
		const count = await at.call(
			'GET',
			`/services/data/v51.0/${soqlPath("SELECT count(Id) FROM Case WHERE (RecordTypeId = '0120B000000NAH0QAO')")}`,
		);
		expectShape(count.body, counted?.response.body);
	});

	it('query-more-old-locator-1000', async () => {
		at.org.seed({ Contact: Array.from({ length: 1505 }, (_, index) => ({ LastName: `L${index}` })) });
		const [first, last] = recorded<Recording[]>('http/query-more-old-locator-1000.json');
		const keys = (body: unknown) => Object.keys(body as object).filter((key) => !key.startsWith('_'));
		const headers = { 'Sforce-Query-Options': 'batchSize=1000' };
		const one = await at.call<{ nextRecordsUrl: string }>(
			'GET',
			`/services/data/v51.0/${soqlPath('SELECT Id FROM Contact')}`,
			undefined,
			headers,
		);
		expect(keys(one.body)).toEqual(keys(first?.response.body));
		expect(one.body.nextRecordsUrl).toMatch(/^\/services\/data\/v51\.0\/query\/\w+-1000$/);
		const two = await at.call('GET', one.body.nextRecordsUrl);
		expect(keys(two.body)).toEqual(keys(last?.response.body));
	});
});

interface DocumentedObject {
	keyPrefix?: string;
	properties: Record<string, { readOnly?: boolean }>;
}
const documented = hasRecordings
	? Object.entries(recorded<Record<string, DocumentedObject>>('describe/docs-schema.licence-and-user-objects.json'))
	: [];

describeRecorded('documented objects', () => {
	it.each(documented)(
		'%s has its key prefix, and lets nobody update what is read-only',
		async (name, { keyPrefix, properties }) => {
			const { status, body } = await at.call<{
				keyPrefix: string;
				fields: Array<{ name: string; updateable: boolean }>;
			}>('GET', `sobjects/${name}/describe`);
			expect(status).toBe(200);
			if (keyPrefix !== undefined) expect(body.keyPrefix).toBe(keyPrefix);
			expect(body.fields.filter((field) => properties[field.name]?.readOnly === true && field.updateable)).toEqual([]);
		},
	);
});

/** Recordings that no request of these tests can bring about, and why. */
const NOT_ASKED: Record<string, string> = {
	'restforce-auth_error_response': 'the older of two wordings for a wrong password; an org has one of them',
	'restforce-query_success_response':
		'of custom objects that only its org has, and not in the order of a real answer; child and parent records are judged by query-cases',
	'swiftly-MockLimits': 'of an org with connected apps of its own, in a version that is gone; limits-v60 is judged',
};

describeRecorded('every recording', () => {
	it('is judged by a test, or is known not to come about', () => {
		const tests = ['recorded', 'recordings', 'errorCatalogue']
			.map((name) => readFileSync(join(__dirname, `${name}.test.ts`), 'utf8'))
			.join('');
		const folder = join(__dirname, '../../../shared/recorded');
		const files = ['http', 'describe']
			.flatMap((name) => readdirSync(join(folder, name)))
			.map((name) => name.replace(/\.json$/, ''));
		const named = (name: string) => tests.includes(name) || Object.hasOwn(NOT_ASKED, name);
		expect(files.filter((name) => !named(name))).toEqual([]);
	});
});
