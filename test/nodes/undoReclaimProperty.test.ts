import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startLocalOrg } from '../../local-org';
import type { Fault, LocalOrg } from '../../local-org';
import { Engine } from '../support/engine';
import type { TestRun } from '../support/engine';
import { credentialFor } from '../support/stage';
import { ADA, added, found, reclaim, SEED, undo, userId, userItem, writes } from './support/licenseDesk';
import { fc } from '../support/properties';

const HOUR = 3_600_000;

/** What of Ada can be taken and given. */
interface Things {
	active: unknown;
	profile: unknown;
	frozen: unknown;
	license: boolean;
	package: boolean;
	closer: boolean;
	agents: boolean;
}

type Thing = keyof Things;

/** What Salesforce stamps together: somebody who changes one of them has changed the other's record. */
const RECORD_OF: Record<Thing, string> = {
	active: 'User',
	profile: 'User',
	frozen: 'UserLogin',
	license: 'license',
	package: 'package',
	closer: 'closer',
	agents: 'agents',
};

const ACTS: Array<[string, (org: LocalOrg) => IDataObject, INodeParameters]> = [
	['freeze', (org) => userItem(org), {}],
	['unfreeze', (org) => userItem(org), {}],
	['deactivate', (org) => userItem(org), {}],
	['changeProfile', (org) => userItem(org), { profile: { __rl: true, mode: 'name', value: 'Standard Platform User' } }],
	['changeProfile', (org) => userItem(org), { profile: { __rl: true, mode: 'name', value: 'Standard User' } }],
	[
		'removePermissionSetLicense',
		(org) => licensed(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl'),
		{ withPermissionSets: true },
	],
	['removePackageLicense', (org) => licensed(org, 'PackageLicense', 'NamespacePrefix', 'seatmap'), {}],
];

function licensed(org: LocalOrg, object: string, field: string, value: string): IDataObject {
	return userItem(org, ADA.Username, { license: { id: found(org, object, field, value).Id as string } });
}

const idOf = (org: LocalOrg, object: string, field: string, value: string) => found(org, object, field, value).Id;

/** The assignments of Ada that give something. */
function given(org: LocalOrg, object: string, field: string, id: unknown): Array<Record<string, unknown>> {
	const holder = object === 'UserPackageLicense' ? 'UserId' : 'AssigneeId';
	return org.rows(object, [holder, userId(org)]).filter((row) => row[field] === id);
}

const GIVEN: Record<'license' | 'package' | 'closer' | 'agents', (org: LocalOrg) => Array<Record<string, unknown>>> = {
	license: (org) =>
		given(
			org,
			'PermissionSetLicenseAssign',
			'PermissionSetLicenseId',
			idOf(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl'),
		),
	package: (org) =>
		given(org, 'UserPackageLicense', 'PackageLicenseId', idOf(org, 'PackageLicense', 'NamespacePrefix', 'seatmap')),
	closer: (org) =>
		given(org, 'PermissionSetAssignment', 'PermissionSetId', idOf(org, 'PermissionSet', 'Name', 'Closer')),
	agents: (org) =>
		given(
			org,
			'PermissionSetAssignment',
			'PermissionSetGroupId',
			idOf(org, 'PermissionSetGroup', 'DeveloperName', 'Agents'),
		),
};

function thingsOf(org: LocalOrg): Things {
	const user = found(org, 'User', 'Id', userId(org));
	const has = (name: keyof typeof GIVEN): boolean => GIVEN[name](org).length > 0;
	return {
		active: user.IsActive,
		profile: user.ProfileId,
		frozen: found(org, 'UserLogin', 'UserId', userId(org)).IsFrozen,
		license: has('license'),
		package: has('package'),
		closer: has('closer'),
		agents: has('agents'),
	};
}

const changedIn = (before: Things, after: Things): Thing[] =>
	(Object.keys(before) as Thing[]).filter((name) => before[name] !== after[name]);

/** Somebody in the org's own pages turns one of the things round; what the org refuses stays as it is. */
function somebody(org: LocalOrg, what: number): void {
	const person = org.person();
	const toggle = (name: keyof typeof GIVEN, object: string, fields: Record<string, unknown>): void => {
		const [one] = GIVEN[name](org);
		if (one === undefined) person.create(object, fields);
		else person.delete(String(one.Id));
	};
	const things = thingsOf(org);
	const other =
		things.profile === idOf(org, 'Profile', 'Name', 'Standard User') ? 'Standard Platform User' : 'Standard User';
	const AssigneeId = userId(org);
	const moves: Array<() => void> = [
		() => person.update(AssigneeId, { IsActive: things.active !== true }),
		() => person.update(AssigneeId, { ProfileId: idOf(org, 'Profile', 'Name', other) }),
		() => person.update(String(found(org, 'UserLogin', 'UserId', AssigneeId).Id), { IsFrozen: things.frozen !== true }),
		() =>
			toggle('package', 'UserPackageLicense', {
				UserId: AssigneeId,
				PackageLicenseId: idOf(org, 'PackageLicense', 'NamespacePrefix', 'seatmap'),
			}),
		() =>
			toggle('closer', 'PermissionSetAssignment', {
				AssigneeId,
				PermissionSetId: idOf(org, 'PermissionSet', 'Name', 'Closer'),
			}),
		() =>
			toggle('agents', 'PermissionSetAssignment', {
				AssigneeId,
				PermissionSetGroupId: idOf(org, 'PermissionSetGroup', 'DeveloperName', 'Agents'),
			}),
		() => person.update(AssigneeId, { Department: String(Date.now()) }),
	];
	try {
		moves[what % moves.length]?.();
	} catch (error) {
		if (!(error instanceof Error) || !/^[A-Z_]+:/.test(error.message)) throw error;
	}
}

function fill(org: LocalOrg): void {
	const LicenseId = idOf(org, 'PermissionSetLicense', 'DeveloperName', 'SalesUserPsl');
	org.seed({
		PermissionSet: [{ Name: 'Closer', Label: 'Closer', LicenseId }],
		PermissionSetGroup: [{ DeveloperName: 'Agents', MasterLabel: 'Agents' }],
	});
	const PermissionSetId = idOf(org, 'PermissionSet', 'Name', 'Closer');
	const PermissionSetGroupId = idOf(org, 'PermissionSetGroup', 'DeveloperName', 'Agents');
	org.seed({ PermissionSetGroupComponent: [{ PermissionSetGroupId, PermissionSetId }] });
	org.seed({
		PermissionSetAssignment: [
			{ AssigneeId: userId(org), PermissionSetId },
			{ AssigneeId: userId(org), PermissionSetGroupId },
		],
		UserPackageLicense: [{ User: { Username: ADA.Username }, PackageLicense: { NamespacePrefix: 'seatmap' } }],
	});
	org.clock.advance(HOUR);
}

/** What becomes of the first write of a run: nothing, its answer is lost, or it never comes. */
const FAULTS: Record<string, Partial<Fault>> = {
	late: { status: 504, body: '<html>Sorry</html>', late: true },
	lost: { cut: 'before' },
};

const move = fc.record({
	who: fc.constantFrom('act', 'act', 'somebody', 'undo', 'undo'),
	what: fc.nat(100),
	fault: fc.constantFrom('', '', '', 'late', 'lost'),
});

type Move = typeof move extends fc.Arbitrary<infer Drawn> ? Drawn : never;

describe('undo records', () => {
	let engine: Engine;

	beforeAll(async () => {
		engine = await Engine.start();
	});

	afterAll(() => engine.close());

	it('give back what their act took, once, and nothing that somebody else did, in whatever order all happen', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(move, { minLength: 4, maxLength: 14 }), async (moves) => {
				const org = await startLocalOrg({ seed: SEED });
				try {
					engine.useCredential(credentialFor(org));
					fill(org);
					await play(org, engine, moves);
					expect(org.refused).toEqual([]);
				} finally {
					await org.close();
				}
			}),
			{ numRuns: 40 },
		);
		// Neither is empty.
		expect(undone).toBeGreaterThan(10);
		expect(leftAlone).toBeGreaterThan(10);
	}, 240_000);
});

