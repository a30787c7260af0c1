import { DateTime } from 'luxon';

import * as subscriptions from '../../licenses/subscriptions';
import type { LicenseRecords, Selection } from '../../licenses/subscriptions';
import type { QueriedRecord } from '../../salesforce/query';

const CREATED = '2025-01-01T00:00:00.000+0000';
const rules = {
	now: DateTime.fromISO('2026-05-01T12:00:00Z', { zone: 'utc' }),
	inactiveAfterDays: 60,
	spareNewDays: 30,
	daysByLicense: [],
};
const all: Selection = { kinds: ['user', 'permissionSet', 'package', 'feature'], licenses: [], systemUsers: false };

function user(Id: string, more: QueriedRecord = {}): QueriedRecord {
	return {
		Id,
		Name: Id,
		Username: `${Id}@example.com`,
		Email: null,
		IsActive: true,
		UserType: 'Standard',
		LastLoginDate: null,
		CreatedDate: CREATED,
		SystemModstamp: CREATED,
		ProfileId: 'p1',
		Profile: { Name: 'Standard User', UserLicenseId: 'ul1' },
		Manager: null,
		UserRole: { Name: 'Clerk' },
		...more,
	};
}

function records(more: Partial<LicenseRecords>): LicenseRecords {
	return {
		users: [user('ada')],
		logins: [],
		userLicenses: [{ Id: 'ul1', LicenseDefinitionKey: 'SFDC', Name: 'Salesforce' }],
		permissionSetLicenses: [{ Id: 'psl1', DeveloperName: 'ServiceUserPsl', MasterLabel: 'Service User' }],
		packageLicenses: [{ Id: 'pkg1', NamespacePrefix: 'seatmap' }],
		permissionSetLicenseAssigns: [],
		userPackageLicenses: [],
		features: [],
		...more,
	};
}

const subscribers = (...input: Parameters<typeof subscriptions.subscribers>) => [
	...subscriptions.subscribers(...input),
];

const held = (input: LicenseRecords, selection = all) =>
	subscribers(input, selection, rules).map(({ user: { id }, licenses }) => [
		id,
		...licenses.map(({ apiName }) => apiName),
	]);

