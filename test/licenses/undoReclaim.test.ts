import type { Act } from '../../licenses/act';
import type { Change, UpdatedRecord } from '../../licenses/change';
import { Trail } from '../../licenses/trail';
import { asIfUndone, decideUndo } from '../../licenses/undoReclaim';
import type { UndoRules } from '../../licenses/undoReclaim';
import { readUndoRecord } from '../../licenses/undoRecord';
import type { UndoRecord } from '../../licenses/undoRecord';
import type { OrgState, UserState } from '../../licenses/userState';
import {
	ADMIN,
	administrators,
	API_USER,
	CHEAP,
	FOUND,
	frozen,
	GROUP,
	id,
	LEFT,
	LOGIN,
	ORG,
	org,
	OTHER,
	PACKAGE,
	PSL,
	SERVICE,
	STANDARD,
	USER,
	user,
} from './support/states';

const updated = (
	object: UpdatedRecord['object'],
	before: Record<string, unknown>,
	after: Record<string, unknown>,
	more: Partial<UpdatedRecord> = {},
): UpdatedRecord => ({
	did: 'updated',
	object,
	id: object === 'User' ? USER : LOGIN,
	before,
	after,
	found: FOUND,
	left: LEFT,
	...more,
});

const license: Change = {
	did: 'deleted',
	object: 'PermissionSetLicenseAssign',
	id: id('2LA', 1),
	before: { AssigneeId: USER, PermissionSetLicenseId: PSL },
};

const set = (more: Record<string, string> = {}): Change => ({
	did: 'deleted',
	object: 'PermissionSetAssignment',
	id: SERVICE.id,
	before: { AssigneeId: USER, PermissionSetId: id('0PS', 1), ...more },
});

const CHANGES: Record<Act, Change[]> = {
	freeze: [updated('UserLogin', { IsFrozen: false }, { IsFrozen: true })],
	unfreeze: [updated('UserLogin', { IsFrozen: true }, { IsFrozen: false })],
	deactivate: [updated('User', { IsActive: true }, { IsActive: false })],
	changeProfile: [updated('User', { ProfileId: STANDARD }, { ProfileId: CHEAP })],
	removePermissionSetLicense: [set(), license],
	removePackageLicense: [
		{
			did: 'deleted',
			object: 'UserPackageLicense',
			id: id('051', 1),
			before: { UserId: USER, PackageLicenseId: PACKAGE },
		},
	],
};

const undo = (action: Act, changes = CHANGES[action]): UndoRecord => ({
	version: 1,
	action,
	orgId: ORG,
	userId: USER,
	at: '2026-05-01T12:00:00.000Z',
	by: API_USER,
	changes,
});

/** The user as each act leaves them. */
const LEAVES: Record<Act, Partial<UserState>> = {
	freeze: { login: frozen(LEFT) },
	unfreeze: { login: { id: LOGIN, isFrozen: false, changed: LEFT } },
	deactivate: { isActive: false, changed: LEFT },
	changeProfile: { profileId: CHEAP, changed: LEFT },
	removePermissionSetLicense: { permissionSetLicenses: [] },
	removePackageLicense: { packageLicenses: [] },
};

const ACTS = Object.keys(CHANGES) as Act[];

const decide = (record: UndoRecord, state: UserState | undefined, more: Partial<UndoRules> = {}, known = org()) =>
	decideUndo(record, state, known, {
		now: '2026-05-02T00:00:00.000Z',
		restoreChanged: false,
		trail: new Trail([], new Map()),
		...more,
	});

