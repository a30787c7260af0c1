import { setTimeout } from 'node:timers/promises';

import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg, Seed } from '../../local-org';
import { stages } from '../support/stage';
import type { TestNode, TestRun } from '../support/engine';
import type { Stage } from '../support/stage';

const stage = stages();

const COUNT = 600;
const each = <T>(make: (index: number) => T): T[] => Array.from({ length: COUNT }, (_none, index) => make(index));
const moves = each((index) => ({ moveId: `m-${index}`, movePlanId: 'p', employeeName: 'Ada' }));
const save = (operation: string, sObject: string): TestNode => ({
	type: 'salesforceCreateOrUpdateRecord',
	parameters: {
		operation,
		object: { __rl: true, mode: 'name', value: sObject },
		valuesFrom: 'json',
		record: '={{ $json.record }}',
		recordId: '={{ $json.id }}',
		options: { parallelCalls: 1 },
	},
});
const inOrg = (org: LocalOrg, sObject: string): number =>
	org.rows(sObject).filter(({ IsDeleted }) => IsDeleted !== true).length;

/** What a node is doing when it is stopped. */
interface Work {
	seed?: Seed;
	prepare?(on: Stage): Promise<IDataObject[]>;
	items: IDataObject[];
	node: TestNode;
	/** How many records are as the node makes them. */
	done(org: LocalOrg): number;
	repeatable: boolean;
	onError?: TestNode['onError'];
}

const push: TestNode = {
	type: 'salesforcePushMove',
	parameters: { options: { parallelCalls: 1, recordsPerCall: '200' } },
};

const WORKS: Record<string, Work> = {
	'creates records': {
		items: each((index) => ({ record: { LastName: `N${index}` } })),
		node: save('create', 'Contact'),
		done: (org) => inOrg(org, 'Contact'),
		repeatable: false,
	},
	'updates records': {
		seed: { Contact: each((index) => ({ LastName: `Old ${index}` })) },
		prepare: async ({ org }) =>
			await Promise.resolve(org.rows('Contact').map(({ Id }) => ({ id: Id as string, record: { LastName: 'New' } }))),
		items: [],
		node: save('update', 'Contact'),
		done: (org) => org.rows('Contact').filter(({ LastName }) => LastName === 'New').length,
		repeatable: true,
	},
	'pushes moves': { items: moves, node: push, done: (org) => inOrg(org, 'Case'), repeatable: true },
	'deletes the Cases of moves': {
		prepare: async ({ run }) => {
			await run(moves, push);
			return moves;
		},
		items: [],
		node: { type: 'salesforceUndoMove', parameters: { options: { parallelCalls: 1, recordsPerCall: '200' } } },
		done: (org) => COUNT - inOrg(org, 'Case'),
		repeatable: true,
	},
	'freezes users': {
		seed: {
			User: each((index) => ({
				Username: `u${index}@staff.example`,
				LastName: `U${index}`,
				CreatedDate: '2020-01-01T00:00:00.000Z',
			})),
		},
		prepare: async ({ org }) =>
			await Promise.resolve(
				org
					.rows('User')
					.filter(({ Username }) => String(Username).endsWith('@staff.example'))
					.map(({ Id }) => ({ orgId: org.organizationId, user: { id: Id as string } })),
			),
		items: [],
		node: {
			type: 'salesforceReclaimLicense',
			parameters: { operation: 'freeze', dryRun: false, options: { atMost: 1_000 } },
		},
		done: (org) => org.rows('UserLogin').filter(({ IsFrozen }) => IsFrozen === true).length,
		repeatable: true,
	},
};

/** Runs a node and stops it while its second call that writes is under way, which the org carries out at once. */
async function stopped({ run, engine, org }: Stage, items: IDataObject[], work: Work): Promise<TestRun> {
	const running = run(items, { ...work.node, onError: work.onError });
	const doesMore = async (than: number): Promise<number> => {
		while (work.done(org) <= than) await setTimeout(10);
		return work.done(org);
	};
	const isUnderWay = async (): Promise<void> => {
		await doesMore(await doesMore(work.done(org)));
	};
	await Promise.race([isUnderWay(), running]);
	engine.stop();
	return await running;
}

describe.each(Object.entries(WORKS))('a node that %s and is stopped', (_what, work) => {
	async function started(): Promise<Stage & { items: IDataObject[] }> {
		const on = await stage({ seed: work.seed });
		const items = (await work.prepare?.(on)) ?? work.items;
		on.org.settings.delayPerCallMs = 250;
		return { ...on, items };
	}

	it('says of those under way that they are in doubt, and of the others that they were not sent', async () => {
		const on = await started();
		const result = await stopped(on, on.items, { ...work, onError: 'continueRegularOutput' });
		const calls = on.org.calls.length;
		await setTimeout(300);
		// Stopped is stopped: the call under way is the last.
		expect(on.org.calls.length - calls).toBeLessThanOrEqual(1);
		const done = work.done(on.org);
		expect(done).toBeGreaterThan(0);
		expect(done).toBeLessThan(COUNT);
		const items = (result.run.data.resultData.runData['Node 0']?.[0]?.data?.main ?? [])
			.flatMap((output) => output ?? [])
			.map(({ json }) => json as { details?: { kind: string; retry: string; code: string }; reclaim?: IDataObject });
		expect(items).toHaveLength(COUNT);
		const inDoubt = items.filter((item) => item.details?.kind === 'inDoubt' || item.reclaim?.result === 'inDoubt');
		const notSent = items.filter(
			(item) =>
				item.details?.code === 'NOT_SENT' || item.details?.code === 'STOPPED' || item.reclaim?.result === 'stopped',
		);
		expect(inDoubt.length).toBeGreaterThan(0);
		expect(notSent.length).toBeGreaterThan(0);
		for (const { details } of items) {
			if (details?.kind === 'inDoubt') expect(details.retry).toBe(work.repeatable ? 'later' : 'never');
			else if (details !== undefined) expect(details.retry).not.toBe('never');
		}
		if (!work.repeatable) return;
		on.org.settings.delayPerCallMs = 0;
		const again = await on.run(on.items, work.node);
		expect(again.error).toBeUndefined();
		expect(work.done(on.org)).toBe(COUNT);
	});
});

it('never advises what would make doubles', async () => {
	const work = WORKS['creates records'] as Work;
	const on = await stage({ settings: { delayPerCallMs: 250 } });
	const { error } = await stopped(on, work.items, work);
	expect(error?.message).toBe(
		'Item 200: The execution was stopped while the call was under way. The record may have been created all the same',
	);
	expect(error?.description).toMatch(
		/^Look for it in Salesforce before you run again: that would create it once more\..* 200 of 600 items are known to be saved; items 201, /,
	);
});
