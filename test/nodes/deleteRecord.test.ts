import type { LocalOrg } from '../../local-org';
import type { TestNode } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();
const node = (parameters: object = {}): TestNode => ({
	type: 'salesforceDeleteRecord',
	parameters: { object: 'Case', dryRun: false, ...parameters } as TestNode['parameters'],
});
const undo = (parameters: object = {}): TestNode => ({
	type: 'salesforceUndoChanges',
	parameters: { dryRun: false, ...parameters } as TestNode['parameters'],
});
const seeded = (count: number) => ({
	seed: { Case: Array.from({ length: count }, (_none, index) => ({ Subject: `Case ${index}` })) },
});
const cases = (org: LocalOrg) =>
	org.rows('Case').map(({ Id, Subject }) => ({ Id, Subject }) as { Id: string; Subject: string });
const deletes = (org: LocalOrg) => org.calls.filter(({ method }) => method === 'DELETE');
const withoutTimes = ({
	Id,
	CaseNumber,
	CreatedDate,
	LastModifiedDate,
	SystemModstamp,
	...rest
}: Record<string, unknown>) => {
	void [Id, CaseNumber, CreatedDate, LastModifiedDate, SystemModstamp];
	return rest;
};

describe('Salesforce Delete Record', () => {
	it('deletes nothing while Dry Run is on, as it is at first, and says what would go along', async () => {
		const { org, run } = await stage(seeded(2));
		const { outputs } = await run(cases(org), { type: 'salesforceDeleteRecord', parameters: { object: 'Case' } });
		expect(outputs[0]).toMatchObject([
			{ delete: { object: 'Case', result: 'notSent', would: 'delete', calls: 1 } },
			{ delete: { result: 'notSent' } },
		]);
		expect((outputs[0]?.[0]?.delete as { alongWith: string[] }).alongWith).toContain('CaseComment');
		expect(cases(org)).toHaveLength(2);
	});

	it('deletes the named records and no others, each once, a thousand in three calls', async () => {
		const { org, run } = await stage(seeded(1_001));
		const [first, ...others] = cases(org);
		const items = [...others, ...others.slice(0, 3)];
		const { outputs, error } = await run(items, node({ atMost: 2_000 }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1_003);
		expect(cases(org)).toEqual([first]);
		// The describe, the reading, and a thousand deletions.
		expect(org.apiCalls).toBe(3);
	});

	it('stops before the first delete when there are more than At Most', async () => {
		const { org, run } = await stage(seeded(201));
		const { error } = await run(cases(org), node());
		expect(error?.message).toBe('There are 201 records to delete, and At Most allows 200');
		expect(cases(org)).toHaveLength(201);
		expect(deletes(org)).toEqual([]);
	});

	it('tells what is gone already, and what there never was', async () => {
		const { org, run } = await stage(seeded(2));
		const [one] = cases(org);
		org.person().delete(one?.Id as string);
		const { outputs } = await run([{ Id: one?.Id as string }, { Id: '500000000000999AAA' }], node());
		expect(outputs[0]?.map((item) => (item.delete as { result: string }).result)).toEqual([
			'alreadyDeleted',
			'notFound',
		]);
	});

	it('says that it may run again where neither an answer nor a look told what became of a record', async () => {
		const { org, run } = await stage(seeded(1));
		const [one] = cases(org);
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', status: 504, late: true });
		org.addFault({ path: '/query', skip: 1, status: 504, times: 99 });
		const again = { ...node(), onError: 'continueRegularOutput' as const };
		const { outputs } = await run([{ Id: one?.Id as string }], again);
		expect(outputs[0]).toMatchObject([
			{
				error: expect.stringContaining('The record may be deleted all the same') as string,
				details: { kind: 'inDoubt', retry: 'later', undo: { did: 'deleted', inDoubt: true } },
			},
		]);
		org.clearFaults();
		expect((await run([{ Id: one?.Id as string }], again)).outputs[0]).toMatchObject([
			{ delete: { result: 'alreadyDeleted' } },
		]);
	});

	it('deletes nothing by a link to another org, whose records may have the same IDs', async () => {
		const { org, run } = await stage(seeded(3));
		const [one, two, three] = cases(org).map(({ Id }) => Id);
		const { outputs } = await run(
			[
				`https://acme--uat.sandbox.lightning.force.com/lightning/r/Case/${one}/view`,
				`http://127.0.0.1:1/lightning/r/Case/${two}/view`,
				`${org.url}/lightning/r/Case/${three}/view`,
			].map((link) => ({ link })),
			{ ...node({ findBy: 'link', link: '={{ $json.link }}' }), onError: 'continueRegularOutput' },
		);
		expect(outputs[0]).toMatchObject([
			{ error: expect.stringContaining('Link is of another org') as string },
			{ error: expect.stringContaining('Link is of another org') as string },
			{ delete: { result: 'deleted' } },
		]);
		expect(cases(org).map(({ Id }) => Id)).toEqual([one, two]);
	});

	it('finds by external ID to the letter, and refuses one that several have', async () => {
		const { org, run } = await stage({
			seed: { Case: [{ ExternalID__c: 'a' }, { ExternalID__c: 'A' }, { ExternalID__c: 'b' }, { ExternalID__c: 'b' }] },
		});
		const by = { findBy: 'externalId', externalIdField: 'ExternalID__c', externalId: '={{ $json.key }}' };
		const { outputs } = await run([{ key: 'a' }, { key: 'b' }], { ...node(by), onError: 'continueRegularOutput' });
		expect(outputs[0]).toMatchObject([
			{ delete: { result: 'deleted' } },
			{ details: { code: 'DUPLICATE_EXTERNAL_ID' } },
		]);
		expect(org.rows('Case').map((row) => row.ExternalID__c)).toEqual(['A', 'b', 'b']);
	});

	it.each([
		['a cut after the work', { cut: 'after' as const }],
		['a gateway that answers 504', { status: 504, body: '<html></html>' }],
	])('looks again after %s, and says what is so', async (_what, fault) => {
		const { org, run } = await stage(seeded(2));
		org.addFault({ method: 'DELETE', path: '/composite/sobjects', ...fault });
		const { outputs } = await run(cases(org), { ...node(), onError: 'continueRegularOutput' });
		const gone = cases(org).length === 0;
		for (const item of outputs[0] ?? []) {
			if (gone) expect(item).toMatchObject({ delete: { result: 'deleted' }, undo: { did: 'deleted' } });
			else expect(item).toMatchObject({ details: { kind: expect.not.stringMatching('inDoubt') as string } });
		}
	});

	it('goes by Bulk API where it is told to', async () => {
		const { org, run } = await stage(seeded(3));
		const { outputs, error } = await run(cases(org), node({ options: { bulkApi: 'always' } }));
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(3);
		expect(cases(org)).toEqual([]);
		expect(deletes(org)).toEqual([]);
	});

	it('keeps nothing where no undo record is wanted', async () => {
		const { org, run } = await stage(seeded(1));
		const { outputs } = await run(cases(org), node({ options: { undoRecord: false } }));
		expect(outputs[0]?.[0]).not.toHaveProperty('undo');
	});

	it('is undone by taking the records out of the recycle bin, and that is undone by deleting them', async () => {
		const { org, run } = await stage({
			seed: {
				Case: [{ Subject: 'Chair', Description: 'Two\nlines', ExternalID__c: 'k', Status: 'New', Origin: 'Web' }],
			},
		});
		const before = org.rows('Case').map(withoutTimes);
		const deleted = await run(cases(org), node());
		expect(org.rows('Case')).toEqual([]);
		const undone = await run(deleted.outputs[0] ?? [], undo());
		expect(undone.error).toBeUndefined();
		expect(undone.outputs[0]).toMatchObject([{ undoChange: { result: 'undeleted' } }]);
		expect(org.rows('Case').map(withoutTimes)).toEqual(before);
		const again = await run(undone.outputs[0] ?? [], undo());
		expect(again.outputs[0]).toMatchObject([{ undoChange: { result: 'deleted' } }]);
		expect(org.rows('Case')).toEqual([]);
	});
});