describe('decideUndo', () => {
	it.each(ACTS)('undoes %s once', (action) => {
		const record = undo(action);
		const left = user(LEAVES[action]);
		expect(decide(record, left)).toHaveProperty('steps');
		expect(decide(record, asIfUndone(record, left))).toMatchObject({ skip: 'alreadyUndone' });
	});

	it('leaves alone what is missing by somebody else, and what happened before the trail begins', () => {
		const record = undo('removePackageLicense');
		const left = user(LEAVES.removePackageLicense);
		const given = {
			action: 'granteduserpackagelicense',
			display: `Granted 1 User Package Licenses for User with ID: ${USER.slice(0, 15)}`,
			stamp: { at: '2026-05-01T13:00:00.000Z', by: OTHER },
		};
		const trail = new Trail([given], new Map());
		expect(decide(record, left, { trail })).toMatchObject({
			skip: 'changedSince',
			message: expect.stringContaining(`2026-05-01T13:00:00.000Z by user ${OTHER}`),
		});
		expect(decide(record, left, { trail, restoreChanged: true })).toHaveProperty('steps');
		expect(decide(record, asIfUndone(record, left), { trail })).toMatchObject({ skip: 'alreadyUndone' });
		const now = '2026-12-01T00:00:00.000Z';
		expect(decide(record, left, { now })).toMatchObject({ skip: 'tooOld' });
		expect(decide(record, left, { now, restoreChanged: true })).toHaveProperty('steps');
		expect(decide(undo('deactivate'), user(LEAVES.deactivate), { now })).toHaveProperty('steps');
	});

	it('gives back what was taken, the license before the permission sets that need it', () => {
		const record = undo('removePermissionSetLicense', [set({ ExpirationDate: '2026-12-31T00:00:00.000Z' }), license]);
		expect(decide(record, user(LEAVES.removePermissionSetLicense))).toEqual({
			steps: [
				{ kind: 'create', object: 'PermissionSetLicenseAssign', records: [license.before] },
				{
					kind: 'create',
					object: 'PermissionSetAssignment',
					records: [{ ...set().before, ExpirationDate: '2026-12-31T00:00:00.000Z' }],
				},
			],
			note: '',
		});
	});

	it('gives back only what is missing', () => {
		expect(decide(undo('removePermissionSetLicense'), user())).toMatchObject({
			steps: [{ kind: 'create', object: 'PermissionSetAssignment' }],
		});
		expect(decide(undo('removePermissionSetLicense'), user({ permissionSets: [SERVICE] }))).toMatchObject({
			skip: 'alreadyUndone',
		});
	});

	it('gives back no permission set that would have expired', () => {
		const expired = set({ ExpirationDate: '2026-05-01T23:59:59.000Z' });
		expect(decide(undo('removePermissionSetLicense', [expired]), user())).toMatchObject({ skip: 'expired' });
		const both = undo('removePermissionSetLicense', [expired, license]);
		expect(decide(both, user(LEAVES.removePermissionSetLicense))).toMatchObject({
			steps: [{ kind: 'create', object: 'PermissionSetLicenseAssign' }],
			note: '1 permission sets had expired in the meantime and stay taken',
		});
	});

	const later = { ...LEFT, at: '2026-05-01T15:00:00.000Z' };
	const byOther = { ...LEFT, by: OTHER };

	it.each<[string, Act, Partial<UserState>]>([
		['frozen once more', 'freeze', { login: frozen(later) }],
		['frozen at the same moment by somebody else', 'freeze', { login: frozen(byOther) }],
		[
			'given another log-in record',
			'freeze',
			{ login: { ...frozen(LEFT), id: id('0Yw', 2), isFrozen: true, changed: LEFT } },
		],
		['thawed and thawed again', 'unfreeze', { login: { id: LOGIN, isFrozen: false, changed: later } }],
		['activated and deactivated', 'deactivate', { isActive: false, changed: later }],
		['deactivated, and changed otherwise', 'deactivate', { isActive: false, changed: byOther }],
		['given a third profile', 'changeProfile', { profileId: ADMIN, changed: later }],
		['given the cheap profile once more', 'changeProfile', { profileId: CHEAP, changed: later }],
	])('leaves alone whoever was %s since', (_what, action, state) => {
		expect(decide(undo(action), user(state))).toMatchObject({
			skip: 'changedSince',
			message: expect.stringMatching(/the last change was made on 2026-\S+ by user 005/),
		});
	});

	it('restores what still has its values all the same, if told so', () => {
		const told = { restoreChanged: true };
		expect(decide(undo('deactivate'), user({ isActive: false, changed: later }), told)).toHaveProperty('steps');
		expect(decide(undo('changeProfile'), user({ profileId: ADMIN, changed: later }), told)).toMatchObject({
			skip: 'changedSince',
		});
	});

	it.each<[string, UserState['changed'], string]>([
		['the same user wrote later', LEFT, 'steps'],
		['the same user wrote within the hour', { ...LEFT, at: '2026-05-01T13:00:00.000Z' }, 'steps'],
		['the same user wrote after that', { ...LEFT, at: '2026-05-01T13:00:01.000Z' }, 'skip'],
		['nothing was written', FOUND, 'skip'],
		['somebody else wrote', { ...LEFT, by: OTHER }, 'skip'],
	])('settles what nobody saw after the act by who wrote last: %s', (_what, changed, expected) => {
		const unseen = updated('User', { IsActive: true }, { IsActive: false }, { left: null });
		expect(decide(undo('deactivate', [unseen]), user({ isActive: false, changed }))).toHaveProperty(expected);
	});

	it('undoes several acts on one record, the newest first', () => {
		const first = undo('changeProfile');
		const then = { at: '2026-05-03T12:00:00.000Z', by: API_USER };
		const second = undo('deactivate', [
			updated('User', { IsActive: true }, { IsActive: false }, { found: LEFT, left: then }),
		]);
		const now = user({ profileId: CHEAP, isActive: false, changed: then });
		expect(decide(first, now)).toMatchObject({ skip: 'changedSince' });
		expect(decide(second, now)).toHaveProperty('steps');
		expect(decide(first, asIfUndone(second, now))).toHaveProperty('steps');
		const between = undo('deactivate', [
			updated('User', { IsActive: true }, { IsActive: false }, { found: later, left: then }),
		]);
		expect(decide(first, asIfUndone(between, now))).toMatchObject({ skip: 'changedSince' });
	});

	it('leaves alone who is gone, or of another org', () => {
		expect(decide(undo('freeze'), undefined)).toMatchObject({ skip: 'notFound' });
		const elsewhere = org({ orgId: id('00D', 2) });
		expect(decide(undo('freeze'), user(LEAVES.freeze), {}, elsewhere)).toMatchObject({ skip: 'otherOrg' });
	});

	it.each<[string, Act, Partial<OrgState>, string]>([
		['freezes the last administrator', 'unfreeze', { administrators: administrators(USER) }, 'lastAdministrator'],
		['takes the right from the last', 'changeProfile', { administrators: administrators(USER) }, 'lastAdministrator'],
		['freezes the connected user', 'unfreeze', { connectedUserId: USER }, 'connectedUser'],
	])('does not undo what %s', (_what, action, known, reason) => {
		expect(decide(undo(action), user(LEAVES[action]), {}, org(known))).toMatchObject({ skip: reason });
	});
});

