import { Connection } from 'jsforce';
import { clientOf, send, signIn, useOrg } from './support/client';
import { Listener } from './support/cometd';
import type { EventMessage } from './support/cometd';

const SEAT_FREED = { label: 'Seat Freed', fields: { Seat__c: { type: 'Text', length: 20 } } };
const at = useOrg(() => ({
	settings: { changeEvents: ['Case', 'Seat__c', 'Contact'], longPollMs: 200 },
	customObjects: { Seat__c: { label: 'Seat', fields: { Floor__c: { type: 'Number', precision: 3, scale: 0 } } } },
	platformEvents: { Seat_Freed__e: SEAT_FREED },
}));

const CHANGES = '/data/CaseChangeEvent';
const headers = (events: EventMessage[]) => events.map(({ data }) => data.payload.ChangeEventHeader);
const listen = async (channel = CHANGES, replayId = -1) => {
	const listener = await Listener.open(at.org);
	expect(await listener.subscribe(channel, replayId)).toMatchObject({ successful: true, subscription: channel });
	await listener.connect();
	return listener;
};
const HANDSHAKE = { interval: 0, reconnect: 'handshake' };

describe('a streaming client', () => {
	it('shakes hands, connects, subscribes and leaves', async () => {
		const listener = await Listener.open(at.org);
		expect(await listener.handshake()).toEqual({
			ext: { replay: true, 'payload.format': true },
			minimumVersion: '1.0',
			clientId: expect.any(String) as unknown,
			supportedConnectionTypes: ['long-polling'],
			channel: '/meta/handshake',
			id: '2',
			version: '1.0',
			successful: true,
		});
		expect((await listener.connect()).answer).toMatchObject({
			channel: '/meta/connect',
			advice: { interval: 0, timeout: 110_000, reconnect: 'retry' },
			successful: true,
		});
		expect(await listener.subscribe(CHANGES)).toMatchObject({ channel: '/meta/subscribe', subscription: CHANGES });
		await at.create('Case', {});
		expect(await listener.meta('unsubscribe', { subscription: CHANGES })).toMatchObject({ successful: true });
		expect((await listener.connect()).events).toEqual([]);
		expect(await listener.meta('disconnect')).toMatchObject({ successful: true });
		expect((await listener.connect()).answer).toMatchObject({ error: '403::Unknown client', advice: HANDSHAKE });
	});

	it('waits in its connect until something comes, or its time is over', async () => {
		const listener = await listen();
		const began = Date.now();
		expect((await listener.connect()).answer).toMatchObject({ successful: true });
		expect(Date.now() - began).toBeGreaterThanOrEqual(190);
		at.org.settings.longPollMs = 30_000;
		const waiting = listener.connect();
		const id = await at.create('Case', { Subject: 'a' });
		expect(headers((await waiting).events)).toMatchObject([{ changeType: 'CREATE', recordIds: [id] }]);
	});

	it('hangs up without losing what comes after', async () => {
		at.org.settings.longPollMs = 30_000;
		const listener = await listen();
		const abort = new AbortController();
		const waiting = listener.connect({ signal: abort.signal });
		setTimeout(() => abort.abort(), 50);
		await expect(waiting).rejects.toThrow();
		await new Promise((resolve) => setTimeout(resolve, 50));
		await at.create('Case', {});
		expect((await listener.connect()).events).toHaveLength(1);
	});

	it('is forgotten when it stays away: 40 seconds after events, 110 without', async () => {
		const [quiet, busy] = [await listen(), await listen()];
		await at.create('Case', {});
		expect((await busy.connect()).events).toHaveLength(1);
		at.org.clock.advance(41_000);
		expect((await busy.connect()).answer).toMatchObject({ error: '403::Unknown client' });
		expect((await quiet.connect()).answer).toMatchObject({ successful: true });
		await quiet.connect();
		at.org.clock.advance(111_000);
		expect((await quiet.connect()).answer).toMatchObject({ error: '403::Unknown client', advice: HANDSHAKE });
	});

	it('must bring the cookie of its handshake', async () => {
		const listener = await Listener.open(at.org);
		const answer = await send(at.org, 'POST', '/cometd/66.0', {
			headers: { authorization: `Bearer ${listener.token}`, 'content-type': 'application/json' },
			body: JSON.stringify([{ channel: '/meta/connect', clientId: listener.clientId }]),
		});
		expect(answer.body).toMatchObject([
			{ error: `400::Client ${listener.clientId} has established a session, but no BAYEUX_BROWSER cookie present` },
		]);
	});

	it('works as jsforce does it', async () => {
		const token = await signIn(at.org);
		const connection = new Connection({ instanceUrl: at.org.url, accessToken: token, version: '62.0' });
		const streaming = connection.streaming.createClient([]);
		const received = new Promise<EventMessage['data']>((resolve) => {
			void streaming.subscribe(CHANGES, resolve).then(() => void at.create('Case', { Subject: 'faye' }));
		});
		expect((await received).payload).toMatchObject({ Subject: 'faye' });
		// jsforce's types leave out what its client inherits.
		(streaming as unknown as { disconnect(): void }).disconnect();
		await new Promise((resolve) => setTimeout(resolve, 300));
	});
});

