import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
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
				`^Item 0: Another run made a Case of this move at the same moment, and this run could not delete its own Case ${own}: insufficient access`,
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

describe('a Case that somebody deletes before it is read back', () => {
	const byHand = { ExternalID__c: 'plan-1:m-1', Subject: 'By hand' };
	const deleteCase = (org: LocalOrg, place: number) => org.person().delete(String(org.rows('Case')[place]?.Id));
	const readBack = { path: '/query?', skip: 1 };

	it('is made anew, and the item has the new one with its number', async () => {
		const { org, run } = await stage();
		org.addFault({ ...readBack, meanwhile: () => deleteCase(org, 1) });
		const { outputs, error } = await run(moves(3), push);
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['created', 'created', 'created']);
		expect(caseValues(outputs[0], 'number')).toEqual(['00001001', '00001004', '00001003']);
		const ids = caseValues(outputs[0], 'id');
		expect(new Set(org.rows('Case').map(({ Id }) => Id))).toEqual(new Set(ids));
		// What is undone is the new one too.
		expect((outputs[0]?.[1]?.undo as IDataObject).id).toBe(ids[1]);
	});

	it.each(['at once', 'while it is watched whether that one stays'])(
		'gives place to one that somebody else has made, %s',
		async (when) => {
			const { org, run } = await stage();
			const make = () => org.seed({ Case: [byHand] });
			if (when === 'at once') {
				org.addFault({
					...readBack,
					meanwhile: () => {
						deleteCase(org, 1);
						make();
					},
				});
			} else {
				org.addFault({ ...readBack, meanwhile: make });
				org.addFault({ ...readBack, meanwhile: () => deleteCase(org, 1) });
			}
			const { outputs, error } = await run(moves(2), push);
			expect(error).toBeUndefined();
			expect(outputs[0]?.map((item) => item.case)).toMatchObject([
				{ result: 'created', number: '00001001' },
				{ result: 'updated', number: '00001003' },
			]);
			expect(outputs[0]?.[1]?.case).not.toHaveProperty('warnings');
			expect(org.rows('Case')).toHaveLength(2);
		},
	);

	it('fails where the next one is deleted as well', async () => {
		const { org, run } = await stage();
		org.addFault({
			path: '/query',
			skip: 1,
			times: 99,
			meanwhile: () => {
				if (org.rows('Case').length > 0) deleteCase(org, 0);
			},
		});
		const { error } = await run(moves(1), push);
		expect(error?.message).toBe('Item 0: The Case of this move disappeared again each time it was pushed');
		expect(org.rows('Case')).toEqual([]);
	});

	it('stays created, without a number, where it is only hidden', async () => {
		const { org, run } = await stage();
		org.addFault({ ...readBack, status: 200, body: { totalSize: 0, done: true, records: [] } });
		const { outputs } = await run(moves(1), push);
		const [made] = org.rows('Case');
		expect(org.rows('Case')).toHaveLength(1);
		expect(outputs[0]?.[0]?.case).toMatchObject({ result: 'created', id: made?.Id });
		expect(outputs[0]?.[0]?.case).not.toHaveProperty('number');
	});
});

describe('a second Case that another run is about to take away', () => {
	it.each([0, 1, -1])("is looked at again though Salesforce's clock is %d days off n8n's", async (days) => {
		const { org, run } = await stage();
		org.clock.advance(days * 86_400_000);
		await run(moves(1), { type: 'salesforcePushMove' });
		org.seed({ Case: [{ ExternalID__c: 'plan-1:m-0' }] });
		const other = String(org.rows('Case')[1]?.Id);
		org.addFault({ path: '/query?', skip: 1, meanwhile: () => org.person().delete(other) });
		const { outputs, error } = await run(moves(1), { type: 'salesforcePushMove' });
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['unchanged']);
	});
});
