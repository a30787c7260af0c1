import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { LocalOrg, LocalOrgOptions } from '../../local-org';
import { stages } from '../support/stage';

const stage = stages();
const NOW = new Date('2026-05-31T12:00:00Z');
const MINUTE = 60_000;
/** After so many milliseconds a second is over for good. */
const SETTLED = 5_000;

/** A workflow whose trigger is polled, and stores what n8n would store. */
async function activated(
	parameters: INodeParameters,
	options: LocalOrgOptions = {},
): Promise<{ org: LocalOrg; poll: (more?: INodeParameters) => Promise<IDataObject[]> }> {
	const { org, engine } = await stage({ clock: () => NOW, ...options });
	let kept: IDataObject = {};
	const poll = async (more: INodeParameters = {}): Promise<IDataObject[]> => {
		const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case', ...parameters, ...more } };
		org.clock.advance(SETTLED);
		const polled = await engine.poll(node, kept);
		kept = polled.kept;
		return polled.items;
	};
	return { org, poll };
}

const told = (items: IDataObject[]): unknown[] => items.map(({ event, record }) => [event, (record as IDataObject).Id]);

const ALL_EVENTS = { events: ['created', 'updated', 'deleted', 'undeleted'] };

it('tells what happens from its activation on, each change once', async () => {
	const { org, poll } = await activated(ALL_EVENTS);
	const person = org.person();
	const old = person.create('Case', { Subject: 'Chair' });
	expect(await poll()).toEqual([]);
	org.clock.advance(MINUTE);
	const young = person.create('Case', { Subject: 'Desk' });
	person.update(old, { Subject: 'Two chairs' });
	expect(told(await poll())).toEqual([
		['updated', old],
		['created', young],
	]);
	expect(await poll()).toEqual([]);
	org.clock.advance(MINUTE);
	person.update(young, { Subject: 'Two desks' });
	expect(told(await poll())).toEqual([['updated', young]]);
	org.clock.advance(60 * MINUTE);
	person.delete(old);
	expect(told(await poll())).toEqual([['deleted', old]]);
	org.clock.advance(24 * 60 * MINUTE);
	person.undelete(old);
	expect(told(await poll())).toEqual([['undeleted', old]]);
	org.clock.advance(60 * MINUTE);
	expect(await poll()).toEqual([]);
});

it('gives who changed it, when, its address, and the fields that were chosen', async () => {
	const { org, poll } = await activated({ whichFields: 'chosen', fields: ['Subject'], furtherFields: 'Owner.Name' });
	await poll();
	const id = org.person().create('Case', { Subject: 'Chair' });
	expect(await poll()).toEqual([
		{
			event: 'created',
			at: '2026-05-31T12:00:05Z',
			changedBy: { id: expect.any(String) as string, name: expect.any(String) as string },
			link: `${org.url}/lightning/r/Case/${id}/view`,
			record: { Id: id, Subject: 'Chair', Owner: { Name: expect.any(String) as string } },
		},
	]);
});

it('makes one call when nothing was changed', async () => {
	const { org, poll } = await activated({});
	await poll();
	const before = org.apiCalls;
	await poll();
	org.clock.advance(60 * MINUTE);
	await poll();
	expect(org.apiCalls - before).toBe(2);
});

it('tells what commits late, with a stamp from before what was told', async () => {
	const { org, poll } = await activated({});
	const begun = org.clock.now();
	await poll();
	org.clock.advance(5 * MINUTE);
	const quick = org.person().create('Case', {});
	expect(told(await poll())).toEqual([['created', quick]]);
	const late = org.person({ at: begun }).create('Case', {});
	const later = org.person({ at: new Date(begun.getTime() - 4 * MINUTE) }).create('Case', {});
	expect(told(await poll())).toEqual([
		['created', later],
		['created', late],
	]);
	expect(await poll()).toEqual([]);
});