describe('a session', () => {
	it('that has ended ends the client, also while it waits', async () => {
		at.org.settings.longPollMs = 30_000;
		const listener = await listen();
		const waiting = listener.connect();
		await new Promise((resolve) => setTimeout(resolve, 50));
		at.org.expireSessions();
		const ended = {
			error: '401::Authentication invalid',
			advice: { reconnect: 'none', interval: 0 },
			successful: false,
		};
		expect((await waiting).answer).toMatchObject(ended);
		expect((await listener.connect()).answer).toMatchObject(ended);
		expect(await listener.handshake()).toMatchObject({
			error: '403::Handshake denied',
			ext: { sfdc: { failureReason: '401::Authentication invalid' } },
			advice: { reconnect: 'none' },
		});
		listener.token = await signIn(at.org);
		expect(await listener.handshake()).toMatchObject({ successful: true });
	});

	it('is kept alive by a client that waits', async () => {
		const listener = await listen();
		for (let hour = 0; hour < 4; hour++) {
			const waiting = listener.connect();
			await new Promise((resolve) => setTimeout(resolve, 50));
			at.org.clock.advance(60 * 60_000);
			expect((await waiting).answer).toMatchObject({ successful: true });
		}
	});
});

describe('what is refused', () => {
	it.each([
		['/cometd', "400::API version in the URI is mandatory. URI format: '/cometd/66.0'"],
		['/cometd/36.0', "400::Unsupported API version. Only API versions '37.0' and above are supported."],
	])('at %s', async (path, error) => {
		const listener = await Listener.open(at.org, path);
		expect(await listener.handshake()).toMatchObject({ error: expect.stringContaining(error) as unknown });
	});

	it.each([
		['', '400::Channel name not specified'],
		['data/CaseChangeEvent', "400::Channel subscriptions must start with a leading '/'"],
		['/event/Nothing__e', '400::The channel you requested to subscribe to does not exist {/event/Nothing__e}'],
		['/data/NothingChangeEvent', '400::The channel you requested to subscribe to does not exist'],
		['/topic/Cases', '400::The channel you requested to subscribe to does not exist'],
	])('the channel %j', async (channel, error) => {
		const listener = await Listener.open(at.org);
		const answer = await listener.subscribe(channel);
		expect(answer).toMatchObject({ successful: false, error: expect.stringContaining(error) as unknown });
	});

	it('Salesforce’s own events, which are written down', async () => {
		const listener = await Listener.open(at.org);
		expect(await listener.subscribe('/event/LoginEventStream')).toMatchObject({ successful: false });
		expect(at.org.refused.splice(0)).toEqual(['subscription /event/LoginEventStream']);
	});

	it('other connections, unknown channels, long bodies and what is no message', async () => {
		const listener = await Listener.open(at.org);
		expect(await listener.meta('connect', { connectionType: 'websocket' })).toMatchObject({
			error: '400::Invalid connection type {websocket}',
		});
		expect(await listener.send([{ channel: '/chat', clientId: listener.clientId }])).toMatchObject([
			{ error: '403:denied_by_security_policy:publish_denied' },
		]);
		expect((await send(at.org, 'POST', '/cometd/66.0', { body: 'x'.repeat(32_769) })).status).toBe(413);
		expect((await send(at.org, 'POST', '/cometd/66.0', { body: 'x' })).status).toBe(400);
		expect((await send(at.org, 'GET', '/cometd/66.0')).status).toBe(405);
	});

	it('changes of an object whose records the user does not all see', async () => {
		at.org.settings.viewAllData = false;
		const profile = at.org.rows('Profile').find((row) => row.Name === 'Minimum Access - API Only Integrations');
		const user = at.org.rows('User').find((row) => row.Username === at.org.username);
		const seen = { SobjectType: 'Seat__c', PermissionsRead: true, PermissionsViewAllRecords: true };
		at.org.seed({ PermissionSet: [{ Name: 'Seats', Label: 'Seats' }] });
		const ParentId = at.org.rows('PermissionSet').find((row) => row.Name === 'Seats')?.Id;
		at.org.seed({
			ObjectPermissions: [
				{ ParentId, ...seen },
				{ ParentId, SobjectType: 'Case', PermissionsRead: true },
			],
			PermissionSetAssignment: [{ PermissionSetId: ParentId, AssigneeId: user?.Id }],
		});
		at.org.person().update(String(user?.Id), { ProfileId: profile?.Id });
		const listener = await Listener.open(at.org);
		expect(await listener.subscribe(CHANGES)).toMatchObject({ error: '403:denied_by_security_policy:create_denied' });
		expect(await listener.subscribe('/data/ChangeEvents')).toMatchObject({ successful: true });
		await listener.connect();
		at.org.person().create('Case', {});
		at.org.person().create('Seat__c', { Floor__c: 2 });
		const { events } = await listener.connect();
		expect(headers(events)).toMatchObject([{ entityName: 'Seat__c' }]);
		expect(events[0]?.data.payload).not.toHaveProperty('Floor__c');
	});
});

