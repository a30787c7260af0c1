import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import type { TestNode, TestRun } from '../support/engine';
import { stages } from '../support/stage';
import { noSoap } from './support/soapFault';

const stage = stages();
const node = (type: string, parameters: object): TestNode => ({
	type,
	parameters: parameters as TestNode['parameters'],
	onError: 'continueRegularOutput',
});
const save = (operation: string): TestNode =>
	node('salesforceCreateOrUpdateRecord', { operation, object: 'Seat__c', valuesFrom: 'item' });
const remove = node('salesforceDeleteRecord', { object: 'Seat__c', dryRun: false });
const undo = node('salesforceUndoChanges', { dryRun: false });
const told = ({ outputs }: TestRun) =>
	outputs.flatMap((items) => items.map((item) => (item.undoChange ?? item.details) as IDataObject));

const seat = (label: string) => ({
	type: 'Lookup',
	label,
	referenceTo: 'Seat__c',
	relationshipName: label,
});
const customObjects: LocalOrgOptions['customObjects'] = {
	Seat__c: {
		label: 'Seat',
		fields: {
			Next__c: seat('Next'),
			Mate__c: seat('Mate'),
			Note__c: { type: 'Text', label: 'Note', length: 80 },
		},
	},
};

/** Seats by name, each with the names of those that it refers to. */
const plan = (org: LocalOrg) => {
	const rows = org.rows('Seat__c');
	const nameOf = (id: unknown) => rows.find(({ Id }) => Id === id)?.Name ?? id;
	return Object.fromEntries(
		rows.map(({ Name, Next__c, Mate__c }) => [Name, [nameOf(Next__c), nameOf(Mate__c)]]).sort(),
	) as Record<string, unknown[]>;
};

type Links = Record<string, [string | null, string | null]>;

/** An org with seats that refer to each other, given by the names of the next ones and the mates. */
async function seats(links: Links) {
	const opened = await stage({ customObjects });
	const { org } = opened;
	const names = Object.keys(links);
	org.seed({ Seat__c: names.map((Name) => ({ Name })) });
	const ids = new Map(org.rows('Seat__c').map(({ Id, Name }) => [String(Name), String(Id)]));
	const id = (name: string | null) => (name === null ? null : ids.get(name));
	for (const [name, [next, mate]] of Object.entries(links)) {
		if (next === null && mate === null) continue;
		org.person().update(String(id(name)), { Next__c: id(next), Mate__c: id(mate) });
	}
	const items = names.map((name) => ({ Id: id(name) as string }));
	const deleted = async () => (await opened.run(items, remove)).outputs[0] ?? [];
	return { ...opened, ids, items, deleted };
}

describe('records that refer to each other in a circle and are made anew', () => {
	it.each<[string, Links]>([
		['two', { A: ['B', null], B: ['A', null] }],
		['two, each by two fields', { A: ['B', 'B'], B: ['A', 'A'] }],
		['one that refers to itself', { A: ['A', null], B: [null, 'A'] }],
		['three', { A: ['B', null], B: ['C', null], C: ['A', 'B'] }],
		['two circles that share one', { A: ['B', 'C'], B: ['A', null], C: ['A', 'C'] }],
	])('get all their references back: %s', async (_what, links) => {
		const { org, run, deleted } = await seats(links);
		const before = plan(org);
		const changes = await deleted();
		expect(plan(org)).toEqual({});
		org.addFault({ ...noSoap, times: 9 });
		const result = await run(changes, undo);
		expect(told(result)).toMatchObject(changes.map(() => ({ result: 'recreated' })));
		expect(told(result).every((one) => !('fields' in one))).toBe(true);
		expect(plan(org)).toEqual(before);
		// Undoing that finds them as they were left, the later writing of references with it.
		const back = await run(result.outputs[0] ?? [], undo);
		expect(told(back)).toMatchObject(changes.map(() => ({ result: 'deleted' })));
		expect(plan(org)).toEqual({});
	});

	it('come out of the recycle bin whole, without further writes', async () => {
		const { org, run, deleted } = await seats({ A: ['B', null], B: ['A', 'B'] });
		const before = plan(org);
		const changes = await deleted();
		const calls = org.calls.length;
		await run(changes, undo);
		expect(plan(org)).toEqual(before);
		expect(org.calls.slice(calls).filter(({ method }) => method === 'PATCH')).toEqual([]);
	});

	it('say which reference was left empty where what it names is not let in', async () => {
		const { org, run, deleted } = await seats({ A: ['B', null], B: ['A', null] });
		const changes = await deleted();
		org.addFault({ ...noSoap, times: 9 });
		org.settings.validationRules = [{ sObject: 'Seat__c', message: 'No B', broken: ({ Name }) => Name === 'B' }];
		const result = await run(changes, undo);
		expect(told(result)).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ result: 'recreated', fields: [{ field: 'Next__c', reason: 'notLinked' }] }),
				expect.objectContaining({ code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }),
			]),
		);
		expect(plan(org)).toEqual({ A: [null, null] });
	});

	it('have the reference that an earlier change found, not the one of the deletion', async () => {
		const { org, run, ids, items } = await seats({ A: [null, null], B: [null, null], C: ['A', null] });
		const [a, b, c] = ['A', 'B', 'C'].map((name) => String(ids.get(name))) as [string, string, string];
		org.person().update(a, { Next__c: c });
		org.clock.advance(60_000);
		const moved =
			(
				await run(
					[
						{ Id: a, Next__c: b },
						{ Id: b, Next__c: a },
					],
					save('update'),
				)
			).outputs[0] ?? [];
		org.clock.advance(60_000);
		const changes = (await run(items, remove)).outputs[0] ?? [];
		org.addFault({ ...noSoap, times: 9 });
		const result = await run([...moved, ...changes], undo);
		expect(told(result)).toHaveLength(5);
		expect(plan(org)).toEqual({ A: ['C', null], B: [null, null], C: ['A', null] });
	});
});