it('hands over more than a poll takes in batches, in order, and says how many wait', async () => {
	const { org, poll } = await activated({ options: { changesPerPoll: 4 } });
	await poll();
	const ids = Array.from({ length: 10 }, () => org.person().create('Case', {}));
	const batches = [await poll(), await poll(), await poll(), await poll()];
	expect(batches.map((items) => items.map(({ waiting }) => waiting))).toEqual([
		[6, 6, 6, 6],
		[2, 2, 2, 2],
		[undefined, undefined],
		[],
	]);
	expect(batches.flat().map(({ record }) => (record as IDataObject).Id)).toEqual(ids);
});

it.each([
	['everything', { startFrom: 'everything' }, 2],
	['a moment', { startFrom: 'moment', startMoment: '2026-05-31T11:59:00Z' }, 1],
	['now', {}, 0],
])('begins with %s', async (_name, start, count) => {
	const { org, poll } = await activated(start);
	org.person({ at: new Date(NOW.getTime() - 60 * MINUTE) }).create('Case', {});
	org.person().create('Case', {});
	expect(await poll()).toHaveLength(count);
	expect(await poll()).toEqual([]);
});

it('counts only records that meet the condition, whose values stay values', async () => {
	const { org, poll } = await activated({
		condition: 'Priority IN :priorities AND Subject = :subject',
		queryParameters: {
			parameter: [
				{ name: 'priorities', type: 'text', list: true, separator: 'automatic', value: 'High,Low' },
				{ name: 'subject', type: 'text', list: false, value: "O'Hara) OR (Id != null" },
			],
		},
	});
	await poll();
	org.person().create('Case', { Priority: 'High', Subject: 'Other' });
	const id = org.person().create('Case', { Priority: 'High', Subject: "O'Hara) OR (Id != null" });
	expect(told(await poll())).toEqual([['created', id]]);
});

it('finds nothing where a list of the condition is empty', async () => {
	const { org, poll } = await activated({
		condition: 'Priority IN :priorities',
		queryParameters: {
			parameter: [{ name: 'priorities', type: 'text', list: true, separator: 'automatic', value: [] }],
		},
	});
	await poll();
	org.person().create('Case', { Priority: 'High' });
	expect(await poll()).toEqual([]);
});

it.each([
	["Status = 'New' ORDER BY Id", 'Condition has ORDER'],
	["Status = 'New') OR (Id != null", 'The parentheses in Condition do not match'],
	["Status = 'New", 'A text in Condition has no end'],
	['Status = "New"', 'SOQL has no double quotes'],
	["Status = 'New';", 'SOQL has no semicolon at its end'],
	['Status = :status', 'The query uses :status, which Query Parameters does not have'],
])('refuses the condition %s', async (condition, message) => {
	const { poll } = await activated({ condition });
	await expect(poll()).rejects.toThrow(message);
});

it('does not tell twice what two polls at once find', async () => {
	const { org, engine } = await stage({ clock: () => NOW });
	const active = await engine.activate({ type: 'salesforceRecordTrigger', parameters: { object: 'Case' } });
	const id = org.person().create('Case', {});
	org.clock.advance(SETTLED);
	await Promise.all([active.poll(), active.poll()]);
	await active.poll();
	expect(told(active.items)).toEqual([['created', id]]);
});

it('makes good what a poll that fails, or is lost, did not hand over', async () => {
	const { org, engine } = await stage({ clock: () => NOW });
	const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case' } };
	const { kept } = await engine.poll(node);
	const id = org.person().create('Case', {});
	org.clock.advance(SETTLED);
	org.addFault({ path: '/query', status: 400, body: [{ errorCode: 'UNKNOWN', message: 'Broken' }] });
	await expect(engine.poll(node, kept)).rejects.toThrow();
	const lost = await engine.poll(node, kept);
	expect(told(lost.items)).toEqual([['created', id]]);
	expect(told((await engine.poll(node, kept)).items)).toEqual([['created', id]]);
	expect((await engine.poll(node, lost.kept)).items).toEqual([]);
});

