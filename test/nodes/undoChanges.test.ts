import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import type { TestNode, TestRun } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();
const save = (operation: string, parameters: object = {}): TestNode => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: { operation, object: 'Case', valuesFrom: 'item', ...parameters } as TestNode['parameters'],
});
const undo = (parameters: object = {}): TestNode => ({
	type: 'salesforceUndoChanges',
	parameters: { dryRun: false, ...parameters } as TestNode['parameters'],
});
const undone = ({ outputs }: TestRun) => outputs.map((items) => items.map((item) => item.undoChange as IDataObject));
const fields = (org: LocalOrg) =>
	org.rows('Case').map(({ Subject, Status, Description }) => ({ Subject, Status, Description }));
const writes = (org: LocalOrg) =>
	org.calls.filter(
		({ method, path }) => path.includes('/composite') && !(method === 'POST' && path.endsWith('/composite')),
	);
const one = async () => {
	const on = await stage({ seed: { Case: [{ Subject: 'Old', Status: 'New', Description: 'Kept' }] } });
	const id = on.org.rows('Case')[0]?.Id as string;
	return { ...on, id };
};

describe('a change', () => {
	it('comes with every write, says what was and what is, and fits a text column', async () => {
		const { org, run, id } = await one();
		const { outputs } = await run([{ Id: id, Subject: 'New' }], save('update'));
		expect(outputs[0]?.[0]?.undo).toEqual({
			version: 1,
			orgId: org.organizationId,
			object: 'Case',
			id,
			did: 'updated',
			before: { Subject: 'Old' },
			after: { Subject: 'New' },
			found: { at: expect.any(String) as string, by: expect.stringMatching(/^005/) as string },
			stamp: expect.stringMatching(/:\d\d\.000Z$/) as string,
			at: expect.any(String) as string,
			by: expect.stringMatching(/^005/) as string,
			workflowId: 'test',
			executionId: 'test',
			signature: expect.stringMatching(/^1\./) as string,
		});
		const text = JSON.stringify(outputs[0]?.[0]?.undo);
		const result = await run([{ text }], undo({ change: '={{ $json.text }}' }));
		expect(undone(result)[0]).toMatchObject([{ result: 'restored', id }]);
		expect(fields(org)).toEqual([{ Subject: 'Old', Status: 'New', Description: 'Kept' }]);
	});

	it('costs a call for every 2,000 updates, and none for new records', async () => {
		const { org, run } = await stage({
			seed: { Case: Array.from({ length: 1_000 }, (_none, index) => ({ Subject: `Case ${index}` })) },
		});
		const items = org.rows('Case').map(({ Id }) => ({ Id: Id as string, Subject: 'New' }));
		const calls = async (undoRecord: boolean, operation: string): Promise<number> => {
			const before = org.apiCalls;
			await run(items, save(operation, { options: { undoRecord, readOnlyFields: 'leaveOut' } }));
			return org.apiCalls - before;
		};
		await calls(false, 'update');
		expect((await calls(true, 'update')) - (await calls(false, 'update'))).toBe(1);
		expect((await calls(true, 'create')) - (await calls(false, 'create'))).toBe(0);
	});

	it('leaves out what is not to be kept, and says so', async () => {
		const { run, id } = await one();
		const { outputs } = await run(
			[{ Id: id, Subject: 'New', Description: 'Secret' }],
			save('update', { options: { undoWithout: 'description' } }),
		);
		expect(outputs[0]?.[0]?.undo).toMatchObject({ before: { Subject: 'Old' }, withheld: ['Description'] });
		expect(JSON.stringify(outputs[0]?.[0]?.undo)).not.toContain('Secret');
		const result = await run(outputs[0] ?? [], undo());
		expect(undone(result)[0]).toMatchObject([
			{ result: 'restored', fields: [{ field: 'Description', reason: 'notKept' }] },
		]);
	});

	it('comes with an update that nobody knows the fate of', async () => {
		const { org, run, id } = await one();
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', cut: 'after' });
		const { outputs } = await run([{ Id: id, Subject: 'New' }], {
			...save('update'),
			onError: 'continueRegularOutput',
		});
		const change = (outputs[0]?.[0]?.details as IDataObject | undefined)?.undo ?? outputs[0]?.[0]?.undo;
		expect(change).toMatchObject({ did: 'updated', before: { Subject: 'Old' } });
		const result = await run([{ undo: change } as IDataObject], undo());
		expect(undone(result)[0]).toMatchObject([{ result: 'restored' }]);
		expect(fields(org)[0]?.Subject).toBe('Old');
	});
});

