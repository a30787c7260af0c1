import type { IDataObject } from 'n8n-workflow';

import { externalId } from '../../moves/externalId';
import type { TestNode, TestRun } from '../support/engine';
import { moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const reconcile: TestNode = { type: 'salesforceReconcileMoves' };
const reconcileWith = (parameters: object): TestNode => ({ ...reconcile, parameters: { ...parameters } });
const push: TestNode = { type: 'salesforcePushMove' };
const undo: TestNode = { type: 'salesforceUndoMove' };
const close: TestNode = { ...undo, parameters: { method: 'close' } };
const goingOn = (node: TestNode): TestNode => ({ ...node, onError: 'continueRegularOutput' });
const caseOf = (movePlanId: string, moveId: string, more: object = {}) => ({
	ExternalID__c: externalId(movePlanId, moveId),
	...more,
});
const LATER = { effectiveDate: '2999-01-01' };

/** The states at each output, with what they are of. */
const told = ({ outputs }: TestRun) =>
	outputs.map((items) =>
		items.map(({ moveId, reconcile: one }) => `${String(moveId)} ${String((one as IDataObject).state)}`),
	);

describe('Salesforce Reconcile Moves', () => {
	it('gives each move and each Case of its plan by one of four outputs', async () => {
		const { org, run } = await stage({ settings: { trackedFields: ['Case.Status'] } });
		const plan = moves(8);
		await run(plan, push);
		await run([plan[2] as IDataObject, plan[3] as IDataObject], close);
		await run([plan[4] as IDataObject], close);
		await run([plan[4] as IDataObject], { ...push, parameters: { options: { reopenStatuses: 'Closed' } } });
		org.seed({ Case: [caseOf('plan-1', 'm-5', { Subject: 'Twice' })] });
		const before = org.rows('Case');
		const now = [
			plan[0], // in step
			{ ...plan[1], newSeat: 'C-1' }, // changed
			plan[2], // closed
			{ ...plan[3], newSeat: 'C-3' }, // closed and changed
			plan[4], // reopened
			plan[5], // twice
			{ ...plan[6], ...LATER }, // put off
			// m-7 is stale
			{ ...plan[0], moveId: 'm-8', newSeat: 'B-8' }, // missing
			{ ...plan[0], moveId: 'm-9', newSeat: 'B-9', employeeName: 'Zoe', ...LATER }, // not due
		].map((item, index) => ({ ...item, employeeName: `Employee ${index}` })) as IDataObject[];
		now.slice(0, 6).forEach((item, index) => Object.assign(item, { employeeName: plan[index]?.employeeName }));
		const result = await run(now, reconcile);
		expect(result.error).toBeUndefined();
		expect(told(result)).toEqual([
			['m-0 inStep', 'm-2 closed', 'm-5 inStep', 'm-9 notDue'],
			['m-1 changed', 'm-8 missing'],
			['m-7 stale', 'm-5 duplicate'],
			['m-3 closed', 'm-4 reopened', 'm-6 notDue'],
		]);
		expect(org.rows('Case')).toEqual(before);
	});

	it('tells what differs, and what is known of the Case', async () => {
		const { org, run } = await stage({ settings: { trackedFields: ['Case.Status', 'Case.OwnerId'] } });
		await run(moves(1), push);
		await run(moves(1), close);
		const { outputs, items } = await run(moves(1, { newSeat: 'C-1' }), reconcile);
		const [row] = org.rows('Case');
		expect(items[3]?.[0]?.pairedItem).toEqual({ item: 0 });
		expect(outputs[3]?.[0]).toEqual({
			...moves(1, { newSeat: 'C-1' })[0],
			reconcile: {
				state: 'closed',
				externalId: 'plan-1:m-0',
				differences: [
					{ field: 'Subject', is: 'Move Employee 0: no seat → B-0', should: 'Move Employee 0: no seat → C-1' },
					expect.objectContaining({ field: 'Description' }),
					{ field: 'NewSeat__c', is: 'B-0', should: 'C-1' },
				],
				case: {
					id: row?.Id,
					number: '00001001',
					link: `${org.url}/lightning/r/Case/${String(row?.Id)}/view`,
					status: 'Closed',
					isClosed: true,
					closedDate: row?.ClosedDate,
					owner: expect.stringMatching(/./) as string,
					lastModifiedDate: row?.LastModifiedDate,
					lastModifiedBy: expect.stringMatching(/./) as string,
					history: [
						{
							date: expect.any(String) as string,
							by: expect.any(String) as string,
							field: 'Status',
							from: 'New',
							to: 'Closed',
						},
						{
							date: expect.any(String) as string,
							by: expect.any(String) as string,
							field: 'created',
							from: null,
							to: null,
						},
					],
				},
			},
		});
	});

	it('costs at most 3 calls a thousand moves, whatever became of them', async () => {
		const { org, run } = await stage({ settings: { trackedFields: ['Case.Status'] } });
		await run(moves(1_000), push);
		await run(moves(100), close);
		const now = moves(1_000).map((item, index) => ({
			...item,
			...(index % 3 === 0 ? { team: 'Red' } : {}),
			...(index > 900 ? { moveId: `n-${index}` } : {}),
		}));
		const before = org.apiCalls;
		const result = await run(now, reconcileWith({ options: { seatConflicts: 'ignore' } }));
		expect(org.apiCalls - before).toBe(3);
		expect(result.outputs.map(({ length }) => length)).toEqual([66 + 534, 267 + 99, 99, 34]);
	}, 60_000);

	it('asks nothing but the Cases where nothing has a Case', async () => {
		const { org, run } = await stage();
		const result = await run(moves(3), reconcile);
		expect(told(result)).toEqual([[], ['m-0 missing', 'm-1 missing', 'm-2 missing'], [], []]);
		expect(org.apiCalls).toBe(2);
	});
});

describe('what leaves by To Push and To Undo', () => {
	it('can be wired straight into Push Move and Undo Move, after which all is in step', async () => {
		const { org, run } = await stage();
		await run(moves(6), push);
		const plan = moves(8).slice(2);
		Object.assign(plan[1] as IDataObject, { newSeat: 'C-9' });
		org.seed({ Case: [caseOf('plan-1', 'm-4'), caseOf('plan-1', 'm-4', { Status: 'Closed' })] });
		const undone = await run(plan, reconcile, { ...undo, fromOutput: 2 });
		expect(undone.outputs[0]?.map(({ moveId, case: one }) => [moveId, (one as IDataObject).result])).toEqual([
			['m-0', 'deleted'],
			['m-1', 'deleted'],
			['m-4', 'deleted'],
		]);
		const closedTwice = org.rows('Case').find(({ Status }) => Status === 'Closed');
		org.settings.canDelete = true;
		await run([{ moveId: 'm-4', movePlanId: 'plan-1', reconcile: { case: { id: closedTwice?.Id } } }], undo);
		const pushed = await run(plan, reconcile, { ...push, fromOutput: 1 });
		expect(pushed.outputs[0]?.map(({ moveId, case: one }) => [moveId, (one as IDataObject).result])).toEqual([
			['m-3', 'updated'],
			['m-6', 'created'],
			['m-7', 'created'],
		]);
		expect(told(await run(plan, reconcile))).toEqual([
			plan.map(({ moveId }) => `${String(moveId)} inStep`),
			[],
			[],
			[],
		]);
	});

	it('mends a plan that was doubled, keeping the oldest Case of each move', async () => {
		const { org, run } = await stage();
		const doubled = moves(20).map(({ moveId }) =>
			caseOf('plan-1', String(moveId), { CreatedDate: '2020-01-01T00:00:00Z' }),
		);
		org.seed({ Case: [...doubled, ...doubled.toReversed()] });
		const first = org
			.rows('Case')
			.slice(0, 20)
			.map(({ Id }) => Id);
		const refused = await run(moves(20), goingOn(push));
		expect(refused.outputs[0]?.every(({ error }) => String(error).includes('2 Cases carry the external ID'))).toBe(
			true,
		);
		await run(moves(20), reconcile, { ...undo, fromOutput: 2 });
		expect(org.rows('Case').map(({ Id }) => Id)).toEqual(first);
		expect((await run(moves(20), push)).error).toBeUndefined();
	});
});

describe('a plan of which no move came in', () => {
	const seed = { Case: [caseOf('p', 'a'), caseOf('p', 'b', { Status: 'Closed' }), caseOf('q', 'a'), caseOf('', 'x')] };

	it.each([
		['an empty answer', []],
		['an answer without moves', [{}]],
		['another plan', [{ movePlanId: 'other', moveId: 'a', effectiveDate: '2999-01-01' }]],
	])('is left alone: %s', async (_what, items) => {
		const { run } = await stage({ seed });
		const result = await run(items, goingOn(reconcile));
		expect(result.outputs[2] ?? []).toEqual([]);
	});

	it('is stale where it is named on purpose', async () => {
		const { run } = await stage({ seed });
		for (const plansWithoutMoves of ['p', ' none,p\u200b ', '={{ ["p", ""] }}', 'p\nnone']) {
			const result = await run([{}], reconcileWith({ plansWithoutMoves }));
			expect(result.error).toBeUndefined();
			expect(told(result)).toEqual([['b closed'], [], ['a stale'], []]);
			expect(result.outputs[2]?.[0]).toMatchObject({ moveId: 'a', movePlanId: 'p' });
		}
	});

	it('is not taken for one without a plan', async () => {
		const { run } = await stage({ seed });
		const { error } = await run([{}], reconcileWith({ plansWithoutMoves: ' , ' }));
		expect(error?.message).toBe('Item 0: Move ID is empty');
		expect(told(await run([{ moveId: 'y', movePlanId: '' }], reconcile))).toEqual([[], ['y missing'], [], []]);
	});
});

describe('an item that cannot be read', () => {
	it('makes no Case stale, for it may be of that very move', async () => {
		const { org, run } = await stage();
		await run(moves(3), push);
		const items = moves(3);
		Object.assign(items[1] as IDataObject, { effectiveDate: 'soon' });
		const result = await run(items, goingOn(reconcile));
		expect(result.outputs[2]).toEqual([]);
		expect(result.outputs[3]).toMatchObject([
			{ moveId: 'm-1', reconcile: { state: 'stale' } },
			{ moveId: 'm-1', error: 'Item 1: Effective Date is not a date' },
		]);
		const stopped = await run(items, reconcile);
		expect(stopped.error?.message).toBe('Item 1: Effective Date is not a date');
		expect(stopped.error?.description).toMatch(/ Nothing was compared\.$/);
		expect(org.rows('Case')).toHaveLength(3);
	});

	it('leaves by the error output where there is one', async () => {
		const { run } = await stage();
		await run(moves(2), push);
		const { outputs } = await run([...moves(2), ...moves(1)], { ...reconcile, onError: 'continueErrorOutput' });
		expect(outputs.map(({ length }) => length)).toEqual([2, 0, 0, 0, 1]);
		expect(outputs[4]).toMatchObject([
			{ error: 'Item 2: An earlier item of this run has the same Move ID and Move Plan ID' },
		]);
	});
});

describe('moves that get in the way of each other', () => {
	const items = [
		{ moveId: 'a', movePlanId: 'p', newSeat: 'B-1', employeeName: 'Ada' },
		{ moveId: 'b', movePlanId: 'p', newSeat: 'B-1', employeeName: 'Bob' },
	];

	it('want attention', async () => {
		const { run } = await stage();
		const result = await run(items, reconcile);
		expect(told(result)).toEqual([[], [], [], ['a conflict', 'b conflict']]);
		expect(result.outputs[3]?.[0]).toMatchObject({ reconcile: { warnings: [{ kind: 'seatTaken', moves: ['b'] }] } });
	});

	it('are not looked for where that is chosen', async () => {
		const { run } = await stage();
		expect(told(await run(items, reconcileWith({ options: { seatConflicts: 'ignore' } })))).toEqual([
			[],
			['a missing', 'b missing'],
			[],
			[],
		]);
	});
});

describe('what the org does not show', () => {
	it('is left out: no history, no date of closing', async () => {
		const { org, run } = await stage({
			settings: { hiddenObjects: ['CaseHistory'], hiddenFields: ['Case.ClosedDate'] },
		});
		await run(moves(2), push);
		await run(moves(1), close);
		const { outputs, error } = await run(moves(2, { team: 'Red' }), reconcile);
		expect(error).toBeUndefined();
		const [closed] = outputs[3] ?? [];
		expect(closed?.reconcile).toMatchObject({ state: 'closed', case: { status: 'Closed', isClosed: true } });
		expect((closed?.reconcile as IDataObject).case).not.toHaveProperty('history');
		expect((closed?.reconcile as IDataObject).case).not.toHaveProperty('closedDate');
		org.settings.missingFields = ['Case.ExternalID__c'];
		const missing = await run(moves(2), reconcile);
		expect(missing.error?.message).toBe('Case has no field ExternalID__c that the API user can see');
	});

	it('a Case that nobody could have pushed is for a person', async () => {
		const { run } = await stage({ seed: { Case: [{ ExternalID__c: 'p:A b' }] } });
		const { outputs } = await run([{ moveId: 'a', movePlanId: 'p' }], reconcile);
		expect(outputs[3]).toMatchObject([{ reconcile: { state: 'stale', externalId: 'p:A b' } }]);
		expect(outputs[3]?.[0]).not.toHaveProperty('moveId');
	});
});
