import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import type { TestNode } from '../support/engine';
import { moves } from '../support/moves';
import type { Stage } from '../support/stage';
import { stages } from '../support/stage';
import { ACTS, contents, found, giveLicenses, reclaim, SEED, userId, userItem } from './support/licenseDesk';
import { fc } from '../support/properties';

const stage = stages();
const node = (type: string, parameters: object = {}): TestNode => ({
	type,
	parameters: parameters as TestNode['parameters'],
});
const save = (operation: string, more: object = {}): TestNode =>
	node('salesforceCreateOrUpdateRecord', { operation, object: 'Case', valuesFrom: 'item', ...more });
const FIELDS = ['Subject', 'Description', 'Status', 'Team__c', 'ExternalID__c', 'ParentId'] as const;

/**
 * A write of ours: of the Case at a place, if it is of one that is there, with a number in its value. Undoing is one as
 * well, of something that was done before.
 */
type Write = (at: Stage, id: string | undefined, value: number, done: IDataObject[]) => Promise<IDataObject[]>;

const written = async ({ run }: Stage, items: IDataObject[], one: TestNode): Promise<IDataObject[]> => {
	const { outputs, error } = await run(items, one);
	expect(error).toBeUndefined();
	return (outputs[0] ?? []).filter(({ undo }) => undo !== undefined);
};

const OURS: Record<string, Write> = {
	create: async (at, id, value) => await written(at, [{ Subject: `C${value}`, ParentId: id ?? null }], save('create')),
	update: async (at, Id, value) =>
		Id === undefined ? [] : await written(at, [{ Id, Subject: `U${value}` }], save('update')),
	hang: async (at, Id, value) => {
		const parents = at.org.rows('Case').filter((row) => row.Id !== Id && row.ParentId === null);
		const parent = parents[value % Math.max(1, parents.length)]?.Id as string | undefined;
		if (Id === undefined || parent === undefined) return [];
		return await written(at, [{ Id, ParentId: parent }], save('update'));
	},
	upsert: async (at, _id, value) =>
		await written(
			at,
			[{ ExternalID__c: `k-${value % 3}`, Subject: `P${value}` }],
			save('upsert', { externalIdField: 'ExternalID__c' }),
		),
	delete: async (at, Id) =>
		Id === undefined
			? []
			: await written(at, [{ Id }], node('salesforceDeleteRecord', { object: 'Case', dryRun: false })),
	push: async (at, _id, value) =>
		await written(
			at,
			moves(2, { team: `T${value}` }),
			node('salesforcePushMove', { options: { reopenStatuses: 'Closed' } }),
		),
	undoMove: async (at, _id, value) =>
		await written(at, moves(1), node('salesforceUndoMove', { method: value % 2 === 0 ? 'delete' : 'close' })),
	reclaim: async (at, _id, value) => {
		const [operation, item, parameters] = REVERSED[value % REVERSED.length] as (typeof REVERSED)[number];
		return await aSecondApart(at, [item(at.org)], reclaim(operation, {}, parameters as never));
	},
	title: async (at, _id, value) =>
		await aSecondApart(
			at,
			[{ Id: userId(at.org), Title: `T${value}` }],
			node('salesforceCreateOrUpdateRecord', { operation: 'update', object: 'User', valuesFrom: 'item' }),
		),
	undo: async (at, _id, value, done) => {
		const one = done[value % Math.max(1, done.length)]?.undo as IDataObject | undefined;
		// That a license was given back and taken since looks like somebody else's work to the act.
		if (one === undefined || String(one.action).startsWith('remove')) return [];
		const { outputs } = await at.run([{ undo: one }], {
			...node('salesforceUndoChanges', { dryRun: false }),
			onError: 'continueErrorOutput',
		});
		return (outputs[0] ?? []).flatMap((item) => (item.undoChange === undefined ? [] : [item]));
	},
};

/** Acts, and what takes one of them back in the same way. */
const REVERSED: typeof ACTS = [...ACTS, ['unfreeze', (org) => userItem(org), {}], ...ACTS.slice(0, 1)];

/** Acts say by the second when they were done. */
const aSecondApart = async (at: Stage, items: IDataObject[], one: TestNode): Promise<IDataObject[]> => {
	at.org.clock.advance(1_000);
	const changes = await written(at, items, one);
	at.org.clock.advance(1_000);
	return changes;
};

/** What somebody else does, with values that nobody else writes; what they left is noted by record and field. */
type Other = (org: LocalOrg, id: string | undefined, value: string, left: Map<string, Map<string, unknown>>) => void;

