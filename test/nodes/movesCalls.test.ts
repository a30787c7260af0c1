import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import { caseValues, moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
// Only the IDs differ by item, which n8n reads in no time.
const FIXED = {
	effectiveDate: '',
	employeeId: '',
	employeeName: 'Ada',
	department: '',
	team: '',
	currentSeat: '',
	newSeat: 'B',
	employeeAssets: '',
	employeeNotes: '',
	movePlanId: 'plan-1',
};
const pushWith = (parameters: object = {}) => ({
	type: 'salesforcePushMove',
	parameters: {
		...FIXED,
		...parameters,
		options: { seatConflicts: 'ignore', ...((parameters as IDataObject).options as object) },
	},
});
const push = pushWith();
const undo = { type: 'salesforceUndoMove' };
const composites = (org: LocalOrg) => org.calls.filter(({ path }) => path.endsWith('/composite'));
const collections = (org: LocalOrg) => org.calls.filter(({ path }) => path.includes('/composite/sobjects'));

/** API calls that a piece of work takes. */
async function callsOf(org: LocalOrg, work: () => Promise<unknown>): Promise<number> {
	const before = org.apiCalls;
	await work();
	return org.apiCalls - before;
}

describe('the calls of a thousand moves', () => {
	it('are 3 for new ones, 1 for repeated ones, 2 for changed ones, and 2 to undo them', async () => {
		const { org, run } = await stage();
		const items = moves(1_000);
		expect(await callsOf(org, async () => await run(items, push))).toBe(3);
		expect(await callsOf(org, async () => await run(items, push))).toBe(1);
		expect(await callsOf(org, async () => await run(items, pushWith({ team: 'Red' })))).toBe(2);
		expect(org.rows('Case').every(({ Team__c }) => Team__c === 'Red')).toBe(true);
		// What Case is like, which is read once per session.
		await run(moves(1, { movePlanId: 'none' }), undo);
		expect(await callsOf(org, async () => await run(items, undo))).toBe(2);
		expect(org.rows('Case')).toEqual([]);
		expect(await callsOf(org, async () => await run(items, undo))).toBe(1);
		await run(items, push);
		const whole = (undoRecord: boolean) => ({ ...undo, parameters: { undo: 'plan', options: { undoRecord } } });
		expect(await callsOf(org, async () => await run([{ movePlanId: 'plan-1' }], whole(false)))).toBe(2);
		await run(items, push);
		expect(await callsOf(org, async () => await run([{ movePlanId: 'plan-1' }], whole(true)))).toBe(3);
	});

	it('go back to 200 records each where that is chosen', async () => {
		const { org, run } = await stage();
		const plain = { options: { recordsPerCall: '200' } };
		await run(moves(1_000), pushWith(plain));
		expect(collections(org).map(({ records }) => records)).toEqual([200, 200, 200, 200, 200]);
		await run(moves(1_000), { ...undo, parameters: plain } as typeof undo);
		expect(collections(org)).toHaveLength(10);
		expect(org.rows('Case')).toEqual([]);
	});
});

it('ten thousand moves take at most 30 calls, also where half are new and half have changed', async () => {
	const { org, run } = await stage();
	const items = moves(10_000);
	const half = items.filter((_item, index) => index % 2 === 0);
	await run(half, push);
	expect(await callsOf(org, async () => await run(items, pushWith({ team: 'Red' })))).toBeLessThanOrEqual(30);
	expect(org.rows('Case')).toHaveLength(10_000);
	expect(await callsOf(org, async () => await run(items, undo))).toBe(1 + 20);
}, 60_000);

describe('where a call of a thousand records', () => {
	const refused = (code: string, status = 400) => ({
		path: /\/composite$/,
		skip: 1,
		status,
		body: [{ errorCode: code, message: 'No' }],
	});

	it.each([
		['is refused', refused('LIMIT_EXCEEDED')],
		['is refused as too long', { path: /\/composite$/, skip: 1, status: 413, body: '<html>Too large</html>' }],
		['ran too long and was stopped', refused('REQUEST_RUNNING_TOO_LONG', 503)],
	])('%s, its records go by 200, each once', async (_what, fault) => {
		const { org, run } = await stage();
		org.addFault(fault);
		const { outputs, error } = await run(moves(1_000), push);
		expect(error).toBeUndefined();
		expect(new Set(caseValues(outputs[0], 'result'))).toEqual(new Set(['created']));
		expect(org.rows('Case')).toHaveLength(1_000);
		expect(collections(org).map(({ records }) => records)).toEqual([200, 200, 200, 200, 200]);
	});

	it('brings no answer, what it saved is looked up and the rest goes by 200', async () => {
		const { org, run } = await stage();
		org.addFault({ path: /\/composite$/, skip: 2, cut: 'after' });
		const { outputs, error } = await run(moves(2_000), pushWith({ options: { parallelCalls: 1 } }));
		expect(error).toBeUndefined();
		expect(new Set(caseValues(outputs[0], 'result'))).toEqual(new Set(['created']));
		expect(org.rows('Case')).toHaveLength(2_000);
		expect(collections(org)).toHaveLength(5);
	});

	it('never arrived, it is not sent again, and the next run makes up for it', async () => {
		const { org, run } = await stage();
		org.addFault({ path: /\/composite$/, skip: 1, cut: 'before' });
		const { outputs } = await run(moves(1_000), { ...push, onError: 'continueRegularOutput' as const });
		expect(outputs[0]?.filter(({ error }) => error !== undefined)).toHaveLength(1_000);
		expect(outputs[0]?.[0]?.details).toMatchObject({
			remedy:
				"Run again later. Where the org's triggers are slow, set Records per Call to 200. Pushing again is safe: it looks for the Case first.",
		});
		expect(org.rows('Case')).toEqual([]);
		const again = await run(moves(1_000), push);
		expect(again.error).toBeUndefined();
		expect(org.rows('Case')).toHaveLength(1_000);
	});

	it('meets a redirect, nothing is said of slow triggers', async () => {
		const { org, run } = await stage();
		org.addFault({ path: /\/composite$/, skip: 1, status: 302, body: '' });
		const { error } = await run(moves(201), push);
		expect(error?.description).toMatch(/^Check the domain .* Pushing again is safe/);
		expect(error?.description).not.toContain('Records per Call');
	});

	it('is answered in part, each part counts by itself', async () => {
		const { org, run } = await stage();
		const ok = (from: number) =>
			Array.from({ length: 200 }, (_none, index) => ({
				id: `500Lo00000${String(from + index).padStart(5, '0')}AAA`,
				success: true,
				errors: [],
			}));
		const unavailable = [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Try later' }];
		org.addFault({
			path: /\/composite$/,
			skip: 1,
			status: 200,
			body: {
				compositeResponse: [
					{ httpStatusCode: 200, body: ok(0) },
					{ httpStatusCode: 400, body: [{ errorCode: 'LIMIT_EXCEEDED', message: 'No' }] },
					{ httpStatusCode: 503, body: unavailable },
				],
			},
		});
		const { outputs } = await run(moves(600), { ...push, onError: 'continueRegularOutput' as const });
		const results = caseValues(outputs[0], 'result');
		expect(results.slice(0, 400)).toEqual(Array.from({ length: 400 }, () => 'created'));
		// What was refused for certain was sent alone; what is in doubt was looked for, not found, and not sent again.
		expect(org.rows('Case')).toHaveLength(200);
		expect(outputs[0]?.slice(400).every(({ error }) => String(error).includes('not available'))).toBe(true);
	});

	it('has locked rows in it, these are sent again, and nothing twice', async () => {
		const { org, run } = await stage();
		org.addFault({ path: /\/composite$/, skip: 1, lockRows: 3 });
		const { outputs, error } = await run(moves(600), push);
		expect(error).toBeUndefined();
		expect(new Set(caseValues(outputs[0], 'result'))).toEqual(new Set(['created']));
		expect(org.rows('Case')).toHaveLength(600);
		expect(collections(org).map(({ records }) => records)).toEqual([3]);
		expect(composites(org).length).toBeGreaterThanOrEqual(2);
	});
});

it('a plan of 5,000 with 30 bad moves pushes the others and tells each of the bad ones by its own fault', async () => {
	const rule = {
		sObject: 'Case',
		broken: ({ NewSeat__c }: IDataObject) => NewSeat__c === 'Roof',
		message: 'No such seat',
	};
	const { org, run } = await stage({ settings: { validationRules: [rule as never] } });
	const items = moves(5_000);
	const faults: Array<[fault: (item: IDataObject, before: IDataObject) => void, message: string]> = [
		[(item) => (item.moveId = '\u200b '), 'Move ID is empty'],
		[(item) => (item.effectiveDate = '2026-02-30'), 'Effective Date is not a date'],
		[(item) => (item.team = 'x'.repeat(256)), 'The text for Team__c'],
		[(item, before) => (item.moveId = before.moveId), 'An earlier item of this run has the same Move ID'],
		[(item) => (item.moveId = 12_345_678_901_234_567_890), 'Move ID is not a number that n8n holds with every digit'],
		[(item) => (item.newSeat = 'Roof'), 'No such seat'],
	];
	const bad = new Map<number, string>();
	for (let nth = 0; nth < 30; nth++) {
		const index = 100 + nth * 163;
		const [fault, message] = faults[nth % faults.length] as (typeof faults)[number];
		fault(items[index] as IDataObject, items[index - 1] as IDataObject);
		bad.set(index, `Item ${index}: ${message}`);
	}
	const { outputs } = await run(items, { type: push.type, onError: 'continueErrorOutput' });
	const told = (outputs[2] ?? []).map(({ error }) => String(error));
	expect(told).toHaveLength(30);
	expect([...bad.values()].map((message, nth) => String(told[nth]).slice(0, message.length))).toEqual([
		...bad.values(),
	]);
	expect(outputs[0]).toHaveLength(4_970);
	expect(org.rows('Case')).toHaveLength(4_970);
}, 60_000);