it.each<[string, (org: LocalOrg) => void]>([
	['a session that has ended', (org) => org.expireSessions()],
	['maintenance', (org) => org.addFault({ path: '/query', status: 503, body: '<html>', times: 9 })],
	['missing rights', (org) => (org.settings.hiddenObjects = ['Case'])],
	['an answer that is lost', (org) => org.addFault({ path: '/query', cut: 'after', times: 9 })],
])('makes good %s', async (_name, disturb) => {
	const { org, engine } = await stage({ clock: () => NOW });
	const active = await engine.activate({ type: 'salesforceRecordTrigger', parameters: { object: 'Case' } });
	const id = org.person().create('Case', {});
	org.clock.advance(SETTLED);
	disturb(org);
	await active.poll().catch(() => {});
	org.settings.hiddenObjects = [];
	for (let polls = 0; polls < 3; polls++) await active.poll().catch(() => {});
	expect(told(active.items)).toEqual([['created', id]]);
});

it('keeps the calls free that it is told to', async () => {
	const { poll } = await activated({ options: { apiCallsToKeepFree: 50 } }, { settings: { dailyApiRequests: 4 } });
	await expect(poll()).rejects.toThrow('percent are to be kept free');
});

it('goes on with the next poll where most of what was changed does not count', async () => {
	const { org, poll } = await activated({
		startFrom: 'everything',
		events: ['deleted'],
		options: { changesPerPoll: 1 },
	});
	const ids = Array.from({ length: 50 }, () => org.person().create('Case', {}));
	org.clock.advance(MINUTE);
	org.person().delete(String(ids[0]));
	const before = org.apiCalls;
	expect(await poll()).toEqual([]);
	expect(org.apiCalls - before).toBeLessThan(25);
	expect([...(await poll()), ...(await poll())].map(({ event }) => event)).toEqual(['deleted']);
});

it('goes on without a field that is hidden later, says so, and has it again when it is shown', async () => {
	const { org, poll } = await activated({ whichFields: 'chosen', fields: ['Subject', 'Priority'] });
	await poll();
	org.settings.hiddenFields = ['Case.Priority'];
	const id = org.person().create('Case', { Subject: 'Chair' });
	expect(await poll()).toMatchObject([{ record: { Id: id, Subject: 'Chair' }, missingFields: ['Priority'] }]);
	const before = org.apiCalls;
	await poll();
	expect(org.apiCalls - before).toBe(1);
});

it('loses no change of the very second in which it reads', async () => {
	const { org, engine } = await stage({ clock: () => NOW });
	const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case' } };
	const first = await engine.poll(node);
	const id = org.person().create('Case', { Subject: 'Chair' });
	const second = await engine.poll(node, first.kept);
	org.person().update(id, { Subject: 'Desk' });
	org.clock.advance(SETTLED);
	const third = await engine.poll(node, second.kept);
	expect([...second.items, ...third.items]).toMatchObject([{ event: 'created', record: { Subject: 'Desk' } }]);
});

it('goes on with what waits when a field is hidden meanwhile', async () => {
	const more = { whichFields: 'chosen', fields: ['Subject', 'Priority'], options: { changesPerPoll: 2 } };
	const { org, poll } = await activated(more);
	await poll();
	const ids = Array.from({ length: 5 }, () => org.person().create('Case', {}));
	const items = await poll();
	org.settings.hiddenFields = ['Case.Priority'];
	items.push(...(await poll()), ...(await poll()));
	expect(items.map(({ record }) => (record as IDataObject).Id)).toEqual(ids);
	expect(items.map(({ missingFields }) => missingFields)).toEqual([
		undefined,
		undefined,
		['Priority'],
		['Priority'],
		['Priority'],
	]);
});

it('tells of a record that was changed twice between two polls once, and of one that came and went that it is gone', async () => {
	const { org, poll } = await activated(ALL_EVENTS);
	await poll();
	const person = org.person();
	const changed = person.create('Case', { Subject: 'Chair' });
	const gone = person.create('Case', {});
	org.clock.advance(MINUTE);
	person.update(changed, { Subject: 'Two chairs' });
	person.delete(gone);
	const items = await poll();
	expect(told(items)).toEqual([
		['created', changed],
		['deleted', gone],
	]);
	expect(items[0]).toMatchObject({ record: { Subject: 'Two chairs' } });
});