const note = (left: Map<string, Map<string, unknown>>, id: string, field: string, value: unknown): void => {
	left.set(id, (left.get(id) ?? new Map<string, unknown>()).set(field, value));
};
const OTHERS: Record<string, Other> = {
	theyUpdate: (org, id, value, left) => {
		if (id === undefined) return;
		const field = value.length % 2 === 0 ? 'Subject' : 'Description';
		org.person().update(id, { [field]: value });
		note(left, id, field, value);
	},
	theyCreate: (org, _id, value, left) => note(left, org.person().create('Case', { Subject: value }), 'Subject', value),
	theyDelete: (org, id, _value, left) => {
		if (id === undefined) return;
		org.person().delete(id);
		left.set(id, new Map([['IsDeleted', true]]));
	},
	theyPromote: (org, _id, value, left) => {
		org.person().update(userId(org), { Department: value });
		note(left, userId(org), 'Department', value);
	},
};

const cases = (org: LocalOrg): Map<string, Record<string, unknown>> =>
	new Map(
		org.rows('Case').map((row) => [row.Id as string, Object.fromEntries(FIELDS.map((field) => [field, row[field]]))]),
	);
const title = (org: LocalOrg): unknown => found(org, 'User', 'Id', userId(org)).Title;

const GONE = /^(INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY|NOT_SENT)$/;

const step = fc.record({
	what: fc.constantFrom(...Object.keys(OURS), ...Object.keys(OURS), ...Object.keys(OTHERS)),
	which: fc.nat(20),
	value: fc.nat(9),
	/** Much happens within a second, which is all that Salesforce's stamps tell. */
	seconds: fc.constantFrom(0, 0, 3),
});

it('takes random writes of every kind back, given in any order, and loses nothing that others did', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 9 }), fc.infiniteStream(fc.nat()), async (steps, random) => {
			const at = await stage({ seed: { ...SEED, Case: [{ Subject: 'S0' }, { Subject: 'S1' }, { Subject: 'S2' }] } });
			const { org, run } = at;
			giveLicenses(org);
			org.clock.advance(3_600_000);
			const before = cases(org);
			const [things, job] = [contents(org), title(org)];
			const changes: IDataObject[] = [];
			const left = new Map<string, Map<string, unknown>>();
			for (const [place, { what, which, value, seconds }] of steps.entries()) {
				org.clock.advance(seconds * 1_000);
				const rows = org.rows('Case');
				const id = rows[which % Math.max(1, rows.length)]?.Id as string | undefined;
				if (what in OURS) changes.push(...(await (OURS[what] as Write)(at, id, value, changes)));
				else (OTHERS[what] as Other)(org, id, `theirs ${place}${'.'.repeat(value % 2)}`, left);
			}
			org.clock.advance(2_000);
			const shuffled = changes
				.map((change) => ({ change, by: random.next().value as number }))
				.sort((one, other) => one.by - other.by)
				.map(({ change }) => ({ undo: change.undo }) as IDataObject);
			const { error, outputs } = await run(shuffled, {
				...node('salesforceUndoChanges', { dryRun: false }),
				onError: 'continueErrorOutput',
			});
			expect(error).toBeUndefined();
			// Each change was taken back, or it is told why not.
			expect(outputs.flat()).toHaveLength(changes.length);
			for (const item of outputs[1] ?? []) {
				expect(item.undoChange).toMatchObject({ result: 'leftAlone', reason: expect.any(String) as string });
			}
			// Salesforce refuses only what refers to a Case that somebody deleted.
			const gone = [...left.values()].some((fields) => fields.has('IsDeleted'));
			for (const { details } of outputs[2] ?? []) {
				expect([gone, details]).toMatchObject([true, { code: expect.stringMatching(GONE) as string }]);
			}
			const after = cases(org);
			// Nothing of others is lost.
			for (const [id, fields] of left) {
				if (fields.get('IsDeleted') === true) expect(after.has(id)).toBe(false);
				else if (fields.has('Department'))
					expect(found(org, 'User', 'Id', id)).toMatchObject(Object.fromEntries(fields));
				else expect(after.get(id)).toMatchObject(Object.fromEntries(fields));
			}
			// What nobody else touched is as it was.
			const mine = (all: Map<string, Record<string, unknown>>) =>
				[...all].filter(([id, { ParentId }]) => !left.has(id) && !left.has(String(ParentId))).sort();
			expect(mine(after)).toEqual(mine(before));
			expect(title(org)).toBe(job);
			if (!left.has(userId(org))) expect(contents(org)).toEqual(things);
		}),
		{ numRuns: 40 },
	);
}, 120_000);
