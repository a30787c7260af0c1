import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import type { TestNode, TestRun } from '../support/engine';
import { moves } from '../support/moves';
import { stages } from '../support/stage';

const stage = stages();
const node = (type: string, parameters: object = {}): TestNode => ({
	type,
	parameters: parameters as TestNode['parameters'],
});
const push = (parameters: object = {}): TestNode => node('salesforcePushMove', parameters);
const undoMove = (parameters: object = {}): TestNode => node('salesforceUndoMove', parameters);
const undoChanges = node('salesforceUndoChanges', { dryRun: false });
const continuing = (one: TestNode): TestNode => ({ ...one, onError: 'continueRegularOutput' });
const undone = ({ outputs }: TestRun) => outputs.map((items) => items.map((item) => item.undoChange as IDataObject));
const changes = ({ outputs }: TestRun) => (outputs[0] ?? []).map((item) => item.undo as IDataObject);
const cases = (org: LocalOrg) =>
	org.rows('Case').map(({ ExternalID__c, Subject, Status, Team__c, Priority, AccountId }) => {
		return { ExternalID__c, Subject, Status, Team__c, Priority, AccountId };
	});

describe('a move that was pushed', () => {
	it('is taken back as a new Case, unless somebody worked on it', async () => {
		const { org, run } = await stage();
		const pushed = await run(moves(2), push());
		expect(changes(pushed)).toMatchObject([
			{
				did: 'created',
				object: 'Case',
				id: org.rows('Case')[0]?.Id,
				before: null,
				after: { ExternalID__c: 'plan-1:m-0', NewSeat__c: 'B-0' },
				executionId: 'test',
			},
			{ did: 'created' },
		]);
		org.clock.advance(60_000);
		org.person().update(org.rows('Case')[1]?.Id as string, { Priority: 'High' });
		const result = await run(pushed.outputs[0] ?? [], undoChanges);
		expect(undone(result)).toMatchObject([[{ result: 'deleted' }], [{ reason: 'changedSince' }]]);
		expect(cases(org)).toMatchObject([{ ExternalID__c: 'plan-1:m-1', Priority: 'High' }]);
	});

	it('is taken back field by field where its Case was there, also a parent that its external ID named', async () => {
		const { org, run } = await stage({
			fields: { 'Account.Key__c': { type: 'Text', length: 40, externalId: true } },
			seed: {
				Account: [
					{ Name: 'A', Key__c: 'a' },
					{ Name: 'B', Key__c: 'b' },
				],
			},
		});
		const of = (key: string, team: string) =>
			push({ team, options: { caseFields: JSON.stringify({ Account: { Key__c: key } }) } });
		await run(moves(2), of('a', 'Red'));
		const before = cases(org);
		org.clock.advance(60_000);
		const pushed = await run(moves(2), of('b', 'Blue'));
		expect(changes(pushed)[0]).toMatchObject({
			did: 'updated',
			before: { Team__c: 'Red' },
			after: { Team__c: 'Blue' },
		});
		expect(cases(org)[0]?.AccountId).not.toBe(before[0]?.AccountId);
		const result = await run(pushed.outputs[0] ?? [], undoChanges);
		expect(undone(result)[0]).toMatchObject([{ result: 'restored' }, { result: 'restored' }]);
		expect(cases(org)).toEqual(before);
	});

	it('is closed again where its Case was opened, and is not told of where nothing was written', async () => {
		const { org, run } = await stage();
		await run(moves(1), push());
		await run(moves(1), undoMove({ method: 'close' }));
		org.clock.advance(60_000);
		const pushed = await run(moves(1), push({ options: { reopenStatuses: 'Closed' } }));
		expect(changes(pushed)).toMatchObject([{ did: 'updated', before: { Status: 'Closed' }, after: { Status: 'New' } }]);
		const again = await run(moves(1), push());
		expect(changes(again)).toEqual([undefined]);
		await run(pushed.outputs[0] ?? [], undoChanges);
		expect(cases(org)).toMatchObject([{ Status: 'Closed' }]);
	});

	it('is found by its external ID where nobody knows whether its Case was made', async () => {
		const { org, run } = await stage();
		org.addFault({ method: 'POST', path: '/composite/sobjects', cut: 'after' });
		org.addFault({ method: 'GET', path: '/query', skip: 1, status: 400, body: [{ errorCode: 'NO', message: 'No' }] });
		const pushed = await run(moves(1), continuing(push()));
		const change = (pushed.outputs[0]?.[0]?.details as IDataObject).undo as IDataObject;
		expect(change).toMatchObject({
			did: 'created',
			inDoubt: true,
			key: { field: 'ExternalID__c', value: 'plan-1:m-0' },
		});
		const result = await run([{ undo: change }], undoChanges);
		expect(undone(result)[0]).toMatchObject([{ result: 'deleted' }]);
		expect(cases(org)).toEqual([]);
	});

	it('says what was in an update that nobody knows the fate of', async () => {
		const { org, run } = await stage();
		await run(moves(1, { team: 'Red' }), push());
		org.clock.advance(60_000);
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', cut: 'after' });
		org.addFault({ method: 'GET', path: '/query', skip: 1, status: 400, body: [{ errorCode: 'NO', message: 'No' }] });
		const pushed = await run(moves(1, { team: 'Blue' }), continuing(push()));
		const change = (pushed.outputs[0]?.[0]?.details as IDataObject).undo as IDataObject;
		expect(change).toMatchObject({ did: 'updated', inDoubt: true, before: { Team__c: 'Red' } });
		expect(undone(await run([{ undo: change }], undoChanges))[0]).toMatchObject([{ result: 'restored' }]);
		expect(cases(org)[0]?.Team__c).toBe('Red');
	});

	it('has no change where it is not wanted, and none of its fields where they must not be kept', async () => {
		const { run } = await stage();
		expect(changes(await run(moves(1), push({ options: { undoRecord: false } })))).toEqual([undefined]);
		const [change] = changes(
			await run(moves(1, { moveId: 'other' }), push({ options: { undoWithout: 'Description' } })),
		);
		expect(change).toMatchObject({ withheld: ['Description'] });
		const encrypted = await run(moves(1, { moveId: 'third' }), push({ options: { undoWithoutEncrypted: true } }));
		expect(changes(encrypted)).toMatchObject([{ did: 'created' }]);
	});
});

