import type { IDataObject } from 'n8n-workflow';

import { staff } from '../../local-org';
import type { LocalOrg } from '../../local-org';
import { Signer } from '../../salesforce/signature';
import type { Stage } from '../support/stage';
import { credentialFor, stages } from '../support/stage';
import {
	ACTS,
	added,
	BEN,
	contents,
	found,
	giveLicenses,
	openDesk,
	reclaim,
	SEED,
	undo,
	userId,
	userItem,
	writes,
} from './support/licenseDesk';

const stage = stages();
const HOUR = 3_600_000;

const desk = async (): Promise<Stage> => await openDesk(stage);

/** The records of acts as a table keeps them. */
const kept = (items: IDataObject[] = []): IDataObject[] =>
	added(items).map((one) => ({ reclaim: JSON.stringify(one.undo) }));

/** Does something on another day, in milliseconds since 1970. Timers run as ever. */
async function onDay<Result>(now: number, work: () => Promise<Result>): Promise<Result> {
	jest.useFakeTimers({
		doNotFake: [
			'nextTick',
			'setImmediate',
			'setTimeout',
			'setInterval',
			'clearTimeout',
			'clearInterval',
			'queueMicrotask',
			'performance',
		],
		now,
	});
	try {
		return await work();
	} finally {
		jest.useRealTimers();
	}
}

