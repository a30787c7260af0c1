import type { IDataObject } from 'n8n-workflow';

import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const undo = { type: 'salesforceUndoMove' };
const undoPlan = { ...undo, parameters: { undo: 'plan' } };

describe('two Cases of one move at the same moment, where ExternalID is not Unique,', () => {
	/** What the first look gives while another run is about to make the very Case. */
	const nothingYet = { path: '/query?', status: 200, body: { totalSize: 0, done: true, records: [] } };
	const older = { ExternalID__c: 'plan-1:m-0', Subject: 'Of another run' };

	it('the run that came second takes its own away, never the other', async () => {
		const { org, run } = await stage({ seed: { Case: [older] } });
		const [other] = org.rows('Case');
		org.addFault(nothingYet);
		const { outputs, error } = await run(moves(2), push);
		expect(error).toBeUndefined();
		expect(outputs[0]?.map((item) => item.case)).toMatchObject([
			{ result: 'updated', id: other?.Id, number: other?.CaseNumber },
			{ result: 'created', number: '00001003' },
		]);
		expect(org.rows('Case').map(({ Id, CaseNumber }) => [Id, CaseNumber])).toEqual([
			[other?.Id, '00001001'],
			[expect.anything(), '00001003'],
		]);
	});

	it('are told with their IDs where the second may not be deleted', async () => {
		const { org, run } = await stage({ seed: { Case: [older] }, settings: { canDelete: false } });
		org.addFault(nothingYet);
		const { error } = await run(moves(2), push);
		const [, own] = org.rows('Case').map(({ Id }) => String(Id));
		expect(error?.message).toMatch(
			new RegExp(
				`^Item 0: Another run made a Case of this move at the same moment, and that of this run could not be deleted again \\(${own}\\): insufficient access`,
			),
		);
		expect(error?.description).toMatch(
			/^Delete 500\w{15}, or let the API user delete Cases.* 1 of 2 items were pushed\.$/,
		);
		const again = await run(moves(2), { ...push, onError: 'continueRegularOutput' });
		expect(again.outputs[0]).toMatchObject([
			{ error: expect.stringContaining(`2 Cases carry the external ID of this move: `) as string },
			{ case: { result: 'unchanged' } },
		]);
	}, 20_000);

	it('are told by the first run too, where the second stays', async () => {
		const { org, run } = await stage();
		// Another run makes its Case after this one has made its own, and never takes it away.
		org.addFault({ path: '/query?', skip: 1, delayMs: 300 });
		const running = run(moves(1), push);
		while (org.rows('Case').length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
		org.seed({ Case: [{ ExternalID__c: 'plan-1:m-0', Subject: 'Of another run' }] });
		const { outputs } = await running;
		const ids = org.rows('Case').map(({ Id }) => Id);
		expect(outputs[0]?.[0]?.case).toMatchObject({
			result: 'created',
			id: ids[0],
			warnings: [{ kind: 'doubled', cases: ids }],
		});
	}, 20_000);
});

describe('undoing while a plan is pushed', () => {
	it('undoes what it sees, and the next undo finds the rest', async () => {
		const { org, run } = await stage({ settings: { delayPerCallMs: 20 } });
		const [pushed, undone] = await Promise.all([
			run(moves(450), { ...push, parameters: { options: { recordsPerCall: '200', parallelCalls: 1 } } }),
			// To ask what Case is like would let the push get ahead.
			run([{ movePlanId: 'plan-1' }], { ...undo, parameters: { undo: 'plan', options: { undoRecord: false } } }),
		]);
		expect(pushed.error).toBeUndefined();
		expect(undone.outputs[0]?.map((item) => (item.case as IDataObject).result)).toEqual(['notFound']);
		expect(org.rows('Case')).toHaveLength(450);
		const again = await run([{ movePlanId: 'plan-1' }], undoPlan);
		expect(caseValues(again.outputs[0], 'result')).toEqual(Array.from({ length: 450 }, () => 'deleted'));
		expect(org.rows('Case')).toEqual([]);
	});

	it('gives each item one outcome, whatever was deleted in between', async () => {
		const { org, run } = await stage();
		await run(moves(3), push);
		// Found, and deleted by somebody before they are written.
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', delayMs: 300 });
		const before = org.calls.length;
		const running = run(moves(3, { team: 'Engines' }), push);
		while (org.calls.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
		org.person().delete(String(org.rows('Case')[1]?.Id));
		const { outputs, error } = await running;
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'created', 'updated']);
		expect(caseValues(outputs[0], 'number')).toEqual(['00001001', '00001004', '00001003']);
		expect(org.rows('Case')).toHaveLength(3);
	});
});
