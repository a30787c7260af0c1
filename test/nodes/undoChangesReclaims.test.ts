import type { IDataObject } from 'n8n-workflow';

import type { TestNode, TestRun } from '../support/engine';
import type { Stage } from '../support/stage';
import { stages } from '../support/stage';
import {
	ACTS,
	BEN,
	contents,
	found,
	giveLicenses,
	openDesk,
	reclaim,
	undo,
	userId,
	userItem,
	writes,
} from './support/licenseDesk';

const stage = stages();
const undoChanges = (parameters: object = {}): TestNode => ({
	type: 'salesforceUndoChanges',
	parameters: { dryRun: false, ...parameters } as TestNode['parameters'],
});
const undone = ({ outputs }: TestRun) => outputs.map((items) => items.map((item) => item.undoChange as IDataObject));
const save: TestNode = {
	type: 'salesforceCreateOrUpdateRecord',
	parameters: { operation: 'create', object: 'Case', valuesFrom: 'item' },
};

const desk = async (): Promise<Stage> => await openDesk(stage);

describe('what Reclaim License did', () => {
	it.each(['freeze', 'deactivate'])('comes as undo, and Undo Changes takes it back: %s', async (act) => {
		const { org, run } = await desk();
		const before = contents(org);
		const { outputs } = await run([userItem(org), userItem(org, BEN.Username)], reclaim(act));
		expect(outputs[0]?.map(({ undo }) => undo)).toEqual(outputs[0]?.map((item) => (item.reclaim as IDataObject).undo));
		expect(contents(org)).not.toEqual(before);
		const result = await run(outputs[0] ?? [], undoChanges());
		expect(undone(result)).toEqual([
			[
				{ object: 'User', id: userId(org), result: 'restored' },
				{ object: 'User', id: userId(org, BEN.Username), result: 'restored' },
			],
			[],
		]);
		expect(contents(org)).toEqual(before);
		const again = await run(outputs[0] ?? [], undoChanges());
		expect(undone(again)).toMatchObject([[], [{ reason: 'alreadyUndone' }, { reason: 'alreadyUndone' }]]);
	});

	it('is taken back in one run with other writes, each item by itself', async () => {
		const { org, run } = await desk();
		const before = contents(org);
		const frozen = await run([userItem(org)], reclaim('freeze'));
		const saved = await run([{ Subject: 'A' }], save);
		const text = JSON.stringify(frozen.outputs[0]?.[0]?.undo);
		const altered = { ...(frozen.outputs[0]?.[0]?.undo as IDataObject), at: '2020-01-01T00:00:00.000Z' };
		const items = [...(saved.outputs[0] ?? []), { undo: text }, { undo: altered }];
		const result = await run(items, undoChanges());
		expect(undone(result)).toMatchObject([
			[
				{ object: 'Case', result: 'deleted' },
				{ object: 'User', result: 'restored' },
			],
			[{ result: 'leftAlone', reason: 'altered' }],
		]);
		expect(contents(org)).toEqual(before);
		expect(org.rows('Case')).toEqual([]);
	});

	it('is only shown in a dry run', async () => {
		const { org, run } = await desk();
		const frozen = await run([userItem(org)], reclaim('freeze'));
		const before = writes(org);
		const result = await run(frozen.outputs[0] ?? [], undoChanges({ dryRun: true }));
		expect(undone(result)).toMatchObject([
			[{ result: 'notSent', would: 'restore', writes: [{ object: 'UserLogin', values: { IsFrozen: false } }] }],
			[],
		]);
		expect(writes(org)).toBe(before);
	});

	it('is left alone where somebody changed the user since, unless it is chosen otherwise', async () => {
		const { org, run } = await desk();
		const { outputs } = await run([userItem(org)], reclaim('deactivate'));
		org.clock.advance(60_000);
		org.person().update(userId(org), { Title: 'Gone' });
		const result = await run(outputs[0] ?? [], undoChanges());
		expect(undone(result)).toMatchObject([[], [{ reason: 'changedSince', remedy: expect.any(String) as string }]]);
		const forced = await run(outputs[0] ?? [], undoChanges({ options: { whenChanged: 'restore' } }));
		expect(undone(forced)[0]).toMatchObject([{ result: 'restored' }]);
		expect(found(org, 'User', 'Id', userId(org)).IsActive).toBe(true);
	});

	it('is not lost over changes that cannot be read afterwards', async () => {
		const { org, run } = await desk();
		const frozen = await run([userItem(org)], reclaim('freeze'));
		const saved = await run([{ Subject: 'A' }], save);
		org.addFault({ path: /Case/, status: 400, body: [{ errorCode: 'NO', message: 'No' }], times: 5 });
		const { outputs } = await run([...(frozen.outputs[0] ?? []), ...(saved.outputs[0] ?? [])], {
			...undoChanges(),
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]?.[0]?.undoChange).toMatchObject({ result: 'restored' });
		expect(outputs[0]?.[1]?.error).toEqual(expect.stringContaining('Item 1'));
	});
});

