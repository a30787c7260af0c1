import type { Act } from './act';
import type { Decision, Step } from './step';
import { sameId } from './userState';
import type { OrgState, UserState } from './userState';

/** What it takes to undo an act. It goes out with the act's result and comes back as it was. */
export interface UndoRecord {
	action: Act;
	orgId: string;
	userId: string;
	permissionSetLicenseId?: string;
	/** The permission sets, or groups of them, that went with the licence. */
	permissionSets?: Array<{ PermissionSetId: string } | { PermissionSetGroupId: string }>;
	packageLicenseId?: string;
	/** The profile before, and the one that the act gave. */
	profileId?: string;
	newProfileId?: string;
}

/** Why nothing is undone. */
export type UndoSkipReason = 'otherOrg' | 'notFound' | 'alreadyUndone' | 'changedSince';

/** What is to be done to undo an act, from the user as they are now. Undoing twice does nothing. */
export function decideUndo(
	undo: UndoRecord,
	user: UserState | undefined,
	org: Pick<OrgState, 'orgId'>,
): Decision<UndoSkipReason> {
	if (!sameId(undo.orgId, org.orgId)) {
		return { skip: 'otherOrg', message: 'The item is of another org than the one that the credential opens' };
	}
	if (user === undefined) return { skip: 'notFound', message: 'The org has no such user' };
	return UNDO[undo.action](user, undo);
}

const done = { skip: 'alreadyUndone', message: 'It is as it was before already' } as const;

const UNDO: Record<Act, (user: UserState, undo: UndoRecord) => Decision<UndoSkipReason>> = {
	freeze: ({ login }) => (login?.isFrozen === true ? freezing(login.id, false) : done),

	unfreeze: ({ login }) => (login?.isFrozen === false ? freezing(login.id, true) : done),

	deactivate: ({ id, isActive }) =>
		isActive ? done : { steps: [{ kind: 'update', object: 'User', id, fields: { IsActive: true } }] },

	removePermissionSetLicense(user, { permissionSetLicenseId = '', permissionSets = [] }) {
		const steps: Step[] = [];
		if (!user.permissionSetLicenses.some(({ licenseId }) => sameId(permissionSetLicenseId, licenseId))) {
			steps.push({
				kind: 'create',
				object: 'PermissionSetLicenseAssign',
				records: [{ AssigneeId: user.id, PermissionSetLicenseId: permissionSetLicenseId }],
			});
		}
		const missing = permissionSets.filter((set) => !user.permissionSets.some(({ given }) => isSame(given, set)));
		if (missing.length > 0) {
			steps.push({
				kind: 'create',
				object: 'PermissionSetAssignment',
				records: missing.map((set) => ({ AssigneeId: user.id, ...set })),
			});
		}
		return steps.length === 0 ? done : { steps };
	},

	removePackageLicense(user, { packageLicenseId = '' }) {
		if (user.packageLicenses.some(({ licenseId }) => sameId(packageLicenseId, licenseId))) return done;
		const record = { UserId: user.id, PackageLicenseId: packageLicenseId };
		return { steps: [{ kind: 'create', object: 'UserPackageLicense', records: [record] }] };
	},

	changeProfile(user, { profileId = '', newProfileId = '' }) {
		if (sameId(profileId, user.profileId)) return done;
		if (!sameId(newProfileId, user.profileId)) {
			return { skip: 'changedSince', message: 'Somebody gave the user yet another profile since' };
		}
		return { steps: [{ kind: 'update', object: 'User', id: user.id, fields: { ProfileId: profileId } }] };
	},
};

function freezing(id: string, IsFrozen: boolean): Decision<UndoSkipReason> {
	return { steps: [{ kind: 'update', object: 'UserLogin', id, fields: { IsFrozen } }] };
}

function isSame(one: object, other: object): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
