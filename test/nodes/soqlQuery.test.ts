import { setTimeout } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import type { Fault } from '../../local-org';
import { stages } from '../support/stage';

const stage = stages();

const query = (soql: string, parameters: INodeParameters = {}) => ({
	type: 'salesforceSoqlQuery',
	parameters: { query: soql, returnAll: true, ...parameters },
});

const cases = (count: number) => Array.from({ length: count }, (_case, index) => ({ Subject: `Case ${index + 1}` }));

describe('Salesforce SOQL Query', () => {
	it('gives an item for each record, without attributes, from all pages', async () => {
		const { org, run } = await stage({ seed: { Case: cases(2_500) } });
		const { outputs, error } = await run([{}], query('SELECT Subject FROM Case ORDER BY CaseNumber'));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2_500);
		expect(outputs[0]?.slice(0, 2)).toEqual([{ Subject: 'Case 1' }, { Subject: 'Case 2' }]);
		expect(org.apiCalls).toBe(2);
	});

	it('stops at the limit, and asks for no larger a page', async () => {
		const { org, run } = await stage({ seed: { Case: cases(300) } });
		const { outputs } = await run([{}], query('SELECT Subject FROM Case', { returnAll: false, limit: 250 }));
		expect(outputs[0]).toHaveLength(250);
		expect(org.calls.at(-1)).toMatchObject({ records: 250 });
	});

	it('runs the queries of five items in one call, each with its own values', async () => {
		const { org, run } = await stage({ seed: { Case: cases(7) } });
		const { outputs, items } = await run(
			Array.from({ length: 7 }, (_item, index) => ({ subject: `Case ${7 - index}` })),
			query('SELECT Subject FROM Case WHERE Subject = :subject', {
				queryParameters: { parameter: [{ name: 'subject', type: 'text', value: '={{ $json.subject }}' }] },
			}),
		);
		expect(outputs[0]?.map(({ Subject }) => Subject)).toEqual([7, 6, 5, 4, 3, 2, 1].map((index) => `Case ${index}`));
		expect(items[0]?.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2, 3, 4, 5, 6].map((item) => ({ item })));
		expect(org.apiCalls).toBe(2);
	});

	it('gives an item for COUNT() and for each group', async () => {
		const { run } = await stage({ seed: { Case: [...cases(2), { Subject: 'X', Status: 'Closed' }] } });
		expect((await run([{}], query('select count() from Case'))).outputs[0]).toEqual([{ count: 3 }]);
		expect(
			(await run([{}], query('SELECT Status, COUNT(Id) many FROM Case GROUP BY Status ORDER BY COUNT(Id)'))).outputs[0],
		).toEqual([
			{ Status: 'Closed', many: 1 },
			{ Status: 'New', many: 2 },
		]);
	});

	it('nests parents, or makes columns of them, those of a missing parent too', async () => {
		const seed = {
			Account: [{ Id: '001000000000001AAA', Name: 'Acme' }],
			Case: [{ AccountId: '001000000000001AAA' }, {}],
		};
		const { run } = await stage({ seed });
		const soql = 'SELECT Subject, Account.Name, Account.Owner.Alias FROM Case ORDER BY CaseNumber';
		const nested = await run([{}], query(soql));
		expect(nested.outputs[0]).toEqual([
			{ Subject: null, Account: { Name: 'Acme', Owner: { Alias: expect.any(String) } } },
			{ Subject: null, Account: null },
		]);
		const columns = await run([{}], query(soql, { options: { parents: 'columns' } }));
		expect(columns.outputs[0]).toEqual([
			{ Subject: null, 'Account.Name': 'Acme', 'Account.Owner.Alias': expect.any(String) },
			{ Subject: null, 'Account.Name': null, 'Account.Owner.Alias': null },
		]);
	});

	it('completes child records at every depth, however many pages they have', async () => {
		const accounts = [1, 2, 3, 4].map((one) => ({ Id: `00100000000000${one}AAA`, Name: `A${one}` }));
		const contacts = accounts.flatMap(({ Id, Name }, index) =>
			Array.from({ length: index * 4 }, (_contact, one) => ({
				AccountId: Id,
				LastName: `${Name} ${String(one).padStart(2, '0')}`,
			})),
		);
		const on = await stage({ settings: { pageSize: 3 }, seed: { Account: accounts, Contact: contacts } });
		const crowded = on.org.rows('Contact').find(({ LastName }) => LastName === 'A4 11');
		on.org.seed({
			Case: Array.from({ length: 8 }, (_case, index) => ({ ContactId: crowded?.Id, Subject: `Case ${index}` })),
		});
		const { outputs, error } = await on.run(
			[{}],
			query(
				'SELECT Name, (SELECT LastName, (SELECT Subject FROM Cases ORDER BY Subject) FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name',
			),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toEqual(
			accounts.map(({ Name }, index) => ({
				Name,
				Contacts:
					index === 0
						? null
						: Array.from({ length: index * 4 }, (_contact, one) => ({
								LastName: `${Name} ${String(one).padStart(2, '0')}`,
								Cases:
									Name === 'A4' && one === 11
										? Array.from({ length: 8 }, (_case, number) => ({ Subject: `Case ${number}` }))
										: null,
							})),
			})),
		);
	});

	it('keeps attributes and writes ISO dates on request', async () => {
		const { run } = await stage({ seed: { Case: [{ CreatedDate: '2026-05-01T07:25:37.000Z' }] } });
		const { outputs } = await run(
			[{}],
			query('SELECT CreatedDate FROM Case', { options: { includeAttributes: true, dates: 'iso' } }),
		);
		expect(outputs[0]).toEqual([
			{
				attributes: { type: 'Case', url: expect.stringContaining('/sobjects/Case/500') },
				CreatedDate: '2026-05-01T07:25:37.000Z',
			},
		]);
		expect((await run([{}], query('SELECT CreatedDate FROM Case'))).outputs[0]).toEqual([
			{ CreatedDate: '2026-05-01T07:25:37.000+0000' },
		]);
	});

	it('finds what lies in the recycle bin on request', async () => {
		const { run } = await stage({ seed: { Case: [{ Subject: 'kept' }, { Subject: 'gone', IsDeleted: true }] } });
		const soql = 'SELECT Subject FROM Case ORDER BY Subject';
		expect((await run([{}], query(soql))).outputs[0]).toEqual([{ Subject: 'kept' }]);
		const all = await run([{}], query(soql, { options: { includeDeleted: true } }));
		expect(all.outputs[0]).toEqual([{ Subject: 'gone' }, { Subject: 'kept' }]);
	});

	it('sends a query that is too long for an address inside a Composite call', async () => {
		const { org, run } = await stage({ seed: { Case: cases(1) } });
		const others = Array.from({ length: 1_000 }, (_value, index) => `'other ${index}'`).join(',');
		const { outputs } = await run([{}], query(`SELECT Subject FROM Case WHERE Subject NOT IN (${others})`));
		expect(outputs[0]).toEqual([{ Subject: 'Case 1' }]);
		expect(org.calls.at(-1)).toMatchObject({ method: 'POST', path: expect.stringMatching(/\/composite$/) });
	});

	it('shows the plan and its cost', async () => {
		const { run } = await stage();
		const { outputs, error } = await run(
			[{}],
			query("SELECT Id FROM Case WHERE Subject = 'a'", { options: { explain: true } }),
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([{ plans: [{ sobjectType: 'Case', relativeCost: expect.any(Number) }] }]);
	});

	it('says that a hidden field looks like a missing one', async () => {
		const { run } = await stage({ settings: { hiddenFields: ['Case.ExternalID__c'] } });
		const { error } = await run([{}], query('SELECT ExternalID__c FROM Case'));
		expect(error?.message).toContain("No such column 'ExternalID__c'");
		expect(error?.description).toContain('a hidden field looks the same as a missing one');
	});

	it('does not repeat the values of a query that Salesforce refuses', async () => {
		const { run } = await stage();
		const { error } = await run([{}], query("SELECT Id FROM Case WHERE Nothing = 'a secret'"));
		expect(error?.message).toMatch(
			/^Item 0: At row 1, column \d+ of the query: No such column 'Nothing' on entity 'Case'/,
		);
		expect(`${error?.message} ${error?.description}`).not.toContain('secret');
	});

	it.each([
		['SELECT Id FRM Case', 'MALFORMED_QUERY'],
		['SELECT Id FROM Nowhere', 'INVALID_TYPE'],
		['SELECT Nothing FROM Case', 'INVALID_FIELD'],
	])('lets %j fail alone', async (soql, errorCode) => {
		const { run } = await stage({ seed: { Case: cases(1) } });
		const { outputs } = await run([{ soql }, { soql: 'SELECT Subject FROM Case' }], {
			...query('={{ $json.soql }}'),
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]).toMatchObject([
			{ error: expect.any(String), details: { code: errorCode } },
			{ Subject: 'Case 1' },
		]);
	});

	it('stops between pages when the execution is stopped', async () => {
		const { org, engine, run } = await stage({
			settings: { pageSize: 1, delayPerCallMs: 5 },
			seed: { Case: cases(500) },
		});
		const running = run([{}], query('SELECT Id FROM Case'));
		while (org.apiCalls < 5) await setTimeout(1);
		engine.stop();
		const { outputs } = await running;
		expect(outputs[0] ?? []).toEqual([]);
		const { apiCalls } = org;
		expect(apiCalls).toBeLessThan(500);
		// One call would be under way, had it not been ended.
		await setTimeout(50);
		expect(org.apiCalls - apiCalls).toBeLessThanOrEqual(1);
	});

	it.each<[what: string, fault: Fault, items: number]>([
		['a page', { path: '/query', status: 200, body: '<html>Blocked</html>' }, 1],
		['a page, empty', { path: '/query', status: 200, body: {} }, 1],
		['a following page', { path: /query\/0r8/, status: 200, body: {} }, 1],
		['a call of several queries', { path: '/composite', status: 200, body: {} }, 2],
	])('does not take for an answer of Salesforce what is none: %s', async (_what, fault, count) => {
		const { org, run } = await stage({ settings: { pageSize: 2 }, seed: { Case: cases(3) } });
		org.addFault({ ...fault, times: 9 });
		const { error } = await run(
			Array.from({ length: count }, () => ({})),
			query('SELECT Subject FROM Case'),
		);
		expect(error?.message).toContain('What came back was not an answer of Salesforce');
		expect(error?.description).toMatch(/ Nothing was read\.$/);
	});

	it.each([0, 1.5, true, [3], ''])('takes no %j for a limit', async (limit) => {
		const { org, run } = await stage();
		const { error } = await run([{}], query('SELECT Id FROM Case', { returnAll: false, limit: limit as never }));
		expect(error?.message).toBe('Item 0: Limit is not a whole number of at least 1');
		expect(org.apiCalls).toBe(0);
	});

	it('asks for a query where there is none', async () => {
		const { org, run } = await stage();
		expect((await run([{}], query(' '))).error?.message).toBe('Item 0: Query is empty');
		expect(org.apiCalls).toBe(0);
	});
});