describe('an undo record', () => {
	it.each(ACTS)('restores what was, from a text column as well: %s', async (operation, item, parameters) => {
		const { org, run } = await desk();
		giveLicenses(org);
		const before = contents(org);
		const done = await run([item(org)], reclaim(operation, {}, parameters as IDataObject as never));
		expect(added(done.outputs[0])).toMatchObject([{ result: 'done' }]);
		expect(contents(org)).not.toEqual(before);
		org.clock.advance(HOUR);
		const { outputs, error } = await run(kept(done.outputs[0]), undo());
		expect(error).toBeUndefined();
		expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
		expect(contents(org)).toEqual(before);
	});

	it('gives back the license that went along with a group, and the day on which a permission set ends', async () => {
		const { org, run } = await desk();
		giveLicenses(org);
		const [, , , [operation, item, parameters]] = ACTS as [unknown, unknown, unknown, (typeof ACTS)[number]];
		const done = await run([item(org)], reclaim(operation, {}, parameters as never));
		expect(org.rows('PermissionSetLicenseAssign')).toEqual([]);
		await run(done.outputs[0] ?? [], undo());
		expect(org.rows('PermissionSetLicenseAssign')).toHaveLength(2);
		expect(org.rows('PermissionSetAssignment')).toContainEqual(
			expect.objectContaining({ AssigneeId: userId(org), ExpirationDate: '2030-01-01T00:00:00.000+0000' }),
		);
	});

	/** The days on which Ada's permission set and her group end, before and after. */
	it.each<[string, Array<string | null>, Array<string | null> | 'taken']>([
		['both lasting', [null, null], [null, null]],
		['a group that ends', [null, '2031-02-03T04:05:06.000Z'], [null, '2031-02-03T04:05:06.000+0000']],
		[
			'days that differ',
			['2030-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z'],
			['2030-01-01T00:00:00.000+0000', '2031-01-01T00:00:00.000+0000'],
		],
		['a day in another time zone', ['2030-01-01T23:30:00.000-0800', null], ['2030-01-02T07:30:00.000+0000', null]],
		['fractions of a second', ['2030-01-01T00:00:00.999Z', null], ['2030-01-01T00:00:00.000+0000', null]],
		['a leap day', ['2032-02-29T12:00:00.000Z', null], ['2032-02-29T12:00:00.000+0000', null]],
		['the last day that Salesforce knows', ['4000-12-31T00:00:00.000Z', null], ['4000-12-31T00:00:00.000+0000', null]],
		['a set that had expired before', ['2021-01-01T00:00:00.000Z', null], [null]],
		['a group that had expired before', [null, '2021-01-01T00:00:00.000Z'], [null]],
		['both expired before', ['2021-01-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z'], 'taken'],
	])('gives permission sets back until the same day: %s', async (_what, days, expected) => {
		const { org, run } = await desk();
		giveLicenses(org);
		const needing = () =>
			['Closer', 'Agents'].flatMap((name) =>
				org.rows('PermissionSetAssignment').filter(({ AssigneeId, PermissionSetId, PermissionSetGroupId }) => {
					const group = org.rows('PermissionSetGroup').find(({ DeveloperName }) => DeveloperName === name);
					const set = org.rows('PermissionSet').find((one) => one.Name === name);
					return (
						AssigneeId === userId(org) &&
						(group ? PermissionSetGroupId === group.Id : PermissionSetId === set?.Id && PermissionSetGroupId === null)
					);
				}),
			);
		needing().forEach(({ Id }, index) => org.person().update(String(Id), { ExpirationDate: days[index] ?? null }));
		const [operation, item, parameters] = ACTS[3] as (typeof ACTS)[number];
		const done = await run([item(org)], reclaim(operation, {}, parameters as never));
		expect(needing()).toEqual([]);
		const { outputs } = await run(kept(done.outputs[0]), undo());
		if (expected === 'taken') {
			// The license itself had no end.
			expect(added(outputs[0])).toMatchObject([{ result: 'undone', message: expect.stringContaining('2 permission') }]);
			expect(needing()).toEqual([]);
		} else {
			expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
			expect(needing().map(({ ExpirationDate }) => ExpirationDate)).toEqual(expected);
		}
	});

	it('says what a permission set had expired in the meantime', async () => {
		const { org, run } = await desk();
		giveLicenses(org);
		const assignment = org.rows('PermissionSetAssignment').find(({ ExpirationDate }) => ExpirationDate !== null);
		org.person().update(String(assignment?.Id), { ExpirationDate: '2026-12-01T00:00:00.000Z' });
		const [, , , [operation, item, parameters]] = ACTS as [unknown, unknown, unknown, (typeof ACTS)[number]];
		const done = await run([item(org)], reclaim(operation, {}, parameters as never));
		const later = Date.parse('2026-12-02T00:00:00Z');
		const { outputs } = await onDay(later, async () => await run(done.outputs[0] ?? [], undo()));
		expect(added(outputs[0])).toMatchObject([
			{ result: 'undone', message: '1 permission sets had expired in the meantime and stay taken' },
		]);
	});

	it('is signed, and says what was, what was made of it, when and by whom', async () => {
		const { org, run } = await desk();
		const done = await run([userItem(org)], reclaim('deactivate'));
		expect(added(done.outputs[0])[0]?.undo).toEqual({
			version: 1,
			action: 'deactivate',
			orgId: org.organizationId,
			userId: userId(org),
			at: expect.stringMatching(/^\d{4}-.*Z$/),
			by: userId(org, org.username),
			workflowId: 'test',
			executionId: 'test',
			changes: [
				{
					did: 'updated',
					object: 'User',
					id: userId(org),
					before: { IsActive: true },
					after: { IsActive: false },
					found: { at: expect.any(String), by: expect.stringMatching(/^005/) },
					left: { at: expect.stringMatching(/Z$/), by: userId(org, org.username) },
				},
			],
			signature: expect.stringMatching(/^1\.[\w-]{8}\.[\w-]{43}$/),
		});
	});
});