describe('change events', () => {
	it('tell what was written, by whom, when and through what', async () => {
		at.org.clock.stop(new Date('2026-05-04T08:00:00.500Z'));
		const listener = await listen();
		const user = at.org.rows('User').find((row) => row.Username === at.org.username);
		const id = await at.create('Case', { Subject: 'Desk' });
		await at.call(
			'PATCH',
			`sobjects/Case/${id}`,
			{ Subject: 'Chair', Priority: null },
			{ 'sforce-call-options': 'client=ops' },
		);
		at.org.person().delete(id);
		at.org.person().undelete(id);
		const { events } = await listener.connect();
		expect(headers(events)).toMatchObject([
			{
				entityName: 'Case',
				recordIds: [id],
				changeType: 'CREATE',
				changedFields: [],
				changeOrigin: 'com/salesforce/api/rest/66.0',
				sequenceNumber: 1,
				commitTimestamp: Date.parse('2026-05-04T08:00:00Z'),
				commitUser: user?.Id,
			},
			{ changeType: 'UPDATE', changeOrigin: 'com/salesforce/api/rest/66.0;client=ops' },
			{ changeType: 'DELETE', changeOrigin: '' },
			{ changeType: 'UNDELETE' },
		]);
		const [created, updated, deleted, restored] = events.map(({ data }) => data.payload);
		expect(created).toMatchObject({ Subject: 'Desk', Status: 'New', CreatedDate: '2026-05-04T08:00:00.000Z' });
		expect(created).not.toHaveProperty('Description');
		const { ChangeEventHeader: header, ...changed } = updated ?? {};
		expect(changed).toEqual({ Subject: 'Chair', Priority: null, LastModifiedDate: '2026-05-04T08:00:00.000Z' });
		expect(header).toMatchObject({ changedFields: ['Subject', 'Priority', 'LastModifiedDate'] });
		expect(Object.keys(deleted ?? {})).toEqual(['ChangeEventHeader']);
		expect(restored).toMatchObject({ Subject: 'Chair' });
		expect(events.every(({ channel }) => channel === CHANGES)).toBe(true);
	});

	it('put the parts of a name together, and name custom channels', async () => {
		const listener = await listen('/data/ChangeEvents');
		const id = await at.create('Contact', { LastName: 'Lovelace', FirstName: 'Ada', MailingCity: 'London' });
		await at.call('PATCH', `sobjects/Contact/${id}`, { FirstName: 'A.' });
		await at.create('Seat__c', { Floor__c: 3 });
		const { events } = await listener.connect();
		expect(events.map(({ data }) => data.payload)).toMatchObject([
			{ Name: { LastName: 'Lovelace', FirstName: 'Ada' }, MailingAddress: { City: 'London' } },
			{ Name: { FirstName: 'A.' }, ChangeEventHeader: { changedFields: ['Name.FirstName', 'LastModifiedDate'] } },
			{ Floor__c: 3, ChangeEventHeader: { entityName: 'Seat__c' } },
		]);
		expect(events.every(({ channel }) => channel === '/data/ChangeEvents')).toBe(true);
		const seats = await listen('/data/Seat__ChangeEvent', -2);
		await at.create('Seat__c', {});
		expect((await seats.connect()).events.length).toBeGreaterThan(0);
	});

	it('are one for the same change of many records in one call', async () => {
		const ids = [await at.create('Case', {}), await at.create('Case', {}), await at.create('Case', {})];
		const listener = await listen();
		const records = ids.map((id, index) => ({
			attributes: { type: 'Case' },
			id,
			Status: index < 2 ? 'Working' : 'Closed',
		}));
		await at.call('PATCH', 'composite/sobjects', { records });
		await at.call('DELETE', `composite/sobjects?ids=${ids.join()}`);
		const told = headers((await listener.connect()).events);
		expect(told).toMatchObject([
			{ changeType: 'UPDATE', recordIds: ids.slice(0, 2), sequenceNumber: 1 },
			{ changeType: 'UPDATE', recordIds: ids.slice(2), sequenceNumber: 2 },
			{ changeType: 'DELETE', recordIds: ids, sequenceNumber: 1 },
		]);
		expect(told[0]?.transactionKey).toBe(told[1]?.transactionKey);
		expect(told[2]?.transactionKey).not.toBe(told[0]?.transactionKey);
	});

	it('tell nothing of what was undone', async () => {
		const listener = await listen();
		const records = [{ Subject: 'a' }, { Subject: 'b', ContactId: 'nonsense' }].map((fields) => ({
			attributes: { type: 'Case' },
			...fields,
		}));
		await at.call('POST', 'composite/sobjects', { allOrNone: true, records });
		await at.call('POST', 'composite/sobjects', { records });
		expect((await listener.connect()).events.map(({ data }) => data.payload.Subject)).toEqual(['a']);
	});

	it('are gaps and overflows where the org is said to make them', async () => {
		const listener = await listen();
		at.org.settings.gapEvents = true;
		const ids = [await at.create('Case', { Subject: 'a' })];
		at.org.settings.gapEvents = false;
		at.org.settings.changeEventsPerTransaction = 1;
		const records = ['b', 'c', 'd'].map((Subject) => ({ attributes: { type: 'Case' }, Subject }));
		await at.call('POST', 'composite/sobjects', { records });
		const { events } = await listener.connect();
		expect(headers(events)).toMatchObject([
			{ changeType: 'GAP_CREATE', recordIds: ids, changedFields: [] },
			{ changeType: 'CREATE' },
			{ changeType: 'GAP_OVERFLOW', entityName: 'Case', recordIds: ['000000000000000AAA'] },
		]);
		expect(Object.keys(events[0]?.data.payload ?? {})).toEqual(['ChangeEventHeader']);
	});

	it('come for the objects alone that are selected, which the Tooling API tells', async () => {
		const listener = await Listener.open(at.org);
		expect(await listener.subscribe('/data/AccountChangeEvent')).toMatchObject({ successful: true });
		await listener.connect();
		await at.create('Account', { Name: 'A' });
		expect((await listener.connect()).events).toEqual([]);
		const soql = 'SELECT EventChannel, SelectedEntity FROM PlatformEventChannelMember ORDER BY SelectedEntity';
		const { body } = await at.call('GET', `tooling/query?q=${encodeURIComponent(soql)}`);
		expect(body).toMatchObject({
			records: [
				{ EventChannel: 'ChangeEvents', SelectedEntity: 'CaseChangeEvent' },
				{ SelectedEntity: 'ContactChangeEvent' },
				{ SelectedEntity: 'Seat__ChangeEvent' },
			],
		});
	});

	it('hide from each user what the user may not see', async () => {
		const admin = await Listener.open(at.org, '/cometd/66.0', await signIn(at.org, at.org.admin));
		at.org.settings.hiddenFields = ['Case.Subject'];
		const listener = await listen();
		await admin.subscribe(CHANGES);
		await admin.connect();
		at.org.person().create('Case', { Subject: 'Secret' });
		expect((await listener.connect()).events[0]?.data.payload).not.toHaveProperty('Subject');
		expect((await admin.connect()).events[0]?.data.payload).toMatchObject({ Subject: 'Secret' });
	});
});

