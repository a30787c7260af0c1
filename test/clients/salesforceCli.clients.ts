import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { signIn } from '../local-org/support/client';
import { SalesforceCli } from './support/salesforceCli';
import type { CommandResult } from './support/salesforceCli';

let org: LocalOrg;
let cli: SalesforceCli;
/** What signing in answered. */
let signedIn: CommandResult;

const sf = async (...args: string[]) => await cli.run(...args, '--target-org', org.username);
const json = async (...args: string[]) => await sf(...args, '--json');
const query = async (soql: string, ...args: string[]) => await sf('data', 'query', '--query', soql, ...args);

beforeAll(async () => {
	org = await startLocalOrg({
		seed: {
			Account: [{ Name: 'Acme' }, { Name: 'Globex, "Inc."' }],
			Case: [{ Subject: 'Chair', Status: 'Closed' }, { Subject: 'Desk' }],
		},
	});
	cli = await SalesforceCli.open(await signIn(org));
	signedIn = await cli.run('org', 'login', 'access-token', '--instance-url', org.url, '--no-prompt', '--json');
}, 120_000);

afterAll(async () => {
	await cli.close();
	await org.close();
	expect(org.refused).toEqual([]);
});

describe('the Salesforce CLI', () => {
	it('signs in by an access token', () => {
		expect(signedIn).toMatchObject({ code: 0, result: { username: org.username, orgId: org.organizationId } });
	});

	it('shows the org', async () => {
		const { result } = await json('org', 'display');
		expect(result).toMatchObject({
			id: org.organizationId,
			username: org.username,
			apiVersion: '66.0',
			connectedStatus: 'Connected',
		});
	});

	it('queries for programs', async () => {
		const { result } = await query('SELECT Subject, IsClosed, Owner.Name FROM Case ORDER BY Subject', '--json');
		expect(result).toMatchObject({
			totalSize: 2,
			done: true,
			records: [
				{ attributes: { type: 'Case' }, Subject: 'Chair', IsClosed: true, Owner: { Name: 'API User' } },
				{ Subject: 'Desk', IsClosed: false },
			],
		});
	});

	it('queries for people', async () => {
		const { stdout } = await query('SELECT Subject, Owner.Name FROM Case ORDER BY Subject');
		expect(stdout).toMatch(/SUBJECT.+OWNER\.NAME/);
		expect(stdout).toMatch(/Chair.+API User/);
		expect(stdout).toContain('Total number of records retrieved: 2.');
	});

	it('queries for spreadsheets, child records and totals too', async () => {
		org.seed({ Contact: [{ LastName: 'Smith', AccountId: org.rows('Account')[0]?.Id }] });
		const children = await query(
			'SELECT Name, (SELECT LastName FROM Contacts) FROM Account ORDER BY Name',
			'--result-format',
			'csv',
		);
		expect(children.stdout).toContain('Name,Contacts.totalSize,Contacts.records.0.LastName');
		expect(children.stdout).toContain('Acme,1,Smith');
		expect(children.stdout).toContain('"Globex, ""Inc."""');
		const totals = await query(
			'SELECT Status, COUNT(Id) FROM Case GROUP BY Status ORDER BY Status',
			'--result-format',
			'csv',
		);
		expect(totals.stdout.trim().split('\n')).toEqual(['Status,count(Id)', 'New,1', 'Closed,1']);
	});

	it('says what is wrong with a query', async () => {
		expect(await query('SELECT Nonsense FROM Case', '--json')).toMatchObject({ code: 1, name: 'INVALID_FIELD' });
		expect(await query('SELECT Id FORM Case', '--json')).toMatchObject({ code: 1, name: 'MALFORMED_QUERY' });
	});

	it('describes an object and lists all of them', async () => {
		const { result } = await json('sobject', 'describe', '--sobject', 'Case');
		expect(result).toMatchObject({ name: 'Case', keyPrefix: '500', createable: true });
		expect((await json('sobject', 'list', '--sobject', 'all')).result).toEqual(
			expect.arrayContaining(['Account', 'Case', 'User']),
		);
	});

	it('upserts in bulk by an external ID, twice over', async () => {
		await cli.file('cases.csv', 'ExternalID__c,Subject\nm1,First\nm2,"Second, quoted"\n');
		const upsert = async () =>
			await json(
				'data',
				'upsert',
				'bulk',
				'--sobject',
				'Case',
				'--file',
				'cases.csv',
				'--external-id',
				'ExternalID__c',
				'--wait',
				'5',
			);
		const [first, second] = [await upsert(), await upsert()];
		for (const [{ code, result }, created] of [
			[first, 'true'],
			[second, 'false'],
		] as const) {
			expect(code).toBe(0);
			expect(result).toMatchObject({
				jobInfo: { state: 'JobComplete', operation: 'upsert', numberRecordsProcessed: 2, numberRecordsFailed: 0 },
				records: {
					successfulResults: [{ sf__Created: created, ExternalID__c: 'm1' }, { sf__Created: created }],
					failedResults: [],
				},
			});
		}
		const moved = org.rows('Case').filter(({ ExternalID__c }) => ExternalID__c !== null);
		expect(moved.map(({ Subject }) => Subject)).toEqual(['First', 'Second, quoted']);
	});

	it('imports, exports and deletes in bulk', async () => {
		await cli.file('accounts.csv', 'Name,Site\nBulk 1,here\nBulk 2,here\n');
		const imported = await json(
			'data',
			'import',
			'bulk',
			'--sobject',
			'Account',
			'--file',
			'accounts.csv',
			'--wait',
			'5',
		);
		expect(imported.result).toMatchObject({ successfulRecords: 2, failedRecords: 0 });
		const soql = "SELECT Id FROM Account WHERE Site = 'here'";
		const exported = await json('data', 'export', 'bulk', '--query', soql, '--output-file', 'gone.csv', '--wait', '5');
		expect(exported.result).toMatchObject({ totalSize: 2 });
		const deleted = await json('data', 'delete', 'bulk', '--sobject', 'Account', '--file', 'gone.csv', '--wait', '5');
		expect(deleted.result).toMatchObject({
			jobInfo: { state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 0 },
		});
		expect(org.rows('Account').filter(({ Site }) => Site === 'here')).toEqual([]);
	});

	it('creates, changes, reads and deletes one record', async () => {
		const { result } = await json('data', 'create', 'record', '--sobject', 'Account', '--values', "Name='One by one'");
		const { id } = result as { id: string };
		const record = ['--sobject', 'Account', '--record-id', id];
		expect((await json('data', 'update', 'record', ...record, '--values', 'Phone=12')).code).toBe(0);
		expect((await json('data', 'get', 'record', ...record)).result).toMatchObject({
			Id: id,
			Name: 'One by one',
			Phone: '12',
		});
		expect((await json('data', 'delete', 'record', ...record)).code).toBe(0);
		expect(await json('data', 'get', 'record', ...record)).toMatchObject({ code: 1, name: 'NOT_FOUND' });
	});

	it('searches, and shows the limits', async () => {
		const found = await json('data', 'search', '--query', 'FIND {acme} IN ALL FIELDS RETURNING Account(Name)');
		expect(found.result).toMatchObject({ searchRecords: [{ attributes: { type: 'Account' }, Name: 'Acme' }] });
		const limits = await json('org', 'list', 'limits');
		expect(limits.result).toEqual(
			expect.arrayContaining([{ name: 'DailyApiRequests', max: 100_000, remaining: expect.any(Number) }]),
		);
	});
});
