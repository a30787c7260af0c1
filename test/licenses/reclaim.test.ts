import { DateTime } from 'luxon';

import { decideReclaim } from '../../licenses/reclaim';
import type { Protection, ReclaimRequest } from '../../licenses/reclaim';
import type { Act } from '../../licenses/act';
import { decideUndo } from '../../licenses/undoReclaim';
import type { UndoRecord } from '../../licenses/undoReclaim';
import type { OrgState, UserState } from '../../licenses/userState';

const ORG = '00Dxx0000000001AAA';
const USER = '005xx0000000001AAA';
const PSL = '0PLxx0000000001AAA';
const PACKAGE = '050xx0000000001AAA';
const CHEAP = '00exx0000000002AAA';

const user = (more: Partial<UserState> = {}): UserState => ({
	id: USER,
	username: 'ada@example.com',
	isActive: true,
	isSystem: false,
	userType: 'Standard',
	profileId: '00exx0000000001AAA',
	profileName: 'Standard User',
	lastLogin: '2026-01-01T00:00:00.000+0000',
	created: '2020-01-01T00:00:00.000+0000',
	login: { id: '0Ywxx0000000001AAA', isFrozen: false },
	permissionSets: [],
	permissionSetLicenses: [{ id: '2LAxx0000000001AAA', licenseId: PSL }],
	packageLicenses: [{ id: '051xx0000000001AAA', licenseId: PACKAGE }],
	...more,
});

const org = (more: Partial<OrgState> = {}): OrgState => ({
	orgId: ORG,
	connectedUserId: '005xx0000000009AAA',
	administrators: new Set(['005xx0000000007AAA']),
	profiles: [
		{ id: '00exx0000000001AAA', name: 'Standard User', userType: 'Standard' },
		{ id: CHEAP, name: 'Minimum Access', userType: 'Standard' },
		{ id: '00exx0000000003AAA', name: 'Community User', userType: 'CspLitePortal' },
	],
	...more,
});

const protection = (more: Partial<Protection> = {}): Protection => ({
	activity: { now: DateTime.fromISO('2026-05-01T12:00:00Z'), inactiveAfterDays: 60, spareNewDays: 30 },
	users: [],
	profiles: [],
	permissionSets: [],
	...more,
});

const request = (act: Act, more: Partial<ReclaimRequest> = {}): ReclaimRequest => ({
	act,
	userId: USER,
	orgId: ORG,
	...more,
});

const service = {
	id: '0Paxx0000000001AAA',
	given: { PermissionSetId: '0PSxx0000000001AAA' },
	names: ['Service_Agent', 'Service Agent'],
	label: 'Service Agent',
	licenseId: PSL,
};

