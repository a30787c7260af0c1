import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import type { TestNode, TestRun } from '../support/engine';
import { stages } from '../support/stage';
import { noSoap, soapFault } from './support/soapFault';

const stage = stages();
const node = (type: string, parameters: object): TestNode => ({
	type,
	parameters: parameters as TestNode['parameters'],
});
const save = (operation: string, object = 'Case', more: object = {}): TestNode =>
	node('salesforceCreateOrUpdateRecord', { operation, object, valuesFrom: 'item', ...more });
const remove = (object: string): TestNode =>
	node('salesforceDeleteRecord', { object, dryRun: false, options: {}, atMost: 5_000 });
const undo = node('salesforceUndoChanges', { dryRun: false });
const undone = ({ outputs }: TestRun) => outputs.map((items) => items.map((item) => item.undoChange as IDataObject));
const rows = (org: LocalOrg, object: string) =>
	org.rows(object).map(({ Id, Name, LastName, Subject, AccountId }) => {
		return { Id, Name, LastName, Subject, AccountId } as IDataObject;
	});
const soapCalls = (org: LocalOrg) => org.calls.filter(({ path }) => path.startsWith('/services/Soap'));
const family = {
	seed: {
		Account: [{ Name: 'Parent' }],
		Contact: [{ LastName: 'Child', Account: { Name: 'Parent' } }],
	},
};