it('tells nothing of a record that meets the condition no longer, and more of one that does so at last', async () => {
	const { org, poll } = await activated({ condition: "Priority = 'High'" });
	const before = org.person({ at: new Date(NOW.getTime() - 24 * 60 * MINUTE) });
	const [high, low] = ['High', 'Low'].map((Priority) => before.create('Case', { Priority }));
	await poll();
	org.person().update(String(high), { Priority: 'Low' });
	org.person().update(String(low), { Priority: 'High' });
	expect(told(await poll())).toEqual([['updated', low]]);
});

it('says that its condition holds too many values, not that a query could be split', async () => {
	const { poll } = await activated({
		condition: 'Subject IN :subjects',
		queryParameters: {
			parameter: [
				{
					name: 'subjects',
					type: 'text',
					list: true,
					value: Array.from({ length: 3_000 }, (_none, index) => `A chair of the number ${index}, in blue`).join('\n'),
					separator: 'line',
				},
			],
		},
	});
	await expect(poll()).rejects.toThrow('Condition holds more values than one query has room for');
});

it('knows a record that comes back when Salesforce clears its recycle bin late', async () => {
	const { org, poll } = await activated(ALL_EVENTS, { settings: { recycleBinDays: 20 } });
	const id = org.person().create('Case', {});
	await poll();
	org.person().delete(id);
	await poll();
	org.clock.advance(16 * 24 * 60 * MINUTE);
	await poll();
	org.person().undelete(id);
	expect(told(await poll())).toEqual([['undeleted', id]]);
});

it.each([
	['object', { object: 'Contact' }],
	['condition', { condition: 'Subject != null' }],
])('begins with what is changed from now on when it waits for another %s', async (_name, other) => {
	const { org, poll } = await activated({});
	const person = org.person({ at: new Date(NOW.getTime() - 60 * MINUTE) });
	person.create('Case', { Subject: 'Chair' });
	person.create('Contact', { LastName: 'Agent' });
	await poll();
	org.clock.advance(60 * MINUTE);
	expect(await poll(other)).toEqual([]);
	org.person().create('Case', { Subject: 'Desk' });
	org.person().create('Contact', { LastName: 'Buyer' });
	expect(await poll(other)).toMatchObject([{ event: 'created' }]);
});

it('begins anew when its credential opens another org', async () => {
	const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case' } };
	const first = await stage({ clock: () => NOW });
	const { kept } = await first.engine.poll(node);
	// Its clock is ahead, so that the other org's cursor would skip or tell what is not to be.
	const later = new Date(NOW.getTime() + 60 * MINUTE);
	const { org, engine } = await stage({ clock: () => later });
	org.person().create('Case', { Subject: 'Old' });
	org.clock.advance(SETTLED);
	const second = await engine.poll(node, kept);
	const id = org.person().create('Case', { Subject: 'New' });
	org.clock.advance(SETTLED);
	const third = await engine.poll(node, second.kept);
	expect([second.items, told(third.items)]).toEqual([[], [['created', id]]]);
});

it('goes by the clock of Salesforce, which may be behind by years, or ahead', async () => {
	for (const now of ['2019-03-31T00:59:58Z', '2099-10-25T00:59:58Z']) {
		const { org, engine } = await stage({ clock: () => new Date(now) });
		engine.timezone = 'Europe/Berlin';
		const active = await engine.activate({ type: 'salesforceRecordTrigger', parameters: { object: 'Case' } });
		const ids: string[] = [];
		// Over the hour at which the time of day is changed.
		for (let polls = 0; polls < 5; polls++) {
			ids.push(org.person().create('Case', {}));
			org.clock.advance(SETTLED);
			await active.poll();
		}
		expect(told(active.items)).toEqual(ids.map((id) => ['created', id]));
	}
});

it('stops with a sentence when its object has gone', async () => {
	const { org, poll } = await activated({});
	await poll();
	org.settings.hiddenObjects = ['Case'];
	await expect(poll()).rejects.toThrow(/Case/);
});

it('goes on where it was when other fields are chosen', async () => {
	const { org, poll } = await activated({});
	await poll();
	const id = org.person().create('Case', { Subject: 'Chair' });
	const items = await poll({ whichFields: 'chosen', fields: ['Subject'] });
	expect(items).toMatchObject([{ event: 'created', record: { Id: id, Subject: 'Chair' } }]);
});

