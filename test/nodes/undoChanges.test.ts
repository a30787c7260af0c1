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

	it('comes with writes by Bulk API as well, up to 20,000 records; beyond that a hint says that it does not', async () => {
		const bulk = { options: { bulkApi: 'always' } };
		const { org, run, id } = await one();
		const { outputs } = await run([{ Id: id, Subject: 'New' }], save('update', bulk));
		expect(outputs[0]?.[0]?.undo).toMatchObject({ did: 'updated', before: { Subject: 'Old' } });
		const result = await run(outputs[0] ?? [], undo());
		expect(undone(result)[0]).toMatchObject([{ result: 'restored' }]);
		expect(fields(org)[0]?.Subject).toBe('Old');
		const many = Array.from({ length: 20_001 }, (_none, index) => ({
			ExternalID__c: `k-${index}`,
			Subject: index === 0 ? 'New' : undefined,
		}));
		const upsert = save('upsert', { externalIdField: 'ExternalID__c', ...bulk });
		org.seed({ Case: [{ ExternalID__c: 'k-0' }] });
		const large = await run(many, upsert);
		expect(large.outputs[0]?.[0]).toMatchObject({ result: 'updated' });
		expect(large.outputs[0]?.[0]).not.toHaveProperty('undo');
		expect(large.outputs[0]?.[1]).toMatchObject({ result: 'created', undo: { did: 'created' } });
		expect(large.hints).toEqual([expect.stringContaining('20000 records')]);
	}, 120_000);

	it('says of an update of a record that could not be read that its values were not kept', async () => {
		const { org, run } = await stage();
		org.seed({ Case: [{ Subject: 'A' }] });
		const id = org.rows('Case')[0]?.Id as string;
		org.addFault({ path: '/query', status: 200, body: { totalSize: 0, done: true, records: [] } });
		const { outputs } = await run([{ Id: id, Subject: 'B' }], save('update'));
		expect(outputs[0]?.[0]?.undo).toMatchObject({ did: 'updated', before: {}, withheld: ['Subject'] });
		const result = await run(outputs[0] ?? [], undo());
		expect(undone(result)[1]).toMatchObject([{ reason: 'notKept' }]);
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

	it('is not made where the field that would find a new record again must not be kept', async () => {
		const { org, run } = await stage();
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', cut: 'after', times: 2 });
		const upsert = (undoWithout: string) => ({
			...save('upsert', { externalIdField: 'ExternalID__c', options: { undoWithout } }),
			onError: 'continueRegularOutput' as const,
		});
		const kept = await run([{ ExternalID__c: 'k', Subject: 'A' }], upsert(''));
		expect(kept.outputs[0]?.[0]?.details).toMatchObject({ undo: { key: { field: 'ExternalID__c', value: 'k' } } });
		const secret = await run([{ ExternalID__c: 'secret', Subject: 'A' }], upsert('ExternalID__c'));
		expect(secret.outputs[0]?.[0]?.details).not.toHaveProperty('undo');
	});

	it('keeps of its undoing no more than of the write', async () => {
		const { run } = await stage();
		const without = { options: { undoWithout: 'Description' } };
		const saved = await run([{ Subject: 'A', Description: 'Secret' }], save('create', without));
		const result = await run(saved.outputs[0] ?? [], undo());
		expect(result.outputs[0]?.[0]?.undo).toMatchObject({ did: 'deleted', withheld: ['Description'] });
		expect(JSON.stringify(result.outputs[0]?.[0]?.undo)).not.toContain('Secret');
	});

	it('costs two calls for 2,000 updates of several long texts, of which Salesforce gives 200 a page', async () => {
		const { org, run } = await stage({
			seed: { Case: Array.from({ length: 1_000 }, (_none, index) => ({ Subject: `Case ${index}` })) },
		});
		const items = org.rows('Case').map(({ Id }) => ({ Id: Id as string, Description: 'D', EmployeeNotes__c: 'N' }));
		const calls = async (undoRecord: boolean): Promise<number> => {
			const before = org.apiCalls;
			await run(items, save('update', { options: { undoRecord } }));
			return org.apiCalls - before;
		};
		await calls(false);
		expect((await calls(true)) - (await calls(false))).toBe(1);
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
			{
				result: 'restored',
				fields: [
					{
						field: 'Subject',
						reason: 'changedSince',
						changedAt: expect.any(String) as string,
						changedBy: expect.stringMatching(/^005/) as string,
					},
				],
			},
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

	it('refuses a change of another org, also where it takes those of an earlier secret', async () => {
		const { org, run, id } = await one();
		const saved = await run([{ Id: id, Subject: 'New' }], save('update'));
		const change = { ...(saved.outputs[0]?.[0]?.undo as IDataObject), orgId: '00D000000000001EAA' };
		const accepting = undo({ options: { acceptOtherSecret: true } });
		const result = await run([{ undo: { ...change, signature: '1.aaaaaaaa.bbbb' } }], accepting);
		expect(undone(result)).toMatchObject([[], [{ result: 'leftAlone', reason: 'otherOrg' }]]);
		expect(fields(org)[0]?.Subject).toBe('New');
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
});