describe('a deleted record', () => {
	it('comes back with its old ID', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }, { Subject: 'B' }] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		const shown = await run(deleted.outputs[0] ?? [], node('salesforceUndoChanges', {}));
		expect(undone(shown)[0]).toMatchObject([{ result: 'notSent', would: 'undelete' }, {}]);
		const result = await run(deleted.outputs[0] ?? [], undo);
		expect(undone(result)[0]).toMatchObject([{ result: 'undeleted', link: expect.any(String) as string }, {}]);
		expect(rows(org, 'Case')).toEqual(before);
		const again = await run(deleted.outputs[0] ?? [], undo);
		expect(undone(again)[1]).toMatchObject([{ reason: 'alreadyUndone' }, { reason: 'alreadyUndone' }]);
		const back = await run(result.outputs[0] ?? [], undo);
		expect(undone(back)[0]).toMatchObject([{ result: 'deleted' }, { result: 'deleted' }]);
		expect(org.rows('Case')).toEqual([]);
	});

	it('is made anew where Salesforce does not let it out of the recycle bin, and its new ID is told', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const [before] = rows(org, 'Case');
		const deleted = await run([before ?? {}], remove('Case'));
		org.addFault(noSoap);
		const result = await run(deleted.outputs[0] ?? [], undo);
		const [after] = rows(org, 'Case');
		expect(undone(result)[0]).toMatchObject([{ result: 'recreated', id: before?.Id, newId: after?.Id }]);
		expect(after).toEqual({ ...before, Id: after?.Id });
		expect(after?.Id).not.toBe(before?.Id);
	});

	it('comes back under its ID where the session ends just before Salesforce lets it out', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }, { Subject: 'B' }] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		org.addFault({ path: '/services/Soap', meanwhile: () => org.expireSessions(), times: 4 });
		const result = await run(deleted.outputs[0] ?? [], undo);
		expect(undone(result)[0]).toMatchObject([{ result: 'undeleted' }, { result: 'undeleted' }]);
		expect(rows(org, 'Case')).toEqual(before);
	});

	it('is not made anew where each session ends before it is let out: the next run lets it out', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		org.addFault({ path: '/services/Soap', meanwhile: () => org.expireSessions(), times: 99 });
		const failed = await run(deleted.outputs[0] ?? [], { ...undo, onError: 'continueRegularOutput' });
		expect(failed.outputs[0]).toMatchObject([{ details: { code: 'INVALID_SESSION_ID' } }]);
		expect(rows(org, 'Case')).toEqual([]);
		org.clearFaults();
		const result = await run(deleted.outputs[0] ?? [], undo);
		expect(undone(result)[0]).toMatchObject([{ result: 'undeleted' }]);
		expect(rows(org, 'Case')).toEqual(before);
	});

	it('is made anew once, however often it is undone, and each of several that are alike', async () => {
		const alike = { Subject: 'A', Description: 'D' };
		const { org, run } = await stage({ seed: { Case: [alike, { Subject: 'B' }, alike] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		org.addFault({ ...noSoap, times: 9 });
		const [one, ...others] = deleted.outputs[0] ?? [];
		expect(undone(await run([one ?? {}], undo))[0]).toMatchObject([{ result: 'recreated' }]);
		const result = await run([one ?? {}, ...others], undo);
		expect(undone(result)).toMatchObject([
			[{ result: 'recreated' }, { result: 'recreated' }],
			[{ reason: 'alreadyUndone' }],
		]);
		expect(rows(org, 'Case').map(({ Subject }) => Subject)).toEqual(['A', 'B', 'A']);
		expect(undone(await run(deleted.outputs[0] ?? [], undo))[0]).toEqual([]);
		expect(org.rows('Case')).toHaveLength(3);
	});

	it('is not made anew where nobody can look whether it was before', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const deleted = await run(rows(org, 'Case'), remove('Case'));
		org.addFault(noSoap);
		const refused = { status: 400, body: [{ errorCode: 'QUERY_TOO_COMPLICATED', message: 'no' }] };
		org.addFault({ path: '/query', skip: 2, ...refused });
		const result = await run(deleted.outputs[0] ?? [], { ...undo, onError: 'continueRegularOutput' });
		expect(result.outputs[0]?.[0]).toMatchObject({ details: { code: 'QUERY_TOO_COMPLICATED' } });
		expect(org.rows('Case')).toEqual([]);
	});

	it('is looked for where no answer told whether it came back, and is never there twice', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		org.addFault({ path: '/services/Soap', cut: 'after' });
		const result = await run(deleted.outputs[0] ?? [], undo);
		expect(undone(result)[0]).toMatchObject([{ result: 'undeleted' }]);
		const gone = await run(before, remove('Case'));
		org.addFault({ path: '/services/Soap', cut: 'before' });
		const open = await run(gone.outputs[0] ?? [], { ...undo, onError: 'continueRegularOutput' });
		expect(open.outputs[0]?.[0]).toMatchObject({
			details: { kind: 'inDoubt', retry: 'later', undo: { did: 'created' } },
		});
		expect(org.rows('Case')).toEqual([]);
		await run(gone.outputs[0] ?? [], undo);
		expect(rows(org, 'Case')).toEqual(before);
	});

	it('is there once where somebody else lets it out of the recycle bin at the same moment', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }, { Subject: 'B' }] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		const meanwhile = () => org.person().undelete(String(before[0]?.Id));
		org.addFault({ path: '/services/Soap', meanwhile });
		const result = await run(deleted.outputs[0] ?? [], undo);
		expect(undone(result)[0]).toMatchObject([{ result: 'undeleted' }, { result: 'undeleted' }]);
		expect(rows(org, 'Case')).toEqual(before);
	});

	it('is not made anew while nobody can see whether it lies in the recycle bin', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const deleted = await run(rows(org, 'Case'), remove('Case'));
		const refused = { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'not now' }] };
		// The first reading is made before.
		org.addFault({ path: '/query', skip: 1, ...refused });
		org.addFault(noSoap);
		const { error } = await run(deleted.outputs[0] ?? [], undo);
		expect(error).toBeDefined();
		expect(org.rows('Case')).toEqual([]);
	});

	it.each([
		['no calls are left', 403, 'REQUEST_LIMIT_EXCEEDED'],
		['too many calls are under way', 403, 'CONCURRENT_LIMIT_EXCEEDED'],
		['Salesforce is being maintained', 503, 'SERVER_UNAVAILABLE'],
	])('waits in the recycle bin where %s, rather than to be there twice', async (_why, status, code) => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		org.addFault(soapFault(code, status));
		const result = await run(deleted.outputs[0] ?? [], { ...undo, onError: 'continueRegularOutput' });
		org.clearFaults();
		if (rows(org, 'Case').length === 0) {
			expect(result.outputs[0]?.[0]).toMatchObject({ details: { retry: 'later' } });
			await run(deleted.outputs[0] ?? [], undo);
		}
		expect(rows(org, 'Case')).toEqual(before);
	});

	it('waits in the recycle bin until the API user may restore it, rather than to be there twice', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const before = rows(org, 'Case');
		const deleted = await run(before, remove('Case'));
		org.settings.canDelete = false;
		const refused = await run(deleted.outputs[0] ?? [], { ...undo, onError: 'continueRegularOutput' });
		expect(refused.outputs[0]?.[0]).toMatchObject({ details: { kind: 'permission', retry: 'afterChange' } });
		expect(org.rows('Case')).toEqual([]);
		org.settings.canDelete = true;
		await run(deleted.outputs[0] ?? [], undo);
		expect(rows(org, 'Case')).toEqual(before);
	});

	it('waits where it is locked, rather than to be there twice', async () => {
		const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
		const deleted = await run(rows(org, 'Case'), remove('Case'));
		const locked =
			'<Envelope><Body><undeleteResponse><result><errors><message>locked</message><statusCode>UNABLE_TO_LOCK_ROW</statusCode></errors><id></id><success>false</success></result></undeleteResponse></Body></Envelope>';
		org.addFault({ path: '/services/Soap', status: 200, body: locked });
		const result = await run(deleted.outputs[0] ?? [], { ...undo, onError: 'continueRegularOutput' });
		expect(result.outputs[0]?.[0]).toMatchObject({ details: { code: expect.any(String) as string } });
		expect(org.rows('Case')).toEqual([]);
	});
});

