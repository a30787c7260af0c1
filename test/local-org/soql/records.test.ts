import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldSchema } from '../../../local-org/schema/types';
import { lookup, object, smallOrg } from './support/org';
import { caseOrg } from './support/cases';

const org = caseOrg();
const url = (type: string, id: string) => `/services/data/v66.0/sobjects/${type}/${id}`;

describe('a record', () => {
	test('has its attributes first, then its fields in the order selected and the spelling of the schema', () => {
		const { records, ...rest } = org.query(
			"SELECT isclosed, ID, createddate, Amount__c, Account.name, AccountId, account.owner.NAME FROM case WHERE CaseNumber = '00001001'",
		);
		expect(rest).toEqual({ totalSize: 1, objectName: 'Case', textAreasSelected: 0 });
		expect(JSON.stringify(records[0])).toBe(
			JSON.stringify({
				attributes: { type: 'Case', url: url('Case', '500000000000001AAA') },
				IsClosed: true,
				Id: '500000000000001AAA',
				CreatedDate: '2026-05-13T14:00:00.000+0000',
				Amount__c: 10.5,
				Account: {
					attributes: { type: 'Account', url: url('Account', '001000000000001AAA') },
					Name: 'Acme',
					Owner: { attributes: { type: 'User', url: url('User', '005000000000001AAA') }, Name: 'Ada' },
				},
				AccountId: '001000000000001AAA',
			}),
		);
	});

	test('holds null for a parent that is not there', () => {
		expect(org.plain('SELECT Account.Owner.Name, Contact.LastName FROM Case ORDER BY CaseNumber')).toEqual([
			{ Account: { Owner: { Name: 'Ada' } }, Contact: { LastName: 'Young' } },
			{ Account: { Owner: { Name: 'Bot' } }, Contact: null },
			{ Account: null, Contact: null },
		]);
	});

	test('names a polymorphic parent Name and links to what it is', () => {
		const { records } = org.query(
			'SELECT Owner.Name, Owner.Type, Owner.Profile.Name FROM Case ORDER BY CaseNumber LIMIT 2',
		);
		expect(records.map(({ Owner }) => Owner)).toEqual([
			{
				attributes: { type: 'Name', url: url('User', '005000000000001AAA') },
				Name: 'Ada',
				Type: 'User',
				Profile: { attributes: { type: 'Profile', url: url('Profile', '00e000000000001AAA') }, Name: 'Standard User' },
			},
			{
				attributes: { type: 'Name', url: url('Group', '00G000000000001EAA') },
				Name: 'Moves',
				Type: 'Queue',
				Profile: null,
			},
		]);
	});

	test('has the fields of its own type under TYPEOF', () => {
		const { records } = org.query(
			'SELECT TYPEOF Owner WHEN User THEN Username, IsActive WHEN Group THEN DeveloperName END FROM Case ORDER BY CaseNumber',
		);
		expect(records.map(({ Owner }) => Owner)).toEqual([
			{
				attributes: { type: 'User', url: url('User', '005000000000001AAA') },
				Username: 'ada@example.com',
				IsActive: true,
			},
			{ attributes: { type: 'Group', url: url('Group', '00G000000000001EAA') }, DeveloperName: 'Moves' },
			{
				attributes: { type: 'User', url: url('User', '005000000000002AAA') },
				Username: 'bot@example.com',
				IsActive: false,
			},
		]);
		expect(
			org.plain('SELECT TYPEOF Owner WHEN User THEN Username ELSE Name END FROM Case ORDER BY CaseNumber LIMIT 2'),
		).toEqual([{ Owner: { Username: 'ada@example.com' } }, { Owner: { Name: 'Moves' } }]);
	});

	test('holds a compound address as an object', () => {
		expect(org.values('SELECT BillingAddress FROM Account ORDER BY Name')).toEqual([
			{ city: 'Berlin', latitude: 52.52, longitude: 13.405 },
			null,
		]);
	});

	test('may be asked by aliases, old FROM lists and the name of its object', () => {
		expect(org.plain("SELECT c.Id, a.Name FROM Case c, c.Account a WHERE a.Name = 'Acme'")).toEqual([
			{ Id: '500000000000001AAA', Account: { Name: 'Acme' } },
		]);
		expect(org.query("SELECT COUNT() FROM Contact, Contact.Account WHERE Account.Name = 'Acme'").totalSize).toBe(2);
		expect(org.values("SELECT Case.CaseNumber FROM Case WHERE Case.Subject = 'move b'")).toEqual(['00001002']);
	});

	test('shows labels and formatted values under the name of their field', () => {
		expect(
			org.plain(
				"SELECT toLabel(Status), toLabel(Tags__c), FORMAT(Amount__c) amount FROM Case WHERE CaseNumber = '00001001'",
			),
		).toEqual([{ Status: 'Closed', Tags__c: 'Rot;blue', amount: '$10.50' }]);
		expect(org.values("SELECT toLabel(Status) FROM Case WHERE Status = 'New'")).toEqual(['Neu']);
	});

	test('holds all, the standard or the custom fields for FIELDS', () => {
		const keys = (soql: string) => Object.keys(org.plain(soql)[0] as object);
		expect(keys('SELECT FIELDS(CUSTOM) FROM Case LIMIT 1')).toEqual(['Amount__c', 'Tags__c', 'ExternalID__c']);
		expect(keys('SELECT FIELDS(STANDARD) FROM Profile')).toEqual(['Id', 'IsDeleted', 'Name']);
		expect(keys('SELECT FIELDS(ALL) FROM Case LIMIT 200')).toHaveLength(15);
	});

	test('counts the long text areas selected', () => {
		expect(org.query('SELECT Id, Description FROM Case').textAreasSelected).toBe(1);
	});
});