describe('an act whose user was changed since', () => {
	const login = (org: LocalOrg) => found(org, 'UserLogin', 'UserId', userId(org));

	it('is not undone a second time after somebody did the same', async () => {
		const { org, run } = await desk();
		const done = await run([userItem(org)], reclaim('freeze'));
		expect(added((await run(done.outputs[0] ?? [], undo())).outputs[0])).toMatchObject([{ result: 'undone' }]);
		expect(added((await run(done.outputs[0] ?? [], undo())).outputs[0])).toMatchObject([{ result: 'alreadyUndone' }]);
		org.person().update(String(login(org).Id), { IsFrozen: true });
		const before = writes(org);
		const { outputs } = await run(done.outputs[0] ?? [], undo());
		expect(added(outputs[0])).toMatchObject([
			{
				result: 'skipped',
				reason: 'changedSince',
				message: expect.stringContaining(userId(org, 'admin@local-org.example')),
			},
		]);
		expect(login(org).IsFrozen).toBe(true);
		expect(writes(org)).toBe(before);
	});

	it.each<[string, object, string, object]>([
		['freeze', { IsFrozen: true }, 'UserLogin', {}],
		['deactivate', { IsActive: false }, 'User', {}],
		['deactivate', { Department: 'Sales' }, 'User', {}],
		[
			'changeProfile',
			{ Department: 'Sales' },
			'User',
			{ profile: { __rl: true, mode: 'name', value: 'Standard Platform User' } },
		],
	])('is left alone: %s, then %j', async (operation, fields, object, parameters) => {
		const { org, run } = await desk();
		const done = await run([userItem(org)], reclaim(operation, {}, parameters as never));
		org.clock.advance(HOUR);
		const id = object === 'User' ? userId(org) : String(login(org).Id);
		org.person().update(id, { ...fields });
		const before = contents(org);
		const sent = writes(org);
		const { outputs } = await run(done.outputs[0] ?? [], undo());
		expect(added(outputs[0])).toMatchObject([{ result: 'skipped', reason: 'changedSince' }]);
		expect(contents(org)).toEqual(before);
		expect(writes(org)).toBe(sent);
		const told = await run(done.outputs[0] ?? [], undo({ restoreChanged: true }));
		expect(added(told.outputs[0])).toMatchObject([{ result: 'undone' }]);
	});

	it('is undone in whatever order the acts come back', async () => {
		for (const order of [(items: IDataObject[]) => items, (items: IDataObject[]) => [...items].reverse()]) {
			const { org, run } = await desk();
			const before = contents(org);
			const items: IDataObject[] = [];
			for (const [operation, , parameters] of [ACTS[2], ACTS[0], ACTS[1]] as typeof ACTS) {
				org.clock.advance(HOUR);
				const done = await run([userItem(org)], reclaim(operation, {}, parameters as never));
				expect(added(done.outputs[0])).toMatchObject([{ result: 'done' }]);
				items.push(...(done.outputs[0] ?? []));
			}
			org.clock.advance(HOUR);
			const { outputs, error } = await run(order(items), undo());
			expect(error).toBeUndefined();
			expect(added(outputs[0]).map(({ result }) => result)).toEqual(['undone', 'undone', 'undone']);
			expect(contents(org)).toEqual(before);
			const again = await run(order(items), undo());
			expect(added(again.outputs[0]).map(({ result }) => result)).toEqual([
				'alreadyUndone',
				'alreadyUndone',
				'alreadyUndone',
			]);
		}
	});

	it('is undone with the one that took it back, whichever way they come', async () => {
		for (const order of [(items: IDataObject[]) => items, (items: IDataObject[]) => [...items].reverse()]) {
			const { org, run } = await desk();
			const items: IDataObject[] = [];
			for (const operation of ['freeze', 'unfreeze']) {
				org.clock.advance(HOUR);
				const done = await run([userItem(org)], reclaim(operation));
				expect(added(done.outputs[0])).toMatchObject([{ result: 'done' }]);
				items.push(...(done.outputs[0] ?? []));
			}
			org.clock.advance(HOUR);
			await run(order(items), undo());
			expect(found(org, 'UserLogin', 'UserId', userId(org)).IsFrozen).toBe(false);
		}
	});

	it('is undone once where an item comes twice', async () => {
		const { org, run } = await desk();
		const done = await run([userItem(org)], reclaim('deactivate'));
		const items = done.outputs[0] ?? [];
		const { outputs } = await run([...items, ...items], undo());
		expect(added(outputs[0]).map(({ result }) => result)).toEqual(['undone', 'alreadyUndone']);
	});
});

