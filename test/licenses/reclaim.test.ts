import type { Act } from '../../licenses/act';
import type { ActivityRules } from '../../licenses/activity';
import { Administrators } from '../../licenses/administrators';
import { stepsOf } from '../../licenses/change';
import { decideReclaim } from '../../licenses/reclaim';
import type { Protected, ReclaimRequest } from '../../licenses/reclaim';
import type { OrgState, UserState } from '../../licenses/userState';
import {
	ADMIN,
	administrators,
	CHEAP,
	FOUND,
	frozen,
	GROUP,
	id,
	LOGIN,
	ORG,
	org,
	OTHER,
	PACKAGE,
	PSL,
	rules,
	SERVICE,
	spared,
	STANDARD,
	USER,
	user,
} from './support/states';

const request = (act: Act, more: Partial<ReclaimRequest> = {}): ReclaimRequest => ({
	act,
	userId: USER,
	orgId: ORG,
	...more,
});

const RECENT = '2026-04-20T00:00:00.000+0000';

describe('decideReclaim', () => {
	it.each<[string, ReclaimRequest, UserState | undefined, Partial<OrgState>, Protected]>([
		['otherOrg', request('freeze', { orgId: id('00D', 2) }), user(), {}, spared()],
		['otherOrg', request('freeze', { orgId: 'undefined' }), user(), {}, spared()],
		['notFound', request('freeze'), undefined, {}, spared()],
		['systemUser', request('freeze'), user({ isSystem: true }), {}, spared()],
		['connectedUser', request('freeze'), user(), { connectedUserId: USER.slice(0, 15) }, spared()],
		['excludedUser', request('freeze'), user(), {}, spared({ users: [USER] })],
		['excludedUser', request('unfreeze'), user({ login: frozen() }), {}, spared({ users: [USER] })],
		['excludedProfile', request('freeze'), user(), {}, spared({ profiles: [STANDARD] })],
		[
			'excludedPermissionSet',
			request('freeze'),
			user({ permissionSets: [SERVICE] }),
			{},
			spared({ permissionSets: [id('0PS', 1)] }),
		],
		[
			'excludedPermissionSet',
			request('freeze'),
			user({ permissionSets: [GROUP] }),
			{},
			spared({ permissionSets: [id('0PG', 1)] }),
		],
		[
			'excludedPermissionSet',
			request('freeze'),
			user({ permissionSets: [GROUP] }),
			{},
			spared({ permissionSets: [id('0PS', 7)] }),
		],
		['alreadyInactive', request('deactivate'), user({ isActive: false }), {}, spared()],
		['alreadyInactive', request('freeze'), user({ isActive: false }), {}, spared()],
		['alreadyInactive', request('changeProfile', { profile: CHEAP }), user({ isActive: false }), {}, spared()],
		['alreadyFrozen', request('freeze'), user({ login: frozen() }), {}, spared()],
		['notFrozen', request('unfreeze'), user(), {}, spared()],
		['noLoginRecord', request('freeze'), user({ login: undefined }), {}, spared()],
		['notHeld', request('removePermissionSetLicense', { licenseId: id('0PL', 2) }), user(), {}, spared()],
		['notHeld', request('removePermissionSetLicense', { licenseId: '' }), user(), {}, spared()],
		['notHeld', request('removePackageLicense', { licenseId: PSL }), user(), {}, spared()],
		[
			'neededByPermissionSets',
			request('removePermissionSetLicense', { licenseId: PSL }),
			user({ permissionSets: [SERVICE] }),
			{},
			spared(),
		],
		[
			'neededByPermissionSets',
			request('removePermissionSetLicense', { licenseId: PSL }),
			user({ permissionSets: [GROUP] }),
			{},
			spared(),
		],
		['profileNotFound', request('changeProfile', { profile: 'No Such' }), user(), {}, spared()],
		['sameProfile', request('changeProfile', { profile: 'Standard User' }), user(), {}, spared()],
		['otherUserType', request('changeProfile', { profile: 'Community User' }), user(), {}, spared()],
		['newAccount', request('freeze'), user({ created: RECENT, lastLogin: null }), {}, spared()],
		[
			'recentlyActive',
			request('removePackageLicense', { licenseId: PACKAGE }),
			user({ lastLogin: RECENT }),
			{},
			spared(),
		],
		['lastAdministrator', request('deactivate'), user(), { administrators: administrators(USER) }, spared()],
	])('skips: %s', (reason, asked, state, orgMore, exclusions) => {
		expect(decideReclaim(asked, state, org(orgMore), exclusions, rules())).toMatchObject({ skip: reason });
	});

	it('names the days, not the day, of somebody who was active', () => {
		expect(decideReclaim(request('freeze'), user({ lastLogin: RECENT }), org(), spared(), rules())).toEqual({
			skip: 'recentlyActive',
			message: 'The user was active 11 days ago, which is less than the 60 days without activity that are asked for',
		});
	});

	it('says how an excluded user was named, and which permission set it is', () => {
		const exclusions = spared({ permissionSets: [id('0PS', 7)] });
		const held = user({ permissionSets: [GROUP] });
		expect(decideReclaim(request('freeze'), held, org(), exclusions, rules())).toMatchObject({
			message: 'The user has the permission set Agents (a group), which is excluded by "somebody"',
		});
	});

	it.each<[string, Partial<UserState>]>([
		['left', { isActive: false }],
		['is frozen', { login: frozen() }],
	])('takes a package license from somebody who was there yesterday and %s', (_what, state) => {
		const recent = user({ lastLogin: RECENT, created: RECENT, ...state });
		const asked = request('removePackageLicense', { licenseId: PACKAGE });
		expect(decideReclaim(asked, recent, org(), spared(), rules())).toHaveProperty('changes');
	});

	it.each<[string, Partial<ActivityRules>, ReclaimRequest]>([
		['the user license', { daysByLicense: [{ license: 'salesforce', days: 200 }] }, request('freeze')],
		[
			'the license to remove',
			{ daysByLicense: [{ license: 'Sales User', days: 200 }] },
			request('removePermissionSetLicense', { licenseId: PSL }),
		],
	])('waits the days of %s', (_which, own, asked) => {
		const licenses = [{ id: PSL, apiName: 'SalesUserPsl', name: 'Sales User' }];
		const decide = (more: Partial<ActivityRules>) =>
			decideReclaim(asked, user(), org(), spared(), rules(more), licenses);
		expect(decide(own)).toMatchObject({ skip: 'recentlyActive' });
		expect(decide({})).toHaveProperty('changes');
	});

	it('unfreezes whoever was active yesterday', () => {
		const state = user({ lastLogin: '2026-04-30T00:00:00.000+0000', login: frozen() });
		expect(decideReclaim(request('unfreeze'), state, org(), spared(), rules())).toEqual({
			changes: [
				{
					did: 'updated',
					object: 'UserLogin',
					id: LOGIN,
					before: { IsFrozen: true },
					after: { IsFrozen: false },
					found: FOUND,
					left: null,
				},
			],
		});
	});

	it('takes the permission sets before the license that they need, and no others, and notes when they expire', () => {
		const other = { ...SERVICE, id: id('0Pa', 3), licenseIds: [] };
		const expiring = { ...SERVICE, expires: '2026-12-31T00:00:00.000Z' };
		const asked = request('removePermissionSetLicense', { licenseId: PSL.slice(0, 15), withPermissionSets: true });
		const state = user({ permissionSets: [other, expiring, GROUP] });
		const decision = decideReclaim(asked, state, org(), spared(), rules());
		const changes = 'changes' in decision ? decision.changes : [];
		expect(changes).toEqual([
			{
				did: 'deleted',
				object: 'PermissionSetAssignment',
				id: expiring.id,
				before: { AssigneeId: USER, ...expiring.given, ExpirationDate: expiring.expires },
			},
			{
				did: 'deleted',
				object: 'PermissionSetAssignment',
				id: GROUP.id,
				before: { AssigneeId: USER, PermissionSetGroupId: id('0PG', 1) },
			},
			{
				did: 'deleted',
				object: 'PermissionSetLicenseAssign',
				id: id('2LA', 1),
				before: { AssigneeId: USER, PermissionSetLicenseId: PSL },
			},
		]);
		expect(stepsOf(changes)).toEqual([
			{ kind: 'delete', object: 'PermissionSetAssignment', ids: [expiring.id, GROUP.id] },
			{ kind: 'delete', object: 'PermissionSetLicenseAssign', ids: [id('2LA', 1)] },
		]);
	});
});

