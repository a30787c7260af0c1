import { createSign, randomUUID } from 'node:crypto';
import { Connection, OAuth2, SfDate } from 'jsforce';
import type { Record as JsforceRecord } from 'jsforce';
import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { openTriedOrg } from './support/org';
import type { TriedOrg } from './support/org';

let org: TriedOrg;
let connection: Connection;
/** Marks this run's records, so that a shared org's others are left alone. */
const mark = `client-${randomUUID()}`;

async function signedIn({
	url,
	clientId,
	clientSecret,
}: Pick<TriedOrg, 'url' | 'clientId' | 'clientSecret'>): Promise<Connection> {
	const made = new Connection({
		loginUrl: url,
		instanceUrl: url,
		version: '62.0',
		oauth2: { loginUrl: url, clientId, clientSecret },
	});
	await made.authorize({ grant_type: 'client_credentials' });
	return made;
}

/** The IDs of saved records; fails when one was not saved. */
function idsOf(results: Array<{ success: boolean; id?: string }>): string[] {
	expect(results.filter(({ success }) => !success)).toEqual([]);
	return results.map(({ id }) => id ?? '');
}

const accounts = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ Name: `Account ${index}`, Site: mark }));

beforeAll(async () => {
	org = await openTriedOrg();
	connection = await signedIn(org);
});

afterAll(async () => {
	for (const sObject of ['Case', 'Contact', 'Account']) {
		const field = { Case: 'Subject', Contact: 'Department', Account: 'Site' }[sObject] ?? '';
		const found = await connection.query<JsforceRecord>(`SELECT Id FROM ${sObject} WHERE ${field} = '${mark}'`);
		if (found.records.length > 0)
			await connection.sobject(sObject).destroy(
				found.records.map(({ Id }) => Id ?? ''),
				{ allowRecursive: true },
			);
	}
	await org.close();
});

