import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../local-org';
import { stages } from '../support/stage';
import type { Stage } from '../support/stage';
import { COUNT, each, WRITES } from './support/writes';

const stage = stages();

/** How a write can end that may have been carried out. */
const ENDS: Array<[what: string, fault: Omit<Fault, 'path'>]> = [
	...[500, 502, 503, 504, 408, 406].map((status): [string, Omit<Fault, 'path'>] => [
		`a page of status ${status}`,
		{ status, body: '<html>Sorry</html>' },
	]),
	['503 SERVER_UNAVAILABLE', { status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'no' }] }],
	['500 UNKNOWN_EXCEPTION', { status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'no' }] }],
	['a maintenance page of status 200', { status: 200, body: '<html>Maintenance</html>' }],
	['null', { status: 200, body: null }],
	['elements of null', { status: 200, body: [null, null, null] }],
	['successes without an ID', { status: 200, body: each(() => ({ success: true, errors: [] })) }],
];

type Said = 'done' | 'inDoubt' | 'failed';

/** What an item says became of its record. */
function said(item: IDataObject): Said {
	const { details, error } = item as { details?: { kind?: string }; error?: string };
	const inner = (item.case ?? item.undoReclaim ?? item.reclaim ?? item) as { result?: string };
	if (details?.kind === 'inDoubt' || inner.result === 'inDoubt') return 'inDoubt';
	return error !== undefined || ['refused', 'stopped', 'skipped'].includes(String(inner.result)) ? 'failed' : 'done';
}

/** The case of a cut connection is that of a page, before the work and after it. */
const CASES = ENDS.flatMap(([what, fault]): Array<[what: string, fault: Omit<Fault, 'path'>, isDone: boolean]> => [
	[`${what}, before the work`, fault, false],
	[`${what}, after the work`, { ...fault, late: true }, true],
]).concat([
	['a cut before the work', { cut: 'before' }, false],
	['a cut after the work', { cut: 'after' }, true],
]);

describe.each(Object.entries(WRITES))('%s', (name, write) => {
	async function started(): Promise<Stage & { items: IDataObject[] }> {
		const on = await stage({ seed: write.seed });
		return { ...on, items: (await write.prepare?.(on)) ?? write.items };
	}

	it.each(CASES)('says no more than is known after %s', async (_what, fault, isDone) => {
		const { org, run, items } = await started();
		org.addFault({ ...write.call, ...fault });
		const node = { ...write.node, onError: 'continueRegularOutput' as const };
		const { outputs } = await run(items, node);
		const now = write.done(org);
		if (isDone) expect(now).toBe(COUNT);
		const all = outputs.flat().map(said);
		expect(all).toHaveLength(COUNT);
		// Never told to have failed for good, and what is told to be done is.
		expect(all).not.toContain('failed');
		if (all.includes('done')) expect(now).toBe(COUNT);
		// What takes it back is never lost over a doubt.
		if (name.startsWith('Reclaim')) {
			for (const { reclaim } of outputs.flat() as Array<{ reclaim?: { result: string; undo?: unknown } }>) {
				if (reclaim?.result === 'inDoubt' || reclaim?.result === 'done') expect(reclaim.undo).toBeDefined();
			}
		}
		if (isDone && write.looksUp) expect(all).toEqual(each(() => 'done'));
		if (!write.repeatable) {
			// Whoever sends only the right ones round again does not send these.
			expect(outputs.flat()).toMatchObject(each(() => ({ details: { kind: 'inDoubt', retry: 'never' } })));
			expect(outputs.flat()[0]?.error).toMatch(/may have been created all the same/);
			return;
		}
		for (const { details } of outputs.flat() as Array<{ details?: { retry: string } }>) {
			if (details !== undefined) expect(details.retry).toBe('later');
		}
		await run(items, node);
		expect(write.done(org)).toBe(COUNT);
	});
});