describe('what an act deleted', () => {
	const DELETIONS = ACTS.slice(3);
	const held = (org: LocalOrg) =>
		['UserPackageLicense', 'PermissionSetAssignment', 'PermissionSetLicenseAssign'].flatMap((object) =>
			org.rows(object).filter((row) => (row.AssigneeId ?? row.UserId) === userId(org)),
		);

	/** Somebody takes from Ada all that can be taken, in the order in which Salesforce lets it go. */
	const takeAll = (org: LocalOrg): void => {
		const owned = new Set(
			org.rows('PermissionSet').flatMap(({ Id, IsOwnedByProfile }) => (IsOwnedByProfile === true ? [Id] : [])),
		);
		for (const { Id, PermissionSetId } of held(org)) {
			const isThere = held(org).some((row) => row.Id === Id);
			if (isThere && !owned.has(PermissionSetId)) org.person().delete(String(Id));
		}
	};

	it.each(DELETIONS)(
		'and was given back is not given once more after somebody took it: %s',
		async (operation, item, parameters) => {
			const { org, run } = await desk();
			giveLicenses(org);
			const done = await run([item(org)], reclaim(operation, {}, parameters as never));
			org.clock.advance(HOUR);
			const records = kept(done.outputs[0]);
			expect(added((await run(records, undo())).outputs[0])).toMatchObject([{ result: 'undone' }]);
			org.clock.advance(HOUR);
			takeAll(org);
			const sent = writes(org);
			const before = contents(org);
			const { outputs, error } = await run(records, undo());
			expect(error).toBeUndefined();
			expect(added(outputs[0])).toMatchObject([
				{ result: 'skipped', reason: 'changedSince', message: expect.stringContaining('given back since') },
			]);
			expect(writes(org)).toBe(sent);
			expect(contents(org)).toEqual(before);
			const chosen = await run(records, undo({ restoreChanged: true }));
			expect(added(chosen.outputs[0])).toMatchObject([{ result: 'undone' }]);
		},
	);

	it('in doubt, and somebody else took in its place, stays taken', async () => {
		const { org, run } = await desk();
		giveLicenses(org);
		const [operation, item, parameters] = ACTS[3] as (typeof ACTS)[number];
		org.addFault({ path: '/composite/sobjects', cut: 'before' });
		const doubtful = await run([item(org)], reclaim(operation, {}, parameters as never));
		expect(added(doubtful.outputs[0])).toMatchObject([{ result: 'inDoubt' }]);
		org.clock.advance(HOUR);
		takeAll(org);
		const before = contents(org);
		const { outputs } = await run(doubtful.outputs[0] ?? [], undo());
		expect(added(outputs[0])).toMatchObject([{ result: 'skipped', reason: 'changedSince' }]);
		expect(contents(org)).toEqual(before);
	});

	it.each<[string, (org: LocalOrg) => void]>([
		[
			'another permission set and another package',
			(org) => {
				const set = found(org, 'PermissionSet', 'Name', 'Break_Glass').Id;
				org.person().create('PermissionSetAssignment', { AssigneeId: userId(org), PermissionSetId: set });
			},
		],
		[
			'the same for somebody else',
			(org) => {
				const AssigneeId = userId(org, BEN.Username);
				const set = found(org, 'PermissionSet', 'Name', 'Closer').Id;
				org.person().create('PermissionSetAssignment', { AssigneeId, PermissionSetId: set });
			},
		],
	])('is given back although somebody was given something since: %s', async (_what, give) => {
		const { org, run } = await desk();
		giveLicenses(org);
		const [operation, item, parameters] = ACTS[3] as (typeof ACTS)[number];
		const done = await run([item(org)], reclaim(operation, {}, parameters as never));
		org.clock.advance(HOUR);
		give(org);
		const { outputs } = await run(done.outputs[0] ?? [], undo());
		expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
	});

	it('can be taken and given back again and again', async () => {
		const { org, run } = await desk();
		giveLicenses(org);
		const before = contents(org);
		for (const [operation, item, parameters] of [...DELETIONS, ...DELETIONS]) {
			const done = await run([item(org)], reclaim(operation, {}, parameters as never));
			expect(added(done.outputs[0])).toMatchObject([{ result: 'done' }]);
			org.clock.advance(HOUR);
			const { outputs } = await run(kept(done.outputs[0]), undo());
			expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
			org.clock.advance(HOUR);
		}
		expect(contents(org)).toEqual(before);
	});

	it.each(DELETIONS)(
		'is given back by choice alone where the trail no longer reaches back: %s',
		async (operation, item, parameters) => {
			const { org, run } = await desk();
			giveLicenses(org);
			const before = contents(org);
			const done = await run([item(org)], reclaim(operation, {}, parameters as never));
			const taken = contents(org);
			const sent = writes(org);
			const days = (count: number) => Date.now() + count * 24 * HOUR;
			const late = await onDay(days(182), async () => await run(kept(done.outputs[0]), undo()));
			expect(added(late.outputs[0])).toMatchObject([
				{ result: 'skipped', reason: 'tooOld', message: expect.stringContaining('180 days') },
			]);
			expect(writes(org)).toBe(sent);
			expect(contents(org)).toEqual(taken);
			const chosen = await onDay(
				days(182),
				async () => await run(kept(done.outputs[0]), undo({ restoreChanged: true })),
			);
			expect(added(chosen.outputs[0])).toMatchObject([{ result: 'undone' }]);
			expect(contents(org)).toEqual(before);
		},
	);

	it('stays taken where the org does not show its setup audit trail', async () => {
		const { org, run } = await desk();
		giveLicenses(org);
		const [operation, item, parameters] = ACTS[4] as (typeof ACTS)[number];
		const done = await run([item(org)], reclaim(operation, {}, parameters as never));
		const sent = writes(org);
		const refusal = { errorCode: 'INVALID_TYPE', message: "sObject type 'SetupAuditTrail' is not supported." };
		org.addFault({ path: /\/query/, status: 400, body: [refusal] });
		const { error } = await run(done.outputs[0] ?? [], undo());
		expect(error?.message).toContain('Salesforce shows the API user no SetupAuditTrail');
		expect(writes(org)).toBe(sent);
	});
});