describe('subscribers', () => {
	it('gives each user all licenses, with what is known of their assignment', () => {
		const [ada] = subscribers(
			records({
				users: [user('ada', { UserPermissionsSupportUser: true, UserPermissionsMarketingUser: false })],
				features: [
					{ field: 'UserPermissionsSupportUser', label: 'Service Cloud User' },
					{ field: 'UserPermissionsMarketingUser', label: 'Marketing User' },
				],
				permissionSetLicenseAssigns: [
					{ Id: 'a1', AssigneeId: 'ada', PermissionSetLicenseId: 'psl1', CreatedDate: '2026-01-02T03:04:05.000+0000' },
				],
				userPackageLicenses: [{ Id: 'b1', UserId: 'ada', PackageLicenseId: 'pkg1', CreatedDate: CREATED }],
			}),
			all,
			rules,
		);
		expect(ada).toMatchObject({
			user: { role: 'Clerk', manager: null, profile: 'Standard User' },
			lastActivity: null,
			daysInactive: 485,
		});
		expect(ada?.licenses).toEqual([
			{
				kind: 'user',
				id: 'ul1',
				apiName: 'SFDC',
				name: 'Salesforce',
				family: 'Sales Cloud',
				assignmentId: null,
				assignedSince: null,
				isInactive: true,
			},
			{
				kind: 'feature',
				id: '',
				apiName: 'UserPermissionsSupportUser',
				name: 'Service Cloud User',
				family: 'Service Cloud',
				assignmentId: null,
				assignedSince: null,
				isInactive: true,
			},
			{
				kind: 'permissionSet',
				id: 'psl1',
				apiName: 'ServiceUserPsl',
				name: 'Service User',
				family: 'Service Cloud',
				assignmentId: 'a1',
				assignedSince: '2026-01-02T03:04:05.000Z',
				isInactive: true,
			},
			{
				kind: 'package',
				id: 'pkg1',
				apiName: 'seatmap',
				name: 'seatmap',
				family: 'Managed Package',
				assignmentId: 'b1',
				assignedSince: '2025-01-01T00:00:00.000Z',
				isInactive: true,
			},
		]);
	});

	it("leaves out the org's own users unless they are wanted, and keeps portal users", () => {
		const input = records({
			users: [
				user('process', { UserType: 'AutomatedProcess' }),
				user('clean', { Profile: null }),
				user('guest', { UserType: 'Guest' }),
				user('partner', { UserType: 'PowerPartner' }),
				user('chatter', { UserType: 'CsnOnly' }),
			],
		});
		expect(held(input).map(([id]) => id)).toEqual(['partner', 'chatter']);
		// Without a profile there is no user license to show.
		expect(held(input, { ...all, systemUsers: true }).map(([id]) => id)).toEqual([
			'process',
			'guest',
			'partner',
			'chatter',
		]);
	});

	it('gives a user who is not active only what was assigned to them', () => {
		const assigned = [{ Id: 'a1', AssigneeId: 'left', PermissionSetLicenseId: 'psl1', CreatedDate: CREATED }];
		const input = records({
			users: [user('left', { IsActive: false }), user('gone', { IsActive: false })],
			permissionSetLicenseAssigns: assigned,
		});
		expect(held(input)).toEqual([['left', 'ServiceUserPsl']]);
	});

	it('chooses by kind, and by name or API name in any case', () => {
		const assigned = [{ Id: 'a1', AssigneeId: 'ada', PermissionSetLicenseId: 'psl1', CreatedDate: CREATED }];
		const input = records({ permissionSetLicenseAssigns: assigned });
		expect(held(input, { ...all, kinds: ['permissionSet'] })).toEqual([['ada', 'ServiceUserPsl']]);
		expect(held(input, { ...all, licenses: ['service user'] })).toEqual([['ada', 'ServiceUserPsl']]);
		expect(held(input, { ...all, licenses: ['sfdc'] })).toEqual([['ada', 'SFDC']]);
		expect(held(input, { ...all, licenses: ['none'] })).toEqual([]);
	});

	it('gives, since a moment, the licenses of users who changed, logged in or were frozen, and those newly assigned', () => {
		const late = '2026-04-02T00:00:00.000+0000';
		const input = records({
			users: [
				user('same'),
				user('changed', { SystemModstamp: late }),
				user('back', { LastLoginDate: late }),
				user('frozen'),
				user('thawed'),
				user('frozen before'),
			],
			logins: [
				{ UserId: 'frozen', IsFrozen: true, LastModifiedDate: late },
				{ UserId: 'thawed', IsFrozen: false, LastModifiedDate: late },
				{ UserId: 'frozen before', IsFrozen: true, LastModifiedDate: '2026-03-30T00:00:00.000+0000' },
			],
			permissionSetLicenseAssigns: [
				{ Id: 'a1', AssigneeId: 'same', PermissionSetLicenseId: 'psl1', CreatedDate: late },
			],
		});
		expect(held(input, { ...all, changedSince: Date.parse('2026-04-01') })).toEqual([
			['same', 'ServiceUserPsl'],
			['changed', 'SFDC'],
			['back', 'SFDC'],
			['frozen', 'SFDC'],
			['thawed', 'SFDC'],
		]);
	});

	it('says who is frozen, and that it does not know where it may not', () => {
		const frozen = (logins: QueriedRecord[] | undefined) =>
			subscribers(records({ logins }), all, rules).map(({ user: { isFrozen } }) => isFrozen);
		expect(frozen([{ UserId: 'ada', IsFrozen: true }])).toEqual([true]);
		expect(frozen([{ UserId: 'ada', IsFrozen: false }])).toEqual([false]);
		expect(frozen([])).toEqual([false]);
		expect(frozen(undefined)).toEqual([null]);
	});

	it('gives nothing for an empty org', () => {
		expect(held(records({ users: [], userLicenses: [], permissionSetLicenses: [], packageLicenses: [] }))).toEqual([]);
	});

	it('needs of a record no more than what is kept of it', () => {
		const features = [{ field: 'UserPermissionsSupportUser', label: 'Service Cloud User' }];
		const whole = user('ada', {
			attributes: { type: 'User', url: '/services/data/v62.0/sobjects/User/ada' },
			EmployeeNumber: '4711',
			Manager: { attributes: { type: 'User' }, Name: 'Ben' },
			UserPermissionsSupportUser: true,
			UserPermissionsMarketingUser: false,
		});
		const kept = subscriptions.keptOfUser(whole, features);
		expect(Object.keys(kept)).not.toContain('attributes');
		expect(Object.keys(kept)).not.toContain('UserPermissionsMarketingUser');
		const of = (one: QueriedRecord) => subscribers(records({ users: [one], features }), all, rules);
		expect(of(kept)).toEqual(of(whole));
		expect(subscriptions.keptOfUser({ Id: 'system', Profile: null }, features)).toMatchObject({ Profile: null });
	});
});
