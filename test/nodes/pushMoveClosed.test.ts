import type { IDataObject } from 'n8n-workflow';

import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';
import type { Stage } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const pushWith = (options: object) => ({ ...push, parameters: { options: { ...options } } });
const close = { type: 'salesforceUndoMove', parameters: { method: 'close' } };

/** Three moves pushed, the second of them closed. */
async function withOneClosed(options?: Parameters<typeof stage>[0]): Promise<Stage> {
	const staged = await stage(options);
	await staged.run(moves(3), push);
	await staged.run([moves(2)[1] as IDataObject], close);
	return staged;
}

const statuses = ({ org }: Stage) => org.rows('Case').map(({ Status }) => Status);

describe('a closed Case', () => {
	it('is left alone and told apart, however often its plan is pushed', async () => {
		const staged = await withOneClosed();
		for (let time = 0; time < 2; time++) {
			const { outputs, error } = await staged.run(moves(3), push);
			expect(error).toBeUndefined();
			expect(caseValues(outputs[0], 'result')).toEqual(['unchanged', 'closed', 'unchanged']);
			expect(outputs[0]?.[1]).toEqual({
				...moves(2)[1],
				case: {
					id: staged.org.rows('Case')[1]?.Id,
					number: '00001002',
					link: expect.stringContaining('/lightning/r/Case/') as string,
					externalId: 'plan-1:m-1',
					result: 'closed',
					status: 'Closed',
					closedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+0000$/) as string,
				},
			});
		}
		expect(statuses(staged)).toEqual(['New', 'Closed', 'New']);
	});

	it('has its differences listed and not written', async () => {
		const staged = await withOneClosed();
		const { outputs } = await staged.run(moves(3, { team: 'Engines' }), pushWith({ status: 'Working' }));
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'closed', 'updated']);
		expect(caseValues(outputs[0], 'differences')[1]).toEqual([
			{
				field: 'Description',
				is: expect.stringContaining('Team: \n') as string,
				should: expect.stringContaining('Team: Engines\n') as string,
			},
			{ field: 'Team__c', is: null, should: 'Engines' },
		]);
		expect(staged.org.rows('Case').map(({ Team__c }) => Team__c)).toEqual(['Engines', null, 'Engines']);
		expect(statuses(staged)).toEqual(['Working', 'Closed', 'Working']);
	});

	it('does not count as pushed', async () => {
		const staged = await withOneClosed();
		staged.org.settings.validationRules = [{ sObject: 'Case', broken: () => true, message: 'No' }];
		const { error } = await staged.run([...moves(2), { moveId: 'new' }], push);
		expect(error?.description).toMatch(/ Nothing was pushed\.$/);
	});

	it('is told without its date where that is hidden', async () => {
		const staged = await withOneClosed({ settings: { hiddenFields: ['Case.ClosedDate'] } });
		const { outputs, error } = await staged.run(moves(3), push);
		expect(error).toBeUndefined();
		expect(outputs[0]?.[1]?.case).toMatchObject({ result: 'closed', status: 'Closed' });
		expect(outputs[0]?.[1]?.case).not.toHaveProperty('closedDate');
	});
});

describe('reopening', () => {
	it.each([
		['the status', 'Closed', undefined, 'New'],
		['several', 'Cancelled?, closed ', undefined, undefined],
		['the status in another case', ' cLOSED', undefined, 'New'],
		['the status, with a Case Status of its own', 'Closed', 'Working', 'Working'],
	])('by %s', async (_what, reopenStatuses, status, expected) => {
		const staged = await withOneClosed();
		const { outputs, error } = await staged.run(
			moves(2, { newSeat: 'C-1' }),
			pushWith({ reopenStatuses, ...(status === undefined ? {} : { status }) }),
		);
		if (expected === undefined) {
			expect(error?.message).toBe('Reopen Cases With Status is not one of the closed statuses of Case in this org');
			expect(error?.description).toBe('Choose one of: Closed. Nothing was pushed.');
			expect(statuses(staged)).toEqual(['New', 'Closed', 'New']);
			return;
		}
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'reopened']);
		expect(staged.org.rows('Case')[1]).toMatchObject({ Status: expected, IsClosed: false, NewSeat__c: 'C-1' });
	});

	it.each(['Done', ' done', 'Fertig'])('leaves a Case that has the very Case Status %s', async (status) => {
		const { org, run } = await stage({
			seed: { CaseStatus: [{ MasterLabel: 'Fertig', ApiName: 'Done', IsClosed: true, SortOrder: 9 }] },
		});
		await run(moves(1), push);
		await run(moves(1), { ...close, parameters: { method: 'close', status: 'Done' } });
		for (let time = 0; time < 2; time++) {
			const { outputs, error } = await run(moves(1), pushWith({ reopenStatuses: 'Done', status }));
			expect(error).toBeUndefined();
			expect(caseValues(outputs[0], 'result')).toEqual(['closed']);
			expect(org.rows('Case')[0]?.Status).toBe('Done');
		}
	});

	it('opens a Case whose Case Status is another closed one', async () => {
		const staged = await withOneClosed({
			seed: { CaseStatus: [{ MasterLabel: 'Done', ApiName: 'Done', IsClosed: true, SortOrder: 9 }] },
		});
		const results: unknown[] = [];
		for (let time = 0; time < 3; time++) {
			const { outputs } = await staged.run(
				[moves(2)[1] as IDataObject],
				pushWith({ reopenStatuses: 'Closed, Done', status: 'Done' }),
			);
			results.push(...caseValues(outputs[0], 'result'));
		}
		expect(results).toEqual(['reopened', 'updated', 'closed']);
		expect(statuses(staged)[1]).toBe('Done');
	});

	it('runs no assignment rule and leaves Cases of other statuses', async () => {
		const staged = await withOneClosed({
			seed: {
				CaseStatus: [{ MasterLabel: 'Done', ApiName: 'Done', IsClosed: true, SortOrder: 9 }],
			},
		});
		staged.org.settings.assignmentRule = { ownerId: String(staged.org.rows('Group')[0]?.Id) };
		await staged.run([moves(1)[0] as IDataObject], { ...close, parameters: { method: 'close', status: 'Done' } });
		const { outputs } = await staged.run(moves(3), pushWith({ reopenStatuses: 'Closed' }));
		expect(caseValues(outputs[0], 'result')).toEqual(['closed', 'reopened', 'unchanged']);
		expect(statuses(staged)).toEqual(['Done', 'New', 'New']);
		expect(staged.org.assignmentRuns).toEqual([]);
	});

	it('asks for the statuses only where a Case is closed', async () => {
		const { org, run } = await stage();
		await run(moves(2), push);
		const before = org.apiCalls;
		await run(moves(2), pushWith({ reopenStatuses: 'Closed' }));
		expect(org.apiCalls - before).toBe(1);
	});
});
