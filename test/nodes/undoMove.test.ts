import type { LocalOrg } from '../../local-org';
import { externalId } from '../../moves/externalId';
import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';
import type { TestNode } from '../support/engine';

const stage = stages();
const undo: TestNode = { type: 'salesforceUndoMove' };
const undoWith = (parameters: object): TestNode => ({ ...undo, parameters: { ...parameters } });
const undoPlan = undoWith({ undo: 'plan' });
const close = (parameters: object = {}) => undoWith({ method: 'close', ...parameters });
const goingOn = (node: TestNode): TestNode => ({ ...node, onError: 'continueRegularOutput' });

const caseOf = (movePlanId: string, moveId: string) => ({
	ExternalID__c: externalId(movePlanId, moveId),
	Subject: `${movePlanId} ${moveId}`,
});
const subjects = (org: LocalOrg) => org.rows('Case').map(({ Subject }) => Subject);
const writes = (org: LocalOrg) => org.calls.filter(({ path }) => path.includes('/composite/sobjects'));

describe('undoing moves', () => {
	it("deletes the Cases of the items' moves and no others", async () => {
		const { org, run } = await stage({
			seed: { Case: [caseOf('p', 'a'), caseOf('p', 'b'), caseOf('q', 'a'), caseOf('', 'a'), { Subject: 'None' }] },
		});
		const { outputs, items, error } = await run([{ movePlanId: 'p', moveId: 'a' }, { moveId: 'a' }], undo);
		expect(error).toBeUndefined();
		expect(outputs).toMatchObject([
			[
				{ movePlanId: 'p', moveId: 'a', case: { externalId: 'p:a', number: '00001001', result: 'deleted' } },
				{ moveId: 'a', case: { externalId: 'a', number: '00001004', result: 'deleted' } },
			],
		]);
		expect(items[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(subjects(org)).toEqual(['p b', 'q a', 'None']);
	});

	it('tells a Case that is already gone from one that there never was', async () => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a')] } });
		await run([{ movePlanId: 'p', moveId: 'a' }], undo);
		const again = await run(
			[
				{ movePlanId: 'p', moveId: 'a' },
				{ movePlanId: 'p', moveId: 'never' },
			],
			undo,
		);
		expect(again.error).toBeUndefined();
		expect(caseValues(again.outputs[0], 'result')).toEqual(['alreadyUndone', 'notFound']);
		expect(writes(org)).toHaveLength(1);
	});

	it('finds one that somebody deletes at the same time already undone', async () => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a')] } });
		const gone = {
			success: false,
			errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }],
		};
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', status: 200, body: [gone] });
		const { outputs, error } = await run([{ movePlanId: 'p', moveId: 'a' }], undo);
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['alreadyUndone']);
	});

	it('undoes a move once that several items name', async () => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a')] } });
		const { outputs, error } = await run(
			[
				{ movePlanId: 'p', moveId: 'a' },
				{ movePlanId: 'p', moveId: 'a' },
			],
			undo,
		);
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['deleted', 'deleted']);
		expect(writes(org).map(({ records }) => records)).toEqual([1]);
	});

	it('undoes all Cases of a move where the org let there be several', async () => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a'), caseOf('p', 'a')] } });
		const { outputs } = await run([{ movePlanId: 'p', moveId: 'a' }], undo);
		expect(caseValues(outputs[0], 'result')).toEqual(['deleted', 'deleted']);
		expect(org.rows('Case')).toEqual([]);
	});

	it('keeps the order of the items over several calls and costs two a thousand', async () => {
		const { org, run } = await stage({
			seed: {
				Case: moves(1_000)
					.map(({ moveId }) => caseOf('plan-1', String(moveId)))
					.reverse(),
			},
		});
		const { outputs } = await run(moves(1_000), undo);
		expect(caseValues(outputs[0], 'externalId')).toEqual(moves(1_000).map(({ moveId }) => `plan-1:${String(moveId)}`));
		expect(org.rows('Case')).toEqual([]);
		// Beside these what Case is like, once per session.
		expect(org.apiCalls).toBe(1 + 2);
	});

	it('asks nothing of Salesforce for no items', async () => {
		const { org, run } = await stage();
		expect((await run([], undo)).error).toBeUndefined();
		expect(org.calls).toEqual([]);
	});
});

