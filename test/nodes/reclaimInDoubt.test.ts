import type { IDataObject } from 'n8n-workflow';

import { staff } from '../../local-org';
import type { Fault, LocalOrg } from '../../local-org';
import type { Stage } from '../support/stage';
import { stages } from '../support/stage';
import { ADA, added, contents, found, reclaim, SEED, undo, userId, userItem, writes } from './support/licenseDesk';

const stage = stages();
const HOUR = 3_600_000;

/** An org whose users were changed last an hour ago; Ada holds both licenses, one by a permission set. */
async function desk(): Promise<Stage> {
	const opened = await stage({ seed: SEED });
	const { org } = opened;
	const LicenseId = found(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl').Id;
	org.seed({ PermissionSet: [{ Name: 'Closer', Label: 'Closer', LicenseId }] });
	org.seed({
		PermissionSetAssignment: [
			{ AssigneeId: userId(org), PermissionSetId: found(org, 'PermissionSet', 'Name', 'Closer').Id },
		],
		UserPackageLicense: [{ User: { Username: ADA.Username }, PackageLicense: { NamespacePrefix: 'seatmap' } }],
	});
	org.clock.advance(HOUR);
	return opened;
}

const license = (org: LocalOrg, object: string, field: string, value: string): IDataObject =>
	userItem(org, ADA.Username, { license: { id: found(org, object, field, value).Id as string } });

const ACTS: Array<[string, (org: LocalOrg) => IDataObject, object]> = [
	['freeze', (org) => userItem(org), {}],
	['deactivate', (org) => userItem(org), {}],
	['changeProfile', (org) => userItem(org), { profile: { __rl: true, mode: 'name', value: 'Standard Platform User' } }],
	[
		'removePermissionSetLicense',
		(org) => license(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl'),
		{ withPermissionSets: true },
	],
	['removePackageLicense', (org) => license(org, 'PackageLicense', 'NamespacePrefix', 'seatmap'), {}],
];

/** What a gateway may do to the write that follows. */
const WRITES: Pick<Fault, 'path'> = { path: '/composite/sobjects' };
const AFTER: Array<[string, Partial<Fault>]> = [
	['is cut', { cut: 'after' }],
	...[500, 502, 503, 504].map((status): [string, Partial<Fault>] => [
		`is a gateway's ${status}`,
		{ status, body: '<html>Sorry</html>', late: true },
	]),
];

describe('an act whose answer', () => {
	it.each(AFTER.flatMap(([what, fault]) => ACTS.map(([act, item, more]) => [what, act, fault, item, more] as const)))(
		'%s after it was carried out comes out as done: %s',
		async (_what, operation, fault, item, parameters) => {
			const { org, run } = await desk();
			const before = contents(org);
			org.addFault({ ...WRITES, ...fault });
			const done = await run([item(org)], reclaim(operation, {}, parameters as never));
			expect(done.error).toBeUndefined();
			expect(added(done.outputs[0])).toMatchObject([{ result: 'done', undo: { action: operation } }]);
			org.clock.advance(HOUR);
			const { outputs } = await run(done.outputs[0] ?? [], undo());
			expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
			expect(contents(org)).toEqual(before);
		},
	);

	it('is lost at its first step is carried out to its end, where Salesforce leaves the license behind', async () => {
		const people = Array.from({ length: 50 }, (_none, index) => ({ ...ADA, Username: `caller${index}@staff.example` }));
		const many = {
			DeveloperName: 'ManyPsl',
			MasterLabel: 'Many',
			PermissionSetLicenseKey: 'ManyPsl',
			TotalLicenses: 60,
		};
		const { org, run } = await stage({
			seed: { User: people, PermissionSetLicense: [{ ...many, UsedLicenses: 0 }] },
		});
		const psl = found(org, 'PermissionSetLicense', 'DeveloperName', 'ManyPsl').Id as string;
		org.seed({ PermissionSet: [{ Name: 'Calls', Label: 'Calls', LicenseId: psl }] });
		const PermissionSetId = found(org, 'PermissionSet', 'Name', 'Calls').Id;
		const ids = people.map(({ Username }) => userId(org, Username));
		org.seed({ PermissionSetAssignment: ids.map((AssigneeId) => ({ AssigneeId, PermissionSetId })) });
		org.clock.advance(HOUR);
		const before = contents(org);
		const items = people.map(({ Username }) => userItem(org, Username, { license: { id: psl } }));
		const node = reclaim('removePermissionSetLicense', {}, { withPermissionSets: true });
		org.addFault({ ...WRITES, status: 504, body: '<html>Sorry</html>', late: true });
		const done = await run(items, node);
		expect(done.error).toBeUndefined();
		expect(added(done.outputs[0]).map(({ result }) => result)).toEqual(Array(50).fill('done'));
		expect(org.rows('PermissionSetLicenseAssign')).toEqual([]);
		// 50 assignments, the call that a gateway lost; then the 50 licenses. Nothing is sent twice.
		expect(writes(org)).toBe(2);
		org.clock.advance(HOUR);
		await run(done.outputs[0] ?? [], undo());
		expect(contents(org)).toEqual(before);
	});

	it.each(ACTS)('nobody can look for keeps its undo record: %s', async (operation, item, parameters) => {
		for (const cut of ['before', 'after'] as const) {
			const { org, run } = await desk();
			const before = contents(org);
			const act = (more: object) => reclaim(operation, {}, { ...parameters, ...more } as never);
			await run([item(org)], act({ dryRun: true }));
			const readings = org.calls.filter(({ path }) => /composite$|query/.test(path)).length;
			org.addFault({ ...WRITES, cut });
			const refusal = [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'not now' }];
			org.addFault({ path: /composite$|query/, skip: readings, times: 2, status: 403, body: refusal });
			const doubtful = await run([item(org)], act({}));
			expect(doubtful.error).toBeUndefined();
			expect(added(doubtful.outputs[0])).toMatchObject([{ result: 'inDoubt', undo: { action: operation } }]);
			org.clock.advance(HOUR);
			const { outputs } = await run(doubtful.outputs[0] ?? [], undo());
			expect(added(outputs[0])).toMatchObject([{ result: cut === 'after' ? 'undone' : 'alreadyUndone' }]);
			expect(contents(org)).toEqual(before);
		}
	});
});

describe('an act that was not carried out', () => {
	it.each(ACTS)(
		'is in doubt with its undo record, and undoing it does nothing: %s',
		async (operation, item, parameters) => {
			const { org, run } = await desk();
			const before = contents(org);
			org.addFault({ ...WRITES, cut: 'before' });
			const doubtful = await run([item(org)], reclaim(operation, {}, parameters as never));
			expect(doubtful.error).toBeUndefined();
			expect(added(doubtful.outputs[0])).toMatchObject([
				{ result: 'inDoubt', reason: 'NO_ANSWER', remedy: expect.any(String), undo: { action: operation } },
			]);
			expect(contents(org)).toEqual(before);
			const { outputs } = await run(doubtful.outputs[0] ?? [], undo());
			expect(added(outputs[0])).toMatchObject([{ result: 'alreadyUndone' }]);
			expect(contents(org)).toEqual(before);
		},
	);

	it('is undone all the same when it comes late', async () => {
		const { org, run } = await desk();
		org.addFault({ ...WRITES, cut: 'before' });
		const doubtful = await run([userItem(org)], reclaim('deactivate'));
		org.clock.advance(60_000);
		org.person({ userId: userId(org, org.username) }).update(userId(org), { IsActive: false });
		const { outputs } = await run(doubtful.outputs[0] ?? [], undo());
		expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
		expect(found(org, 'User', 'Id', userId(org)).IsActive).toBe(true);
	});

	it('is not undone when somebody else has done it', async () => {
		const { org, run } = await desk();
		org.addFault({ ...WRITES, cut: 'before' });
		const doubtful = await run([userItem(org)], reclaim('deactivate'));
		org.clock.advance(60_000);
		org.person().update(userId(org), { IsActive: false });
		const { outputs } = await run(doubtful.outputs[0] ?? [], undo());
		expect(added(outputs[0])).toMatchObject([{ result: 'skipped', reason: 'changedSince' }]);
	});

	it('was carried out in part: its record gives back that part only', async () => {
		const { org, run } = await desk();
		const [, , , [operation, item, parameters]] = ACTS as [unknown, unknown, unknown, (typeof ACTS)[number]];
		const LicenseId = found(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl').Id;
		org.seed({ PermissionSet: [{ Name: 'Caller', Label: 'Caller', LicenseId }] });
		const kept = found(org, 'PermissionSet', 'Name', 'Caller').Id;
		org.seed({ PermissionSetAssignment: [{ AssigneeId: userId(org), PermissionSetId: kept }] });
		const before = contents(org);
		org.settings.automations = [
			{
				sObject: 'PermissionSetAssignment',
				on: ['delete'],
				run: (one) => void (one.record.PermissionSetId === kept && one.refuse('Ask the license desk')),
			},
		];
		const { outputs, error } = await run([item(org)], reclaim(operation, {}, parameters as never));
		expect(error).toBeUndefined();
		const [one] = added(outputs[0]);
		expect(one).toMatchObject({ result: 'partlyDone', reason: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
		expect((one?.undo as IDataObject).changes).toMatchObject([{ object: 'PermissionSetAssignment' }]);
		await run(outputs.flat(), undo());
		expect(contents(org)).toEqual(before);
	});
});

describe('an undo whose answer', () => {
	it.each(AFTER.flatMap(([what, fault]) => ACTS.map(([act, item, more]) => [what, act, fault, item, more] as const)))(
		'%s is looked up, and is not made twice: %s',
		async (_what, operation, fault, item, parameters) => {
			const { org, run } = await desk();
			const before = contents(org);
			const done = await run([item(org)], reclaim(operation, {}, parameters as never));
			org.clock.advance(HOUR);
			org.addFault({ ...WRITES, ...fault });
			const { outputs, error } = await run(done.outputs[0] ?? [], undo());
			expect(error).toBeUndefined();
			expect(added(outputs[0])).toMatchObject([{ result: 'undone' }]);
			expect(contents(org)).toEqual(before);
			const sent = writes(org);
			const again = await run(done.outputs[0] ?? [], undo());
			expect(added(again.outputs[0])).toMatchObject([{ result: 'alreadyUndone' }]);
			expect(writes(org)).toBe(sent);
		},
	);

	it.each(ACTS)(
		'never came, and was not carried out, can be asked for again: %s',
		async (operation, item, parameters) => {
			const { org, run } = await desk();
			const before = contents(org);
			const done = await run([item(org)], reclaim(operation, {}, parameters as never));
			const taken = contents(org);
			org.clock.advance(HOUR);
			org.addFault({ ...WRITES, cut: 'before' });
			const { error } = await run(done.outputs[0] ?? [], undo());
			expect(error).toMatchObject({ description: expect.stringContaining('Running again is safe') });
			expect(contents(org)).toEqual(taken);
			const again = await run(done.outputs[0] ?? [], undo());
			expect(added(again.outputs[0])).toMatchObject([{ result: 'undone' }]);
			expect(contents(org)).toEqual(before);
		},
	);
});

describe('a run that ends in the middle', () => {
	const many = async (users: number) => {
		const opened = await stage({ seed: staff({ users }) });
		const { org } = opened;
		const people = org.rows('User').filter(({ Username }) => String(Username).endsWith('@staff.example'));
		return { ...opened, items: people.map(({ Id }) => ({ orgId: org.organizationId, user: { id: Id as string } })) };
	};
	const freeze = reclaim('freeze', { atMost: 1_000 }, { inactiveDays: 1 });
	const frozen = (org: LocalOrg): unknown[] => org.rows('UserLogin').filter(({ IsFrozen }) => IsFrozen === true);

	it('keeps what undoes the acts that were done', async () => {
		const { org, run, items } = await many(600);
		org.addFault({
			method: 'PATCH',
			path: '/composite/sobjects',
			skip: 1,
			status: 302,
			headers: { location: 'https://elsewhere.example' },
		});
		const { outputs, error } = await run(items, freeze);
		expect(error).toBeUndefined();
		const results = added(outputs.flat());
		const done = results.filter(({ result }) => result === 'done');
		expect(done).toHaveLength(frozen(org).length);
		expect(done.length).toBeGreaterThan(100);
		expect(results.every(({ result, undo: record }) => result !== 'done' || record !== undefined)).toBe(true);
		const undone = await run(outputs.flat(), undo());
		expect(undone.error).toBeUndefined();
		expect(frozen(org)).toEqual([]);
	});

	it.each<[string, Partial<Fault>]>([
		['is redirected', { status: 302, headers: { location: 'https://elsewhere.example' } }],
		['is answered by a page', { status: 200, body: '<html>Sign in to the network</html>' }],
		['is refused at the door', { status: 403, body: '<html>Forbidden</html>' }],
		['finds no rights', { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no' }] }],
		[
			'finds no calls left',
			{ status: 403, body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }] },
		],
	])('stops, and calls nobody refused, when the first write %s', async (_what, fault) => {
		const { org, run, items } = await many(20);
		org.addFault({ method: 'PATCH', path: '/composite/sobjects', times: 9, ...fault });
		const { outputs, error } = await run(items, freeze);
		expect(frozen(org)).toEqual([]);
		const refused = added(outputs.flat()).filter((one) => one?.result === 'refused');
		expect(refused).toEqual([]);
		expect(error ?? added(outputs[0])[0]).toBeDefined();
	});
});