const saveUser: TestNode = {
	type: 'salesforceCreateOrUpdateRecord',
	parameters: { operation: 'update', object: 'User', valuesFrom: 'item' },
};

describe('acts and other writes to one user', () => {
	it.each<[string, string[]]>([
		['an act, then an update', ['deactivate', 'B']],
		['an update, then an act', ['B', 'deactivate']],
		['updates around an act', ['B', 'deactivate', 'C', 'D']],
		['acts around an update', ['freeze', 'B', 'deactivate', 'C']],
		['an update that changed nothing after an act', ['deactivate', 'A']],
	])('are taken back in order, however they are given: %s', async (_what, steps) => {
		for (const turn of [0, 1]) {
			const { org, run } = await desk();
			org.person().update(userId(org), { Title: 'A' });
			org.clock.advance(60_000);
			const before = contents(org);
			const items: IDataObject[] = [];
			for (const step of steps) {
				const isAct = step.length > 1;
				const { outputs } = isAct
					? await run([userItem(org)], reclaim(step))
					: await run([{ Id: userId(org), Title: step }], saveUser);
				items.push(...(outputs[0] ?? []));
				org.clock.advance(2_000);
			}
			const given = turn === 0 ? items : [...items].reverse();
			const result = await run(given, undoChanges());
			expect(result.error).toBeUndefined();
			expect(contents(org)).toEqual(before);
			expect(found(org, 'User', 'Id', userId(org)).Title).toBe('A');
			expect(undone(result)[1]?.map(({ reason }) => reason)).toEqual(steps.includes('A') ? ['alreadyUndone'] : []);
		}
	});

	it('are left alone where somebody else changed the user between them', async () => {
		const { org, run } = await desk();
		const acted = await run([userItem(org)], reclaim('deactivate'));
		org.clock.advance(2_000);
		org.person().update(userId(org), { Department: 'Theirs' });
		org.clock.advance(2_000);
		const saved = await run([{ Id: userId(org), Title: 'B' }], saveUser);
		const result = await run([...(acted.outputs[0] ?? []), ...(saved.outputs[0] ?? [])], undoChanges());
		expect(undone(result)).toMatchObject([[{ result: 'restored' }], [{ reason: 'changedSince' }]]);
		expect(found(org, 'User', 'Id', userId(org))).toMatchObject({ IsActive: false, Title: null, Department: 'Theirs' });
	});

	it('are taken back with the undoing of the act among them', async () => {
		const { org, run } = await desk();
		const before = contents(org);
		const acted = await run([userItem(org)], reclaim('freeze'));
		org.clock.advance(2_000);
		const back = await run(acted.outputs[0] ?? [], undoChanges());
		org.clock.advance(2_000);
		const result = await run([...(acted.outputs[0] ?? []), ...(back.outputs[0] ?? [])], undoChanges());
		expect(undone(result)).toMatchObject([[{ result: 'restored' }, { result: 'restored' }], []]);
		expect(contents(org)).toEqual(before);
	});
});

