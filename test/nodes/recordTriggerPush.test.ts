import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import type { Activated, Executions } from '../support/engine';
import { stages } from '../support/stage';

const stage = stages();
const MINUTE = 60_000;
/** After so many milliseconds a second is over for good; the tests' pauses do not take as long. */
const SETTLED = 5_000;

/** Milliseconds that something may take; then the test fails by what it expects. */
const PATIENCE = 20_000;

/** Resolves when something is so, or does not become so. */
async function until(isSo: () => boolean): Promise<void> {
	const deadline = Date.now() + PATIENCE;
	while (!isSo() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

let active: Activated[] = [];

// Before the orgs close.
afterEach(async () => {
	await Promise.all(active.map(async (one) => await one.close()));
	active = [];
});

/** An org, and what activates a trigger in it, again with what was stored. */
async function listening(
	parameters: INodeParameters,
	options: LocalOrgOptions = {},
): Promise<{
	org: LocalOrg;
	executions: Executions;
	activate: (kept?: IDataObject, id?: string) => Promise<Activated>;
}> {
	const { org, engine } = await stage({ settings: { changeEvents: ['Case'] }, ...options });
	const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case', how: 'push', ...parameters } };
	const executions: Executions = { keys: new Set() };
	return {
		org,
		executions,
		activate: async (kept, id) => {
			const one = await engine.activate(node, kept, executions, id);
			active.push(one);
			return one;
		},
	};
}

/** How many streams an org was asked for. */
const opened = (org: LocalOrg): number => org.calls.filter(({ path }) => path.startsWith('/cometd')).length;
/** Handshake, subscription, and the first connect, which is answered at once. */
const isOpen = (org: LocalOrg): boolean => opened(org) >= 3;
const told = (items: IDataObject[]): unknown[] => items.map(({ event, record }) => [event, (record as IDataObject).Id]);

describe('change events', () => {
	it('bring changes without a poll, each once, though n8n activates the node twice', async () => {
		const { org, activate } = await listening({ events: ['created', 'updated', 'deleted'] });
		const { items, poll } = await activate();
		await until(() => isOpen(org));
		expect(opened(org)).toBe(3);
		const id = org.person().create('Case', { Subject: 'Chair' });
		org.clock.advance(SETTLED);
		await until(() => items.length > 0);
		expect(told(items)).toEqual([['created', id]]);
		org.person().delete(id);
		org.clock.advance(SETTLED);
		await until(() => items.length > 1);
		await poll();
		expect(told(items)).toEqual([
			['created', id],
			['deleted', id],
		]);
	}, 30_000);

	it('come by one stream when the workflow is activated anew before it was ended', async () => {
		const { org, activate } = await listening({});
		const first = await activate({}, 'again');
		await until(() => isOpen(org));
		const before = opened(org);
		const { items } = await activate(first.kept(), 'again');
		// What waited for events, and the end of the stream.
		await until(() => opened(org) >= before + 2 + 3);
		const id = org.person().create('Case', {});
		org.clock.advance(SETTLED);
		await until(() => items.length > 0);
		expect(told(items)).toEqual([['created', id]]);
		expect(opened(org)).toBeLessThan(before + 2 + 2 * 3);
	}, 30_000);

	it.each([
		['gap events', { gapEvents: true }],
		['an overflow', { changeEventsPerTransaction: 0 }],
	])(
		'make good %s by a look',
		async (_name, settings) => {
			const { org, activate } = await listening({}, { settings: { changeEvents: ['Case'], ...settings } });
			const { items } = await activate();
			await until(() => isOpen(org));
			const id = org.person().create('Case', { Subject: 'Chair' });
			org.clock.advance(SETTLED);
			await until(() => items.length > 0);
			expect(items).toMatchObject([{ event: 'created', record: { Id: id, Subject: 'Chair' } }]);
		},
		30_000,
	);

	it('come of custom objects too', async () => {
		const { org, activate } = await listening(
			{ object: 'Seat__c' },
			{ settings: { changeEvents: ['Seat__c'] }, customObjects: { Seat__c: { label: 'Seat' } } },
		);
		const { items } = await activate();
		await until(() => isOpen(org));
		const id = org.person().create('Seat__c', { Name: 'A-1' });
		org.clock.advance(SETTLED);
		await until(() => items.length > 0);
		expect(told(items)).toEqual([['created', id]]);
	}, 30_000);

	it('tell of Cases of moves within seconds', async () => {
		const { org, activate } = await listening({ watch: 'moves' });
		const id = org.person().create('Case', { ExternalID__c: 'p1:m-1' });
		org.clock.advance(SETTLED);
		org.clock.advance(MINUTE);
		const { items } = await activate();
		await until(() => isOpen(org));
		org.person().update(id, { Status: 'Closed' });
		org.clock.advance(SETTLED);
		await until(() => items.length > 0);
		expect(items).toMatchObject([{ event: 'closed', movePlanId: 'p1', moveId: 'm-1' }]);
	}, 30_000);

	it('go on after the session has ended, and lose nothing of the time between', async () => {
		const { org, activate } = await listening({});
		const { items } = await activate();
		await until(() => isOpen(org));
		const before = opened(org);
		org.expireSessions();
		const id = org.person().create('Case', {});
		org.clock.advance(SETTLED);
		await until(() => opened(org) >= before + 4);
		org.clock.advance(MINUTE);
		const next = org.person().create('Case', {});
		org.clock.advance(SETTLED);
		await until(() => items.length > 1);
		expect(told(items)).toEqual([
			['created', id],
			['created', next],
		]);
	}, 30_000);

	it('go on where it stopped after a week without the workflow', async () => {
		const { org, activate } = await listening({});
		const first = await activate();
		await until(() => isOpen(org));
		const id = org.person().create('Case', {});
		org.clock.advance(SETTLED);
		await until(() => first.items.length > 0);
		await first.close();
		const missed = org.person().create('Case', {});
		org.clock.advance(SETTLED);
		org.clock.advance(7 * 24 * 60 * MINUTE);
		const second = await activate(first.kept());
		await until(() => second.items.length > 0);
		await second.poll();
		expect([told(first.items), told(second.items)]).toEqual([[['created', id]], [['created', missed]]]);
	}, 30_000);

	it('bring again what n8n had made no execution of when it was killed', async () => {
		const { org, executions, activate } = await listening({});
		const first = await activate();
		await until(() => isOpen(org));
		executions.fate = 'lost';
		const id = org.person().create('Case', {});
		org.clock.advance(SETTLED);
		await until(() => first.kept().handing !== undefined);
		await first.close();
		executions.fate = undefined;
		const { items, poll } = await activate(first.kept());
		await poll();
		expect([told(first.items), told(items)]).toEqual([[], [['created', id]]]);
	}, 30_000);

	it('are not needed: where there are none, polls find the changes and say why', async () => {
		const { org, activate } = await listening({}, { settings: { changeEvents: [] } });
		const { items, poll } = await activate();
		await until(() => isOpen(org));
		// Salesforce forgets a client that does not make the call that waits for events in time.
		await new Promise((resolve) => setTimeout(resolve, 300));
		org.clock.advance(2_000);
		org.person().create('Case', {});
		org.clock.advance(SETTLED);
		org.clock.advance(2 * MINUTE);
		await poll();
		org.person().create('Case', {});
		org.clock.advance(SETTLED);
		org.clock.advance(2 * MINUTE);
		await poll();
		expect(items).toMatchObject([
			{ event: 'created' },
			{
				event: 'created',
				notPushed:
					'Salesforce sends no events of /data/CaseChangeEvent: choose the object in Setup under Change Data Capture',
			},
		]);
	}, 30_000);

	it('are told of where the object has none at all', async () => {
		const { org, activate } = await listening({ object: 'GroupMember', events: ['created'] });
		const { items, poll } = await activate();
		await until(() => opened(org) >= 2);
		const group = org.person().create('Group', { Name: 'Desk', DeveloperName: 'Desk', Type: 'Regular' });
		org.clock.advance(SETTLED);
		org.person().create('GroupMember', { GroupId: group, UserOrGroupId: org.rows('User')[0]?.Id });
		org.clock.advance(MINUTE);
		await poll();
		expect(items).toMatchObject([
			{ event: 'created', notPushed: expect.stringContaining('/data/GroupMemberChangeEvent') as string },
		]);
	}, 30_000);

	it('are not listened to after the workflow was deactivated', async () => {
		const { org, activate } = await listening({});
		const { items, close } = await activate();
		await until(() => isOpen(org));
		org.person().create('Case', {});
		org.clock.advance(SETTLED);
		await close();
		await new Promise((resolve) => setTimeout(resolve, 200));
		const before = org.calls.length;
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect([items, org.calls.length - before]).toEqual([[], 0]);
	}, 30_000);
});

describe('platform events', () => {
	const EVENT = { label: 'Seat Freed', fields: { Seat__c: { type: 'Text' as const, length: 20 } } };
	const events = async (more: INodeParameters = {}): ReturnType<typeof listening> =>
		await listening(
			{ watch: 'platformEvents', platformEvent: 'Seat_Freed__e', ...more },
			{ platformEvents: { Seat_Freed__e: EVENT } },
		);
	const seats = (items: IDataObject[]): unknown[] => items.map(({ payload }) => (payload as IDataObject).Seat__c);
	const publish = (org: LocalOrg, seat: string): string => org.person().create('Seat_Freed__e', { Seat__c: seat });

	it('start the workflow at once, each once, also those of the time between', async () => {
		const { org, activate } = await events();
		publish(org, 'before');
		org.clock.advance(2_000);
		const first = await activate();
		await until(() => isOpen(org));
		publish(org, 'A-1');
		await until(() => first.items.length > 0);
		expect(first.items).toEqual([
			{
				event: 'published',
				at: expect.any(String) as string,
				changedBy: { id: expect.any(String) as string },
				replayId: expect.any(Number) as number,
				payload: { Seat__c: 'A-1' },
			},
		]);
		await first.close();
		publish(org, 'A-2');
		const second = await activate(first.kept());
		await until(() => second.items.length > 0);
		expect([seats(first.items), seats(second.items)]).toEqual([['A-1'], ['A-2']]);
	}, 30_000);

	it('are all told though n8n ended before the first one came', async () => {
		const { org, activate } = await events();
		publish(org, 'before');
		org.clock.advance(2_000);
		const first = await activate();
		await until(() => isOpen(org));
		await first.close();
		publish(org, 'A-1');
		const second = await activate(first.kept());
		await until(() => second.items.length > 0);
		expect(seats(second.items)).toEqual(['A-1']);
	}, 30_000);

	it.each([
		['were lost when n8n was killed', 'lost' as const, [['A-2', 'A-3']]],
		['were in executions under way when n8n was killed', 'under way' as const, [['A-3']]],
	])(
		'are told again where they %s',
		async (_name, fate, expected) => {
			const { org, executions, activate } = await events({ items: 'together' });
			const together = (items: IDataObject[]): unknown[] => items.map(({ events: all }) => seats(all as IDataObject[]));
			const first = await activate();
			await until(() => isOpen(org));
			publish(org, 'A-1');
			await until(() => first.items.length > 0);
			const before = first.kept();
			executions.fate = fate;
			publish(org, 'A-2');
			await until(() => first.kept() !== before);
			await first.close();
			executions.fate = undefined;
			publish(org, 'A-3');
			const second = await activate(first.kept());
			await until(() => second.items.length > 0);
			expect(together(second.items)).toEqual(expected);
		},
		30_000,
	);

	it('are told again when n8n could make no execution of them', async () => {
		const { org, executions, activate } = await events();
		const { items, kept } = await activate();
		await until(() => isOpen(org));
		executions.fate = 'refused';
		publish(org, 'A-1');
		await until(() => kept().handing !== undefined);
		executions.fate = undefined;
		publish(org, 'A-2');
		await until(() => items.length > 1);
		expect(seats(items)).toEqual(['A-1', 'A-2']);
	}, 30_000);

	it('say so when the last one told is older than what Salesforce keeps', async () => {
		const { org, activate } = await events();
		const first = await activate();
		await until(() => isOpen(org));
		publish(org, 'A-1');
		await until(() => first.items.length > 0);
		await first.close();
		publish(org, 'gone');
		org.clock.advance(4 * 24 * 60 * MINUTE);
		publish(org, 'A-3');
		const second = await activate(first.kept());
		await until(() => second.items.length > 0);
		expect(second.items).toMatchObject([
			{ payload: { Seat__c: 'A-3' }, eventsMissed: expect.stringContaining('three days') as string },
		]);
	}, 30_000);

	it('begin with all that Salesforce has where that is wanted, and make one item of what comes together', async () => {
		const { org, activate } = await events({ startFrom: 'everything', items: 'together' });
		publish(org, 'A-1');
		publish(org, 'A-2');
		const { items } = await activate();
		await until(() => items.length > 0);
		expect(items).toMatchObject([{ events: [{ payload: { Seat__c: 'A-1' } }, { payload: { Seat__c: 'A-2' } }] }]);
	}, 30_000);

	it('give the newest few in a test run', async () => {
		const { org, engine } = await stage({ platformEvents: { Seat_Freed__e: EVENT } });
		for (let seat = 1; seat <= 8; seat++) publish(org, `A-${seat}`);
		const parameters = { watch: 'platformEvents', platformEvent: 'Seat_Freed__e' };
		const { items } = await engine.poll({ type: 'salesforceRecordTrigger', parameters }, {}, 'manual');
		expect(seats(items)).toEqual(['A-4', 'A-5', 'A-6', 'A-7', 'A-8']);
	});

	it('can be chosen from a list', async () => {
		const { engine } = await stage({ platformEvents: { Seat_Freed__e: EVENT } });
		const node = { type: 'salesforceRecordTrigger' };
		expect(await engine.choices(node, 'listSearch', 'searchPlatformEvents')).toEqual({
			results: [{ name: 'Seat Freed (Seat_Freed__e)', value: 'Seat_Freed__e' }],
		});
	});

	it('fail the activation when the org has no such event, and begin when its name is corrected', async () => {
		const { org, engine } = await stage({ platformEvents: { Seat_Freed__e: EVENT } });
		const activate = async (platformEvent: string): Promise<Activated> => {
			const parameters = { watch: 'platformEvents', platformEvent };
			const node = { type: 'salesforceRecordTrigger', parameters };
			const one = await engine.activate(node, {}, { keys: new Set() }, 'corrected');
			active.push(one);
			return one;
		};
		await expect(activate('Seat_Fred__e')).rejects.toMatchObject({
			message: expect.stringContaining('/event/Seat_Fred__e') as string,
			description: expect.stringContaining('Check that the channel exists') as string,
		});
		const { items } = await activate('Seat_Freed__e');
		publish(org, 'A-1');
		await until(() => items.length > 0);
		expect(seats(items)).toEqual(['A-1']);
	}, 30_000);

	it('say what to do about a parameter that cannot be read', async () => {
		const { activate } = await listening({ condition: "(Status = 'New'" });
		await expect(activate()).rejects.toMatchObject({
			message: 'The parentheses in Condition do not match',
			description: 'Close each one that is opened.',
		});
	});

	it('fail the activation when there is no session to be had', async () => {
		const { org, activate } = await events();
		org.settings.answer401Always = true;
		await expect(activate()).rejects.toThrow();
	});
});