describe('a move that was undone', () => {
	it.each([
		['of the items', {}, moves(2)],
		['of a whole plan', { undo: 'plan' }, [{ movePlanId: 'plan-1' }]],
	])('%s is closed, and opened again', async (_what, parameters, items) => {
		const { org, run } = await stage();
		await run(moves(2), push());
		const result = await run(items, undoMove({ ...parameters, method: 'close' }));
		expect(changes(result)).toMatchObject([
			{ did: 'closed', before: { Status: 'New' }, after: { Status: 'Closed' } },
			{ did: 'closed' },
		]);
		const back = await run(result.outputs[0] ?? [], undoChanges);
		expect(undone(back)[0]).toMatchObject([{ result: 'reopened' }, { result: 'reopened' }]);
		expect(cases(org)).toMatchObject([{ Status: 'New' }, { Status: 'New' }]);
	});

	it.each([
		['of the items', {}, moves(2)],
		['of a whole plan', { undo: 'plan' }, [{ movePlanId: 'plan-1' }]],
	])('%s is deleted, and made again', async (_what, parameters, items) => {
		const { org, run } = await stage();
		await run(moves(2, { team: 'Red' }), push());
		const before = cases(org);
		const result = await run(items, undoMove(parameters));
		expect(changes(result)).toMatchObject([{ did: 'deleted', before: { Team__c: 'Red' }, after: null }, {}]);
		expect(cases(org)).toEqual([]);
		await run(result.outputs[0] ?? [], undoChanges);
		expect(cases(org).sort((a, b) => (String(a.ExternalID__c) < String(b.ExternalID__c) ? -1 : 1))).toEqual(before);
		const again = await run(items, undoMove(parameters));
		expect(changes(again)).toHaveLength(2);
	});

	it('has what takes back the others where one of a plan cannot be deleted', async () => {
		const { org, run } = await stage();
		await run(moves(2), push());
		org.addFault({
			method: 'DELETE',
			path: '/composite/sobjects',
			status: 200,
			body: [
				{ id: org.rows('Case')[0]?.Id, success: true, errors: [] },
				{ success: false, errors: [{ statusCode: 'DELETE_FAILED', message: 'No', fields: [] }] },
			],
		});
		const { outputs } = await run([{ movePlanId: 'plan-1' }], continuing(undoMove({ undo: 'plan' })));
		expect((outputs[0]?.[0]?.details as IDataObject).undo).toMatchObject({ did: 'deleted' });
	});

	it('has a list of them where several of a plan are in doubt, which Undo Changes takes as it is', async () => {
		const { org, run } = await stage();
		await run(moves(2), push());
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', cut: 'after', times: 2 });
		org.addFault({ method: 'GET', path: '/queryAll', status: 400, body: [{ errorCode: 'NO', message: 'No' }] });
		const { outputs } = await run([{ movePlanId: 'plan-1' }], continuing(undoMove({ undo: 'plan' })));
		const undo = (outputs[0]?.[0]?.details as IDataObject).undo as IDataObject[];
		expect(undo).toMatchObject([
			{ did: 'deleted', inDoubt: true },
			{ did: 'deleted', inDoubt: true },
		]);
		expect(cases(org)).toEqual([]);
		await run([{ undo }], undoChanges);
		expect(cases(org)).toHaveLength(2);
	});
});