describe('the last administrator', () => {
	/** Takes from the first user, then from the second, and tells whether each was spared. */
	function both(state: OrgState, ask: (userId: string) => ReclaimRequest, more: Partial<UserState>[] = []): string[] {
		return [USER, OTHER].map((userId, index) => {
			const decision = decideReclaim(ask(userId), user({ id: userId, ...more[index] }), state, spared(), rules());
			return 'skip' in decision ? decision.skip : 'planned';
		});
	}

	it.each<[Act, Partial<ReclaimRequest>]>([
		['freeze', {}],
		['deactivate', {}],
		['changeProfile', { profile: CHEAP }],
	])('is not locked out with the one before in one run: %s', (act, more) => {
		const state = org({ administrators: administrators(USER, OTHER) });
		expect(both(state, (userId) => request(act, { userId, ...more }))).toEqual(['planned', 'lastAdministrator']);
	});

	it('does not lose Manage Users with a permission-set license', () => {
		const sets = [1, 2].map((number) => ({ ...SERVICE, id: id('0Pa', number) }));
		const state = org({
			administrators: new Administrators(
				[USER, OTHER].map((userId, index) => ({ id: sets[index]?.id ?? '', userId, lasts: true })),
			),
		});
		const ask = (userId: string): ReclaimRequest =>
			request('removePermissionSetLicense', { userId, licenseId: PSL, withPermissionSets: true });
		expect(both(state, ask, [{ permissionSets: sets.slice(0, 1) }, { permissionSets: sets.slice(1) }])).toEqual([
			'planned',
			'lastAdministrator',
		]);
	});

	it('may lose a license that the right does not come with, or change to a profile that has the right', () => {
		const state = () => org({ administrators: administrators(USER) });
		const license = request('removePermissionSetLicense', { licenseId: PSL, withPermissionSets: true });
		const held = user({ permissionSets: [SERVICE] });
		expect(decideReclaim(license, held, state(), spared(), rules())).toHaveProperty('changes');
		const profile = request('changeProfile', { profile: ADMIN });
		expect(decideReclaim(profile, user(), state(), spared(), rules())).toHaveProperty('changes');
	});

	it.each<[string, boolean, string]>([
		['keeps the right', true, 'planned'],
		['loses it on a certain day', false, 'lastAdministrator'],
	])('is whoever has the right beside somebody who %s', (_who, lasts, expected) => {
		const state = org({
			administrators: new Administrators([
				{ id: id('0Pa', 1), userId: USER, lasts: true },
				{ id: id('0Pa', 2), userId: OTHER, lasts },
			]),
		});
		expect(both(state, (userId) => request('freeze', { userId }))[0]).toBe(expected);
	});

	it('is nobody who does not have the right', () => {
		const state = org({ administrators: administrators() });
		expect(both(state, (userId) => request('freeze', { userId }))).toEqual(['planned', 'planned']);
	});
});
