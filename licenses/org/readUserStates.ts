import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import type { Act } from '../act';
import { isSystemUser, parentValue } from '../users';
import type { Assignment, HeldPermissionSet, UserState } from '../userState';
import { idList, seen } from './licenseQueries';

/** What can be read of a user besides the record itself. */
type Part = 'login' | 'permissionSets' | 'permissionSetLicenses' | 'packageLicenses';

const RIGHT = 'View Setup and Configuration';

/** Where each part comes from, and which right shows it. */
const PARTS: Record<Part, { object: string; userField: string; fields: string; right: string }> = {
	login: { object: 'UserLogin', userField: 'UserId', fields: 'Id, UserId, IsFrozen', right: 'Manage Users' },
	permissionSets: {
		object: 'PermissionSetAssignment',
		userField: 'AssigneeId',
		fields:
			'Id, AssigneeId, PermissionSetId, PermissionSetGroupId, PermissionSet.Name, PermissionSet.Label, PermissionSet.LicenseId, PermissionSet.IsOwnedByProfile',
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

/** What has to be known of a user for each act, and to undo it. */
const NEEDED: Record<Act, Part[]> = {
	freeze: ['login'],
	unfreeze: ['login'],
	deactivate: [],
	removePermissionSetLicense: ['permissionSets', 'permissionSetLicenses'],
	removePackageLicense: ['packageLicenses'],
	changeProfile: [],
};

/** What a reading is for. */
export interface ReadingFor {
	acts: readonly Act[];
	/** Whether the permission sets are wanted whatever the acts. */
	permissionSets: boolean;
	/** The node's name, for a message about a missing right. */
	node: string;
}

/**
 * Reads users as they are now, in one call and its following pages.
 *
 * @param ids at most `IDS_PER_QUERY`
 * @returns by the first 15 characters of the user's ID; users who are gone have no entry
 * @throws OrgError that names the missing right
 */
export async function readUserStates(
	org: Org,
	ids: readonly string[],
	purpose: ReadingFor,
): Promise<Map<string, UserState>> {
	const needed = new Set(purpose.acts.flatMap((act) => NEEDED[act]));
	if (purpose.permissionSets) needed.add('permissionSets');
	const parts = [...needed];
	const [users, ...others] = await queryEach(org, [
		`SELECT Id, Username, IsActive, UserType, LastLoginDate, CreatedDate, ProfileId, Profile.Name FROM User WHERE Id IN ${idList(ids)}`,
		...parts.map((part) => {
			const { object, userField, fields } = PARTS[part];
			return `SELECT ${fields} FROM ${object} WHERE ${userField} IN ${idList(ids)}`;
		}),
	]);
	const states = new Map<string, UserState>();
	for (const record of seen(users as QueryOutcome, 'User', RIGHT, purpose.node)) {
		states.set(String(record.Id).slice(0, 15), userState(record));
	}
	parts.forEach((part, index) => {
		const { object, userField, right } = PARTS[part];
		for (const record of seen(others[index] as QueryOutcome, object, right, purpose.node)) {
			const state = states.get(String(record[userField]).slice(0, 15));
			if (state !== undefined) ADD[part](state, record);
		}
	});
	return states;
}

function userState(record: QueriedRecord): UserState {
	return {
		id: String(record.Id),
		username: String(record.Username),
		isActive: record.IsActive === true,
		isSystem: isSystemUser(record),
		userType: String(record.UserType),
		profileId: String(record.ProfileId),
		profileName: parentValue(record, 'Profile', 'Name') ?? '',
		lastLogin: typeof record.LastLoginDate === 'string' ? record.LastLoginDate : null,
		created: String(record.CreatedDate),
		permissionSets: [],
		permissionSetLicenses: [],
		packageLicenses: [],
	};
}

const ADD: Record<Part, (state: UserState, record: QueriedRecord) => void> = {
	login(state, { Id, IsFrozen }) {
		state.login = { id: String(Id), isFrozen: IsFrozen === true };
	},
	permissionSets(state, record) {
		const set = record.PermissionSet as QueriedRecord | null;
		if (set?.IsOwnedByProfile !== true) state.permissionSets.push(permissionSet(record));
	},
	permissionSetLicenses(state, record) {
		state.permissionSetLicenses.push(assignment(record, 'PermissionSetLicenseId'));
	},
	packageLicenses(state, record) {
		state.packageLicenses.push(assignment(record, 'PackageLicenseId'));
	},
};

function permissionSet(record: QueriedRecord): HeldPermissionSet {
	const name = parentValue(record, 'PermissionSet', 'Name') ?? '';
	const label = parentValue(record, 'PermissionSet', 'Label') ?? name;
	return {
		id: String(record.Id),
		given:
			typeof record.PermissionSetGroupId === 'string'
				? { PermissionSetGroupId: record.PermissionSetGroupId }
				: { PermissionSetId: String(record.PermissionSetId) },
		names: [name, label],
		label,
		licenseId: parentValue(record, 'PermissionSet', 'LicenseId') ?? '',
	};
}

function assignment(record: QueriedRecord, licenseField: string): Assignment {
	return { id: String(record.Id), licenseId: String(record[licenseField]) };
}
