import { DateTime } from 'luxon';

import { longRecordId } from '../../../salesforce/recordId';
import type { Stamp } from '../../../salesforce/stamp';
import type { ActivityRules } from '../../../licenses/activity';
import { Administrators } from '../../../licenses/administrators';
import type { Protected } from '../../../licenses/reclaim';
import type { HeldPermissionSet, OrgState, UserState } from '../../../licenses/userState';

/** The ID of a record that exists only in a test. */
export const id = (prefix: string, number: number): string => longRecordId(`${prefix}xx000000000${number}`);

export const ORG = id('00D', 1);
export const USER = id('005', 1);
export const OTHER = id('005', 2);
export const API_USER = id('005', 9);
export const LOGIN = id('0Yw', 1);
export const PSL = id('0PL', 1);
export const PACKAGE = id('050', 1);
export const STANDARD = id('00e', 1);
export const CHEAP = id('00e', 2);
export const ADMIN = id('00e', 4);

/** How a test's records were changed last. */
export const FOUND: Stamp = { at: '2026-01-02T00:00:00.000Z', by: OTHER };
export const LEFT: Stamp = { at: '2026-05-01T12:00:01.000Z', by: API_USER };

/** An active user who was not there for four months. */
export const user = (more: Partial<UserState> = {}): UserState => ({
	id: USER,
	isActive: true,
	isSystem: false,
	userType: 'Standard',
	profileId: STANDARD,
	userLicense: { id: id('100', 1), apiName: 'SFDC', name: 'Salesforce' },
	lastLogin: '2026-01-01T00:00:00.000+0000',
	created: '2020-01-01T00:00:00.000+0000',
	changed: FOUND,
	login: { id: LOGIN, isFrozen: false, changed: FOUND },
	permissionSets: [],
	permissionSetLicenses: [{ id: id('2LA', 1), licenseId: PSL }],
	packageLicenses: [{ id: id('051', 1), licenseId: PACKAGE }],
	features: [],
	...more,
});

export const frozen = (changed = FOUND): UserState['login'] => ({ id: LOGIN, isFrozen: true, changed });

/** A permission set that needs the license `PSL`. */
export const SERVICE: HeldPermissionSet = {
	id: id('0Pa', 1),
	given: { PermissionSetId: id('0PS', 1) },
	expires: null,
	label: 'Service Agent',
	contains: [],
	licenseIds: [PSL],
};

/** A group with such a permission set in it. */
export const GROUP: HeldPermissionSet = {
	id: id('0Pa', 2),
	given: { PermissionSetGroupId: id('0PG', 1) },
	expires: null,
	label: 'Agents (a group)',
	contains: [id('0PS', 1), id('0PS', 7)],
	licenseIds: [PSL],
};

/** Users who may manage users for good, by an assignment each. */
export const administrators = (...userIds: string[]): Administrators =>
	new Administrators(userIds.map((userId) => ({ id: `0Pa9${userId.slice(4)}`, userId, lasts: true })));

export const org = (more: Partial<OrgState> = {}): OrgState => ({
	orgId: ORG,
	connectedUserId: API_USER,
	administrators: administrators(id('005', 7)),
	profiles: [
		{ id: STANDARD, name: 'Standard User', userType: 'Standard', managesUsers: false },
		{ id: CHEAP, name: 'Minimum Access', userType: 'Standard', managesUsers: false },
		{ id: id('00e', 3), name: 'Community User', userType: 'CspLitePortal', managesUsers: false },
		{ id: ADMIN, name: 'System Administrator', userType: 'Standard', managesUsers: true },
	],
	...more,
});

export const rules = (more: Partial<ActivityRules> = {}): ActivityRules => ({
	now: DateTime.fromISO('2026-05-01T12:00:00Z', { zone: 'utc' }),
	inactiveAfterDays: 60,
	spareNewDays: 30,
	daysByLicense: [],
	...more,
});

/** Exclusions by ID. */
export const spared = (ids: Partial<Record<keyof Protected, string[]>> = {}): Protected => {
	const words = (kind: keyof Protected): Map<string, string> =>
		new Map((ids[kind] ?? []).map((one) => [one.slice(0, 15), '"somebody"']));
	return { users: words('users'), profiles: words('profiles'), permissionSets: words('permissionSets') };
};
