import type { IDataObject } from 'n8n-workflow';

import { externalId } from '../../moves/externalId';
import { caseValues } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const pushWith = (options: object, onError?: 'continueRegularOutput') => ({
	...push,
	parameters: { options: { ...options } },
	onError,
});
const move = (moveId: string, more: IDataObject): IDataObject => ({ moveId, movePlanId: 'p', ...more });
const kinds = (items: IDataObject[] | undefined) =>
	(caseValues(items, 'warnings') as Array<Array<{ kind: string }> | undefined>).map((all) =>
		all?.map(({ kind }) => kind),
	);

const TWO_IN_ONE = [
	move('a', { employeeName: 'Ada', newSeat: 'B-1', effectiveDate: '2020-01-01' }),
	move('b', { employeeName: 'Bob', newSeat: 'B-2', effectiveDate: '2020-01-01' }),
	move('c', { employeeName: 'Cy', newSeat: ' b-1', effectiveDate: '2020-01-01T09:00:00Z' }),
];

describe("moves that get in each other's way", () => {
	it('are pushed and told', async () => {
		const { org, run } = await stage();
		const { outputs } = await run(TWO_IN_ONE, push);
		expect(kinds(outputs[0])).toEqual([['seatTaken'], undefined, ['seatTaken']]);
		expect(outputs[0]?.[2]?.case).toMatchObject({
			result: 'created',
			warnings: [
				{
					kind: 'seatTaken',
					message: 'Another move goes into the same seat on the same day: a',
					moves: ['a'],
				},
			],
		});
		expect(org.rows('Case')).toHaveLength(3);
	});

	it('are told for moves that are not due yet, and across the two outputs', async () => {
		const { org, run } = await stage();
		const later = [
			move('a', { employeeId: '7', employeeName: 'Ada', newSeat: 'B-1' }),
			move('b', {
				employeeId: '7',
				employeeName: 'A. Lovelace',
				currentSeat: 'X-1',
				newSeat: 'B-2',
				effectiveDate: '2999-01-01',
			}),
			move('c', { employeeId: '8', employeeName: 'Ada', newSeat: 'B-2', effectiveDate: '2999-01-01' }),
		];
		const { outputs } = await run(later, push);
		expect(kinds(outputs[0])).toEqual([undefined]);
		expect(kinds(outputs[1])).toEqual([['seatTaken', 'otherSeat'], ['seatTaken']]);
		expect(org.rows('Case')).toHaveLength(1);
	});

	it('fail before anything is sent where that is chosen', async () => {
		const { org, run } = await stage();
		const stopped = await run(TWO_IN_ONE, pushWith({ seatConflicts: 'fail' }));
		expect(stopped.error?.message).toBe('Item 0: Another move goes into the same seat on the same day: c');
		expect(stopped.error?.description).toBe(
			'Correct the moves in the planner, or set Seat Conflicts to Tell. Nothing was pushed.',
		);
		expect(org.calls).toEqual([]);
		const { outputs } = await run(TWO_IN_ONE, pushWith({ seatConflicts: 'fail' }, 'continueRegularOutput'));
		expect(outputs[0]).toMatchObject(
			[{ error: /seat/ }, { case: { result: 'created' } }, { error: /seat/ }].map((one) =>
				'error' in one ? { error: expect.stringMatching(one.error as RegExp) as string } : one,
			),
		);
		expect(org.rows('Case')).toHaveLength(1);
	});

	it('are not looked for where that is chosen', async () => {
		const { run } = await stage();
		const { outputs } = await run(TWO_IN_ONE, pushWith({ seatConflicts: 'ignore' }));
		expect(kinds(outputs[0])).toEqual([undefined, undefined, undefined]);
	});

	it('stop the run where the option is not one of its options', async () => {
		const { org, run } = await stage();
		const { error } = await run(TWO_IN_ONE, pushWith({ seatConflicts: 'Fail' }));
		expect(error?.message).toBe('Item 0: Seat Conflicts is not one of its options');
		expect(org.calls).toEqual([]);
	});
});

describe('open Cases of the org', () => {
	const seed = {
		Case: [
			{ ExternalID__c: externalId('q', 'z'), NewSeat__c: 'b-1' },
			{ ExternalID__c: externalId('q', 'y'), NewSeat__c: 'B-2', Status: 'Closed' },
			{ NewSeat__c: 'B-2' },
			{ ExternalID__c: externalId('p', 'b'), NewSeat__c: 'B-1' },
		],
	};
	const moves = [move('a', { newSeat: 'B-1' }), move('b', { newSeat: 'B-2' })];

	it('are looked for only where asked, with a call more', async () => {
		const { org, run } = await stage({ seed });
		const { outputs } = await run(moves, push);
		expect(kinds(outputs[0])).toEqual([undefined, undefined]);
		const before = org.apiCalls;
		const asked = await run(moves, pushWith({ openCases: true }));
		expect(org.apiCalls - before).toBe(2);
		const [id] = org.rows('Case').map(({ Id }) => Id);
		expect(caseValues(asked.outputs[0], 'warnings')).toEqual([
			[
				{
					kind: 'openCase',
					message: `An open Case sends another move into the same seat: ${String(id)}`,
					cases: [id],
				},
			],
			undefined,
		]);
	});

	it('let a move fail before anything is written where that is chosen', async () => {
		const { org, run } = await stage({ seed });
		const { error } = await run(moves, pushWith({ openCases: true, seatConflicts: 'fail' }));
		expect(error?.message).toMatch(/^Item 0: An open Case sends another move into the same seat: 500/);
		expect(error?.description).toMatch(/ Nothing was pushed\.$/);
		expect(org.rows('Case')).toHaveLength(4);
	});
});
