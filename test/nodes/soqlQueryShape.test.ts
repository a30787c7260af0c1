import { RecordShaper } from '../../nodes/shared/recordShape';
import { soqlSelection } from '../../salesforce/soqlSelection';
import { soqlTokens } from '../../salesforce/soqlTokens';
import { stages } from '../support/stage';

const columns = { attributes: false, columns: true, isoDates: false };
const selecting = (fields: string) => soqlSelection(soqlTokens(`SELECT ${fields} FROM Case`));
const address = { city: 'Berlin', street: null };

describe('RecordShaper', () => {
	it.each([
		['Owner.Name, Account.Owner.Alias', { Owner: null }, { 'Owner.Name': null }],
		['owner.name', { Owner: null }, { 'owner.name': null }],
		['owner.name', { Owner: { Name: 'Ada', Alias: null } }, { 'owner.name': 'Ada', 'Owner.Alias': null }],
		['Account.Owner.Alias', { Account: { Owner: null } }, { 'Account.Owner.Alias': null }],
		['Account.Name, Account.Owner.Alias', { Account: null }, { 'Account.Name': null, 'Account.Owner.Alias': null }],
		['Owner.Name', { Name: null }, { Name: null }],
		['subject, OWNER.name', { Subject: 'a', Owner: { Name: 'Ada' } }, { subject: 'a', 'OWNER.name': 'Ada' }],
		['BillingAddress', { BillingAddress: address }, { BillingAddress: address }],
		['BillingAddress', { BillingAddress: null }, { BillingAddress: null }],
		['Account.BillingAddress', { Account: { BillingAddress: address } }, { 'Account.BillingAddress': address }],
		['Account.BillingAddress', { Account: null }, { 'Account.BillingAddress': null }],
		['FIELDS(ALL)', { BillingAddress: address }, { BillingAddress: address }],
		[
			'TYPEOF Owner WHEN User THEN Email, Name ELSE Id END',
			{ Owner: { attributes: {}, Id: '00G' } },
			{ 'Owner.Email': null, 'Owner.Name': null, 'Owner.Id': '00G' },
		],
		['TYPEOF Owner WHEN User THEN Email ELSE Id END', { Owner: null }, { 'Owner.Email': null, 'Owner.Id': null }],
		['(SELECT Id FROM cases)', { Cases: null }, { cases: null }],
	])('with %j selected makes columns of %j', (fields, record, item) => {
		expect(new RecordShaper(columns, selecting(fields)).item(record)).toEqual(item);
	});

	it('gives children columns of their own', () => {
		const selection = selecting('Owner.Name, (SELECT subject, Owner.Email FROM Cases)');
		const page = (records: object[]) => ({ totalSize: records.length, done: true, records });
		const shaper = new RecordShaper(columns, selection);
		expect(
			shaper.item({
				Owner: null,
				Cases: page([
					{ Subject: 'a', Owner: null },
					{ Subject: 'b', Owner: { Email: 'b@x.org' } },
				]),
			} as never),
		).toEqual({
			'Owner.Name': null,
			Cases: [
				{ subject: 'a', 'Owner.Email': null },
				{ subject: 'b', 'Owner.Email': 'b@x.org' },
			],
		});
	});

	it('gives children the same shape as their parent', () => {
		const children = {
			totalSize: 1,
			done: true,
			records: [{ attributes: {}, Owner: { attributes: {}, Name: 'Ada' }, At: '2026-05-01T07:25:37.000+0000' }],
		};
		expect(new RecordShaper({ ...columns, isoDates: true }).item({ Cases: children })).toEqual({
			Cases: [{ 'Owner.Name': 'Ada', At: '2026-05-01T07:25:37.000Z' }],
		});
	});

	it('keeps attributes of parents and children on request', () => {
		const attributes = { type: 'User', url: '/u' };
		const record = { attributes, Owner: { attributes, Name: 'Ada' } };
		expect(new RecordShaper({ attributes: true, columns: false, isoDates: false }).item(record)).toEqual(record);
	});
});

describe('As Columns', () => {
	const stage = stages();

	it.each<[string, string[]]>([
		[
			'SELECT Name, BillingAddress, Owner.Name, (SELECT LastName, Account.Name, ReportsTo.Email FROM Contacts) FROM Account',
			['Name', 'BillingAddress', 'Owner.Name', 'Contacts'],
		],
		[
			'SELECT a.name, a.Parent.NAME, a.parent.Owner.Email FROM Account a',
			['name', 'Parent.NAME', 'parent.Owner.Email'],
		],
		[
			'SELECT Subject, TYPEOF Owner WHEN User THEN Email, Username WHEN Group THEN Name ELSE Id END FROM Case',
			['Subject', 'Owner.Email', 'Owner.Username', 'Owner.Name', 'Owner.Id'],
		],
		[
			'SELECT c.LastName, a.Name, o.Email FROM Contact c, c.Account a, a.Owner o',
			['LastName', 'Account.Name', 'Account.Owner.Email'],
		],
		['SELECT Status s, COUNT(Id) n FROM Case GROUP BY Status', ['s', 'n']],
	])('gives every row the same columns, as the query spells them: %s', async (query, names) => {
		const { org, run } = await stage({
			seed: {
				Account: [
					{ Id: '001000000000001AAA', Name: 'Acme', BillingCity: 'Berlin' },
					{ Id: '001000000000002AAA', Name: 'Umbrella', ParentId: '001000000000001AAA' },
				],
				Contact: [{ LastName: 'Ada', AccountId: '001000000000001AAA' }, { LastName: 'Bo' }],
				Case: [{ Subject: 'a' }, { Subject: 'b', Status: 'Closed' }],
			},
		});
		org.seed({ Group: [{ Name: 'Movers', Type: 'Queue' }] });
		const queue = org.rows('Group').find(({ Name }) => Name === 'Movers');
		org.seed({ Case: [{ Subject: 'c', OwnerId: queue?.Id }] });
		const { outputs, error } = await run([{}], {
			type: 'salesforceSoqlQuery',
			parameters: { query, returnAll: true, options: { parents: 'columns' } },
		});
		expect(error).toBeUndefined();
		const rows = outputs[0] ?? [];
		expect(rows.length).toBeGreaterThan(1);
		for (const row of rows) expect(Object.keys(row)).toEqual(names);
	});
});