describe('a record that no act wrote', () => {
	type Forge = (record: IDataObject, org: LocalOrg) => unknown;
	const changed = (record: IDataObject, more: object): IDataObject => {
		const [change] = record.changes as IDataObject[];
		return { ...record, changes: [{ ...change, ...more }] };
	};
	const admin = (org: LocalOrg) => found(org, 'Profile', 'Name', 'System Administrator').Id;

	it.each<[string, string, Forge]>([
		['nothing', 'malformed', () => null],
		['text', 'malformed', () => 'freeze'],
		['no object', 'malformed', () => [1]],
		['an empty object', 'malformed', () => ({})],
		['no action', 'malformed', (record) => ({ ...record, action: undefined })],
		['an unknown action', 'malformed', (record) => ({ ...record, action: 'promote' })],
		['another version', 'malformed', (record) => ({ ...record, version: 2 })],
		['a workflow that is no text', 'malformed', (record) => ({ ...record, workflowId: 7 })],
		['an execution that is no text', 'malformed', (record) => ({ ...record, executionId: null })],
		['another workflow', 'altered', (record) => ({ ...record, workflowId: 'mine' })],
		['attributes', 'malformed', (record) => ({ ...record, attributes: { type: 'User' } })],
		[
			'attributes in its fields',
			'malformed',
			(record) => changed(record, { before: { IsFrozen: false, attributes: {} } }),
		],
		[
			'the profile of an administrator',
			'malformed',
			(record, org) => changed(record, { before: { ProfileId: admin(org) } }),
		],
		[
			'an act that gives such a profile',
			'altered',
			(record, org) => ({
				...record,
				action: 'changeProfile',
				changes: [
					{
						did: 'updated',
						object: 'User',
						id: record.userId,
						before: { ProfileId: admin(org) },
						after: { ProfileId: found(org, 'Profile', 'Name', 'Standard User').Id },
						found: { at: '2026-01-01T00:00:00.000Z', by: record.by },
						left: null,
					},
				],
			}),
		],
		[
			'a permission set that nobody took',
			'altered',
			(record, org) => ({
				...record,
				action: 'removePermissionSetLicense',
				changes: [
					{
						did: 'deleted',
						object: 'PermissionSetAssignment',
						id: record.userId,
						before: {
							AssigneeId: record.userId,
							PermissionSetId: found(org, 'PermissionSet', 'Name', 'Break_Glass').Id,
						},
					},
				],
			}),
		],
		[
			'a permission set for somebody else',
			'malformed',
			(record, org) => ({
				...record,
				action: 'removePermissionSetLicense',
				changes: [
					{
						did: 'deleted',
						object: 'PermissionSetAssignment',
						id: record.userId,
						before: {
							AssigneeId: userId(org, BEN.Username),
							PermissionSetId: found(org, 'PermissionSet', 'Name', 'Break_Glass').Id,
						},
					},
				],
			}),
		],
		['another user', 'altered', (record, org) => ({ ...record, userId: userId(org, BEN.Username) })],
		[
			'a later stamp',
			'altered',
			(record) => changed(record, { left: { at: '2026-12-31T00:00:00.000Z', by: record.by } }),
		],
		['another org', 'altered', (record) => ({ ...record, orgId: '00DLo0000000001MAA' })],
		['no signature', 'unsigned', (record) => ({ ...record, signature: undefined })],
		[
			'the signature of another',
			'altered',
			(record) => ({ ...record, signature: `1.${String(record.signature).slice(2, 10)}.${'A'.repeat(43)}` }),
		],
		['a signature of something else', 'unsigned', (record) => ({ ...record, signature: 'yes' })],
		[
			'a signature of another secret',
			'otherSecret',
			(record) => ({ ...record, signature: `1.AAAAAAAA.${'A'.repeat(43)}` }),
		],
	])('is left alone by itself: %s', async (_what, reason, forge) => {
		const { org, run } = await desk();
		const done = await run([userItem(org), userItem(org, BEN.Username)], reclaim('freeze'));
		const [ada, ben] = added(done.outputs[0]);
		const forged = forge(ada?.undo as IDataObject, org) as IDataObject;
		const { outputs, error } = await run(
			[{ reclaim: { ...ada, undo: forged } }, { reclaim: ben } as IDataObject],
			undo(),
		);
		expect(error).toBeUndefined();
		expect(added(outputs[0])).toMatchObject([{ result: 'skipped', reason }, { result: 'undone' }]);
		expect(added(outputs[0])[0]?.message).toEqual(expect.stringMatching(/record/));
		expect(found(org, 'UserLogin', 'UserId', userId(org)).IsFrozen).toBe(true);
		expect(org.rows('PermissionSetAssignment').filter(({ AssigneeId }) => AssigneeId === userId(org))).toHaveLength(1);
	});

	it.each<[string, IDataObject]>([
		['null', { reclaim: null } as unknown as IDataObject],
		['nothing', {}],
		['text', { reclaim: 'null' }],
		['a table row without a record', { reclaim: '' }],
		['a list', { reclaim: [] as never }],
	])('does not keep 180 others from being undone: %s', async (_what, bad) => {
		const { org, run } = await stage({ seed: staff({ users: 180 }) });
		const users = org.rows('User').filter(({ Username }) => String(Username).endsWith('@staff.example'));
		const items = users.map(({ Id }) => ({ orgId: org.organizationId, user: { id: Id as string } }));
		const done = await run(items, reclaim('freeze', { atMost: 200 }, { inactiveDays: 1 }));
		const frozen = done.outputs[0] ?? [];
		expect(frozen.length).toBeGreaterThan(150);
		const { outputs, error } = await run([...frozen.slice(0, 90), bad, ...frozen.slice(90)], undo());
		expect(error).toBeUndefined();
		const results = added(outputs[0]);
		expect(results.map(({ reason }) => reason).filter((reason) => reason !== undefined)).toEqual(['noRecord']);
		expect(results[90]).toMatchObject({ result: 'skipped', reason: 'noRecord' });
		expect(org.rows('UserLogin').filter(({ IsFrozen }) => IsFrozen === true)).toEqual([]);
	});

	it('may be an earlier one, which does not say in which workflow', async () => {
		const { org, run } = await desk();
		const done = await run([userItem(org)], reclaim('freeze'));
		const record = added(done.outputs[0])[0]?.undo as IDataObject;
		const earlier = { ...record, workflowId: undefined, executionId: undefined, signature: undefined };
		const signed = new Signer(org.clientSecret, org.organizationId, 'reclaim').sign(earlier);
		const { outputs } = await run([{ reclaim: JSON.stringify(signed) }], undo());
		expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
	});

	it("is signed with the secret of n8n's own OAuth2 credential, and nothing is done where that has none", async () => {
		const { org, run, engine } = await stage({ seed: SEED });
		const answer = await fetch(`${org.url}/services/oauth2/token`, {
			method: 'POST',
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: org.clientId,
				client_secret: org.clientSecret,
			}),
		});
		const { access_token: token } = (await answer.json()) as { access_token: string };
		const useSecret = (clientSecret: string): void =>
			engine.useCredential({
				clientId: org.clientId,
				clientSecret,
				grantType: 'pkce',
				accessTokenUrl: `${org.url}/services/oauth2/token`,
				oauthTokenData: { access_token: token, instance_url: org.url },
			});
		const authentication = 'salesforceOAuth2Api';
		const freeze = reclaim('freeze', {}, { authentication });
		useSecret('');
		const refused = await run([userItem(org)], freeze);
		expect(refused.error).toMatchObject({
			message: 'The credential has no client secret, with which undo records are signed',
			description: expect.stringContaining('Nothing was reclaimed.'),
		});
		expect(writes(org)).toBe(0);
		useSecret('one');
		const done = await run([userItem(org)], freeze);
		expect(added(done.outputs[0])).toMatchObject([{ result: 'done' }]);
		const thaw = { type: 'salesforceUndoReclaim', parameters: { authentication } };
		useSecret('another');
		const other = await run(done.outputs[0] ?? [], thaw);
		expect(added(other.outputs[0])).toMatchObject([{ reason: 'otherSecret' }]);
		useSecret('one');
		const undone = await run(done.outputs[0] ?? [], thaw);
		expect(added(undone.outputs[0])).toMatchObject([{ result: 'undone' }]);
	});

	it('is taken by choice after the secret was changed, unless it was altered', async () => {
		// The org's clock stays right: it judges a JWT.
		const { org, run, engine } = await stage({ seed: SEED });
		const done = await run([userItem(org), userItem(org, BEN.Username)], reclaim('freeze'));
		const [ada, ben] = done.outputs[0] ?? [];
		engine.useCredential({
			...credentialFor(org),
			signInMethod: 'jwtBearer',
			username: org.username,
			privateKey: org.privateKey,
		});
		const refused = await run([ada as IDataObject], undo());
		expect(refused.error).toBeUndefined();
		expect(added(refused.outputs[0])).toMatchObject([{ result: 'skipped', reason: 'otherSecret' }]);
		const accepted = await run([ada as IDataObject], undo({ acceptOtherSecret: true }));
		expect(added(accepted.outputs[0])).toMatchObject([{ result: 'undone' }]);
		engine.useCredential(credentialFor(org));
		const record = (ben?.reclaim as IDataObject).undo as IDataObject;
		const altered = {
			reclaim: { ...(ben?.reclaim as IDataObject), undo: { ...record, at: '2026-01-01T00:00:00.000Z' } },
		};
		const second = await run([altered], undo({ acceptOtherSecret: true }));
		expect(added(second.outputs[0])).toMatchObject([{ result: 'skipped', reason: 'altered' }]);
	});
});