describe('records by jsforce', () => {
	it('are created, read, changed and deleted one by one', async () => {
		const accountObject = connection.sobject('Account');
		const [id = ''] = idsOf([await accountObject.create({ Name: 'Acme', Site: mark })]);
		expect(await accountObject.retrieve(id)).toMatchObject({ Id: id, Name: 'Acme', attributes: { type: 'Account' } });
		expect(await accountObject.update({ Id: id, Name: 'Acme 2' })).toEqual({ id, success: true, errors: [] });
		expect(await accountObject.retrieve(id, { fields: ['Name'] })).toMatchObject({ Name: 'Acme 2' });
		expect(await accountObject.destroy(id)).toEqual({ id, success: true, errors: [] });
		await expect(accountObject.destroy(id)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
		await expect(accountObject.retrieve(id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
	});

	it('are created, read, changed and deleted by hundreds', async () => {
		const accountObject = connection.sobject('Account');
		const ids = idsOf(await accountObject.create(accounts(450), { allowRecursive: true }));
		expect(new Set(ids).size).toBe(450);
		const read = await accountObject.retrieve(ids.slice(0, 3));
		expect(read.map(({ Name }) => String(Name))).toEqual(['Account 0', 'Account 1', 'Account 2']);
		const changed = ids.slice(0, 5).map((Id) => ({ Id, Name: 'Changed' }));
		expect(idsOf(await accountObject.update(changed))).toEqual(ids.slice(0, 5));
		idsOf(await accountObject.destroy(ids, { allowRecursive: true }));
		expect(await accountObject.count({ Site: mark })).toBe(0);
	});

	it('keep their order when some fail', async () => {
		const results = await connection
			.sobject('Account')
			.create([{ Name: 'Good', Site: mark }, { Site: mark }, { Name: 'Good', Site: mark }]);
		expect(results.map(({ success }) => success)).toEqual([true, false, true]);
		expect(results[1]?.errors).toMatchObject([{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }]);
	});

	it('are all undone when one fails and all were asked for', async () => {
		const results = await connection
			.sobject('Account')
			.create([{ Name: 'Good', Site: `${mark} none` }, { Site: mark }], { allOrNone: true });
		expect(results.map(({ success }) => success)).toEqual([false, false]);
		expect(results[0]?.errors).toMatchObject([{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }]);
		expect(await connection.sobject('Account').count({ Site: `${mark} none` })).toBe(0);
	});

	it('are upserted by ID and by an indexed field', async () => {
		const contacts = connection.sobject('Contact');
		const email = `${mark}@example.com`;
		const record = (FirstName: string) => ({ LastName: 'Upserted', FirstName, Department: mark, Email: email });
		const made = await contacts.upsert(record('One'), 'Email');
		expect(made).toMatchObject({ success: true, created: true });
		expect(await contacts.upsert(record('Two'), 'Email')).toMatchObject({ success: true, created: false, id: made.id });
		const many = await contacts.upsert(
			[
				{ ...record('Three'), Email: `a${email}` },
				{ ...record('Four'), Email: `b${email}` },
			],
			'Email',
		);
		expect(many.map(({ success, created }) => ({ success, created }))).toEqual([
			{ success: true, created: true },
			{ success: true, created: true },
		]);
	});

	it('that two records match are not upserted', async () => {
		const email = `twice-${mark}@example.com`;
		const twin = { LastName: 'Twin', Department: mark, Email: email };
		idsOf(await connection.sobject('Contact').create([twin, twin]));
		await expect(connection.sobject('Contact').upsert(twin, 'Email')).rejects.toMatchObject({
			errorCode: 'MULTIPLE_CHOICES',
		});
	});

	it.each([
		['a required field', 'Account', { Site: mark }, 'REQUIRED_FIELD_MISSING'],
		['a field that is none', 'Account', { Name: 'x', Nonsense: 1 }, 'INVALID_FIELD'],
		['a text that is too long', 'Account', { Name: 'x'.repeat(300) }, 'STRING_TOO_LONG'],
		['an object that is none', 'Nonsense__c', { Name: 'x' }, 'NOT_FOUND'],
	])('are refused for %s', async (_name, sObject, record, errorCode) => {
		await expect(connection.sobject(sObject).create(record)).rejects.toMatchObject({ errorCode });
	});

	it('of a person are found by a reference of jsforce', async () => {
		const [id = ''] = idsOf([await connection.sobject('Account').create({ Name: 'By reference', Site: mark })]);
		const reference = connection.sobject('Account').record(id);
		await reference.update({ Phone: '1' });
		expect(await reference.retrieve()).toMatchObject({ Phone: '1' });
		await reference.destroy();
	});
});

describe('queries by jsforce', () => {
	const total = 2_100;
	beforeAll(async () => {
		for (let made = 0; made < total; made += 200) {
			const cases = Array.from({ length: Math.min(200, total - made) }, () => ({ Subject: mark }));
			idsOf(await connection.sobject('Case').create(cases, { headers: { 'Sforce-Auto-Assign': 'FALSE' } }));
		}
	}, 120_000);

	it('are read page by page', async () => {
		const first = await connection.query(`SELECT Id FROM Case WHERE Subject = '${mark}'`);
		expect(first).toMatchObject({ totalSize: total, done: false });
		expect(first.records).toHaveLength(2_000);
		const second = await connection.queryMore(first.nextRecordsUrl ?? '');
		expect(second).toMatchObject({ totalSize: total, done: true });
		expect(second.records).toHaveLength(100);
	});

	it('are fetched whole when asked to', async () => {
		const { records } = await connection.query(`SELECT Id FROM Case WHERE Subject = '${mark}'`, {
			autoFetch: true,
			maxFetch: 5_000,
		});
		expect(new Set(records.map(({ Id }) => Id)).size).toBe(total);
	});

	it('come as a stream of events', async () => {
		const seen: string[] = [];
		const query = connection.query<JsforceRecord>(`SELECT Id FROM Case WHERE Subject = '${mark}'`, {
			autoFetch: true,
			maxFetch: 2_050,
		});
		await new Promise<void>((resolve, reject) => {
			query.on('record', ({ Id }: JsforceRecord) => seen.push(Id ?? ''));
			query.on('end', () => resolve());
			query.on('error', reject);
			void query.run();
		});
		expect(seen).toHaveLength(2_050);
	});

	it('are built from conditions', async () => {
		const { Id } =
			(await connection.sobject('User').findOne({ Username: (await connection.identity()).username })) ?? {};
		const found = await connection
			.sobject('Case')
			.find(
				{
					Subject: mark,
					OwnerId: Id,
					CreatedDate: { $gte: SfDate.toDateTimeLiteral(new Date(Date.now() - 86_400_000)) },
				},
				['Id', 'CaseNumber', 'Owner.Name'],
			)
			.sort({ CaseNumber: -1 })
			.limit(3)
			.skip(1);
		expect(found).toHaveLength(3);
		expect(found.map(({ CaseNumber }) => CaseNumber)).toEqual(
			found
				.map(({ CaseNumber }) => CaseNumber)
				.sort()
				.reverse(),
		);
		expect(await connection.sobject('Case').count({ Subject: mark })).toBe(total);
	});

	it('have child records', async () => {
		const [accountId = ''] = idsOf([await connection.sobject('Account').create({ Name: 'Parent', Site: mark })]);
		idsOf(
			await connection
				.sobject('Contact')
				.create([1, 2].map((n) => ({ LastName: `Child ${n}`, Department: mark, AccountId: accountId }))),
		);
		const [account] = await connection
			.sobject('Account')
			.find({ Id: accountId }, 'Id, Name')
			.include('Contacts')
			.select('Id, LastName')
			.sort({ LastName: 1 })
			.end();
		expect(account).toMatchObject({
			Name: 'Parent',
			Contacts: { totalSize: 2, done: true, records: [{ LastName: 'Child 1' }, { LastName: 'Child 2' }] },
		});
	});

	it('find deleted records when all are scanned', async () => {
		const [id = ''] = idsOf([await connection.sobject('Account').create({ Name: 'Deleted', Site: mark })]);
		await connection.sobject('Account').destroy(id);
		const soql = `SELECT Id, IsDeleted FROM Account WHERE Id = '${id}'`;
		expect((await connection.query(soql)).totalSize).toBe(0);
		expect((await connection.query(soql, { scanAll: true })).records).toMatchObject([{ Id: id, IsDeleted: true }]);
	});

	it('change and delete what they find', async () => {
		idsOf(await connection.sobject('Account').create(accounts(3)));
		const all = () => connection.sobject('Account').find({ Site: mark, Name: { $like: 'Account %' } });
		expect(idsOf(await all().update({ Phone: '2' }))).toHaveLength(3);
		expect(idsOf(await all().destroy({ bulkThreshold: 0, bulkApiVersion: 2 }))).toHaveLength(3);
	});

	it.each([
		['SELECT Nonsense FROM Case', 'INVALID_FIELD'],
		['SELECT Id FROM Nonsense', 'INVALID_TYPE'],
		['SELECT Id FORM Case', 'MALFORMED_QUERY'],
		["SELECT Id FROM Case WHERE Description = 'x'", 'INVALID_FIELD'],
	])('are refused: %s', async (soql, errorCode) => {
		await expect(connection.query(soql)).rejects.toMatchObject({ errorCode });
	});

	it('are explained', async () => {
		const { plans } = await connection.requestGet<{ plans: unknown[] }>(
			`/services/data/v62.0/query?explain=${encodeURIComponent(`SELECT Id FROM Case WHERE Subject = '${mark}'`)}`,
		);
		expect(plans[0]).toMatchObject({ leadingOperationType: expect.any(String), sobjectType: 'Case' });
	});
});

describe('the org by jsforce', () => {
	it('says who is signed in', async () => {
		const identity = await connection.identity();
		expect(identity.user_id).toBe(connection.userInfo?.id);
		expect(identity.organization_id).toBe(connection.userInfo?.organizationId);
		expect(identity.urls.rest).toContain('/services/data/v');
	});

	it('describes its objects, once while cached', async () => {
		const all = await connection.describeGlobal();
		expect(all.sobjects.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Account', 'Case', 'Contact', 'User']),
		);
		const described = await connection.describe$('Case');
		expect(described.fields.find(({ name }) => name === 'CaseNumber')).toMatchObject({
			autoNumber: true,
			createable: false,
		});
		expect(await connection.describe$('Case')).toEqual(described);
		expect((await connection.describeGlobal$()).maxBatchSize).toBe(200);
		await expect(connection.describe('Nonsense')).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
	});

	it('tells its limits, in the answer and in the header', async () => {
		const limits = await connection.limits();
		expect(limits.DailyApiRequests?.Max).toBeGreaterThan(0);
		expect(connection.limitInfo.apiUsage?.limit).toBe(limits.DailyApiRequests?.Max);
	});

	it('tells what was seen, changed and deleted last', async () => {
		const accountObject = connection.sobject('Account');
		const [kept = '', gone = ''] = idsOf(await accountObject.create(accounts(2)));
		await accountObject.destroy(gone);
		expect(Array.isArray(await connection.recent())).toBe(true);
		expect(Array.isArray(await accountObject.recent())).toBe(true);
		// A real org needs a minute's span and minutes before it lists a change.
		const from = new Date(Date.now() - 3_600_000);
		const to = new Date(Date.now() + 60_000);
		const updated = await accountObject.updated(from, to);
		const deleted = await accountObject.deleted(from, to);
		expect(typeof updated.latestDateCovered).toBe('string');
		expect(typeof deleted.earliestDateAvailable).toBe('string');
		if (!org.isReal) {
			expect(updated.ids).toContain(kept);
			expect(deleted.deletedRecords).toMatchObject([
				{ id: expect.any(String) },
				...deleted.deletedRecords.slice(1).map(() => ({})),
			]);
			expect(deleted.deletedRecords.map(({ id }) => id)).toContain(gone);
		}
	});

	it('is searched', async () => {
		const word = `Findable${randomUUID().replaceAll('-', '')}`;
		const [id = ''] = idsOf([await connection.sobject('Account').create({ Name: word, Site: mark })]);
		// A real org's index lags behind by seconds.
		const found = await connection.search(
			`FIND {${word}} IN ALL FIELDS RETURNING Account (Id, Name WHERE Name LIKE 'Find%' LIMIT 5), Contact (Id)`,
		);
		expect(found).toHaveProperty('searchRecords');
		if (!org.isReal)
			expect(found.searchRecords).toMatchObject([{ attributes: { type: 'Account' }, Id: id, Name: word }]);
		await expect(connection.search('FIND Acme')).rejects.toMatchObject({ errorCode: 'MALFORMED_SEARCH' });
	});

	it('takes several calls in one', async () => {
		const answer = await connection.requestPost<{
			compositeResponse: Array<{ httpStatusCode: number; body: unknown }>;
		}>('/services/data/v62.0/composite', {
			compositeRequest: [
				{
					method: 'POST',
					url: '/services/data/v62.0/sobjects/Account',
					referenceId: 'made',
					body: { Name: 'Composite', Site: mark },
				},
				{ method: 'GET', url: '/services/data/v62.0/sobjects/Account/@{made.id}?fields=Name', referenceId: 'read' },
				{ method: 'GET', url: '/services/data/v62.0/sobjects/Nonsense', referenceId: 'none' },
			],
		});
		expect(answer.compositeResponse.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 200, 404]);
		expect(answer.compositeResponse[1]?.body).toMatchObject({ Name: 'Composite' });
		const batch = await connection.requestPost<{ results: Array<{ statusCode: number }> }>(
			'/services/data/v62.0/composite/batch',
			{
				batchRequests: [
					{ method: 'GET', url: 'v62.0/limits' },
					{ method: 'GET', url: 'v62.0/sobjects/Account/describe' },
				],
			},
		);
		expect(batch.results.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
	});

	it('is asked through Tooling', async () => {
		const { records } = await connection.tooling.query<JsforceRecord>(
			"SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName = 'Case'",
		);
		expect(records).toMatchObject([{ QualifiedApiName: 'Case' }]);
		expect((await connection.tooling.describeGlobal()).sobjects.map(({ name }) => name)).toContain('CustomField');
		expect(await connection.tooling.describe('CustomField')).toMatchObject({ name: 'CustomField' });
	});
});

describe('Bulk 2.0 by jsforce', () => {
	it('writes records and tells of each what became of it', async () => {
		const input = [
			{ Name: 'Bulk 1', Site: mark },
			{ Name: '', Site: mark },
			{ Name: 'Bulk, "3"', Site: mark },
		];
		const loaded = await connection.bulk2.loadAndWaitForResults({
			object: 'Account',
			operation: 'insert',
			input,
			pollInterval: 100,
			pollTimeout: 60_000,
		});
		expect(loaded.successfulResults.map(({ sf__Created }) => sf__Created)).toEqual(['true', 'true']);
		expect(loaded.failedResults).toMatchObject([
			{ sf__Id: '', sf__Error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --', Site: mark },
		]);
		expect(loaded.unprocessedRecords).toEqual([]);
		const ids = loaded.successfulResults.map(({ sf__Id }) => ({ Id: sf__Id }));
		const gone = await connection.bulk2.loadAndWaitForResults({
			object: 'Account',
			operation: 'delete',
			input: ids,
			pollInterval: 100,
			pollTimeout: 60_000,
		});
		expect(gone.successfulResults).toHaveLength(2);
	});

	it('is opened, filled, closed, watched and deleted step by step', async () => {
		const job = connection.bulk2.createJob({
			object: 'Account',
			operation: 'insert',
			lineEnding: 'CRLF',
			columnDelimiter: 'SEMICOLON',
		});
		expect(await job.open()).toMatchObject({ state: 'Open', operation: 'insert', object: 'Account' });
		await job.uploadData(`Name;Site\r\nStep;${mark}\r\n`);
		await job.close();
		await job.poll(100, 60_000);
		expect(await job.check()).toMatchObject({
			state: 'JobComplete',
			numberRecordsProcessed: 1,
			numberRecordsFailed: 0,
		});
		expect(await job.getSuccessfulResults(true)).toMatch(/^"sf__Id";"sf__Created";"?Name"?;"?Site"?\r\n/);
		await job.delete();
	});

	it('is aborted', async () => {
		const job = connection.bulk2.createJob({ object: 'Account', operation: 'insert' });
		await job.open();
		await job.abort();
		expect(await job.check()).toMatchObject({ state: 'Aborted' });
		await job.delete();
	});

	it('reads records', async () => {
		idsOf(await connection.sobject('Account').create(accounts(5)));
		const stream = await connection.bulk2.query(
			`SELECT Id, Name FROM Account WHERE Site = '${mark}' AND Name LIKE 'Account %'`,
			{ pollInterval: 100, pollTimeout: 60_000 },
		);
		const records = await stream.toArray();
		expect(records.length).toBeGreaterThanOrEqual(5);
		expect(Object.keys(records[0] ?? {})).toEqual(['Id', 'Name']);
	});

	it('refuses a query that groups', async () => {
		await expect(connection.bulk2.query('SELECT COUNT(Id) FROM Account')).rejects.toThrow();
	});
});

describe('signing in by jsforce, to an org on this machine', () => {
	let local: LocalOrg;
	beforeEach(async () => {
		local = await startLocalOrg({ seed: { Account: [{ Name: 'Acme' }] } });
	});
	afterEach(async () => {
		await local.close();
		expect(local.refused).toEqual([]);
	});

	const oauth2 = (useVerifier = false) =>
		new OAuth2({
			loginUrl: local.url,
			clientId: local.clientId,
			clientSecret: local.clientSecret,
			redirectUri: 'http://localhost:3000/back',
			useVerifier,
		});
	const named = async (by: Connection) =>
		(await by.query<JsforceRecord>('SELECT Name FROM Account')).records.map(({ Name }) => String(Name));

	/** Allows the app as a person does on the org's page; gives the code it sends back. */
	async function allow(app: OAuth2): Promise<string> {
		const address = new URL(app.getAuthorizationUrl({ scope: 'api refresh_token', state: 'abc' }));
		expect(await (await fetch(address)).text()).toContain('<form');
		const allowed = await fetch(`${address.origin}${address.pathname}`, {
			method: 'POST',
			body: address.searchParams,
			redirect: 'manual',
		});
		const back = new URL(allowed.headers.get('location') ?? '');
		expect(back.searchParams.get('state')).toBe('abc');
		return back.searchParams.get('code') ?? '';
	}

	it('by a code, and again when the session has ended', async () => {
		const app = oauth2();
		const by = new Connection({ oauth2: app, version: '62.0' });
		const refreshed: string[] = [];
		by.on('refresh', (token: string) => refreshed.push(token));
		await by.authorize(await allow(app));
		expect(by.instanceUrl).toBe(local.url);
		expect(await named(by)).toEqual(['Acme']);
		local.expireSessions();
		expect(await named(by)).toEqual(['Acme']);
		expect(refreshed).toEqual([by.accessToken]);
	});

	it('by a code with a proof of who asked for it', async () => {
		const app = oauth2(true);
		const by = new Connection({ oauth2: app });
		await by.authorize(await allow(app));
		expect(await named(by)).toEqual(['Acme']);
	});

	it('by an assertion signed with the key of the app', async () => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const claims = {
			iss: local.clientId,
			sub: local.username,
			aud: local.url,
			exp: Math.floor(Date.now() / 1000) + 180,
		};
		const unsigned = `${part({ alg: 'RS256' })}.${part(claims)}`;
		const assertion = `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(local.privateKey, 'base64url')}`;
		const by = new Connection({ oauth2: oauth2() });
		await by.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
		expect(await named(by)).toEqual(['Acme']);
	});

	it('by username and password, and out again', async () => {
		const by = new Connection({ oauth2: oauth2(), instanceUrl: local.url });
		await by.login(local.username, local.password + local.securityToken);
		const { accessToken } = by;
		await by.logout();
		const after = new Connection({ instanceUrl: local.url, ...(accessToken ? { accessToken } : {}) });
		await expect(after.query('SELECT Id FROM Account')).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
	});

	it('by what the caller does when the session has ended', async () => {
		const first = await signedIn(local);
		const by = new Connection({
			instanceUrl: local.url,
			...(first.accessToken ? { accessToken: first.accessToken } : {}),
			refreshFn: (_connection, done) => {
				signedIn(local).then((again) => done(null, again.accessToken ?? undefined), done);
			},
		});
		local.expireSessions();
		expect(await named(by)).toEqual(['Acme']);
		expect(local.logIns).toBe(2);
	});

	it.each([
		['an unknown app', () => ({ clientId: 'nobody' }), 'invalid_client_id'],
		['a wrong secret', () => ({ clientSecret: 'wrong' }), 'invalid_client'],
	])('is refused to %s', async (_name, wrong, name) => {
		await expect(signedIn({ ...local, ...wrong() })).rejects.toMatchObject({ name });
	});
});

describe('a field by jsforce, in an org on this machine', () => {
	it('is created through Tooling, and seen when a permission set shows it', async () => {
		const local = await startLocalOrg();
		const by = await signedIn(local);
		const made = await by.tooling
			.sobject('CustomField')
			.create({ FullName: 'Case.Floor__c', Metadata: { label: 'Floor', type: 'Text', length: 40 } });
		expect(made).toMatchObject({ success: true });
		await expect(by.sobject('Case').create({ Floor__c: '3' })).rejects.toMatchObject({ errorCode: 'INVALID_FIELD' });
		const set = await by.sobject('PermissionSet').create({ Name: 'Floors', Label: 'Floors' });
		await by.sobject('FieldPermissions').create({
			ParentId: set.id,
			SobjectType: 'Case',
			Field: 'Case.Floor__c',
			PermissionsRead: true,
			PermissionsEdit: true,
		});
		await by.sobject('PermissionSetAssignment').create({ PermissionSetId: set.id, AssigneeId: by.userInfo?.id });
		const { id } = await by.sobject('Case').create({ Floor__c: '3' });
		expect(await by.sobject('Case').retrieve(id ?? '')).toMatchObject({ Floor__c: '3' });
		await local.close();
		expect(local.refused).toEqual([]);
	});
});