it('puts what a poll found into one item where that is wanted', async () => {
	const { org, poll } = await activated({ items: 'together' });
	await poll();
	org.person().create('Case', {});
	org.person().create('Case', {});
	const items = await poll();
	expect(items).toHaveLength(1);
	expect(items[0]?.changes).toHaveLength(2);
});

it('tells which fields were changed, as far as the org keeps their history', async () => {
	const { org, poll } = await activated(
		{ options: { changedFields: true } },
		{ settings: { trackedFields: ['Case.Priority'] } },
	);
	const id = org.person().create('Case', { Priority: 'Low', Subject: 'Chair' });
	await poll();
	org.person().update(id, { Priority: 'High', Subject: 'Desk' });
	expect(await poll()).toMatchObject([{ changedFields: [{ field: 'Priority', from: 'Low', to: 'High' }] }]);
	org.person().update(id, { Priority: 'Medium' });
	expect(await poll()).toMatchObject([{ changedFields: [{ field: 'Priority', from: 'High', to: 'Medium' }] }]);
});

describe('Only When These Fields Changed', () => {
	it('tells of those updates alone, and of everything that is new', async () => {
		const { org, poll } = await activated({ onlyWhenChanged: 'status, Priority' });
		const before = org.person({ at: new Date(NOW.getTime() - 24 * 60 * MINUTE) });
		const old = before.create('Case', { Subject: 'Chair', Status: 'New' });
		await poll();
		const person = org.person();
		person.update(old, { Subject: 'Two chairs' });
		const young = person.create('Case', { Subject: 'Desk' });
		expect(told(await poll())).toEqual([['created', young]]);
		person.update(old, { Status: 'Working' });
		person.update(young, { Subject: 'Two desks' });
		expect(told(await poll())).toEqual([['updated', old]]);
		org.clock.advance(60 * MINUTE);
		person.update(young, { Priority: 'High' });
		expect(told(await poll())).toEqual([['updated', young]]);
	});

	it('compares anew when other fields are named', async () => {
		const { org, poll } = await activated({ onlyWhenChanged: 'Status' });
		const id = org.person().create('Case', { Subject: 'Chair', Priority: 'Low' });
		await poll();
		org.person().update(id, { Priority: 'High' });
		expect(await poll()).toEqual([]);
		const more = { onlyWhenChanged: 'Priority' };
		org.person().update(id, { Subject: 'Two chairs' });
		expect(await poll(more)).toHaveLength(1);
		org.person().update(id, { Subject: 'Three chairs' });
		expect(await poll(more)).toEqual([]);
		org.person().update(id, { Priority: 'Low' });
		expect(told(await poll(more))).toEqual([['updated', id]]);
	});

	it.each([
		['Owner.Name', 'Only When These Fields Changed has fields of a parent: Owner.Name'],
		['Status, 1st', 'Not the name of a field: 1st'],
		['Status, Urgency', "No such column 'Urgency'"],
	])('refuses %s', async (onlyWhenChanged, message) => {
		const { poll } = await activated({ onlyWhenChanged });
		await expect(poll()).rejects.toThrow(message);
	});

	it('goes on without a field that is hidden later, and says so', async () => {
		const { org, poll } = await activated({ onlyWhenChanged: 'Status, Priority' });
		const id = org.person().create('Case', { Status: 'New' });
		await poll();
		org.settings.hiddenFields = ['Case.Priority'];
		org.person().update(id, { Status: 'Working' });
		expect(await poll()).toMatchObject([{ event: 'updated', missingFields: ['Priority'] }]);
	});
});

it('tells what is new where nothing but the one stamp says so', async () => {
	const { org, poll } = await activated({ object: 'GroupMember', events: ['created'] });
	const person = org.person();
	const group = person.create('Group', { Name: 'Desk', DeveloperName: 'Desk', Type: 'Regular' });
	const [before, after] = org.rows('User').map(({ Id }) => ({ GroupId: group, UserOrGroupId: Id }));
	person.create('GroupMember', before ?? {});
	await poll();
	const id = person.create('GroupMember', after ?? {});
	expect(told(await poll())).toEqual([['created', id]]);
});