describe('the rows', () => {
	const subjects = (order: string) => org.values(`SELECT Subject FROM Case ${order}`);

	test.each([
		['ORDER BY Subject', [null, 'Move A', 'move b']],
		['ORDER BY Subject DESC', [null, 'move b', 'Move A']],
		['ORDER BY Subject NULLS LAST', ['Move A', 'move b', null]],
		['ORDER BY Subject DESC NULLS LAST', ['move b', 'Move A', null]],
		['ORDER BY Status', ['move b', null, 'Move A']],
		['ORDER BY Account.Name DESC NULLS LAST, CaseNumber', ['move b', 'Move A', null]],
		['ORDER BY CaseNumber LIMIT 2', ['Move A', 'move b']],
		['ORDER BY CaseNumber LIMIT 1 OFFSET 1', ['move b']],
		['ORDER BY CaseNumber OFFSET 2', [null]],
		['ORDER BY CaseNumber LIMIT 0', []],
		['USING SCOPE mine', ['Move A']],
		['USING SCOPE everything ORDER BY CaseNumber', ['Move A', 'move b', null]],
		["WHERE Status = 'New' WITH SECURITY_ENFORCED", ['move b']],
		["WHERE Status = 'New' WITH USER_MODE FOR VIEW", ['move b']],
	])('%s', (order, expected) => {
		expect(subjects(order)).toEqual(expected);
	});

	test('are counted by COUNT()', () => {
		expect(org.query("SELECT COUNT() FROM Case WHERE Subject LIKE 'move%'")).toMatchObject({
			totalSize: 2,
			records: [],
		});
		expect(org.query('SELECT COUNT() FROM Case LIMIT 2').totalSize).toBe(2);
	});
});

