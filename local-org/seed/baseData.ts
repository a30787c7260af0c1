import { randomInt } from 'node:crypto';
import { mintId } from '../ids';
import type { ApiUser, OrgCurrency } from '../options';
import type { Org } from '../org';
import { take } from '../records/rules/licenses';
import { addBySystem } from '../records/system';
import type { Row } from '../storage';
import { fieldFromMetadata, splitFullName } from '../tooling/customField';
import { CASE_STATUSES, LICENSES, ORGANIZATION, PERMISSION_SET_LICENSES, PROFILES, SYSTEM_USERS } from './baseTables';
import type { BaseProfile } from './baseTables';

/** When the org was made, as far as its first records say. */
const MADE = '2026-01-05T09:00:00.000Z';

const ADMINISTRATOR = 'System Administrator';
const INTEGRATION = 'Salesforce Integration';

/** Permissions as a record has them: `{ PermissionsRead: 1 }`. */
const granted = (names: string[]): Row => Object.fromEntries(names.map((name) => [`Permissions${name}`, 1]));

/** Writes what a new org holds: itself, licenses, profiles, its first users, a queue, the values of Case.Status. */
export function writeBaseData(org: Org, apiUser: ApiUser = {}, currencies: OrgCurrency[] = []): void {
	const { storage } = org;
	org.organizationId = mintId('00D', randomInt(1, 62 ** 4));
	const adminId = storage.nextId('User', '005');
	org.apiUserId = storage.nextId('User', '005');
	org.actingUserId = org.apiUserId;
	const add = (object: string, row: Row) => addBySystem(object, row, { org, now: MADE, userId: adminId });

	add('Organization', { Id: org.organizationId, ...ORGANIZATION, NamespacePrefix: org.namespace ?? null });
	currencies.forEach(({ isoCode, conversionRate = 1, decimalPlaces = 2, active = true }, index) =>
		add('CurrencyType', {
			IsoCode: isoCode,
			ConversionRate: conversionRate,
			DecimalPlaces: decimalPlaces,
			IsActive: Number(active),
			IsCorporate: Number(index === 0),
		}),
	);
	const licenseIds = new Map(
		LICENSES.map((license) => [
			license.Name,
			add('UserLicense', { ...license, MasterLabel: license.Name, UsedLicenses: 0, UsedLicensesLastUpdated: MADE }),
		]),
	);
	const profileIds = new Map(PROFILES.map((profile) => [profile.Name, addProfile(profile)]));
	for (const [DeveloperName, MasterLabel, TotalLicenses] of PERMISSION_SET_LICENSES) {
		add('PermissionSetLicense', {
			DeveloperName,
			MasterLabel,
			PermissionSetLicenseKey: DeveloperName,
			TotalLicenses,
			UsedLicenses: 0,
		});
	}
	addUser(adminId, 'Admin', 'User', org.credentials.admin.username, ADMINISTRATOR);
	addUser(org.apiUserId, 'API', 'User', org.credentials.username, apiUser.profile ?? ADMINISTRATOR);
	for (const [LastName, alias, UserType] of SYSTEM_USERS) {
		add('User', {
			...userRow(LastName, undefined, `${alias}@${org.organizationId.toLowerCase()}.example`, alias),
			ProfileId: mintId('00e', 62 ** 5),
			UserType,
		});
	}
	CASE_STATUSES.forEach((name, index) =>
		add('CaseStatus', {
			MasterLabel: name,
			ApiName: name,
			SortOrder: index + 1,
			IsDefault: Number(index === 0),
			IsClosed: Number(name === 'Closed'),
		}),
	);
	const queueId = add('Group', {
		Name: 'Workplace',
		DeveloperName: 'Workplace',
		Type: 'Queue',
		OwnerId: org.organizationId,
	});
	add('QueueSobject', { QueueId: queueId, SobjectType: 'Case' });
	add('AssignmentRule', { Name: 'Standard', SobjectType: 'Case', Active: 1 });
	grant(apiUser);

	/** Gives the API user what its profile does not, by a permission set. */
	function grant({ profile, permissions = [], objects = {}, fields = {} }: ApiUser): void {
		const license = PROFILES.find(({ Name }) => Name === profile)?.license;
		if (permissions.length + Object.keys(objects).length + Object.keys(fields).length === 0) return;
		const ParentId = add('PermissionSet', { Name: 'API_Access', Label: 'API Access', ...granted(permissions) });
		for (const [SobjectType, names] of Object.entries(objects)) {
			add('ObjectPermissions', { ParentId, SobjectType, ...granted(names) });
		}
		for (const [Field, may] of Object.entries(fields)) {
			const SobjectType = Field.split('.')[0] ?? '';
			const PermissionsEdit = Number(may === 'edit');
			add('FieldPermissions', { ParentId, SobjectType, Field, PermissionsRead: 1, PermissionsEdit });
		}
		add('PermissionSetAssignment', { PermissionSetId: ParentId, AssigneeId: org.apiUserId });
		if (license === INTEGRATION) giveIntegrationLicense();
		org.catalog.changed();
	}

	/** Integration users open objects only with this license (help, integration user license). */
	function giveIntegrationLicense(): void {
		const [row] = storage.findBy('PermissionSetLicense', 'DeveloperName', 'SalesforceAPIIntegrationPsl');
		add('PermissionSetLicenseAssign', { PermissionSetLicenseId: row?.Id ?? null, AssigneeId: org.apiUserId });
		take(org, 'PermissionSetLicense', row?.Id, 1);
	}

	function addProfile({ Name, license, rights, objects = {}, UserType = 'Standard' }: BaseProfile): string {
		const permissions = granted(rights);
		const UserLicenseId = licenseIds.get(license) ?? null;
		const ProfileId = add('Profile', { Name, UserLicenseId, UserType, ...permissions });
		const ParentId = add('PermissionSet', {
			Name: `X${ProfileId.slice(0, 15)}`,
			Label: Name,
			ProfileId,
			IsOwnedByProfile: 1,
			IsCustom: 0,
			Type: 'Profile',
			LicenseId: UserLicenseId,
			...permissions,
		});
		for (const [SobjectType, names] of Object.entries(objects)) {
			add('ObjectPermissions', { ParentId, SobjectType, ...granted(names) });
		}
		return ProfileId;
	}

	function userRow(LastName: string, FirstName: string | undefined, Username: string, Alias: string): Row {
		return {
			Username,
			LastName,
			FirstName: FirstName ?? null,
			Name: [FirstName, LastName].filter(Boolean).join(' '),
			Email: Username,
			Alias,
			CommunityNickname: Alias,
			TimeZoneSidKey: 'America/Los_Angeles',
			LocaleSidKey: 'en_US',
			EmailEncodingKey: 'UTF-8',
			LanguageLocaleKey: 'en_US',
			Country: 'US',
			CountryCode: 'US',
		};
	}

	function addUser(Id: string, first: string, last: string, username: string, profile: string): void {
		const alias = username.slice(0, 8).replace(/\W/g, '');
		add('User', { ...userRow(last, first, username, alias), Id, ProfileId: profileIds.get(profile) ?? null });
		add('UserLogin', { UserId: Id });
		const held = PROFILES.find(({ Name }) => Name === profile);
		if (!held) throw new Error(`The local org has no profile ${profile}.`);
		take(org, 'UserLicense', licenseIds.get(held.license), 1);
		storage.run(
			`INSERT INTO "PermissionSetAssignment" ("Id", "PermissionSetId", "AssigneeId", "SystemModstamp")
			 SELECT ?, "Id", ?, ? FROM "PermissionSet" WHERE "ProfileId" = ?`,
			storage.nextId('PermissionSetAssignment', '0Pa'),
			Id,
			MADE,
			profileIds.get(profile) ?? null,
		);
	}
}

/** Finds in a reopened file who the org and its API user are, and the fields that were added to it. */
export function readBaseData(org: Org): void {
	for (const { FullName, Metadata } of org.storage.all('SELECT "FullName", "Metadata" FROM "CustomField"')) {
		const { object, field } = splitFullName(FullName);
		const wasMissing = org.settings.missingFields.includes(String(FullName));
		if (org.catalog.hasField(object, field) && !wasMissing) continue;
		org.settings.missingFields = org.settings.missingFields.filter((name) => name !== FullName);
		org.catalog.setField(object, fieldFromMetadata(field, JSON.parse(String(Metadata))));
	}
	org.organizationId = String(org.storage.all('SELECT "Id" FROM "Organization"')[0]?.Id);
	org.apiUserId = String(org.storage.findBy('User', 'Username', org.credentials.username)[0]?.Id);
	org.actingUserId = org.apiUserId;
}