describe('a parent and its child', () => {
	it.each([
		['with their old IDs', false],
		['anew, the child with its parent', true],
	])('come back %s, in whatever order they were given', async (_what, anew) => {
		const { org, run } = await stage(family);
		const [child] = rows(org, 'Contact');
		const [parent] = rows(org, 'Account');
		const first = await run([child ?? {}], remove('Contact'));
		const second = await run([parent ?? {}], remove('Account'));
		if (anew) org.addFault({ ...noSoap, times: 2 });
		const result = await run([...(first.outputs[0] ?? []), ...(second.outputs[0] ?? [])], undo);
		expect(undone(result)[1]).toEqual([]);
		const [found] = rows(org, 'Account');
		expect(rows(org, 'Contact')).toMatchObject([{ LastName: 'Child', AccountId: found?.Id }]);
		expect(found?.Id === parent?.Id).toBe(!anew);
	});

	it('are deleted the child first where both were made', async () => {
		const { org, run } = await stage();
		const parent = await run([{ Name: 'Parent' }], save('create', 'Account'));
		const child = await run(
			[{ LastName: 'Child', AccountId: parent.outputs[0]?.[0]?.id as string }],
			save('create', 'Contact'),
		);
		const result = await run([...(child.outputs[0] ?? []), ...(parent.outputs[0] ?? [])], undo);
		expect(undone(result)).toMatchObject([[{ result: 'deleted' }, { result: 'deleted' }], []]);
		expect([...org.rows('Account'), ...org.rows('Contact')]).toEqual([]);
	});
});

describe('several changes of one record within a second', () => {
	it.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]], [[0, 2, 1]]])(
		'are taken back in order, given as %s',
		async (order) => {
			const { org, run } = await stage({ seed: { Case: [{ Subject: 'A' }] } });
			const id = org.rows('Case')[0]?.Id as string;
			const changes: IDataObject[] = [];
			for (const Subject of ['B', 'C', 'D']) {
				changes.push(...((await run([{ Id: id, Subject }], save('update'))).outputs[0] ?? []));
			}
			await run(
				order.map((place) => changes[place] as IDataObject),
				undo,
			);
			expect(org.rows('Case')[0]?.Subject).toBe('A');
		},
	);
});

describe('the calls of a thousand changes', () => {
	const thousand = Array.from({ length: 1_000 }, (_none, index) => ({ Subject: `Case ${index}`, Description: 'D' }));

	it('are 8 at most for deletions, also where none comes out of the recycle bin', async () => {
		const { org, run } = await stage({ seed: { Case: thousand } });
		const ids = org.rows('Case').map(({ Id }) => ({ Id: Id as string }));
		const deleted = await run(ids, remove('Case'));
		const before = org.apiCalls;
		await run(deleted.outputs[0] ?? [], undo);
		expect(org.rows('Case')).toHaveLength(1_000);
		expect(soapCalls(org)).toHaveLength(5);
		expect(org.apiCalls - before).toBeLessThanOrEqual(8);
		const again = await run(ids, remove('Case'));
		org.addFault(noSoap);
		const calls = org.apiCalls;
		await run(again.outputs[0] ?? [], undo);
		expect(org.rows('Case')).toHaveLength(1_000);
		expect(soapCalls(org)).toHaveLength(6);
		expect(org.apiCalls - calls).toBeLessThanOrEqual(8);
	}, 60_000);

	it('are 8 at most where they are of every kind and shuffled', async () => {
		const { org, run } = await stage({
			seed: {
				Case: thousand.slice(0, 500),
				Account: Array.from({ length: 100 }, (_none, index) => ({ Name: `${index}` })),
			},
		});
		const ids = org.rows('Case').map(({ Id }) => Id as string);
		const changes = [
			...((
				await run(
					ids.slice(0, 300).map((Id) => ({ Id, Subject: 'New' })),
					save('update'),
				)
			).outputs[0] ?? []),
			...((
				await run(
					ids.slice(300, 400).map((Id) => ({ Id })),
					remove('Case'),
				)
			).outputs[0] ?? []),
			...((await run(thousand.slice(0, 500), save('create'))).outputs[0] ?? []),
			...((
				await run(
					org.rows('Account').map(({ Id }) => ({ Id: Id as string, Name: 'New' })),
					save('update', 'Account'),
				)
			).outputs[0] ?? []),
		];
		expect(changes).toHaveLength(1_000);
		const shuffled = changes.map((_none, index) => changes[(index * 7) % 1_000] as IDataObject);
		const before = org.apiCalls;
		const result = await run(shuffled, undo);
		expect(undone(result)[0]).toHaveLength(1_000);
		expect(org.apiCalls - before).toBeLessThanOrEqual(8);
		expect(org.rows('Case')).toHaveLength(500);
		expect(org.rows('Case').some(({ Subject }) => Subject === 'New')).toBe(false);
		expect(org.rows('Account').some(({ Name }) => Name === 'New')).toBe(false);
	}, 60_000);
});
