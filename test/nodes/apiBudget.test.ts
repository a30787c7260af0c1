import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { n8n } from '../../package.json';
import type { LocalOrg } from '../../local-org';
import { stages } from '../support/stage';
import type { TestNode, TestRun } from '../support/engine';

const stage = stages();

const moves = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_none, index) => ({ moveId: `m-${index}`, employeeName: 'Ada' }));
const contacts = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_none, index) => ({ record: { LastName: `N${index}` } }));

const node = (type: string, parameters: INodeParameters, options: INodeParameters): TestNode => ({
	type,
	parameters: { ...parameters, options },
	onError: 'continueRegularOutput',
});
const create = (options: INodeParameters): TestNode =>
	node(
		'salesforceCreateOrUpdateRecord',
		{
			operation: 'create',
			object: { __rl: true, mode: 'name', value: 'Contact' },
			valuesFrom: 'json',
			record: '={{ $json.record }}',
		},
		{ parallelCalls: 1, ...options },
	);
const push = (options: INodeParameters): TestNode => node('salesforcePushMove', {}, { parallelCalls: 1, ...options });

const details = ({ outputs }: TestRun): unknown[] => (outputs[0] ?? []).map(({ details: said }) => said);
const hints = ({ run }: TestRun): string[] =>
	(run.data.resultData.runData['Node 0']?.[0]?.hints ?? []).map(({ message }) => message);
const used = (org: LocalOrg): number => org.apiCalls;

describe('API Calls to Keep Free', () => {
	it.each(n8n.nodes.filter((path) => !path.includes('ReconcileLicenses')))('is an option of %s', async (path) => {
		const { description } = await built(path);
		const options = description.properties.find(({ name }) => name === 'options');
		expect(options?.options).toContainEqual(
			expect.objectContaining({ name: 'apiCallsToKeepFree', type: 'number', default: 0, noDataExpression: true }),
		);
	});

	it('stops a run before a call would touch them, and keeps what was saved', async () => {
		const { org, run } = await stage({ settings: { dailyApiRequests: 100 } });
		await run(contacts(1), create({}));
		const before = used(org);
		// Three calls more: the one that says how many are left, and of three batches the first two.
		const result = await run(contacts(450), create({ apiCallsToKeepFree: 100 - before - 3 }));
		expect(used(org)).toBe(before + 3);
		expect(org.rows('Contact')).toHaveLength(1 + 400);
		expect(result.outputs[0]?.slice(0, 400).every(({ result: said }) => said === 'created')).toBe(true);
		expect(details(result).slice(400)).toEqual(
			Array.from({ length: 50 }, () => ({
				code: 'API_BUDGET',
				fields: [],
				kind: 'limit',
				retry: 'later',
				remedy: expect.stringContaining('API Calls to Keep Free'),
			})),
		);
	});

	it('gives every item not sent that code, however many calls they would have taken', async () => {
		const { org, run } = await stage({ settings: { dailyApiRequests: 100 } });
		const result = await run(contacts(600), create({ apiCallsToKeepFree: 100 }));
		expect(org.rows('Contact')).toEqual([]);
		expect(new Set(details(result).map((one) => (one as { code: string }).code))).toEqual(new Set(['API_BUDGET']));
	});

	it('holds for a push, whose look at what is there already tells how many are left', async () => {
		const { org, run } = await stage({ settings: { dailyApiRequests: 10 } });
		await run(moves(1), push({}));
		const before = used(org);
		const result = await run(moves(3), push({ apiCallsToKeepFree: 100 }));
		expect(used(org)).toBe(before + 1);
		expect(result.outputs[0]?.[0]).toMatchObject({ case: { result: 'unchanged' } });
		expect(details(result)).toMatchObject([
			undefined,
			{ code: 'API_BUDGET', retry: 'later' },
			{ code: 'API_BUDGET', retry: 'later' },
		]);
		expect(org.rows('Case')).toHaveLength(1);
	});

	it('holds for a query with further pages', async () => {
		const seed = { Case: [{ Subject: 'a' }, { Subject: 'b' }, { Subject: 'c' }] };
		const { org, run } = await stage({ settings: { dailyApiRequests: 10, pageSize: 1 }, seed });
		const query = node('salesforceSoqlQuery', { query: 'SELECT Subject FROM Case' }, { apiCallsToKeepFree: 80 });
		const result = await run([{}], query);
		expect(used(org)).toBe(2);
		expect(details(result)).toMatchObject([{ code: 'API_BUDGET', retry: 'later' }]);
	});

	it('still reads what became of a Bulk job', async () => {
		const { org, run } = await stage({ settings: { dailyApiRequests: 100 } });
		await run(contacts(1), create({}));
		const before = used(org);
		// Making, filling and closing the job use up what may be used.
		const result = await run(contacts(3), create({ bulkApi: 'always', apiCallsToKeepFree: 100 - before - 3 }));
		expect(result.outputs[0]?.map(({ result: said }) => said)).toEqual(['created', 'created', 'created']);
		expect(used(org)).toBeGreaterThan(before + 3);
	});

	it.each(['-1', '101', 'ten', null])('stops the run before anything is sent when it is %j', async (value) => {
		const { org, run } = await stage();
		const { error } = await run(contacts(1), {
			...create({ apiCallsToKeepFree: value as unknown as string }),
			onError: undefined,
		});
		expect(error?.message).toContain('API Calls to Keep Free is not a whole number of at least 0 and of at most 100');
		expect(org.rows('Contact')).toEqual([]);
	});

	it('keeps nothing free unless asked', async () => {
		const { org, run } = await stage({ settings: { dailyApiRequests: 3 } });
		await run(contacts(1), create({}));
		expect(org.rows('Contact')).toHaveLength(1);
	});
});

describe('the hint about API calls', () => {
	it('shows when more than 80 percent are used, by what the last answer said', async () => {
		const { org, run } = await stage({ settings: { dailyApiRequests: 10 } });
		while (used(org) < 7) await run([{}], node('salesforceSoqlQuery', { query: 'SELECT Id FROM Case' }, {}));
		const eighth = await run([{}], node('salesforceSoqlQuery', { query: 'SELECT Id FROM Case' }, {}));
		expect([used(org), hints(eighth)]).toEqual([8, []]);
		const ninth = await run([{}], node('salesforceSoqlQuery', { query: 'SELECT Id FROM Case' }, {}));
		expect(hints(ninth)).toEqual([
			'The org has used 9 of its 10 API calls of 24 hours (90 percent). The option API Calls to Keep Free leaves some to others.',
		]);
	});
});

describe('the ID of a request', () => {
	it('names the workflow and the execution, and differs for each call', async () => {
		const { org, run } = await stage();
		await run(contacts(450), create({}));
		const ids = org.calls.filter(({ path }) => path.startsWith('/services/data/')).map(({ requestId }) => requestId);
		expect(ids.length).toBeGreaterThanOrEqual(4);
		expect(new Set(ids).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^test-test-\d+$/);
	});
});

async function built(
	path: string,
): Promise<{ description: { properties: Array<{ name: string; options?: unknown[] }> } }> {
	const name = path.split('/').at(-1)?.split('.')[0] ?? '';
	const classes = jest.requireActual<Record<string, new () => Awaited<ReturnType<typeof built>>>>('../../index.js');
	return await Promise.resolve(new (classes[name] as new () => Awaited<ReturnType<typeof built>>)());
}