describe('decideReclaim', () => {
	it.each<[string, ReclaimRequest, UserState | undefined, Partial<OrgState>, Partial<Protection>]>([
		['otherOrg', request('freeze', { orgId: '00Dxx0000000002AAA' }), user(), {}, {}],
		['notFound', request('freeze'), undefined, {}, {}],
		['systemUser', request('freeze'), user({ isSystem: true }), {}, {}],
		['connectedUser', request('freeze'), user(), { connectedUserId: USER.slice(0, 15) }, {}],
		['excludedUser', request('freeze'), user(), {}, { users: ['Ada@Example.com'] }],
		['excludedUser', request('freeze'), user(), {}, { users: [USER.slice(0, 15)] }],
		['excludedProfile', request('freeze'), user(), {}, { profiles: ['standard user'] }],
		[
			'excludedPermissionSet',
			request('freeze'),
			user({ permissionSets: [service] }),
			{},
			{ permissionSets: ['Service Agent'] },
		],
		['alreadyInactive', request('deactivate'), user({ isActive: false }), {}, {}],
		['alreadyInactive', request('freeze'), user({ isActive: false }), {}, {}],
		['alreadyInactive', request('changeProfile', { profile: CHEAP }), user({ isActive: false }), {}, {}],
		['alreadyFrozen', request('freeze'), user({ login: { id: 'x', isFrozen: true } }), {}, {}],
		['notFrozen', request('unfreeze'), user(), {}, {}],
		['noLoginRecord', request('freeze'), user({ login: undefined }), {}, {}],
		['notHeld', request('removePermissionSetLicense', { licenseId: '0PLxx0000000002AAA' }), user(), {}, {}],
		['notHeld', request('removePermissionSetLicense', { licenseId: '' }), user(), {}, {}],
		['notHeld', request('removePackageLicense', { licenseId: PSL }), user(), {}, {}],
		[
			'neededByPermissionSets',
			request('removePermissionSetLicense', { licenseId: PSL }),
			user({ permissionSets: [service] }),
			{},
			{},
		],
		['profileNotFound', request('changeProfile', { profile: 'No Such' }), user(), {}, {}],
		['sameProfile', request('changeProfile', { profile: 'Standard User' }), user(), {}, {}],
		['otherUserType', request('changeProfile', { profile: 'Community User' }), user(), {}, {}],
		['newAccount', request('freeze'), user({ created: '2026-04-20T00:00:00.000+0000', lastLogin: null }), {}, {}],
		[
			'recentlyActive',
			request('removePackageLicense', { licenseId: PACKAGE }),
			user({ lastLogin: '2026-04-20T00:00:00.000+0000' }),
			{},
			{},
		],
		['lastAdministrator', request('deactivate'), user(), { administrators: new Set([USER]) }, {}],
	])('skips: %s', (reason, asked, state, orgMore, protectionMore) => {
		expect(decideReclaim(asked, state, org(orgMore), protection(protectionMore))).toMatchObject({ skip: reason });
	});

	it('names the days, not the day, of somebody who was active', () => {
		const active = user({ lastLogin: '2026-04-20T00:00:00.000+0000' });
		expect(decideReclaim(request('freeze'), active, org(), protection())).toEqual({
			skip: 'recentlyActive',
			message: 'The user was active 11 days ago, and 60 days without activity are asked for',
		});
	});

	it('does not lock out the last two administrators in one run', () => {
		const second = '005xx0000000002AAA';
		const state = org({ administrators: new Set([USER, second]) });
		expect(decideReclaim(request('freeze'), user(), state, protection())).toHaveProperty('steps');
		const other = user({ id: second });
		expect(decideReclaim(request('freeze', { userId: second }), other, state, protection())).toMatchObject({
			skip: 'lastAdministrator',
		});
	});

	it('unfreezes whoever was active yesterday', () => {
		const frozen = user({ lastLogin: '2026-04-30T00:00:00.000+0000', login: { id: 'login', isFrozen: true } });
		expect(decideReclaim(request('unfreeze'), frozen, org(), protection())).toMatchObject({
			steps: [{ kind: 'update', object: 'UserLogin', id: 'login', fields: { IsFrozen: false } }],
		});
	});

	it('takes the permission sets before the licence that they need, and no others', () => {
		const other = { ...service, id: '0Paxx0000000002AAA', licenseId: '' };
		const asked = request('removePermissionSetLicense', { licenseId: PSL.slice(0, 15), withPermissionSets: true });
		expect(decideReclaim(asked, user({ permissionSets: [other, service] }), org(), protection())).toEqual({
			steps: [
				{ kind: 'delete', object: 'PermissionSetAssignment', ids: [service.id] },
				{ kind: 'delete', object: 'PermissionSetLicenseAssign', ids: ['2LAxx0000000001AAA'] },
			],
			undo: {
				action: 'removePermissionSetLicense',
				orgId: ORG,
				userId: USER,
				permissionSetLicenseId: PSL,
				permissionSets: [service.given],
			},
		});
	});
});

describe('decideUndo', () => {
	const undo = (action: Act, more: Partial<UndoRecord> = {}): UndoRecord => ({
		action,
		orgId: ORG,
		userId: USER,
		...more,
	});

	it.each<[Act, Partial<UndoRecord>, Partial<UserState>, Partial<UserState>]>([
		['freeze', {}, { login: { id: 'x', isFrozen: true } }, {}],
		['unfreeze', {}, {}, { login: { id: 'x', isFrozen: true } }],
		['deactivate', {}, { isActive: false }, {}],
		[
			'removePermissionSetLicense',
			{ permissionSetLicenseId: PSL, permissionSets: [service.given] },
			{ permissionSetLicenses: [] },
			{ permissionSets: [service] },
		],
		['removePackageLicense', { packageLicenseId: PACKAGE }, { packageLicenses: [] }, {}],
		['changeProfile', { profileId: '00exx0000000001AAA', newProfileId: CHEAP }, { profileId: CHEAP }, {}],
	])('undoes %s once, and not what is as it was', (action, record, reclaimed, before) => {
		expect(decideUndo(undo(action, record), user(reclaimed), org())).toHaveProperty('steps');
		expect(decideUndo(undo(action, record), user(before), org())).toMatchObject({ skip: 'alreadyUndone' });
	});

	it('gives back only the permission sets that are missing', () => {
		const record = undo('removePermissionSetLicense', { permissionSetLicenseId: PSL, permissionSets: [service.given] });
		expect(decideUndo(record, user(), org())).toEqual({
			steps: [{ kind: 'create', object: 'PermissionSetAssignment', records: [{ AssigneeId: USER, ...service.given }] }],
		});
	});

	it('leaves a user alone whom somebody gave a third profile, who is gone, or who is of another org', () => {
		const record = undo('changeProfile', { profileId: '00exx0000000001AAA', newProfileId: CHEAP });
		expect(decideUndo(record, user({ profileId: '00exx0000000003AAA' }), org())).toMatchObject({
			skip: 'changedSince',
		});
		expect(decideUndo(record, undefined, org())).toMatchObject({ skip: 'notFound' });
		expect(decideUndo(record, user(), org({ orgId: '00Dxx0000000002AAA' }))).toMatchObject({ skip: 'otherOrg' });
	});
});