it('refuses to wait for new records that do not tell when they were created', async () => {
	const { poll } = await activated({ object: 'PermissionSetAssignment', events: ['created'] });
	await expect(poll()).rejects.toThrow('Records of PermissionSetAssignment do not tell when they were created');
});

describe('Deletions of records that have no recycle bin', () => {
	const deleted = { object: 'GroupMember', events: ['created', 'deleted'] };
	async function members(): Promise<{ org: LocalOrg; add: () => string; poll: () => Promise<IDataObject[]> }> {
		const { org, poll } = await activated(deleted);
		const group = org.person().create('Group', { Name: 'Desk', DeveloperName: 'Desk', Type: 'Regular' });
		const users = org.rows('User').map(({ Id }) => String(Id));
		const add = (): string => org.person().create('GroupMember', { GroupId: group, UserOrGroupId: users.shift() });
		return { org, add, poll };
	}

	it('come from the log of what was deleted, each once', async () => {
		const { org, add, poll } = await members();
		const [before, first, second] = [add(), add(), add()];
		org.person().delete(String(before));
		org.clock.advance(MINUTE);
		expect(await poll()).toEqual([]);
		org.clock.advance(MINUTE);
		org.person().delete(String(first));
		expect(await poll()).toMatchObject([{ event: 'deleted', changedBy: null, record: { Id: first } }]);
		expect(await poll()).toEqual([]);
		org.clock.advance(60 * MINUTE);
		org.person().delete(String(second));
		expect(told(await poll())).toEqual([['deleted', second]]);
		org.clock.advance(60 * MINUTE);
		expect(await poll()).toEqual([]);
	});

	it.each([
		[{ condition: "GroupId != ''" }, 'so no condition can be checked'],
		[
			{ object: 'PermissionSetAssignment', events: ['deleted'] },
			'Salesforce does not tell which records of PermissionSetAssignment were deleted',
		],
	])('are refused where they cannot be told: %j', async (more, message) => {
		const { poll } = await activated({ ...deleted, ...more });
		await expect(poll()).rejects.toThrow(message);
	});
});

it('gives the newest few in a test run, and moves nothing', async () => {
	const { org, engine } = await stage({ clock: () => NOW });
	const node = { type: 'salesforceRecordTrigger', parameters: { object: 'Case' } };
	for (let count = 0; count < 8; count++) org.person().create('Case', { Subject: `Chair ${count}` });
	const { items, kept } = await engine.poll(node, {}, 'manual');
	expect(items).toHaveLength(5);
	expect(kept).toEqual({});
});