describe('undoing a whole plan', () => {
	it('deletes its Cases, with an item for each', async () => {
		const { org, run } = await stage({
			seed: { Case: [caseOf('p', 'a'), caseOf('p', 'b'), caseOf('q', 'a'), caseOf('', 'p')] },
		});
		const { outputs } = await run([{ movePlanId: 'p', from: 'button' }], undoPlan);
		expect(outputs).toMatchObject([
			[{ case: { externalId: 'p:a', result: 'deleted' } }, { case: { externalId: 'p:b', result: 'deleted' } }],
		]);
		// The item may be the whole plan, which is not repeated for each of its Cases.
		expect(outputs[0]?.every((json) => Object.keys(json).join() === 'case,undo')).toBe(true);
		expect(subjects(org)).toEqual(['q a', ' p']);
		const again = await run([{ movePlanId: 'p' }], undoPlan);
		expect(again.outputs).toEqual([[{ movePlanId: 'p', case: { result: 'alreadyUndone' } }]]);
	});

	it('holds for a plan of any size, with each Case once however many items name it', async () => {
		const { org, run } = await stage({
			seed: { Case: [...moves(2_300).map(({ moveId }) => caseOf('p', String(moveId))), caseOf('q', 'a')] },
		});
		const { outputs, error } = await run([{ movePlanId: 'p' }, { movePlanId: 'p' }], undoPlan);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(2_300);
		expect(subjects(org)).toEqual(['q a']);
		// What Case is like, two pages, and a thousand Cases a call, to keep what they are and to delete them.
		expect(org.apiCalls).toBe(1 + 2 + 3 + 3);
	});

	it('never takes the Cases of another plan, whatever its ID', async () => {
		const ids = [
			'a',
			'A',
			'aa',
			'a:b',
			'a%',
			'a_',
			'a:',
			'%',
			'_',
			':',
			"a'",
			"' OR Name LIKE '%",
			'a\\',
			'\\',
			'🪑',
			'a 🪑',
		];
		const { org, run } = await stage();
		const all = ids.flatMap((movePlanId) => ids.map((moveId) => ({ movePlanId, moveId })));
		const { outputs } = await run(all, { type: 'salesforcePushMove' });
		expect(new Set(caseValues(outputs[0], 'result'))).toEqual(new Set(['created']));
		expect(new Set(caseValues(outputs[0], 'externalId')).size).toBe(all.length);
		let left = caseValues(outputs[0], 'id');
		for (const [place, movePlanId] of ids.entries()) {
			const undone = caseValues((await run([{ movePlanId }], undoPlan)).outputs[0], 'id');
			expect(undone.sort()).toEqual(caseValues(outputs[0], 'id').slice(place * ids.length, (place + 1) * ids.length));
			left = left.filter((id) => !undone.includes(id));
			expect(
				org
					.rows('Case')
					.map(({ Id }) => Id)
					.sort(),
			).toEqual([...left].sort());
		}
	});

	it('leaves alone what only looks like a Case of the plan', async () => {
		const strangers = ['P:A', 'p', 'p-p:a', 'xp:a', 'p=3a:a'].map((ExternalID__c) => ({
			ExternalID__c,
			Subject: ExternalID__c,
		}));
		const { org, run } = await stage({ seed: { Case: [...strangers, caseOf('p', 'a')] } });
		await run([{ movePlanId: 'p' }], undoPlan);
		await run([{ movePlanId: 'p', moveId: 'a' }], undo);
		expect(subjects(org)).toEqual(strangers.map(({ Subject }) => Subject));
	});
});

describe('closing instead of deleting', () => {
	it('gives the Cases the status and runs no assignment rule', async () => {
		const { org, run } = await stage({
			settings: { canDelete: false },
			seed: { Case: [caseOf('p', 'a'), caseOf('p', 'b')] },
		});
		org.settings.assignmentRule = { ownerId: String(org.rows('Group')[0]?.Id) };
		const { outputs, error } = await run([{ movePlanId: 'p' }], close({ undo: 'plan' }));
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['closed', 'closed']);
		expect(org.rows('Case')).toMatchObject([
			{ Status: 'Closed', IsClosed: true },
			{ Status: 'Closed', IsClosed: true },
		]);
		expect(org.assignmentRuns).toEqual([]);
	});

	it('leaves a Case alone that is closed so already', async () => {
		const { org, run } = await stage({ seed: { Case: [{ ...caseOf('p', 'a'), Status: 'Closed' }, caseOf('p', 'b')] } });
		const { outputs } = await run(
			[
				{ movePlanId: 'p', moveId: 'a' },
				{ movePlanId: 'p', moveId: 'b' },
			],
			close(),
		);
		expect(caseValues(outputs[0], 'result')).toEqual(['alreadyUndone', 'closed']);
		expect(writes(org).map(({ records }) => records)).toEqual([1]);
	});

	it.each(['Shut', 'New'])('does not take %s for a closed status, and says which there are', async (status) => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a')] } });
		const { error } = await run([{ movePlanId: 'p', moveId: 'a' }], close({ status }));
		expect(error?.message).toBe('Status is not one of the closed statuses of Case in this org');
		expect(error?.description).toBe('Choose one of: Closed. Nothing was undone.');
		expect(org.rows('Case')).toMatchObject([{ Status: 'New' }]);
	});
});