describe('replay', () => {
	it('begins with what is new, with everything that is kept, or behind an event', async () => {
		await at.create('Case', { Subject: 'a' });
		await at.create('Case', { Subject: 'b' });
		const subjects = async (replayId?: number) => {
			const listener = await Listener.open(at.org);
			await listener.subscribe(CHANGES, replayId);
			return (await listener.connect()).events.map(({ data }) => [data.payload.Subject, data.event.replayId] as const);
		};
		const all = await subjects(-2);
		expect(all.map(([subject]) => subject)).toEqual(['a', 'b']);
		expect(await subjects(all[0]?.[1])).toEqual([all[1]]);
		expect(await subjects(-1)).toEqual([]);
		expect(await subjects()).toEqual([]);
	});

	it('refuses what is not kept any more, and a map without the channel', async () => {
		const first = await listen();
		await at.create('Case', {});
		const replayId = (await first.connect()).events[0]?.data.event.replayId ?? 0;
		at.org.clock.advance(72 * 60 * 60_000 + 1000);
		const listener = await Listener.open(at.org);
		expect(await listener.subscribe(CHANGES, replayId)).toMatchObject({
			error: `400::The replayId {${replayId}} you provided was invalid.  Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
			successful: false,
		});
		expect(await listener.subscribe(CHANGES, -2)).toMatchObject({ successful: true });
		const ext = { replay: { '/data/Other': -1 } };
		expect(await listener.meta('subscribe', { subscription: CHANGES, ext })).toMatchObject({
			error: expect.stringContaining(`400::The replayId for channel {${CHANGES}} wasn't found`) as unknown,
		});
	});

	it('brings many events in order, over several connects', async () => {
		const records = (from: number) =>
			Array.from({ length: 200 }, (_none, index) => ({ attributes: { type: 'Case' }, Subject: String(from + index) }));
		for (const from of [0, 200, 400]) await at.call('POST', 'composite/sobjects', { records: records(from) });
		const listener = await Listener.open(at.org);
		await listener.subscribe(CHANGES, -2);
		const subjects: unknown[] = [];
		for (let round = 0; round < 3; round++) {
			const { events } = await listener.connect();
			subjects.push(...events.map(({ data }) => data.payload.Subject));
		}
		expect(subjects).toEqual(Array.from({ length: 600 }, (_none, index) => String(index)));
	});
});

