import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import { stages } from '../support/stage';
import type { TestNode, TestRun } from '../support/engine';

const stage = stages();

const locator = (value: string): object => ({ __rl: true, mode: 'name', value });
const contacts = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_none, index) => ({ record: { LastName: `N${index}` } }));

const save = (operation: string, options: IDataObject = {}, more: Partial<TestNode> = {}): TestNode => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: {
		operation,
		object: locator('Contact'),
		valuesFrom: 'json',
		record: '={{ $json.record }}',
		recordId: '={{ $json.id }}',
		options: { parallelCalls: 1, ...options },
	} as TestNode['parameters'],
	maxTries: 3,
	...more,
});

const NO_CALLS_LEFT = {
	status: 403,
	body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
};

const writes = (org: LocalOrg): Array<number | undefined> =>
	org.calls.filter(({ path }) => path.includes('/composite/sobjects')).map(({ records }) => records);
const names = (org: LocalOrg): string[] => org.rows('Contact').map(({ LastName }) => String(LastName));

describe('a node that n8n tries again', () => {
	it('creates the rest only', async () => {
		const { org, run } = await stage();
		org.addFault({ path: '/composite/sobjects', skip: 1, ...NO_CALLS_LEFT });
		const { outputs, error } = await run(contacts(450), save('create'));
		expect(error).toBeUndefined();
		expect(new Set(names(org)).size).toBe(450);
		expect(names(org)).toHaveLength(450);
		expect(outputs[0]?.map(({ result }) => result)).toEqual(Array.from({ length: 450 }, () => 'created'));
		expect(new Set(outputs[0]?.map(({ id }) => id)).size).toBe(450);
	});

	it.each([
		['was not carried out', { status: 502, body: '<html>Bad gateway</html>' }],
		['was carried out', { status: 502, body: '<html>Bad gateway</html>', late: true }],
		['was cut', { cut: 'after' as const }],
	])('never creates again what may have been created, be it that the call %s', async (_what, fault) => {
		const { org, run } = await stage();
		org.addFault({ path: '/composite/sobjects', skip: 1, ...fault });
		const { error } = await run(contacts(450), save('create'));
		expect(error?.message).toMatch(/^Item 200: .* may have been created all the same/);
		expect(error?.description).toMatch(/ 250 of 450 items are known to be saved; items 201, /);
		// The three calls of the first try; the others found nothing left to send.
		expect(writes(org)).toHaveLength(3);
		expect(new Set(names(org)).size).toBe(names(org).length);
	});

	it('does so where the items of a failed try come out as well', async () => {
		let tried = 0;
		const broken = ({ LastName }: Record<string, unknown>): boolean => LastName === 'N0' && ++tried === 1;
		const { org, run } = await stage({
			settings: { validationRules: [{ sObject: 'Contact', broken, message: 'Not yet' }] },
		});
		const { outputs } = await run(contacts(3), save('create', {}, { onError: 'continueRegularOutput' }));
		expect(outputs[0]?.map(({ result, error }) => result ?? error)).toEqual(['created', 'created', 'created']);
		expect(names(org).sort()).toEqual(['N0', 'N1', 'N2']);
		expect(writes(org).slice(0, 2)).toEqual([3, 1]);
	});

	it('writes again what is safe to write again', async () => {
		const { org, run } = await stage({ seed: { Contact: [{ LastName: 'Old' }] } });
		const id = org.rows('Contact')[0]?.Id as string;
		org.addFault({ path: '/composite/sobjects', status: 503, body: '', late: true });
		const node = save('update');
		const { outputs, error } = await run([{ id, record: { LastName: 'New' } }], node);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([{ id, result: 'updated' }]);
		expect(writes(org)).toHaveLength(2);
	});

	it.each(['continueRegularOutput', undefined] as const)(
		'leaves in doubt what was written without an answer, when the next try cannot tell: %s',
		async (onError) => {
			const { org, run } = await stage({ seed: { Contact: [{ LastName: 'Old' }] } });
			const id = org.rows('Contact')[0]?.Id as string;
			org.addFault({ path: '/composite/sobjects', cut: 'after' });
			// The first reading is of the first try.
			org.addFault({ path: '/query', skip: 1, times: 9, ...NO_CALLS_LEFT });
			const node = save('update', {}, { maxTries: 2, onError });
			const { outputs, error } = await run([{ id, record: { LastName: 'New' } }], node);
			expect(names(org)).toEqual(['New']);
			if (onError === undefined) {
				expect(error?.description).toMatch(/ 0 of 1 items are known to be saved\.$/);
				return;
			}
			expect(outputs[0]).toMatchObject([
				{ details: { kind: 'inDoubt', retry: 'later', undo: { did: 'updated', before: { LastName: 'Old' } } } },
			]);
		},
	);

	it('counts as done what an earlier try wrote without an answer, and the next one finds as it is', async () => {
		const { org, run } = await stage({ seed: { Contact: [{ LastName: 'Old' }, { LastName: 'Other' }] } });
		const items = org.rows('Contact').map(({ Id }, place) => ({
			id: Id as string,
			record: place === 0 ? { LastName: 'New' } : { Email: 'not an address' },
		}));
		org.addFault({ path: '/composite/sobjects', cut: 'after' });
		const { error } = await run(items, save('update', { onlyChanges: true }, { maxTries: 2 }));
		expect(names(org).sort()).toEqual(['New', 'Other']);
		expect(error?.description).toMatch(/ 1 of 2 items are known to be saved\.$/);
	});

	it('says what an earlier try may have done of an item that the next one finds as it should be', async () => {
		const { org, run } = await stage({ seed: { Contact: [{ LastName: 'Old' }, { LastName: 'Same' }] } });
		const [old, same] = org.rows('Contact').map(({ Id }) => Id as string);
		org.addFault({ path: '/composite/sobjects', cut: 'after' });
		const node = save('update', { onlyChanges: true }, { maxTries: 2, onError: 'continueRegularOutput' });
		const { outputs } = await run(
			[
				{ id: old, record: { LastName: 'New' } },
				{ id: same, record: { LastName: 'Same' } },
			],
			node,
		);
		expect(outputs[0]).toMatchObject([
			{
				result: 'unchanged',
				earlierTry: 'inDoubt',
				undo: { did: 'updated', inDoubt: true, before: { LastName: 'Old' } },
			},
			{ result: 'unchanged' },
		]);
		expect(outputs[0]?.[1]).not.toHaveProperty('earlierTry');
		expect(outputs[0]?.[1]).not.toHaveProperty('undo');
	});

	it('says what an earlier try did when a later one gets nowhere', async () => {
		const { org, run } = await stage();
		org.addFault({ path: '/composite/sobjects', inside: true, skip: 1, ...NO_CALLS_LEFT });
		// The Case of one move is looked for by a query of its own, as it is in the second try only.
		org.addFault({ method: 'GET', path: '/query?q=', times: 9, ...NO_CALLS_LEFT });
		const push = {
			type: 'salesforcePushMove',
			parameters: { options: { parallelCalls: 1 } },
			maxTries: 2,
		};
		const { error } = await run(
			Array.from({ length: 201 }, (_none, index) => ({ moveId: `m-${index}`, employeeName: 'Ada' })),
			push,
		);
		expect(org.rows('Case')).toHaveLength(200);
		expect(error?.description).toMatch(/ Nothing more was pushed; 200 of 201 items were by an earlier try\.$/);
	});

	it('starts afresh when a loop comes to it again with the same items', async () => {
		const { org, run } = await stage();
		const { error } = await run(contacts(2), save('create', {}, { runs: 3 }));
		expect(error).toBeUndefined();
		expect(names(org).sort()).toEqual(['N0', 'N0', 'N0', 'N1', 'N1', 'N1']);
	});

	it('takes items that are alike for as many records', async () => {
		const { org, run } = await stage();
		org.addFault({ path: '/composite/sobjects', skip: 1, ...NO_CALLS_LEFT });
		const same = { record: { LastName: 'Ada' } };
		const { error } = await run(
			Array.from({ length: 201 }, () => same),
			save('create'),
		);
		expect(error).toBeUndefined();
		expect(names(org)).toHaveLength(201);
	});

	it('forgets nothing between executions: another one creates anew', async () => {
		const { org, run } = await stage();
		await run(contacts(1), save('create'));
		await run(contacts(1), save('create'));
		expect(names(org)).toEqual(['N0', 'N0']);
	});
});

describe('an execution that a person repeats', () => {
	const hints = ({ run }: TestRun): string[] =>
		(run.data.resultData.runData['Node 0']?.[0]?.hints ?? []).map(({ message }) => message);

	it.each([
		['create', {}, [expect.stringContaining('use Upsert by an external ID, which creates no duplicates')]],
		['createOrUpdate', { matchField: locator('LastName') }, []],
	])('shows a hint where it makes records once more: %s', async (operation, more, expected) => {
		const { engine, run } = await stage();
		const node = save(operation);
		const made = { ...node, parameters: { ...node.parameters, ...more } as TestNode['parameters'] };
		expect(hints(await run(contacts(1), made))).toEqual([]);
		engine.mode = 'retry';
		expect(hints(await run(contacts(2), made))).toEqual(expected);
	});
});
