import type { Row } from '../storage';
import type { WriteContext } from './context';
import { addBySystem } from './system';

/** A record that was made, changed or deleted: as it is, and as it was. */
export interface Audited {
	object: string;
	/** Of a changed record what changed. Left out of one that was deleted. */
	row?: Row;
	/** Left out of one that was made. */
	before?: Row;
	context: WriteContext;
}

/** What the trail says of it: what kind of change it is, and in words. */
type Entry = [action: string, display: string, section?: string];

const MANAGE_USERS = 'Manage Users';
const APP_LICENSES = 'Custom App Licenses';

/** Actions and words as lists of real trails have them; that they come of the API's writes too is assumed. */
const ENTRIES: Record<string, (change: Audited) => Entry | undefined> = {
	PermissionSetAssignment(change) {
		const { PermissionSetGroupId, PermissionSetId, ExpirationDate, AssigneeId } = { ...change.before, ...change.row };
		if (change.row && change.before) return undefined;
		const given = change.before === undefined;
		const to = `: ${given ? 'assigned to' : 'unassigned from'} user ${person(change, AssigneeId)}`;
		const verb = given ? 'Assign' : 'Unassign';
		if (PermissionSetGroupId) {
			const label = named(change, 'PermissionSetGroup', PermissionSetGroupId, 'MasterLabel');
			return [`PermSetGroup${verb}`, `Permission set group ${label}${to}`];
		}
		const label = named(change, 'PermissionSet', PermissionSetId, 'Label');
		if (!ExpirationDate) return [`PermSet${verb}`, `Permission set ${label}${to}`];
		const until = given ? `, expiring on ${String(ExpirationDate)}` : '';
		return [`PermSet${verb}_HasExpiration`, `Permission set ${label} with expiration${to}${until}`];
	},
	PermissionSetLicenseAssign(change) {
		const { PermissionSetLicenseId, AssigneeId } = { ...change.before, ...change.row };
		const label = named(change, 'PermissionSetLicense', PermissionSetLicenseId, 'MasterLabel');
		const user = person(change, AssigneeId);
		return change.before
			? ['PermSetLicenseUnassign', `Permission set license ${label} removed from user ${user}`]
			: ['PermSetLicenseAssign', `Permission set license ${label}: assigned to user ${user}`];
	},
	UserPackageLicense({ row, before }) {
		if (before) return ['revokeduserpackagelicense', 'Revoked User Package License assignment', APP_LICENSES];
		const user = String(row?.UserId).slice(0, 15);
		return ['granteduserpackagelicense', `Granted 1 User Package Licenses for User with ID: ${user}`, APP_LICENSES];
	},
	UserLogin(change) {
		const { row, before } = change;
		if (!row || !before || row.IsFrozen === undefined || row.IsFrozen === before.IsFrozen) return undefined;
		const name = named(change, 'User', before.UserId, 'Name');
		return row.IsFrozen
			? ['frozeuser', `Froze user account for ${name}`]
			: ['unfrozeuser', `Unfroze user account for ${name}`];
	},
	User(change) {
		const { row, before } = change;
		if (!row || !before || row.IsActive === undefined || row.IsActive === before.IsActive) return undefined;
		return row.IsActive
			? ['activateduser', `Activated user ${person(change, before.Id)}`]
			: ['deactivateduser', `Deactivated user ${person(change, before.Id)}`];
	},
};

/** Writes what a change of the set-up leaves in the setup audit trail. A seed leaves nothing. */
export function keepAuditTrail(change: Audited): void {
	if (change.context.seeding) return;
	const entry = ENTRIES[change.object]?.(change);
	if (!entry) return;
	const [Action, Display, Section = MANAGE_USERS] = entry;
	addBySystem('SetupAuditTrail', { Action, Display, Section }, change.context);
}

function named({ context: { org } }: Audited, object: string, id: unknown, field: string): string {
	return String(org.storage.find(object, String(id))?.[field]);
}

function person(change: Audited, id: unknown): string {
	return `${named(change, 'User', id, 'Name')} (UserID: [${String(id).slice(0, 15)}])`;
}