describe('a dry run', () => {
	const dry = undo({ dryRun: true });

	it.each(ACTS)('says what undoing would write, and writes nothing: %s', async (operation, item, parameters) => {
		const { org, run } = await desk();
		giveLicenses(org);
		const done = await run([item(org)], reclaim(operation, {}, parameters as IDataObject as never));
		const before = contents(org);
		const sent = writes(org);
		const { outputs, error } = await run(kept(done.outputs[0]), dry);
		expect(error).toBeUndefined();
		expect(contents(org)).toEqual(before);
		expect(writes(org)).toBe(sent);
		expect(added(outputs[0])).toMatchObject([{ result: 'notSent', would: 'undo', orgId: org.organizationId }]);
		const told = added(outputs[0])[0]?.writes as Array<IDataObject & { call: IDataObject }>;
		const [{ undo: record }] = added(done.outputs[0]) as [{ undo: { changes: IDataObject[] } }];
		expect(told.map(({ would, object, id, values }) => ({ would, object, id, values }))).toEqual(
			expect.arrayContaining(
				record.changes.map(({ did, object, id, before: values }) =>
					did === 'updated'
						? { would: 'restore', object, id, values }
						: { would: 'recreate', object, id: undefined, values },
				),
			),
		);
		expect(told).toHaveLength(record.changes.length);
		// The real run makes the calls that were told, with as many records each.
		const calls = org.calls.length;
		expect(added((await run(kept(done.outputs[0]), undo())).outputs[0])).toMatchObject([{ result: 'undone' }]);
		const made = org.calls.slice(calls).filter(({ path }) => path.endsWith('/composite/sobjects'));
		expect(made.map(({ method }, index) => ({ number: index + 1, of: made.length, method }))).toEqual(
			[...new Map(told.map(({ call }) => [call.number, call])).values()].map(({ number, of, method }) => ({
				number,
				of,
				method,
			})),
		);
	});

	it('goes through the same checks: what would be left alone is told as such', async () => {
		const { org, run } = await desk();
		const done = await run([userItem(org), userItem(org, BEN.Username)], reclaim('freeze'));
		const [ada, ben] = done.outputs[0] as [IDataObject, IDataObject];
		org.clock.advance(HOUR);
		org.person().update(String(found(org, 'UserLogin', 'UserId', userId(org)).Id), { IsFrozen: false });
		const altered = { reclaim: { ...(ben.reclaim as IDataObject), undo: { version: 1 } } };
		const { outputs } = await run([ada, ben, altered, { reclaim: { result: 'skipped' } }], dry);
		expect(added(outputs[0])).toMatchObject([
			{ result: 'alreadyUndone' },
			{ result: 'notSent', writes: [{ would: 'restore', object: 'UserLogin', values: { IsFrozen: false } }] },
			{ result: 'skipped', reason: 'malformed' },
			{ result: 'skipped', reason: 'nothingToUndo' },
		]);
	});

	it('tells the calls of many users', async () => {
		const { org, run } = await stage({ seed: staff({ users: 450 }) });
		const users = org.rows('User').filter(({ Username }) => String(Username).endsWith('@staff.example'));
		const items = users.map(({ Id }) => ({ orgId: org.organizationId, user: { id: Id as string } }));
		const done = await run(items, reclaim('freeze', { atMost: 500 }, { inactiveDays: 1 }));
		const { outputs } = await run(done.outputs[0] ?? [], dry);
		const carried = new Map<unknown, number>();
		for (const { writes: told } of added(outputs[0])) {
			const [{ call }] = told as [{ call: IDataObject }];
			const name = `${String(call.number)} of ${String(call.of)}: ${String(call.method)} ${String(call.path)}`;
			carried.set(name, (carried.get(name) ?? 0) + 1);
		}
		const calls = org.calls.length;
		await run(done.outputs[0] ?? [], undo());
		const made = org.calls.slice(calls).filter(({ path }) => path.endsWith('/composite/sobjects'));
		expect([...carried]).toEqual(
			made.map(({ method, records }, index) => [
				`${index + 1} of ${made.length}: ${method} /composite/sobjects`,
				records,
			]),
		);
		expect(made.length).toBeGreaterThan(1);
	});

	it('is one where any item asks for it, and stops where its switch is neither on nor off', async () => {
		const { org, run } = await desk();
		const done = await run([userItem(org)], reclaim('freeze'));
		const sent = writes(org);
		for (const dryRun of ['', null, 'yes', 0]) {
			const { error } = await run(done.outputs[0] ?? [], undo({ dryRun } as never));
			expect(error?.message).toBe('Item 0: Dry Run is neither on nor off');
		}
		expect(writes(org)).toBe(sent);
		expect(found(org, 'UserLogin', 'UserId', userId(org)).IsFrozen).toBe(true);
	});
});
