import type { IDataObject } from 'n8n-workflow';

import { startLocalOrg } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import type { TestNode } from '../support/engine';
import { startEngineProcess } from '../support/engineProcess';
import type { EngineAnswer, EngineProcess } from '../support/engineProcess';
import { caseValues, moves } from '../support/moves';
import { credentialFor, stages } from '../support/stage';

const stage = stages();
const push: TestNode = { type: 'salesforcePushMove' };
const undoPlan: TestNode = { type: 'salesforceUndoMove', parameters: { undo: 'plan' } };
const plan = [{ movePlanId: 'plan-1' }];
let engines: EngineProcess[] = [];

beforeAll(async () => {
	engines = Array.from({ length: 4 }, startEngineProcess);
	// Each has worked before, so that those of a test begin at one moment.
	const rehearsal = await startLocalOrg();
	await Promise.all(
		engines.map(async ({ run }, index) => {
			await run({ credential: credentialFor(rehearsal), items: moves(1, { movePlanId: `p-${index}` }), node: push });
		}),
	);
	await rehearsal.close();
}, 120_000);

afterAll(() => {
	for (const engine of engines) engine.stop();
});

/** A run in each of so many engines, all begun at the same moment. */
async function atOnce(org: LocalOrg, runs: Array<[IDataObject[], TestNode?]>): Promise<EngineAnswer[]> {
	return await Promise.all(
		runs.map(
			async ([items, node = push], index) =>
				await (engines[index] as EngineProcess).run({ credential: credentialFor(org), items, node }),
		),
	);
}

/** One Case of each move, and every item names the Case that is there with its own number and ID. */
function expectOneEach(org: LocalOrg, runs: EngineAnswer[], count: number): void {
	const rows = org.rows('Case');
	expect(new Set(rows.map(({ ExternalID__c }) => ExternalID__c)).size).toBe(count);
	expect(rows).toHaveLength(count);
	const known = new Map(rows.map((row) => [row.Id, [row.CaseNumber, row.ExternalID__c]]));
	for (const { outputs, message } of runs) {
		expect(message).toBeUndefined();
		const named = (outputs[0] ?? []).map((item) => item.case as IDataObject);
		expect(named).toHaveLength(count);
		expect(named.map(({ id }) => known.get(id))).toEqual(named.map(({ number, externalId }) => [number, externalId]));
		expect(named.filter(({ warnings }) => warnings !== undefined)).toEqual([]);
	}
}

/** Of the runs that name a Case one made it; the others found it, or wrote their values to it. */
function expectOneMaker(runs: EngineAnswer[]): void {
	const results = new Map<unknown, unknown[]>();
	for (const { outputs } of runs) {
		for (const item of outputs[0] ?? []) {
			const { id, result } = item.case as IDataObject;
			results.set(id, [...(results.get(id) ?? []), result]);
		}
	}
	for (const own of results.values()) {
		expect(own).toHaveLength(runs.length);
		expect(own.filter((result) => result === 'created')).toHaveLength(1);
		for (const result of own) expect(['created', 'updated', 'unchanged']).toContain(result);
	}
}

/** An answer takes longer than the engines are apart, so that nobody has created anything when the last one looks. */
const SLOW = { delayPerCallMs: 50 };

type Kind = [what: string, plans: (count: number) => IDataObject[][], settings: object];
const many = (count: number, make: (run: number) => IDataObject[]) =>
	Array.from({ length: count }, (_none, run) => make(run));
const KINDS: Kind[] = [
	['the same plan', (count) => many(count, () => moves(250)), SLOW],
	[
		'the plan and the plan reversed',
		(count) => many(count, (run) => (run % 2 === 0 ? moves(450) : moves(450).reverse())),
		SLOW,
	],
	['other values', (count) => many(count, (run) => moves(250, { team: `Team ${run}` })), SLOW],
	[
		'other values in reversed order by slow calls',
		(count) => many(count, (run) => (run % 2 === 0 ? moves : reversed)(120, { team: `Team ${run}` })),
		{ ...SLOW, delayPerRecordMs: 1 },
	],
];

function reversed(count: number, more: IDataObject): IDataObject[] {
	return moves(count, more).reverse();
}

/** Tests in which a run found the Cases of another beside its own. */
let met = 0;

describe.each([
	['Unique', true],
	['not Unique', false],
])('where ExternalID is %s,', (_where, uniqueExternalId) => {
	describe.each(KINDS)('%s', (_what, plansOf, settings) => {
		it.each([2, 4])(
			'pushed by %i engines, each in a process of its own, leaves one Case of each move',
			async (count) => {
				const { org, run } = await stage({ settings: { uniqueExternalId, ...settings } });
				const plans = plansOf(count);
				const runs = await atOnce(
					org,
					plans.map((items) => [items]),
				);
				expectOneEach(org, runs, plans[0]?.length ?? 0);
				expectOneMaker(runs);
				if (org.calls.some(({ records = 0 }) => records > (plans[0]?.length ?? 0))) met++;
				Object.assign(org.settings, { delayPerCallMs: 0, delayPerRecordMs: 0 });
				// Whoever pushes next finds nothing to do, or its own values to write, and no doubles; so does whoever undoes.
				const again = await run(plans[0] ?? [], push);
				expect(again.error).toBeUndefined();
				for (const result of caseValues(again.outputs[0], 'result')) expect(['unchanged', 'updated']).toContain(result);
				await run(plan, undoPlan);
				expect(org.rows('Case')).toEqual([]);
			},
		);
	});
});

it('the runs did meet', () => {
	expect(met).toBeGreaterThan(0);
});

describe('a plan undone by one process while another pushes it', () => {
	it.each([
		['before anything is there', 0],
		['when a part of it is there', 700],
	])('%s: each item is told what was so, and the next undo finds the rest', async (_when, waitMs) => {
		const { org, run } = await stage({ settings: { delayPerCallMs: 200 } });
		const inParts = { ...push, parameters: { options: { recordsPerCall: '200', parallelCalls: 1 } } };
		const pushing = atOnce(org, [[moves(1_000), inParts]]);
		await new Promise((resolve) => setTimeout(resolve, waitMs));
		const undone = await run(plan, undoPlan);
		const [pushed] = await pushing;
		expect(undone.error).toBeUndefined();
		expect(pushed?.message).toBeUndefined();
		expect(pushed?.outputs[0]).toHaveLength(1_000);
		const deleted = (undone.outputs[0] ?? []).flatMap((item) => {
			const { id, result } = item.case as IDataObject;
			return result === 'deleted' ? [id] : [];
		});
		// Either it saw some and names them, or it says that there was nothing.
		if (deleted.length === 0) expect(caseValues(undone.outputs[0], 'result')).toEqual(['notFound']);
		const left = org.rows('Case').map(({ Id }) => Id);
		// What was deleted before the push had read it back, it has made anew; each item names the Case that it has now.
		expect(caseValues(pushed?.outputs[0], 'number').every((number) => typeof number === 'string')).toBe(true);
		const named = caseValues(pushed?.outputs[0], 'id').filter((id) => !deleted.includes(id as string));
		expect(new Set(left)).toEqual(new Set(named));
		expect(left.length).toBe(named.length);
		const rest = await run(plan, undoPlan);
		expect(caseValues(rest.outputs[0], 'result')).toEqual(left.map(() => 'deleted'));
		expect(org.rows('Case')).toEqual([]);
	});
});