describe('Salesforce Undo Changes', () => {
	it('writes nothing while Dry Run is on, as it is at first', async () => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'New' }], save('update'));
		const before = writes(org).length;
		const result = await run(saved.outputs[0] ?? [], { type: 'salesforceUndoChanges' });
		expect(undone(result)[0]).toMatchObject([{ result: 'notSent', would: 'restore', values: { Subject: 'Old' } }]);
		expect(writes(org)).toHaveLength(before);
	});

	it('leaves alone what somebody changed since, field by field, and says who did', async () => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'New', Description: 'Mine' }], save('update'));
		org.clock.advance(60_000);
		org.person().update(id, { Subject: 'Theirs' });
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(undone(result)[0]).toMatchObject([
			{ result: 'restored', fields: [{ field: 'Subject', reason: 'changedSince' }] },
		]);
		expect(fields(org)).toEqual([{ Subject: 'Theirs', Status: 'New', Description: 'Kept' }]);
		const again = await run(saved.outputs[0] ?? [], undo());
		expect(undone(again)).toMatchObject([[], [{ result: 'leftAlone', reason: 'changedSince' }]]);
		const forced = await run(saved.outputs[0] ?? [], undo({ options: { whenChanged: 'restore' } }));
		expect(undone(forced)[0]).toMatchObject([{ result: 'restored' }]);
		expect(fields(org)[0]?.Subject).toBe('Old');
	});

	it('deletes a new record, unless somebody touched it', async () => {
		const { org, run } = await stage();
		const saved = await run([{ Subject: 'A' }, { Subject: 'B' }], save('create'));
		org.clock.advance(60_000);
		org.person().update(org.rows('Case')[1]?.Id as string, { Priority: 'High' });
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(undone(result)).toMatchObject([
			[{ result: 'deleted' }],
			[{ result: 'leftAlone', reason: 'changedSince', changedBy: expect.stringMatching(/^005/) as string }],
		]);
		expect(fields(org).map(({ Subject }) => Subject)).toEqual(['B']);
	});

	it('does nothing the second time, and undoing an undo puts back what was written', async () => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'New' }], save('update'));
		const first = await run(saved.outputs[0] ?? [], undo());
		const second = await run(saved.outputs[0] ?? [], undo());
		expect(undone(second)).toMatchObject([[], [{ reason: 'alreadyUndone' }]]);
		await run(first.outputs[0] ?? [], undo());
		expect(fields(org)[0]?.Subject).toBe('New');
	});

	it.each([
		['forged', (change: IDataObject) => ({ ...change, signature: undefined }), 'unsigned'],
		['altered', (change: IDataObject) => ({ ...change, before: { Subject: 'Evil' } }), 'altered'],
		['of another org', (change: IDataObject) => ({ ...change, signature: '1.aaaaaaaa.bbbb' }), 'otherSecret'],
		['no change at all', () => ({ IsAdmin: true }), 'malformed'],
		['of a form of its own', (change: IDataObject) => ({ ...change, did: 'granted' }), 'malformed'],
	])('refuses by itself a change that is %s', async (_what, forge, reason) => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'New' }], save('update'));
		const change = saved.outputs[0]?.[0]?.undo as IDataObject;
		const before = writes(org).length;
		const result = await run([{ undo: forge(change) } as IDataObject], undo());
		expect(undone(result)).toMatchObject([[], [{ result: 'leftAlone', reason }]]);
		expect(writes(org)).toHaveLength(before);
	});

	it('undoes a thousand changes in at most eight calls', async () => {
		const { org, run } = await stage();
		const items = Array.from({ length: 1_000 }, (_none, index) => ({ Subject: `Case ${index}` }));
		const saved = await run(items, save('create'));
		const before = org.apiCalls;
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(undone(result)[0]).toHaveLength(1_000);
		expect(org.rows('Case')).toEqual([]);
		expect(org.apiCalls - before).toBeLessThanOrEqual(8);
	});

	it('takes random writes back, in any order, and loses nothing that others did', async () => {
		const kinds = fc.constantFrom('create', 'update', 'delete', 'other', 'otherCreates');
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(kinds, fc.nat(), fc.nat(9)), { maxLength: 8 }), async (steps) => {
				const { org, run } = await stage({ seed: { Case: [{ Subject: 'S0' }, { Subject: 'S1' }, { Subject: 'S2' }] } });
				const before = fields(org);
				const changes: IDataObject[] = [];
				const others: string[] = [];
				const keep = ({ outputs }: TestRun) => changes.push(...(outputs[0] ?? []).filter(({ undo: own }) => own));
				for (const [kind, which, value] of steps) {
					org.clock.advance(2_000);
					const rows = org.rows('Case');
					const id = rows[which % Math.max(1, rows.length)]?.Id as string | undefined;
					if (kind === 'create') keep(await run([{ Subject: `C${value}` }], save('create')));
					else if (kind === 'otherCreates') others.push(org.person().create('Case', { Subject: `O${value}` }));
					else if (id === undefined) continue;
					else if (kind === 'update') keep(await run([{ Id: id, Subject: `U${value}` }], save('update')));
					else if (kind === 'other') {
						org.person().update(id, { Description: `by others ${value}` });
						others.push(id);
					} else {
						const options = { object: 'Case', dryRun: false };
						keep(await run([{ Id: id }], { type: 'salesforceDeleteRecord', parameters: options }));
					}
				}
				org.clock.advance(2_000);
				const touched = new Map(org.rows('Case').map((row) => [row.Id as string, row.Description]));
				const { error, outputs } = await run(changes, undo());
				expect(error).toBeUndefined();
				expect((outputs[0]?.length ?? 0) + (outputs[1]?.length ?? 0)).toBe(changes.length);
				// Whatever others made or changed, and nobody of us deleted, is still there as they left it.
				for (const id of others) {
					if (!touched.has(id)) continue;
					expect(org.rows('Case').find((row) => row.Id === id)?.Description).toBe(touched.get(id));
				}
				if (others.length === 0) {
					const bySubject = (one: { Subject: unknown }, other: { Subject: unknown }) =>
						String(one.Subject) < String(other.Subject) ? -1 : 1;
					expect(fields(org).sort(bySubject)).toEqual(before.sort(bySubject));
				}
			}),
			{ numRuns: 25 },
		);
	});
});