describe('Cases of moves', () => {
	const caseOf = (move: string, plan = 'p1'): IDataObject => ({ ExternalID__c: `${plan}:${move}`, Status: 'New' });
	const toldMoves = (items: IDataObject[]): unknown[] =>
		items.map(({ event, movePlanId, moveId }) => [event, movePlanId, moveId]);
	const watched = async (more: INodeParameters = {}): ReturnType<typeof activated> =>
		await activated({ watch: 'moves', ...more });

	it('tell what became of a move, with its IDs read back from the external ID', async () => {
		const { org, poll } = await watched();
		const person = org.person();
		const [queue, other] = org.rows('User').map(({ Id }) => String(Id));
		const old = person.create('Case', { ...caseOf('m-1'), OwnerId: queue });
		expect(await poll()).toEqual([]);
		org.clock.advance(60 * MINUTE);
		const young = person.create('Case', { ...caseOf('^m-2=20b'), OwnerId: queue });
		person.create('Case', { ExternalID__c: 'Not a move', Status: 'Closed' });
		expect(await poll()).toEqual([]);
		org.clock.advance(60 * MINUTE);
		person.update(old, { Status: 'Closed' });
		person.update(young, { Subject: 'Another seat' });
		expect(await poll()).toMatchObject([
			{ event: 'closed', movePlanId: 'p1', moveId: 'm-1', record: { Id: old, Status: 'Closed', IsClosed: true } },
		]);
		person.update(old, { Subject: 'As before' });
		person.update(young, { OwnerId: other });
		expect(await poll()).toMatchObject([
			{
				event: 'reassigned',
				movePlanId: 'p1',
				moveId: 'M-2 B',
				record: { OwnerId: other, Owner: { Name: expect.any(String) as string } },
			},
		]);
		org.clock.advance(24 * 60 * MINUTE);
		person.update(old, { Status: 'New', OwnerId: other });
		person.delete(young);
		expect(toldMoves(await poll())).toEqual([
			['reassigned', 'p1', 'm-1'],
			['reopened', 'p1', 'm-1'],
			['deleted', 'p1', 'M-2 B'],
		]);
		person.undelete(young);
		expect(toldMoves(await poll())).toEqual([['restored', 'p1', 'M-2 B']]);
		person.update(young, { Status: 'Closed' });
		expect(toldMoves(await poll())).toEqual([['closed', 'p1', 'M-2 B']]);
	});

	it('are found by the name that the external ID has in the org', async () => {
		const { org, poll } = await activated(
			{
				watch: 'moves',
				options: { caseFieldNames: { fields: [{ field: 'externalId', name: 'Move_ID__c' }] } },
			},
			{ fields: { 'Case.Move_ID__c': { type: 'Text', length: 255, externalId: true } } },
		);
		const id = org.person().create('Case', { Move_ID__c: 'p1:m-1', Status: 'New' });
		await poll();
		org.person().update(id, { Status: 'Closed' });
		expect(await poll()).toMatchObject([{ event: 'closed', moveId: 'm-1', record: { Move_ID__c: 'p1:m-1' } }]);
	});

	it('are known from before the activation', async () => {
		const { org, poll } = await watched();
		const before = org.person({ at: new Date(NOW.getTime() - 24 * 60 * MINUTE) });
		const [closed, open] = ['Closed', 'New'].map((Status) => before.create('Case', { ...caseOf('m-1'), Status }));
		await poll();
		org.clock.advance(60 * MINUTE);
		org.person().update(String(closed), { Status: 'New' });
		org.person().update(String(open), { Subject: 'Another seat' });
		expect(toldMoves(await poll())).toEqual([['reopened', 'p1', 'm-1']]);
	});

	it('tell of one that was closed and opened again between two polls, and closed once more', async () => {
		const { org, poll } = await watched();
		const id = org.person().create('Case', { ...caseOf('m-1'), Status: 'Closed' });
		await poll();
		org.person().update(id, { Status: 'New' });
		org.clock.advance(MINUTE);
		org.person().update(id, { Status: 'Closed' });
		expect(toldMoves(await poll())).toEqual([['closed', 'p1', 'm-1']]);
	});

	it('tell only what is wanted, of those that meet the condition', async () => {
		const { org, poll } = await watched({
			caseEvents: ['closed'],
			condition: "Priority = 'High' OR Priority = 'Urgent'",
		});
		await poll();
		for (const Priority of ['High', 'Low']) {
			org.person().create('Case', { ...caseOf(Priority.toLowerCase()), Status: 'Closed', Priority });
		}
		org.person().delete(org.person().create('Case', { ...caseOf('gone'), Priority: 'High' }));
		expect(toldMoves(await poll())).toEqual([['closed', 'p1', 'high']]);
	});

	it('make one call when nothing was changed', async () => {
		const { org, poll } = await watched();
		await poll();
		const before = org.apiCalls;
		await poll();
		expect(org.apiCalls - before).toBe(1);
	});

	it('begin with all that are closed where that is wanted', async () => {
		const { org, poll } = await watched({ startFrom: 'everything' });
		const before = org.person({ at: new Date(NOW.getTime() - 24 * 60 * MINUTE) });
		before.create('Case', { ...caseOf('m-1'), Status: 'Closed' });
		before.create('Case', caseOf('m-2'));
		expect(toldMoves(await poll())).toEqual([['closed', 'p1', 'm-1']]);
	});

	it('give the newest few in a test run', async () => {
		const { org, engine } = await stage({ clock: () => NOW });
		org.person().create('Case', caseOf('m-1'));
		org.person().create('Case', { ...caseOf('m-2'), Status: 'Closed' });
		const node = { type: 'salesforceRecordTrigger', parameters: { watch: 'moves' } };
		expect(toldMoves((await engine.poll(node, {}, 'manual')).items)).toEqual([['closed', 'p1', 'm-2']]);
	});
});
