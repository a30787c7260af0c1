import type { IDataObject } from 'n8n-workflow';

import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const undo = { type: 'salesforceUndoMove' };
const dry = (node: object, parameters: object = {}) => ({
	...(node as typeof push),
	parameters: { ...parameters, options: { dryRun: true } },
});

describe('a dry run of Push Move', () => {
	it('says what would be created, updated and left, and writes nothing', async () => {
		const { org, run } = await stage();
		await run(moves(3), push);
		await run([moves(3)[2] as IDataObject], { ...undo, parameters: { method: 'close' } });
		const before = org.rows('Case');
		const all = moves(5);
		Object.assign(all[1] as IDataObject, { newSeat: 'C-9' });
		Object.assign(all[4] as IDataObject, { effectiveDate: '2999-01-01' });
		const { outputs, error } = await run(all, dry(push));
		expect(error).toBeUndefined();
		expect(outputs[0]?.map((item) => item.case)).toMatchObject([
			{ result: 'unchanged', id: before[0]?.Id, number: '00001001' },
			{
				result: 'notSent',
				would: 'update',
				id: before[1]?.Id,
				number: '00001002',
				differences: [
					{ field: 'Subject', is: 'Move Employee 1: no seat → B-1', should: 'Move Employee 1: no seat → C-9' },
					{ field: 'Description' },
					{ field: 'NewSeat__c', is: 'B-1', should: 'C-9' },
				],
				call: { number: 2, of: 2, method: 'PATCH', path: '/composite/sobjects' },
			},
			{ result: 'closed', status: 'Closed' },
			{
				result: 'notSent',
				would: 'create',
				externalId: 'plan-1:m-3',
				record: { ExternalID__c: 'plan-1:m-3', NewSeat__c: 'B-3', Subject: 'Move Employee 3: no seat → B-3' },
				call: { number: 1, of: 2, method: 'POST', path: '/composite/sobjects' },
			},
		]);
		expect(outputs[1]).toMatchObject([{ case: { result: 'notDue' } }]);
		expect(org.rows('Case')).toEqual(before);
	});

	it('names the calls that a run without it makes', async () => {
		const { org, run } = await stage();
		const { outputs } = await run(moves(1_100), dry(push));
		const calls = caseValues(outputs[0], 'call') as Array<{ number: number; of: number; path: string }>;
		expect(calls[0]).toEqual({ number: 1, of: 2, method: 'POST', path: '/composite' });
		expect(calls[999]).toMatchObject({ number: 1 });
		expect(calls[1_000]).toEqual({ number: 2, of: 2, method: 'POST', path: '/composite/sobjects' });
		const before = org.apiCalls;
		await run(moves(1_100), push);
		// As many as there are writes to find what is there, and to read back what was made.
		expect(org.apiCalls - before).toBe(2 + 2 + 2);
	});

	it('says what would be reopened', async () => {
		const { run } = await stage();
		await run(moves(1), push);
		await run(moves(1), { ...undo, parameters: { method: 'close' } });
		const { outputs } = await run(moves(1), {
			...push,
			parameters: { options: { dryRun: true, reopenStatuses: 'Closed' } },
		});
		expect(outputs[0]).toMatchObject([{ case: { result: 'notSent', would: 'reopen', differences: [] } }]);
	});

	it.each(['', null, 'yes', 0])('stops where its switch is %j, and nothing is written', async (dryRun) => {
		const { org, run } = await stage();
		const { error } = await run(moves(1), { ...push, parameters: { options: { dryRun } } } as typeof push);
		expect(error?.message).toBe('Item 0: Dry Run is neither on nor off');
		expect(org.calls).toEqual([]);
	});
});

describe('a dry run of Undo Move', () => {
	it('says what would be deleted or closed, and writes nothing', async () => {
		const { org, run } = await stage();
		await run(moves(3), push);
		await run([moves(1)[0] as IDataObject], undo);
		const before = org.rows('Case');
		const deleted = await run([...moves(2), { movePlanId: 'plan-1', moveId: 'never' }], dry(undo));
		expect(deleted.outputs[0]?.map((item) => item.case)).toEqual([
			{ externalId: 'plan-1:m-0', result: 'alreadyUndone' },
			{
				id: before[0]?.Id,
				number: '00001002',
				externalId: 'plan-1:m-1',
				result: 'notSent',
				would: 'delete',
				call: { number: 1, of: 1, method: 'DELETE', path: '/composite/sobjects' },
			},
			{ externalId: 'plan-1:never', result: 'notFound' },
		]);
		const closed = await run([{ movePlanId: 'plan-1' }], dry(undo, { undo: 'plan', method: 'close' }));
		expect(closed.outputs[0]?.map((item) => item.case)).toMatchObject([
			{ externalId: 'plan-1:m-1', result: 'notSent', would: 'close', call: { method: 'PATCH' } },
			{ externalId: 'plan-1:m-2', result: 'notSent', would: 'close' },
		]);
		expect(org.rows('Case')).toEqual(before);
	});
});