describe('child subqueries', () => {
	test('give a result of their own for each parent, or null', () => {
		expect(
			org.query('SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name').records,
		).toEqual([
			{
				attributes: { type: 'Account', url: url('Account', '001000000000001AAA') },
				Name: 'Acme',
				Contacts: {
					totalSize: 2,
					done: true,
					records: [
						{ attributes: { type: 'Contact', url: url('Contact', '003000000000002AAA') }, LastName: 'Old' },
						{ attributes: { type: 'Contact', url: url('Contact', '003000000000001AAA') }, LastName: 'Young' },
					],
				},
			},
			{ attributes: { type: 'Account', url: url('Account', '001000000000002AAA') }, Name: 'Zürich AG', Contacts: null },
		]);
	});

	test('count their LIMIT and OFFSET for each parent', () => {
		const contacts = (clauses: string, more = '') =>
			org.plain(`SELECT (SELECT LastName FROM Contacts ${clauses}) FROM Account WHERE Name = 'Acme' ${more}`);
		expect(contacts('ORDER BY LastName DESC LIMIT 1')).toEqual([
			{ Contacts: { totalSize: 1, done: true, records: [{ LastName: 'Young' }] } },
		]);
		expect(contacts('ORDER BY LastName DESC LIMIT 1 OFFSET 1', 'LIMIT 1')).toEqual([
			{ Contacts: { totalSize: 1, done: true, records: [{ LastName: 'Old' }] } },
		]);
		expect(() => contacts('OFFSET 1')).toThrow('OFFSET in a subquery');
	});

	test('filter, reach their own parents and hold further subqueries', () => {
		expect(
			org.plain(
				"SELECT (SELECT Contact.Account.Name, (SELECT CaseNumber FROM Cases) FROM Account.Contacts WHERE Account.Name = 'ACME' AND LastName != 'Old') FROM Account WHERE Name = 'Acme'",
			),
		).toEqual([
			{
				Contacts: {
					totalSize: 1,
					done: true,
					records: [
						{ Account: { Name: 'Acme' }, Cases: { totalSize: 1, done: true, records: [{ CaseNumber: '00001001' }] } },
					],
				},
			},
		]);
	});

	test('leave out the recycle bin, unless queryAll asks', () => {
		const users = caseOrg();
		users.database.exec(`UPDATE "Contact" SET "IsDeleted" = 1 WHERE "LastName" = 'Old'`);
		const names = (includeDeleted: boolean) =>
			JSON.stringify(
				users.plain("SELECT (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Acme'", { includeDeleted }),
			);
		expect(names(false)).not.toContain('Old');
		expect(names(true)).toContain('Old');
	});

	test('nest to five levels, to two before API 58', () => {
		const chain = smallOrg(
			[
				object('Node__c', [lookup('Up__c', 'Node__c', 'Up__r')], {
					childRelationships: [{ childSObject: 'Node__c', field: 'Up__c', relationshipName: 'Nodes__r' }],
				}),
			],
			{},
		);
		const nested = (levels: number): string =>
			levels === 1 ? 'SELECT Id FROM Nodes__r' : `SELECT Id, (${nested(levels - 1)}) FROM Nodes__r`;
		expect(chain.query(`SELECT Id, (${nested(4)}) FROM Node__c`).totalSize).toBe(0);
		expect(() => chain.query(`SELECT Id, (${nested(5)}) FROM Node__c`)).toThrow('Nesting of subqueries');
		expect(() =>
			org.query('SELECT Id, (SELECT Id, (SELECT Id FROM Cases) FROM Contacts) FROM Account', { apiVersion: 57 }),
		).toThrow('Nesting of subqueries');
	});
});

test('a recorded answer of a real org comes back as it was', () => {
	const file = join(__dirname, '../../../../shared/recorded/http/query-cases.json');
	if (!existsSync(file)) return console.info(`Skipped: no ${file}`);
	const { request, response } = JSON.parse(readFileSync(file, 'utf8')) as {
		request: { params: { q: string } };
		response: { body: { records: Array<Record<string, unknown>> } };
	};
	const { records } = response.body;
	const names = Object.keys(records[0] ?? {}).filter((name) => name !== 'attributes' && name !== 'Id');
	const typeOf = (name: string): FieldSchema['type'] =>
		name.startsWith('Is')
			? 'boolean'
			: name.endsWith('Date') || name === 'SystemModstamp'
				? 'datetime'
				: name.endsWith('Id')
					? 'reference'
					: 'string';
	const fields = names.map((name): FieldSchema => ({ name, label: name, type: typeOf(name) }));
	const stored = (value: unknown) =>
		typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? value.replace('+0000', 'Z') : null;
	const rows = records.map((record) =>
		Object.fromEntries(['Id', ...names].map((name) => [name, stored(record[name])])),
	);
	const recordedOrg = smallOrg(
		[object('Case', fields)],
		{ Case: rows },
		{
			recordUrl: (type, id) => `/services/data/v62.0/sobjects/${type}/${id}`,
		},
	);
	const answer = recordedOrg.query(request.params.q);
	expect(answer.totalSize).toBe(records.length);
	expect(answer.records.map((record) => JSON.stringify(record)).sort()).toEqual(
		records.map((record) => JSON.stringify(record)).sort(),
	);
});
