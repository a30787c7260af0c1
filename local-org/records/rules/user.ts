import { dataError } from '../../errors';
import type { ApiError } from '../../errors';
import type { Row } from '../../storage';
import { findOnce } from '../context';
import { addBySystem } from '../system';
import { requireManager, take } from './licenses';
import { applyName } from './people';
import { changes, valueOf } from './types';
import type { Change, ObjectRules } from './types';

/** What a seed may leave out, though the API asks for it. */
function fillSeed({ row, id, context: { org } }: Change): void {
	row.Username ??= `${id.toLowerCase()}@local-org.example`;
	row.LastName ??= String(row.Username).split('@')[0] ?? 'User';
	row.Email ??= row.Username;
	row.Alias ??= id.slice(7, 15);
	row.TimeZoneSidKey ??= 'America/Los_Angeles';
	row.LocaleSidKey ??= 'en_US';
	row.EmailEncodingKey ??= 'UTF-8';
	row.LanguageLocaleKey ??= 'en_US';
	row.ProfileId ??= org.storage.findBy('Profile', 'Name', 'Standard User')[0]?.Id ?? null;
}

const profileOf = (change: Change, id: unknown): Row | undefined =>
	typeof id === 'string'
		? findOnce(change.context, `Profile ${id}`, () => change.context.org.storage.find('Profile', id))
		: undefined;

/** Salesforce documents the reasons for which a user stays active; the code and the wording are assumed. */
function cannotDeactivate(reason: string): ApiError {
	return dataError('FIELD_INTEGRITY_EXCEPTION', `You cannot deactivate this user. ${reason}`);
}

function checkDeactivation(change: Change): void {
	const { id, before, row, context } = change;
	if (before?.IsActive !== 1 || row.IsActive !== 0) return;
	if (id === context.userId) throw cannotDeactivate('You cannot deactivate yourself');
	const role = context.org.settings.keptActive[id];
	if (role) throw cannotDeactivate(`You cannot deactivate a user who is the ${role}`);
}

/** A username has the form of an e-mail address; code and wording are assumed. */
function checkUsername({ row, context }: Change): void {
	const name = row.Username;
	if (context.seeding || typeof name !== 'string' || /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(name)) return;
	throw dataError(
		'INVALID_EMAIL_ADDRESS',
		'Username must be in the form of an email address (for example, john@acme.com)',
		['Username'],
	);
}

const TIME_ZONES = new Set([...Intl.supportedValuesOf('timeZone'), 'GMT', 'UTC']);
const isLocale = (value: string) => {
	try {
		return Intl.DateTimeFormat.supportedLocalesOf(value.replaceAll('_', '-')).length > 0;
	} catch {
		return false;
	}
};

/** Picklists whose values are too many to stand here, and what is among them (assumed: whatever this machine knows). */
const KNOWN: Record<string, (value: string) => boolean> = {
	TimeZoneSidKey: (value) => TIME_ZONES.has(value),
	LocaleSidKey: isLocale,
	LanguageLocaleKey: isLocale,
};

function checkPicklists({ object, row, context }: Change): void {
	if (context.seeding) return;
	for (const [name, isKnown] of Object.entries(KNOWN)) {
		const value = row[name];
		if (typeof value !== 'string' || isKnown(value)) continue;
		const label = object.fields.find((field) => field.name === name)?.label;
		throw dataError(
			'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
			`${label}: bad value for restricted picklist field: ${value}`,
			[name],
		);
	}
}

/** An internal user cannot take a profile of outside users, nor the other way round (assumed code). */
function applyProfile(change: Change): void {
	if (!changes(change, 'ProfileId')) return;
	const { row, before, context } = change;
	const profile = profileOf(change, row.ProfileId);
	const type = profile?.UserType ?? null;
	if (before && type !== before.UserType) {
		throw dataError('FIELD_INTEGRITY_EXCEPTION', 'The selected profile is not available for the user license', [
			'ProfileId',
		]);
	}
	if (!context.seeding || row.UserType === undefined) row.UserType = type;
}

/** An active user holds one license of their profile; a frozen one too. */
function moveLicense(change: Change): void {
	const { before, context } = change;
	if (context.seeding) return;
	const held = before?.IsActive === 1 ? profileOf(change, before.ProfileId)?.UserLicenseId : undefined;
	const isActive = (change.row.IsActive ?? before?.IsActive ?? 1) === 1;
	const wanted = isActive ? profileOf(change, valueOf(change, 'ProfileId'))?.UserLicenseId : undefined;
	if (held === wanted) return;
	take(context.org, 'UserLicense', wanted, 1);
	take(context.org, 'UserLicense', held, -1);
}

/**
 * What a user is taken out of when they are deactivated (Salesforce Help, considerations for deactivating users): the
 * territories and the default teams of others. That the rows of what was shared with them by hand go as well is assumed.
 */
const LEFT_BY_INACTIVE = [
	`DELETE FROM "UserTerritory2Association" WHERE "UserId" = ?`,
	`DELETE FROM "UserTeamMember" WHERE "UserId" = ?`,
	`DELETE FROM "UserAccountTeamMember" WHERE "UserId" = ?`,
	`DELETE FROM "CaseShare" WHERE "RowCause" = 'Manual' AND "UserOrGroupId" = ?`,
];

/** User: names, the license of the profile, the log-in record, and who cannot be deactivated. */
export const userRules: ObjectRules = {
	beforeSave(change) {
		const { row, before, id, context } = change;
		if (id !== context.userId) requireManager(context, 'ManageInternalUsers');
		if (context.seeding) fillSeed(change);
		if (!before) row.CommunityNickname ??= `User${id}`;
		applyName(change);
		checkUsername(change);
		checkPicklists(change);
		checkDeactivation(change);
		applyProfile(change);
		moveLicense(change);
	},
	afterSave({ id, row, before, context }) {
		const { storage } = context.org;
		if (before?.IsActive === 1 && row.IsActive === 0) for (const leave of LEFT_BY_INACTIVE) storage.run(leave, id);
		const profileId = row.ProfileId;
		if (!before) addBySystem('UserLogin', { UserId: id }, context);
		if (profileId === undefined || profileId === before?.ProfileId) return;
		const owned = findOnce(
			context,
			`PermissionSet of ${profileId}`,
			() => storage.findBy('PermissionSet', 'ProfileId', profileId)[0],
		);
		if (before) {
			storage.run(
				`DELETE FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" IN
				 (SELECT "Id" FROM "PermissionSet" WHERE "IsOwnedByProfile" = 1)`,
				id,
			);
		}
		if (owned) addBySystem('PermissionSetAssignment', { AssigneeId: id, PermissionSetId: owned.Id ?? null }, context);
		if (id === context.org.apiUserId) context.org.catalog.changed();
	},
};

/** Freezing stops log-ins and frees nothing. */
export const userLoginRules: ObjectRules = { beforeSave: ({ context }) => requireManager(context, 'FreezeUsers') };
