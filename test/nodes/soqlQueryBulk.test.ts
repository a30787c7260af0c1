import { setTimeout } from 'node:timers/promises';

import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ItemInput } from '../../nodes/shared/input';
import { soqlQuery } from '../../nodes/SoqlQuery/soqlQuery';
import { connectDirectly } from '../support/orgAccess';
import { stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const NOW = DateTime.fromISO('2026-05-01T09:30:00', { zone: 'UTC' }) as DateTime<true>;

const ask = async ({ run }: Stage, query: string, options: INodeParameters, parameters: INodeParameters = {}) =>
	await run([{}], { type: 'salesforceSoqlQuery', parameters: { query, returnAll: true, options, ...parameters } });

const bySubject = (items: IDataObject[] | undefined) =>
	[...(items ?? [])].sort((a, b) => String(a.Subject).localeCompare(String(b.Subject)));

const calls = ({ org }: Stage, part: string) => org.calls.filter(({ path }) => path.includes(part));

describe('Salesforce SOQL Query through Bulk 2.0', () => {
	it('gives the same items as REST', async () => {
		const on = await stage({
			seed: {
				Account: [{ Id: '001000000000001AAA', Name: 'Acme, "the" one', NumberOfEmployees: 5 }],
				Case: [
					{ Subject: 'a', AccountId: '001000000000001AAA', Description: 'two\nlines' },
					{ Subject: 'b', CreatedDate: '2026-05-01T07:25:37.000Z', Status: 'Closed' },
				],
			},
		});
		const soql =
			'SELECT Subject, IsClosed, CreatedDate, Description, Account.Name, Account.NumberOfEmployees, Account.Owner.IsActive, Owner.Name FROM Case';
		const rest = await ask(on, soql, { api: 'rest' });
		const bulk = await ask(on, soql, { api: 'bulk' });
		expect(bulk.error).toBeUndefined();
		expect(bulk.outputs[0]).toHaveLength(2);
		expect(bySubject(bulk.outputs[0])).toEqual(bySubject(rest.outputs[0]));
		expect(calls(on, '/jobs/query').map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
		const columns = await ask(on, soql, { api: 'bulk', parents: 'columns', dates: 'iso' });
		expect(bySubject(columns.outputs[0])[1]).toMatchObject({
			CreatedDate: '2026-05-01T07:25:37.000Z',
			'Account.Name': null,
		});
	});

	it('finds deleted records on request, and stops at the limit', async () => {
		const on = await stage({ seed: { Case: [{ Subject: 'kept' }, { Subject: 'gone', IsDeleted: true }] } });
		const all = await ask(on, 'SELECT Subject, IsDeleted FROM Case', { api: 'bulk', includeDeleted: true });
		expect(bySubject(all.outputs[0])).toEqual([
			{ Subject: 'gone', IsDeleted: true },
			{ Subject: 'kept', IsDeleted: false },
		]);
		const one = await ask(
			on,
			'SELECT Subject FROM Case',
			{ api: 'bulk', includeDeleted: true },
			{ returnAll: false, limit: 1 },
		);
		expect(one.outputs[0]).toHaveLength(1);
	});

	it('reads an answer of many parts to its end, or as far as is wanted', async () => {
		const on = await stage({
			seed: { Case: Array.from({ length: 12_000 }, (_case, index) => ({ Subject: `${index}` })) },
		});
		const { outputs } = await ask(on, 'SELECT Subject FROM Case', { api: 'bulk' });
		expect(new Set(outputs[0]?.map(({ Subject }) => Subject)).size).toBe(12_000);
		expect(calls(on, '/resultPages')).toHaveLength(1);
		expect(calls(on, '/results?')).toHaveLength(1);
		const some = await ask(on, 'SELECT Subject FROM Case', { api: 'bulk' }, { returnAll: false, limit: 11_000 });
		expect(new Set(some.outputs[0]?.map(({ Subject }) => Subject)).size).toBe(11_000);
		expect(calls(on, '/results?')).toHaveLength(3);
	});

	it('knows a parent without values from one that is not there', async () => {
		const on = await stage({
			seed: {
				Account: [
					{ Id: '001000000000001AAA', Name: 'Bare' },
					{ Id: '001000000000002AAA', Name: 'Child', ParentId: '001000000000001AAA' },
				],
				Contact: [
					{ LastName: 'a', AccountId: '001000000000001AAA' },
					{ LastName: 'b', AccountId: '001000000000002AAA' },
					{ LastName: 'c' },
				],
			},
		});
		for (const fields of [
			'Account.Phone',
			'Account.Id, Account.Phone',
			'c.Account.Parent.Phone, c.account.parent.ID',
		]) {
			const soql = `SELECT LastName, ${fields} FROM Contact c`;
			const rest = await ask(on, soql, { api: 'rest' });
			const bulk = await ask(on, soql, { api: 'bulk' });
			expect(bulk.error).toBeUndefined();
			const byName = (items: IDataObject[] | undefined) =>
				[...(items ?? [])].sort((a, b) => String(a.LastName).localeCompare(String(b.LastName)));
			expect(byName(bulk.outputs[0])).toEqual(byName(rest.outputs[0]));
		}
	});

	it.each([
		'SELECT FORMAT(AnnualRevenue) FROM Account',
		'SELECT toLabel(Industry) FROM Account',
		'SELECT BillingAddress FROM Account',
	])('is not chosen by itself for what it would give in another way: %s', async (soql) => {
		const on = await stage({
			settings: { pageSize: 20 },
			seed: {
				Account: Array.from({ length: 1_500 }, (_account, index) => ({
					Name: `${index}`,
					AnnualRevenue: index * 1e10,
					BillingCity: 'Berlin',
				})),
			},
		});
		const automatic = await ask(on, soql, {});
		expect(automatic.error).toBeUndefined();
		expect(calls(on, '/jobs/query')).toHaveLength(0);
		const rest = await ask(on, soql, { api: 'rest' });
		expect(automatic.outputs[0]).toEqual(rest.outputs[0]);
	});

	it('names a field that it does not take', async () => {
		const on = await stage();
		const { error } = await ask(on, 'SELECT BillingAddress FROM Account', { api: 'bulk' });
		expect(error?.message).toContain('Bulk 2.0 does not take BillingAddress, which is made of several fields');
		expect(error?.description).toContain('Select its parts');
	});

	it('fails where the results are fewer than what the job found', async () => {
		const on = await stage({
			seed: { Case: Array.from({ length: 12_000 }, (_case, index) => ({ Subject: `${index}` })) },
		});
		on.org.addFault({
			path: '/results?',
			status: 200,
			body: '"Subject"\n"0"\n',
			headers: { 'Content-Type': 'text/csv', 'sforce-locator': 'null', 'sforce-numberofrecords': '1' },
			times: 9,
		});
		const { error, outputs } = await ask(on, 'SELECT Subject FROM Case', { api: 'bulk' });
		expect(error?.message).toContain('found 12000 records, and its results hold 1');
		expect(outputs[0] ?? []).toEqual([]);
	});

	describe('whose results are cut', () => {
		const CSV = '"Id","Subject"\n"500000000000001AAA","a"\n"500000000000002AAA","b"\n';
		const cuts: Array<[what: string, text: string]> = [
			['within the last value', CSV.slice(0, -3)],
			['before the last value', CSV.slice(0, -4)],
			['between two values', CSV.slice(0, -5)],
			['after a row', CSV.slice(0, CSV.indexOf('"500000000000002AAA"'))],
			['after the header', CSV.slice(0, CSV.indexOf('"500000000000001AAA"'))],
			['within the header', CSV.slice(0, 7)],
			['to nothing', ''],
		];
		const withHeaders = (body: string, more: Record<string, string>) => ({
			path: '/results?',
			status: 200,
			body,
			headers: { 'Content-Type': 'text/csv', 'sforce-locator': 'null', ...more },
		});
		const seed = { Case: [{ Subject: 'a' }, { Subject: 'b' }] };
		const soql = 'SELECT Id, Subject FROM Case';

		it.each(cuts)('%s are read again', async (_what, text) => {
			const on = await stage({ seed });
			on.org.addFault(withHeaders(text, { 'sforce-numberofrecords': '2' }));
			const { outputs, error } = await ask(on, soql, { api: 'bulk' });
			expect(error).toBeUndefined();
			expect(bySubject(outputs[0]).map(({ Subject }) => Subject)).toEqual(['a', 'b']);
			expect(calls(on, '/results?')).toHaveLength(2);
		});

		it.each(cuts.slice(3, 5))('%s are counted against the job where they do not say how many', async (_what, text) => {
			const on = await stage({ seed });
			on.org.addFault({ ...withHeaders(text, {}), times: 9 });
			const { outputs, error } = await ask(on, soql, { api: 'bulk' });
			expect(error?.message).toMatch(/The Bulk job of the query found 2 records, and its results hold [01]\./);
			expect(outputs[0] ?? []).toEqual([]);
		});

		it('in one of many answers are read again too', async () => {
			const on = await stage({
				seed: { Case: Array.from({ length: 12_000 }, (_case, index) => ({ Subject: `${index}` })) },
			});
			on.org.addFault(withHeaders(CSV.slice(0, -3), { 'sforce-numberofrecords': '2000' }));
			const { outputs, error } = await ask(on, soql, { api: 'bulk' });
			expect(error).toBeUndefined();
			expect(new Set(outputs[0]?.map(({ Id }) => Id)).size).toBe(12_000);
		});
	});

	it('goes on page by page where its job keeps waiting, with the items that REST gives', async () => {
		const on = await stage({
			settings: { pageSize: 20, bulkQueueMs: 3_600_000 },
			seed: {
				Account: [{ Id: '001000000000001AAA', Name: 'Acme' }],
				Contact: Array.from({ length: 1_500 }, (_contact, index) => ({
					LastName: `${index}`,
					AccountId: index % 3 === 0 ? '001000000000001AAA' : null,
					CreatedDate: new Date(1_700_000_000_000 + index * 1_000).toISOString(),
				})),
			},
		});
		const query = 'SELECT LastName, CreatedDate, Account.Name FROM Contact';
		const rest = await ask(on, query, { api: 'rest' });
		const host = on.engine.context(
			{ type: 'salesforceSoqlQuery', parameters: { query, returnAll: true, options: {} } },
			[{}],
		);
		// The two minutes of waiting pass at once.
		const { org, waits } = await connectDirectly(on.org);
		const [outcome] = await soqlQuery.run(org, [soqlQuery.plan(new ItemInput(host, 0, NOW))], 1);
		const waited = waits.reduce((sum, wait) => sum + wait, 0);
		expect(waited).toBeGreaterThan(100_000);
		expect(waited).toBeLessThanOrEqual(120_000);
		expect(outcome).toMatchObject({ ok: true, records: rest.outputs[0]?.map((json) => ({ json })) });
		expect(calls(on, '/results')).toHaveLength(0);
		expect(calls(on, '/jobs/query').at(-1)).toMatchObject({ method: 'PATCH' });
	});

	it('asks no more for a job when the execution is stopped', async () => {
		const on = await stage({ settings: { bulkQueueMs: 60_000 }, seed: { Case: [{ Subject: 'a' }] } });
		const began = Date.now();
		const running = ask(on, 'SELECT Subject FROM Case', { api: 'bulk' });
		// The fourth wait for the job takes 1.7 seconds, and those after it longer.
		while (calls(on, '/jobs/query/').length < 4) await setTimeout(5);
		on.engine.stop();
		await running;
		expect(Date.now() - began).toBeLessThan(60_000);
		expect(calls(on, '/jobs/query/')).toHaveLength(4);
	});

	it('is chosen by itself where that is fewer calls, unless the order counts', async () => {
		const on = await stage({
			settings: { pageSize: 20 },
			seed: { Case: Array.from({ length: 1_500 }, (_case, index) => ({ Subject: `${index}` })) },
		});
		const { outputs } = await ask(on, 'SELECT Subject FROM Case', {});
		expect(outputs[0]).toHaveLength(1_500);
		expect(calls(on, '/jobs/query')).not.toHaveLength(0);
		const before = calls(on, '/jobs/query').length;
		await ask(on, 'SELECT Subject FROM Case ORDER BY Subject', {});
		await ask(on, 'SELECT Subject FROM Case', { includeAttributes: true });
		await ask(on, 'SELECT Subject FROM Case', { api: 'rest' });
		await ask(on, 'SELECT Subject FROM Case', {}, { returnAll: false, limit: 500 });
		expect(calls(on, '/jobs/query')).toHaveLength(before);
	});

	it('gives way to REST where a job is refused, each record once', async () => {
		const on = await stage({
			settings: { pageSize: 20 },
			seed: { Account: Array.from({ length: 1_500 }, (_account, index) => ({ Name: `${index}` })) },
		});
		on.org.addFault({ path: '/results', status: 400, body: [{ errorCode: 'INVALIDJOBSTATE', message: 'Not now' }] });
		const { outputs, error } = await ask(on, 'SELECT Name FROM Account', {});
		expect(error).toBeUndefined();
		expect(new Set(outputs[0]?.map(({ Name }) => Name)).size).toBe(1_500);
		expect(outputs[0]).toHaveLength(1_500);
	});

	it.each([
		['SELECT COUNT() FROM Case', {}, 'COUNT()'],
		['SELECT Status FROM Case GROUP BY Status', {}, 'GROUP BY and aggregates'],
		['SELECT Id, (SELECT Id FROM Cases) FROM Account', {}, 'queries of child records'],
		['SELECT Id FROM Case OFFSET 5', {}, 'OFFSET'],
		['SELECT FIELDS(ALL) FROM Case LIMIT 5', {}, 'FIELDS() and TYPEOF'],
		['SELECT Id FROM Case', { includeAttributes: true }, 'Include Attributes'],
		['SELECT FORMAT(CreatedDate) FROM Case', {}, 'functions'],
		['SELECT Subject s FROM Case', {}, 'aliases of fields'],
		['SELECT Id FROM Case FOR VIEW', {}, 'FOR, UPDATE and several names in FROM'],
	])('says what it does not take: %s', async (soql, options, obstacle) => {
		const on = await stage();
		const { error } = await ask(on, soql, { api: 'bulk', ...options });
		expect(error?.message).toBe(`Item 0: Bulk 2.0 does not take ${obstacle}`);
		expect(on.org.apiCalls).toBe(0);
	});

	it('says what is wrong with the query', async () => {
		const on = await stage();
		const { error } = await ask(on, 'SELECT Nothing FROM Case', { api: 'bulk' });
		expect(error?.message).toContain("No such column 'Nothing'");
		expect(error?.description).toContain('a hidden field looks the same');
	});
});