describe('undoing what Reclaim License did', () => {
	it.each(
		ACTS.flatMap((act) => [
			['Undo Changes', undoChanges(), ...act] as const,
			['Undo Reclaim', undo(), ...act] as const,
		]),
	)('can itself be undone, and that as well: %s', async (_by, node, operation, item, parameters) => {
		const { org, run } = await desk();
		giveLicenses(org);
		const before = contents(org);
		const acted = await run([item(org)], reclaim(operation, {}, parameters as never));
		const taken = contents(org);
		expect(taken).not.toEqual(before);
		org.clock.advance(60_000);
		const first = await run(acted.outputs[0] ?? [], node);
		expect(contents(org)).toEqual(before);
		org.clock.advance(60_000);
		const second = await run(first.outputs[0] ?? [], undoChanges());
		expect(undone(second)[1]).toEqual([]);
		expect(contents(org)).toEqual(taken);
		org.clock.advance(60_000);
		const third = await run(second.outputs[0] ?? [], undoChanges());
		expect(third.error).toBeUndefined();
		expect(undone(third)[1]).toEqual([]);
		expect(contents(org)).toEqual(before);
	});

	it('locks nobody out: not the user who is signed in, and not the last who can manage users', async () => {
		const { org, run } = await desk();
		const admin = userId(org, 'admin@local-org.example');
		const connected = userId(org, org.username);
		const update = (Id: string): IDataObject => ({ Id, IsActive: true });
		const person = org.person({ userId: connected });
		person.update(admin, { IsActive: false });
		person.update(userId(org), { IsActive: false });
		org.clock.advance(60_000);
		const saved = await run([update(admin), update(userId(org))], saveUser);
		const before = writes(org);
		for (const dryRun of [true, false]) {
			const result = await run(saved.outputs[0] ?? [], undoChanges({ dryRun }));
			expect(undone(result)).toMatchObject([
				[{ id: userId(org) }],
				[{ id: admin, result: 'leftAlone', reason: 'lastAdministrator', remedy: expect.any(String) as string }],
			]);
			expect(writes(org)).toBe(before + (dryRun ? 0 : 1));
		}
		expect(found(org, 'User', 'Id', admin).IsActive).toBe(true);
		expect(found(org, 'User', 'Id', userId(org)).IsActive).toBe(false);
	});

	it('freezes nobody again where it cannot be read who is left to manage users', async () => {
		const { org, run } = await desk();
		const { outputs } = await run([userItem(org)], reclaim('freeze'));
		const first = await run(outputs[0] ?? [], undoChanges());
		const refused = { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'No' }] };
		org.addFault({ path: /query.*FROM(\+|%20)Profile/, inside: true, ...refused });
		const second = await run(first.outputs[0] ?? [], { ...undoChanges(), onError: 'continueRegularOutput' });
		expect(second.outputs[0]?.[0]?.details).toMatchObject({ code: 'INSUFFICIENT_ACCESS' });
		expect(found(org, 'UserLogin', 'UserId', userId(org)).IsFrozen).toBe(false);
	});

	it.each(ACTS)('can be undone where no answer told whether it was done: %s', async (operation, item, parameters) => {
		const { org, run } = await desk();
		giveLicenses(org);
		const before = contents(org);
		const acted = await run([item(org)], reclaim(operation, {}, parameters as never));
		const taken = contents(org);
		org.clock.advance(60_000);
		// The licenses come first, then what needs them.
		const times = operation === 'removePermissionSetLicense' ? 2 : 1;
		org.addFault({ path: '/composite/sobjects', cut: 'after', times });
		const first = await run(acted.outputs[0] ?? [], undoChanges());
		expect(first.error).toBeUndefined();
		expect(contents(org)).toEqual(before);
		const second = await run(first.outputs[0] ?? [], undoChanges());
		expect(undone(second)[1]).toEqual([]);
		expect(contents(org)).toEqual(taken);
	});
});
