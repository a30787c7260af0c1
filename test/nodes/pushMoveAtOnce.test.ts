import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import { Engine } from '../support/engine';
import type { TestRun } from '../support/engine';
import { caseValues, moves } from '../support/moves';
import { credentialFor, stages } from '../support/stage';

const stage = stages();
const push = { type: 'salesforcePushMove' };
const undo = { type: 'salesforceUndoMove' };
const undoPlan = { ...undo, parameters: { undo: 'plan' } };

/** Runs in engines of their own, all begun at the same moment. */
async function atOnce(org: LocalOrg, runs: IDataObject[][], node: object = push): Promise<TestRun[]> {
	const engines = await Promise.all(
		runs.map(async () => {
			const engine = await Engine.start();
			engine.useCredential(credentialFor(org));
			return engine;
		}),
	);
	return await Promise.all(
		engines.map(async (engine, index) => await engine.run(runs[index] ?? [], node as typeof push)),
	);
}

/** One Case of each move, and every item names the Case that is there with its own number and ID. */
function expectOneEach(org: LocalOrg, runs: TestRun[], count: number): void {
	const rows = org.rows('Case');
	expect(new Set(rows.map(({ ExternalID__c }) => ExternalID__c)).size).toBe(count);
	expect(rows).toHaveLength(count);
	const known = new Map(rows.map((row) => [row.Id, [row.CaseNumber, row.ExternalID__c]]));
	for (const { outputs, error } of runs) {
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(count);
		const named = (outputs[0] ?? []).map((item) => item.case as IDataObject);
		expect(named.map(({ id }) => known.get(id))).toEqual(named.map(({ number, externalId }) => [number, externalId]));
		expect(named.filter(({ warnings }) => warnings !== undefined)).toEqual([]);
	}
}

/** So that the runs meet everywhere: nobody has created anything when the last one looks. */
const slowLooks = (org: LocalOrg, runs: number) => {
	for (let run = 0; run < runs; run++) org.addFault({ method: 'POST', path: /\/composite$/, delayMs: 60 * run });
};

describe.each([
	['Unique', true],
	['not Unique', false],
])('the same plan pushed at the same moment, where ExternalID is %s,', (_where, uniqueExternalId) => {
	const settings = { uniqueExternalId, delayPerCallMs: 15 };

	it.each([2, 4])('by %i engines leaves one Case of each move', async (count) => {
		const { org } = await stage({ settings });
		const runs = await atOnce(
			org,
			Array.from({ length: count }, () => moves(250)),
		);
		expectOneEach(org, runs, 250);
		const results = runs.map(({ outputs }) => caseValues(outputs[0], 'result'));
		// Each Case was made by one run; the others found the same values there.
		for (let place = 0; place < 250; place++) {
			const own = results.map((all) => all[place]);
			expect(own.filter((result) => result === 'created')).toHaveLength(1);
			expect(own.filter((result) => result === 'unchanged')).toHaveLength(count - 1);
		}
	});

	it('in reversed order leaves one Case of each move', async () => {
		const { org } = await stage({ settings });
		slowLooks(org, 2);
		expectOneEach(org, await atOnce(org, [moves(450), moves(450).reverse()]), 450);
	});

	it('with other values leaves one Case of each move, of one of the runs', async () => {
		const { org } = await stage({ settings });
		const runs = await atOnce(org, [moves(250, { team: 'Red' }), moves(250, { team: 'Blue' })]);
		expectOneEach(org, runs, 250);
		const teams = new Set(org.rows('Case').map(({ Team__c }) => Team__c));
		expect([...teams].filter((team) => team !== 'Red' && team !== 'Blue')).toEqual([]);
	});

	it('with slow calls leaves one Case of each move', async () => {
		const { org } = await stage({ settings: { ...settings, delayPerCallMs: 5, delayPerRecordMs: 1 } });
		slowLooks(org, 4);
		const plans = [moves(120), moves(120).reverse(), moves(120, { team: 'Red' }), moves(120)];
		expectOneEach(org, await atOnce(org, plans), 120);
	});

	it('leaves a plan that can be pushed and undone again', async () => {
		const { org, run } = await stage({ settings });
		await atOnce(org, [moves(60), moves(60)]);
		const again = await run(moves(60), push);
		expect(new Set(caseValues(again.outputs[0], 'result'))).toEqual(new Set(['unchanged']));
		const undone = await run([{ movePlanId: 'plan-1' }], undoPlan);
		expect(undone.outputs[0]).toHaveLength(60);
		expect(org.rows('Case')).toEqual([]);
	});
});

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
		const running = run(moves(3, { team: 'Engines' }), push);
		await new Promise((resolve) => setTimeout(resolve, 150));
		await run([moves(2)[1] as IDataObject], undo);
		const { outputs, error } = await running;
		expect(error).toBeUndefined();
		expect(caseValues(outputs[0], 'result')).toEqual(['updated', 'created', 'updated']);
		expect(caseValues(outputs[0], 'number')).toEqual(['00001001', '00001004', '00001003']);
		expect(org.rows('Case')).toHaveLength(3);
	});
});