describe('platform events', () => {
	it('are published by creating them, and are no records', async () => {
		at.org.clock.stop(new Date('2026-05-04T08:00:00.500Z'));
		const listener = await listen('/event/Seat_Freed__e');
		const { status, body } = await at.call('POST', 'sobjects/Seat_Freed__e', { Seat__c: '3.14' });
		expect(status).toBe(201);
		expect(body).toMatchObject({ success: true, errors: [{ statusCode: 'OPERATION_ENQUEUED', fields: [] }] });
		const { events } = await listener.connect();
		const user = at.org.rows('User').find((row) => row.Username === at.org.username);
		expect(events).toMatchObject([
			{
				channel: '/event/Seat_Freed__e',
				data: { payload: { Seat__c: '3.14', CreatedById: user?.Id, CreatedDate: '2026-05-04T08:00:00.500Z' } },
			},
		]);
		expect((await at.call('GET', 'query?q=SELECT+Id+FROM+Seat_Freed__e')).status).toBe(400);
		expect((await at.call('GET', 'sobjects/Seat_Freed__e/describe')).body).toMatchObject({
			createable: true,
			updateable: false,
			queryable: false,
		});
	});

	it('are checked as records are', async () => {
		expect((await at.call('POST', 'sobjects/Seat_Freed__e', { Nothing__c: 1 })).body).toMatchObject([
			{ errorCode: 'INVALID_FIELD' },
		]);
		const admin = await clientOf(at.org, at.org.admin);
		expect((await admin.call('POST', 'sobjects/Seat_Freed__e', { Seat__c: 'x'.repeat(21) })).body).toMatchObject([
			{ errorCode: 'STRING_TOO_LONG' },
		]);
	});
});