describe('readUndoRecord', () => {
	it.each(ACTS)('reads what %s writes', (action) => {
		const record = { ...undo(action), signature: '1.a.b' };
		expect(readUndoRecord(JSON.parse(JSON.stringify(record)) as Record<string, unknown>)).toEqual(record);
	});

	it('reads an assignment of a group that expires, and a license that went along', () => {
		const group: Change = {
			...set(),
			before: { AssigneeId: USER, ...GROUP.given, ExpirationDate: '2026-12-31T00:00:00.000Z' },
		} as Change;
		const other = { ...license, before: { ...license.before, PermissionSetLicenseId: id('0PL', 2) } } as Change;
		const record = undo('removePermissionSetLicense', [group, license, other]);
		expect(readUndoRecord({ ...record })).toEqual(record);
	});

	const [freeze] = CHANGES.freeze as [UpdatedRecord];
	const [profile] = CHANGES.changeProfile as [UpdatedRecord];
	const [pack] = CHANGES.removePackageLicense as [Change];

	it.each<[string, object]>([
		['nothing', {}],
		['an array of members', Object.entries(undo('freeze'))],
		['another version', { ...undo('freeze'), version: 2 }],
		['no version', { ...undo('freeze'), version: undefined }],
		['an unknown action', { ...undo('freeze'), action: 'promote' }],
		['an action of objects', { ...undo('freeze'), action: 'constructor' }],
		['an action that is no text', { ...undo('freeze'), action: ['freeze'] }],
		['no user', { ...undo('freeze'), userId: null }],
		['a mistyped user', { ...undo('freeze'), userId: '005xx0000000001AAB' }],
		['a Case for a user', { ...undo('freeze'), userId: id('500', 1) }],
		['no org', { ...undo('freeze'), orgId: '' }],
		['no moment', { ...undo('freeze'), at: 'yesterday' }],
		['a member more', { ...undo('freeze'), fields: { ProfileId: ADMIN } }],
		['attributes', { ...undo('freeze'), attributes: { type: 'User' } }],
		['changes that are no list', { ...undo('freeze'), changes: freeze }],
		['null for changes', { ...undo('freeze'), changes: null }],
		['null among changes', { ...undo('freeze'), changes: [null] }],
		['no change', undo('freeze', [])],
		['a change too many', undo('freeze', [freeze, freeze])],
		['the changes of another act', undo('freeze', CHANGES.deactivate)],
		['another record', undo('changeProfile', [{ ...profile, id: OTHER }])],
		['another object', undo('freeze', [{ ...freeze, object: 'Profile' } as unknown as Change])],
		['a field more', undo('changeProfile', [{ ...profile, before: { ...profile.before, UserRoleId: 'x' } }])],
		['attributes in a change', undo('freeze', [{ ...freeze, attributes: { type: 'User' } } as Change])],
		['attributes in fields', undo('freeze', [{ ...freeze, before: { IsFrozen: false, attributes: {} } }])],
		['a value that no act finds', undo('freeze', [{ ...freeze, before: { IsFrozen: true } }])],
		['text for a switch', undo('freeze', [{ ...freeze, before: { IsFrozen: 'false' } }])],
		['another kind of ID', undo('changeProfile', [{ ...profile, before: { ProfileId: PACKAGE } }])],
		['a stamp without a user', undo('freeze', [{ ...freeze, left: { at: LEFT.at } as typeof LEFT }])],
		['no stamp', undo('freeze', [{ ...freeze, found: null } as unknown as Change])],
		[
			'a foreign holder',
			undo('removePackageLicense', [{ ...pack, before: { ...pack.before, UserId: OTHER } } as Change]),
		],
		[
			'a foreign assignee',
			undo('removePermissionSetLicense', [{ ...license, before: { ...license.before, AssigneeId: OTHER } } as Change]),
		],
		['a set and a group', undo('removePermissionSetLicense', [set({ PermissionSetGroupId: id('0PG', 1) })])],
		['an expiry that is none', undo('removePermissionSetLicense', [set({ ExpirationDate: 'never' })])],
		['a signature that is no text', { ...undo('freeze'), signature: { valid: true } }],
	])('refuses %s', (_what, value) => {
		expect(readUndoRecord(value as Record<string, unknown>)).toBeUndefined();
	});
});
