import { batches } from '../../salesforce/batches';
import type { Org } from '../../salesforce/org';
import { QUERIES_PER_CALL, queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { idKey } from '../../salesforce/recordId';
import type { Stamp } from '../../salesforce/stamp';
import type { Act } from '../act';
import { isoMoment } from '../activity';
import { isSystemUser, parentValue } from '../users';
import type { Assignment, HeldPermissionSet, UserState } from '../userState';
import { idList, IDS_PER_QUERY, seen } from './licenseQueries';
import type { PermissionSetGroups } from './readPermissionSetGroups';

/** What can be read of a user. */
export type UserPart = 'user' | 'login' | 'permissionSets' | 'permissionSetLicenses' | 'packageLicenses';

const RIGHT = 'View Setup and Configuration';

/** Where each part comes from, and which right shows it. */
const PARTS: Record<UserPart, { object: string; userField: string; fields: string; right: string }> = {
	user: {
		object: 'User',
		userField: 'Id',
		fields:
			'Id, IsActive, UserType, LastLoginDate, CreatedDate, LastModifiedDate, LastModifiedById, ProfileId, Profile.Name, Profile.UserLicense.Id, Profile.UserLicense.LicenseDefinitionKey, Profile.UserLicense.Name',
		right: RIGHT,
	},
	login: {
		object: 'UserLogin',
		userField: 'UserId',
		fields: 'Id, UserId, IsFrozen, LastModifiedDate, LastModifiedById',
		right: 'Manage Users',
	},
	permissionSets: {
		object: 'PermissionSetAssignment',
		userField: 'AssigneeId',
		fields:
			'Id, AssigneeId, PermissionSetId, PermissionSetGroupId, ExpirationDate, PermissionSet.Label, PermissionSet.LicenseId, PermissionSet.IsOwnedByProfile',
		right: RIGHT,
	},
	permissionSetLicenses: {
		object: 'PermissionSetLicenseAssign',
		userField: 'AssigneeId',
		fields: 'Id, AssigneeId, PermissionSetLicenseId',
		right: RIGHT,
	},
	packageLicenses: {
		object: 'UserPackageLicense',
		userField: 'UserId',
		fields: 'Id, UserId, PackageLicenseId',
		right: RIGHT,
	},
};

/** What an act writes of a user, and what undoing it writes. */
export const WRITTEN_PARTS: Record<Act, readonly UserPart[]> = {
	freeze: ['login'],
	unfreeze: ['login'],
	deactivate: ['user'],
	changeProfile: ['user'],
	removePermissionSetLicense: ['permissionSets', 'permissionSetLicenses'],
	removePackageLicense: ['packageLicenses'],
};

/** What a reading is for. */
export interface Reading {
	parts: readonly UserPart[];
	groups: PermissionSetGroups;
	/** API names of the feature licenses of which it is read who has them; none when left out. */
	features?: readonly string[];
	/** The node's name, for a message about a missing right. */
	node: string;
}

/** What has to be known of a user before these acts, and before undoing them. */
export function partsFor(acts: readonly Act[], more: readonly UserPart[] = []): UserPart[] {
	return [...new Set<UserPart>(['user', 'login', ...acts.flatMap((act) => WRITTEN_PARTS[act]), ...more])];
}

/** How many users one call reads. */
export function usersPerCall(parts: readonly UserPart[]): number {
	return IDS_PER_QUERY * Math.max(1, Math.floor(QUERIES_PER_CALL / parts.length));
}

/**
 * Reads users as they are now; `usersPerCall` says how many take one call and its following pages.
 *
 * @param ids of users, each once
 * @param known users as they were read before: parts that are not read are taken from there
 * @returns by `idKey`; users who are gone have no entry
 * @throws OrgError that names the missing right
 */
export async function readUserStates(
	org: Org,
	ids: readonly string[],
	{ parts, groups, features = [], node }: Reading,
	known: ReadonlyMap<string, UserState> = new Map(),
): Promise<Map<string, UserState>> {
	const queries = batches(ids, IDS_PER_QUERY).flatMap((batch) => parts.map((part) => ({ part, ids: idList(batch) })));
	const outcomes = await queryEach(
		org,
		queries.map(({ part, ids: list }) => {
			const { object, userField, fields } = PARTS[part];
			const more = part === 'user' ? features.map((name) => `, ${name}`).join('') : '';
			return `SELECT ${fields}${more} FROM ${object} WHERE ${userField} IN ${list}`;
		}),
	);
	const records = queries.map(({ part }, index) => {
		const { object, right } = PARTS[part];
		return { part, found: seen(outcomes[index] as QueryOutcome, object, right, node) };
	});
	const states = new Map<string, UserState>();
	if (!parts.includes('user')) for (const id of ids) addKnown(states, id, known);
	for (const { part, found } of records) {
		if (part === 'user')
			for (const record of found) states.set(idKey(String(record.Id)), userState(record, known, features));
	}
	for (const state of states.values()) for (const part of parts) FORGET[part]?.(state);
	for (const { part, found } of records) {
		for (const record of found) {
			const state = states.get(idKey(String(record[PARTS[part].userField])));
			if (state !== undefined) ADD[part]?.(state, record, groups);
		}
	}
	return states;
}

function addKnown(states: Map<string, UserState>, id: string, known: ReadonlyMap<string, UserState>): void {
	const before = known.get(idKey(id));
	if (before !== undefined) states.set(idKey(id), { ...before });
}

function userState(
	record: QueriedRecord,
	known: ReadonlyMap<string, UserState>,
	features: readonly string[],
): UserState {
	const {
		login,
		permissionSets = [],
		permissionSetLicenses = [],
		packageLicenses = [],
	} = known.get(idKey(String(record.Id))) ?? {};
	const license = (record.Profile as QueriedRecord | null)?.UserLicense as QueriedRecord | null | undefined;
	return {
		id: String(record.Id),
		isActive: record.IsActive === true,
		isSystem: isSystemUser(record),
		userType: String(record.UserType),
		profileId: String(record.ProfileId),
		userLicense: {
			id: String(license?.Id ?? ''),
			apiName: String(license?.LicenseDefinitionKey ?? ''),
			name: String(license?.Name ?? ''),
		},
		lastLogin: typeof record.LastLoginDate === 'string' ? record.LastLoginDate : null,
		created: String(record.CreatedDate),
		changed: stamp(record),
		login,
		permissionSets,
		permissionSetLicenses,
		packageLicenses,
		features: features.filter((name) => record[name] === true),
	};
}

/** Makes room in a state for a part that was read anew. */
const FORGET: Partial<Record<UserPart, (state: UserState) => void>> = {
	login: (state) => {
		state.login = undefined;
	},
	permissionSets: (state) => {
		state.permissionSets = [];
	},
	permissionSetLicenses: (state) => {
		state.permissionSetLicenses = [];
	},
	packageLicenses: (state) => {
		state.packageLicenses = [];
	},
};

const ADD: Partial<Record<UserPart, (state: UserState, record: QueriedRecord, groups: PermissionSetGroups) => void>> = {
	login(state, record) {
		state.login = { id: String(record.Id), isFrozen: record.IsFrozen === true, changed: stamp(record) };
	},
	permissionSets(state, record, groups) {
		const set = record.PermissionSet as QueriedRecord | null;
		if (set?.IsOwnedByProfile !== true) state.permissionSets.push(permissionSet(record, groups));
	},
	permissionSetLicenses(state, record) {
		state.permissionSetLicenses.push(assignment(record, 'PermissionSetLicenseId'));
	},
	packageLicenses(state, record) {
		state.packageLicenses.push(assignment(record, 'PackageLicenseId'));
	},
};

function permissionSet(record: QueriedRecord, groups: PermissionSetGroups): HeldPermissionSet {
	const { Id, PermissionSetId, PermissionSetGroupId } = record;
	const held = { id: String(Id), expires: isoMoment(record.ExpirationDate) };
	if (typeof PermissionSetGroupId === 'string') {
		const { label, sets } = groups.group(PermissionSetGroupId);
		return {
			...held,
			given: { PermissionSetGroupId },
			label: `${label} (a group)`,
			// What the group amounts to stands in a permission set of its own.
			contains: [...sets.map(({ id }) => id), String(PermissionSetId)],
			licenseIds: sets.flatMap(({ licenseId }) => (licenseId === '' ? [] : [licenseId])),
		};
	}
	const licenseId = parentValue(record, 'PermissionSet', 'LicenseId');
	return {
		...held,
		given: { PermissionSetId: String(PermissionSetId) },
		label: parentValue(record, 'PermissionSet', 'Label') ?? String(PermissionSetId),
		contains: [],
		licenseIds: licenseId === null ? [] : [licenseId],
	};
}

function assignment(record: QueriedRecord, licenseField: string): Assignment {
	return { id: String(record.Id), licenseId: String(record[licenseField]) };
}

function stamp({ LastModifiedDate, LastModifiedById }: QueriedRecord): Stamp {
	return { at: isoMoment(LastModifiedDate) ?? '', by: String(LastModifiedById) };
}
