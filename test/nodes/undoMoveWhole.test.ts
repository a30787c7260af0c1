import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import { externalId } from '../../moves/externalId';
import type { TestNode } from '../support/engine';
import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const push: TestNode = { type: 'salesforcePushMove' };
const undoWith = (parameters: object = {}): TestNode => ({ type: 'salesforceUndoMove', parameters: { ...parameters } });
const undoPlan = undoWith({ undo: 'plan' });
const caseOf = (movePlanId: string, moveId: string, more: object = {}) => ({
	ExternalID__c: externalId(movePlanId, moveId),
	...more,
});
const results = (items: IDataObject[] | undefined) => caseValues(items, 'result');
const writes = (org: LocalOrg) => org.calls.filter(({ method }) => method === 'DELETE' || method === 'PATCH');

describe('a whole plan that each of its items names', () => {
	it('gives each of its Cases once', async () => {
		const { org, run } = await stage();
		await run(moves(300), push);
		const { outputs, items, error } = await run(moves(300), undoPlan);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(300);
		expect(new Set(caseValues(outputs[0], 'id')).size).toBe(300);
		expect(items[0]?.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		expect(org.rows('Case')).toEqual([]);
		const again = await run([...moves(3), { movePlanId: 'none' }], undoPlan);
		expect(results(again.outputs[0])).toEqual(['alreadyUndone', 'notFound']);
	});

	it.each([
		['and a call a thousand to keep what they are', true, 1 + 5 + 10 + 10],
		['and no more where nothing is kept', false, 5 + 10],
	])(
		'costs what its Cases take, %s',
		async (_what, undoRecord, calls) => {
			const { org, run } = await stage({
				seed: { Case: Array.from({ length: 10_000 }, (_none, index) => caseOf('p', `m-${index}`)) },
			});
			const { outputs } = await run(
				Array.from({ length: 10_000 }, () => ({ movePlanId: 'p' })),
				undoWith({ undo: 'plan', options: { undoRecord } }),
			);
			expect(outputs[0]).toHaveLength(10_000);
			expect(org.apiCalls).toBe(calls);
		},
		60_000,
	);
});

describe('a move that has no Case', () => {
	it('is told apart from one whose Case lies in the recycle bin, with or without its plan', async () => {
		const { run } = await stage();
		await run(moves(2), push);
		await run([moves(1)[0] as IDataObject], undoWith());
		const { outputs } = await run(
			[
				{ moveId: 'm-0', movePlanId: 'plan-1' },
				{ moveId: 'm-0' },
				{ moveId: 'm-0', movePlanId: 'plan-2' },
				{ moveId: 'm-1', movePlanId: ' plan-1\u200b' },
			],
			undoWith(),
		);
		expect(results(outputs[0])).toEqual(['alreadyUndone', 'notFound', 'notFound', 'deleted']);
	});

	it('is found where it was pushed again after it had been undone', async () => {
		const { org, run } = await stage();
		for (let time = 0; time < 2; time++) {
			await run(moves(1), push);
			const { outputs } = await run(moves(1), undoWith());
			expect(results(outputs[0])).toEqual(['deleted']);
		}
		expect(org.rows('Case')).toEqual([]);
		expect(results((await run(moves(1), undoWith())).outputs[0])).toEqual(['alreadyUndone']);
	});

	it.each([' \u200b', '\ufeff'])('is refused where its ID is %j', async (id) => {
		const { org, run } = await stage({ seed: { Case: [caseOf('p', 'a')] } });
		expect((await run([{ movePlanId: 'p', moveId: id }], undoWith())).error?.message).toBe('Item 0: Move ID is empty');
		expect((await run([{ movePlanId: id }], undoPlan)).error?.message).toBe('Item 0: Move Plan ID is empty');
		expect(org.rows('Case')).toHaveLength(1);
	});
});

describe('a plan whose Cases come while it is undone', () => {
	it('is undone as far as they are there, and never counts as undone before', async () => {
		const { org, run } = await stage();
		// The first look finds nothing; when the recycle bin is looked into, the Cases are there.
		await run(moves(2), push);
		org.addFault({ path: '/query?', status: 200, body: { totalSize: 0, done: true, records: [] } });
		const { outputs, error } = await run([{ movePlanId: 'plan-1' }], undoPlan);
		expect(error).toBeUndefined();
		expect(results(outputs[0])).toEqual(['deleted', 'deleted']);
		expect(org.rows('Case')).toEqual([]);
	});
});

describe('one of several Cases of a move', () => {
	const seed = { Case: [caseOf('p', 'a'), caseOf('p', 'a'), caseOf('p', 'b')] };

	it('is undone alone where it is named', async () => {
		const { org, run } = await stage({ seed });
		const [first, second, other] = org.rows('Case').map(({ Id }) => String(Id));
		const item = (id: string | undefined) => ({ movePlanId: 'p', moveId: 'a', reconcile: { case: { id } } });
		const { outputs } = await run([item(second), item(other)], undoWith());
		expect(outputs[0]).toMatchObject([
			{ case: { id: second, result: 'deleted' } },
			{ case: { externalId: 'p:a', result: 'notFound' } },
		]);
		expect(org.rows('Case').map(({ Id }) => Id)).toEqual([first, other]);
		expect(results((await run([item(second?.slice(0, 15))], undoWith())).outputs[0])).toEqual(['alreadyUndone']);
	});

	it('must be an ID', async () => {
		const { org, run } = await stage({ seed });
		const { error } = await run([{ movePlanId: 'p', moveId: 'a' }], undoWith({ caseId: '17' }));
		expect(error?.message).toBe('Item 0: Case ID is not a Salesforce ID of 15 or 18 letters and digits');
		expect(org.rows('Case')).toHaveLength(3);
	});
});

/** Deletes the second Case as soon as the plan's Cases have been looked for. */
async function deletedWhenFound(org: LocalOrg): Promise<void> {
	while (!org.calls.some(({ path }) => path.includes('FROM%20Case%20')))
		await new Promise((resolve) => setTimeout(resolve, 5));
	org.person().delete(String(org.rows('Case')[1]?.Id));
}

describe('trouble on the way', () => {
	const plan = (count: number) => ({
		Case: Array.from({ length: count }, (_none, index) => caseOf('p', `m-${index}`)),
	});

	it.each([
		['was cut off after it had been carried out', { cut: 'after' as const }],
		['a gateway answered after it had been carried out', { status: 504, body: '<html>Time-out</html>', late: true }],
	])('a deletion that %s is looked at', async (_what, fault) => {
		const { org, run } = await stage({ seed: plan(200) });
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', ...fault });
		const { outputs, error } = await run([{ movePlanId: 'p' }], undoPlan);
		expect(error).toBeUndefined();
		expect(results(outputs[0])).toEqual(Array.from({ length: 200 }, () => 'deleted'));
	});

	it('a large call that never arrived is made up for by smaller ones', async () => {
		const { org, run } = await stage({ seed: plan(450) });
		// The first such call reads what the Cases are.
		org.addFault({ method: 'POST', path: /\/composite$/, skip: 1, cut: 'before' });
		const { outputs, error } = await run([{ movePlanId: 'p' }], undoPlan);
		expect(error).toBeUndefined();
		expect(results(outputs[0])).toEqual(Array.from({ length: 450 }, () => 'deleted'));
		expect(writes(org).map(({ records }) => records)).toEqual([200, 200, 50]);
		expect(org.rows('Case')).toEqual([]);
	});

	it('a small call that never arrived is told as in doubt, and nothing else', async () => {
		const { org, run } = await stage({ seed: plan(3) });
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', cut: 'before', times: 2 });
		const { error } = await run([{ movePlanId: 'p' }], undoPlan);
		expect(error?.message).toMatch(
			/^Item 0: The connection to Salesforce ended before its answer came\. 0 of 3 Cases were undone; perhaps undone: 500\w{15}, 500\w{15}, 500\w{15}\.$/,
		);
		expect(error?.message).not.toContain('not undone');
		expect(error?.description).toMatch(
			/Undoing again is safe: what is gone counts as undone\..* known to be undone\.$/,
		);
	});

	it('an answer that is a record short is no answer', async () => {
		const { org, run } = await stage({ seed: plan(3) });
		const deleted = org.rows('Case').map(({ Id }) => ({ id: Id, success: true, errors: [] }));
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', status: 200, body: deleted.slice(1), times: 2 });
		const { outputs } = await run([{ movePlanId: 'p' }], { ...undoPlan, onError: 'continueRegularOutput' });
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[0]?.[0]?.error).toMatch(/0 of 3 Cases were undone; perhaps undone: /);
	});

	it('a Case that somebody deletes at the same time has its output too', async () => {
		const { org, run } = await stage({ seed: plan(3) });
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', delayMs: 200 });
		const running = run([{ movePlanId: 'p' }], undoPlan);
		await deletedWhenFound(org);
		expect(results((await running).outputs[0])).toEqual(['deleted', 'alreadyUndone', 'deleted']);
	});

	it('a Case that is closed and deleted at the same time counts as undone', async () => {
		const { org, run } = await stage({ seed: plan(2) });
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', delayMs: 200 });
		const running = run([{ movePlanId: 'p' }], undoWith({ undo: 'plan', method: 'close' }));
		await deletedWhenFound(org);
		expect(results((await running).outputs[0])).toEqual(['closed', 'alreadyUndone']);
	});

	it('what is refused, in doubt and done is counted as it is', async () => {
		const { org, run } = await stage({ seed: plan(4) });
		const ids = org.rows('Case').map(({ Id }) => String(Id));
		const refused = { statusCode: 'DELETE_FAILED', message: 'Not this one.', fields: [] };
		org.addFault({
			method: 'DELETE',
			path: '/composite/sobjects',
			status: 200,
			body: [
				{ id: ids[0], success: true, errors: [] },
				{ success: false, errors: [refused] },
				{ success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }] },
				{ success: false, errors: [{ statusCode: 'UNKNOWN_EXCEPTION', message: 'No', fields: [] }] },
			],
		});
		// The last is looked at, found as it was, and deleted by a call of its own.
		const { error } = await run([{ movePlanId: 'p' }], undoPlan);
		expect(error?.message).toContain(`3 of 4 Cases were undone; not undone: ${ids[1]}.`);
		expect(error?.message).not.toContain('..');
	});
});

describe('closing', () => {
	it('takes a status by its label or value, in any case, and writes its value', async () => {
		const { org, run } = await stage({
			seed: {
				CaseStatus: [{ MasterLabel: 'Called off', ApiName: 'Cancelled', IsClosed: true, SortOrder: 9 }],
				Case: [caseOf('p', 'a'), caseOf('p', 'b', { Status: 'Cancelled' })],
			},
		});
		const { outputs } = await run(
			[{ movePlanId: 'p' }],
			undoWith({ undo: 'plan', method: 'close', status: ' called OFF' }),
		);
		expect(results(outputs[0])).toEqual(['closed', 'alreadyUndone']);
		expect(org.rows('Case').map(({ Status }) => Status)).toEqual(['Cancelled', 'Cancelled']);
	});
});