let undone = 0;
let leftAlone = 0;

async function play(org: LocalOrg, engine: Engine, moves: readonly Move[]): Promise<void> {
	/** The items of acts that were done, with what each changed. */
	const acts: Array<{ item: IDataObject; before: Things; changed: Thing[] }> = [];
	/** Whose work each thing, and each record, is. */
	const lastTouch = new Map<string, string>();
	const touch = (names: readonly Thing[], who: string): void => {
		for (const name of names) for (const key of [name, RECORD_OF[name]]) lastTouch.set(key, who);
	};
	/** Does something while the first write meets a fault; one that was not met is taken back. */
	const meeting = async (fault: string, work: () => Promise<TestRun>): Promise<TestRun> => {
		const own = FAULTS[fault] && { path: '/composite/sobjects', ...FAULTS[fault] };
		if (own !== undefined) org.addFault(own);
		const run = await work();
		org.clearFaults();
		return run;
	};
	for (const { who, what, fault } of moves) {
		// An act that was lost may still come within the hour.
		org.clock.advance(2 * HOUR);
		const before = thingsOf(org);
		if (who === 'somebody') {
			somebody(org, what);
			touch(changedIn(before, thingsOf(org)), 'somebody');
			if (what % 7 === 6) lastTouch.set('User', 'somebody');
		} else if (who === 'act') {
			const [operation, item, parameters] = ACTS[what % ACTS.length] as (typeof ACTS)[number];
			const { outputs, error } = await meeting(
				fault,
				async () => await engine.run([item(org)], reclaim(operation, {}, parameters)),
			);
			expect(error).toBeUndefined();
			const changed = changedIn(before, thingsOf(org));
			const [done] = outputs[0] ?? [];
			if (done === undefined) expect(changed).toEqual([]);
			else {
				touch(changed, `act ${acts.length}`);
				acts.push({ item: done, before, changed });
			}
		} else if (acts.length > 0) {
			const number = what % acts.length;
			const { item, before: was, changed } = acts[number] as (typeof acts)[number];
			const sent = writes(org);
			const { outputs, error } = await meeting(fault, async () => await engine.run([item], undo()));
			if (fault !== 'lost') expect(error).toBeUndefined();
			const [result] = error === undefined ? added(outputs[0]).map((one) => one.result) : ['failed'];
			const given = changedIn(before, thingsOf(org));
			if (result === 'undone') undone++;
			else leftAlone++;
			if (result !== 'undone') {
				expect(given).toEqual([]);
				if (result !== 'failed') expect(writes(org)).toBe(sent);
			}
			for (const name of given) {
				expect(changed).toContain(name);
				expect([name, lastTouch.get(name)]).toEqual([name, `act ${number}`]);
				expect(thingsOf(org)[name]).toEqual(was[name]);
			}
			const isLeft = changed.every((name) => lastTouch.get(RECORD_OF[name]) === `act ${number}`);
			if (isLeft && changed.length > 0 && result !== 'failed')
				expect([result, given.sort()]).toEqual(['undone', [...changed].sort()]);
			touch(given, `undone ${number}`);
		}
	}
}
