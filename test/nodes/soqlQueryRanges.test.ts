import type { INodeParameters } from 'n8n-workflow';

import { stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();

/** Contacts with moments that repeat, so that ranges of them have edges within equal ones; every third is deleted. */
const contacts = (count: number) =>
	Array.from({ length: count }, (_none, index) => ({
		LastName: `Name ${index}`,
		Department: index % 2 ? 'Odd' : 'Even',
		CreatedDate: `2026-05-0${1 + (index % 7)}T0${index % 10}:00:00.000Z`,
		IsDeleted: index % 3 === 0,
	}));

const ask = async ({ run }: Stage, query: string, options: INodeParameters = {}, parameters: INodeParameters = {}) =>
	await run([{}], {
		type: 'salesforceSoqlQuery',
		parameters: { query, returnAll: true, options: { api: 'rest', ...options }, ...parameters },
	});
const queries = ({ org }: Stage) =>
	org.calls.map(({ path }) => decodeURIComponent(path)).filter((path) => /\/(query|queryAll)\?q=/.test(path));

describe('A query of many records', () => {
	it.each([
		['', {}],
		['ORDER BY Id', {}],
		['ORDER BY Id DESC', {}],
		['ORDER BY CreatedDate, Id', {}],
		['ORDER BY CreatedDate DESC, LastName', {}],
		["WHERE Department = 'Odd' OR LastName = 'Name 7'", {}],
		["WHERE (Department = 'Odd' OR LastName LIKE '%7') AND Account.Name = null ORDER BY Id DESC", {}],
		['', { includeDeleted: true }],
		['', { includeAttributes: true }],
	])('is read in parts side by side with the result of one page after another: %s %j', async (clauses, options) => {
		const on = await stage({ settings: { pageSize: 20 }, seed: { Contact: contacts(1_200) } });
		const query = `SELECT Id, LastName, CreatedDate, Account.Name FROM Contact ${clauses}`;
		const parts = await ask(on, query, options);
		expect(parts.error).toBeUndefined();
		const ranges = queries(on).filter((path) => path.includes(' >= ') || path.includes(' < '));
		expect(ranges.length).toBeGreaterThan(2);
		// A page at a time is what a limit asks for that the records do not reach, read from the end of the line.
		const count = parts.outputs[0]?.length ?? 0;
		const pages = await ask(on, query, options, { returnAll: false, limit: count - 1 });
		expect(parts.outputs[0]?.slice(0, count - 1)).toEqual(pages.outputs[0]);
		expect(new Set(parts.outputs[0]?.map(({ Id }) => Id)).size).toBe(count);
		const conditions = /WHERE.*?(?= ORDER|$)/.exec(clauses)?.[0] ?? '';
		const counted = await ask(on, `SELECT COUNT() FROM Contact ${conditions}`, options);
		expect(counted.outputs[0]).toEqual([{ count }]);
		expect(parts.hints).toEqual([expect.stringMatching(/^\d+ records were read by \d+ API calls\.$/)]);
	});

	it.each([
		['ORDER BY LastName', {}, {}],
		['ORDER BY Account.CreatedDate', {}, {}],
		['LIMIT 500', {}, {}],
		['', {}, { returnAll: false, limit: 300 }],
	])('is read one page after another where parts would change it: %s %j %j', async (clauses, options, parameters) => {
		const on = await stage({ settings: { pageSize: 20 }, seed: { Contact: contacts(800) } });
		const { error } = await ask(on, `SELECT Id FROM Contact ${clauses}`, options, parameters);
		expect(error).toBeUndefined();
		expect(queries(on)).toHaveLength(1);
	});

	it('is read one page after another where the parts do not hold what the whole does', async () => {
		const on = await stage({ settings: { pageSize: 20 }, seed: { Contact: contacts(800) } });
		on.org.addFault({
			path: /Id(%20|\+| )%3C/,
			status: 200,
			body: { totalSize: 0, done: true, records: [] } as never,
		});
		const { outputs, error } = await ask(on, 'SELECT Id FROM Contact');
		expect(error).toBeUndefined();
		expect(new Set(outputs[0]?.map(({ Id }) => Id)).size).toBe(outputs[0]?.length);
		expect(outputs[0]).toHaveLength(on.org.rows('Contact').filter((row) => row.IsDeleted !== true).length);
	});

	it('is read one page after another where parts are refused', async () => {
		const on = await stage({ settings: { pageSize: 20 }, seed: { Contact: contacts(800) } });
		on.org.addFault({
			path: /Id(%20|\+| )%3E/,
			status: 400,
			body: [{ errorCode: 'INVALID_QUERY_FILTER_OPERATOR', message: 'invalid ID field' }],
		});
		const { outputs, error } = await ask(on, 'SELECT Id FROM Contact');
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(on.org.rows('Contact').filter((row) => row.IsDeleted !== true).length);
	});

	it('costs few calls more in parts', async () => {
		const on = await stage({ settings: { pageSize: 20 }, seed: { Case: Array.from({ length: 1_000 }, () => ({})) } });
		const before = on.org.apiCalls;
		await ask(on, 'SELECT Id FROM Case');
		expect(on.org.apiCalls - before).toBeLessThanOrEqual(50 + 1 + 1 + 10);
	});
});