describe('what is refused', () => {
	const nothing = { movePlanId: '', moveId: '' };

	it.each([
		['a move without an ID', undo, nothing, 'Move ID is empty'],
		['a move with an ID of blanks', undo, { movePlanId: 'p', moveId: ' \t' }, 'Move ID is empty'],
		['an item that names no move', undo, {}, 'Move ID is empty'],
		['a plan without an ID', undoPlan, nothing, 'Move Plan ID is empty'],
		['a plan with an ID of blanks', undoPlan, { movePlanId: '  ' }, 'Move Plan ID is empty'],
		['an item that names no plan', undoPlan, { movePlanId: null }, 'Move Plan ID is empty'],
		[
			'a status that is empty',
			close({ status: '={{ $json.status ?? "Closed" }}' }),
			{ moveId: 'a', status: '' },
			'Status is empty',
		],
	])('%s, before any call', async (_what, node, item, message) => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a'), caseOf('', 'a'), { Subject: 'None' }] } });
		const { error } = await run([{ movePlanId: 'p', moveId: 'a' }, item], node);
		expect(error?.message).toBe(`Item 1: ${message}`);
		expect(error?.description).toMatch(/Nothing was undone\.$/);
		expect(org.calls).toEqual([]);
	});

	it('a method that there is not, before any call', async () => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a')] } });
		const { error } = await run([{ movePlanId: 'p', moveId: 'a' }], undoWith({ method: 'Close' }));
		expect(error?.message).toBe('Item 0: Method is not one of its options');
		expect(org.calls).toEqual([]);
	});

	it('fails alone where the node goes on', async () => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a'), { Subject: 'None' }] } });
		const { outputs } = await run([nothing, { movePlanId: 'p', moveId: 'a' }], goingOn(undo));
		expect(outputs[0]).toMatchObject([{ error: 'Item 0: Move ID is empty' }, { case: { result: 'deleted' } }]);
		expect(subjects(org)).toEqual(['None']);
	});

	it('deleting by a user who may not, with the way out', async () => {
		const { org, run } = await stage({
			settings: { canDelete: false },
			seed: { Case: [caseOf('p', 'a'), caseOf('p', 'b')] },
		});
		const { error } = await run([{ movePlanId: 'p' }], undoPlan);
		expect(error?.message).toMatch(
			/^Item 0: insufficient access rights on object id \(INSUFFICIENT_ACCESS_OR_READONLY\)\. 0 of 2 Cases were undone; not undone: 500\w{15}, 500\w{15}\.$/,
		);
		expect(error?.description).toMatch(
			/^Give the API user the right to delete Cases \(Modify All, where it does not own them\), or set Method to Close Cases\./,
		);
		expect(org.rows('Case')).toHaveLength(2);
	});

	it('one Case of a plan, saying how many were undone and that undoing again is safe', async () => {
		const { org, run } = await stage({
			seed: { Case: [caseOf('p', 'a'), caseOf('p', 'b'), caseOf('p', 'c')] },
			settings: {
				validationRules: [
					{
						sObject: 'Case',
						broken: ({ Subject, Status }) => Subject === 'p b' && Status === 'Closed',
						message: 'Not yet',
					},
				],
			},
		});
		const { outputs } = await run([{ movePlanId: 'p' }], goingOn(close({ undo: 'plan' })));
		expect(outputs[0]).toMatchObject([
			{
				movePlanId: 'p',
				error: expect.stringMatching(
					/^Item 0: Not yet \(FIELD_CUSTOM_VALIDATION_EXCEPTION\)\. 2 of 3 Cases were undone; not undone: 500\w{15}\.$/,
				) as string,
				details: {
					code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
					remedy: expect.stringContaining('Undoing again is safe') as string,
				},
			},
		]);
		const stopped = await run([{ movePlanId: 'p' }], close({ undo: 'plan' }));
		expect(stopped.error?.description).toMatch(/Nothing was undone\.$/);
		org.seed({ Case: [caseOf('p', 'd')] });
		const partly = await run([{ movePlanId: 'p' }], close({ undo: 'plan' }));
		expect(partly.error?.message).toContain('3 of 4 Cases were undone');
		expect(partly.error?.description).toMatch(/ 0 of 1 items were undone\.$/);
		org.settings.validationRules = [];
		const again = await run([{ movePlanId: 'p' }], close({ undo: 'plan' }));
		expect(caseValues(again.outputs[0], 'result')).toEqual([
			'alreadyUndone',
			'closed',
			'alreadyUndone',
			'alreadyUndone',
		]);
	});

	it('an org without the field that ties Cases to moves', async () => {
		const { run } = await stage({ settings: { missingFields: ['Case.ExternalID__c'] } });
		for (const node of [undo, undoPlan]) {
			const { error } = await run([{ movePlanId: 'p', moveId: 'a' }], node);
			expect(error?.message).toBe('Case has no field ExternalID__c that the API user can see');
		}
	});

	it('looks at a deletion whose answer was lost', async () => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a')] } });
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', cut: 'after' });
		const first = await run([{ movePlanId: 'p', moveId: 'a' }], undo);
		expect(caseValues(first.outputs[0], 'result')).toEqual(['deleted']);
		const again = await run([{ movePlanId: 'p', moveId: 'a' }], undo);
		expect(caseValues(again.outputs[0], 'result')).toEqual(['alreadyUndone']);
	});
});
