import { append } from '../salesforce/append';
import type { QueriedRecord } from '../salesforce/query';
import { activity, isAbout, isoMoment } from './activity';
import type { ActivityRules } from './activity';
import type { License, LicenseKind } from './license';
import { featureLicense, licenseOf } from './orgLicenses';
import type { Feature, ListedKind } from './orgLicenses';
import { isSystemUser, parentValue } from './users';

/** The fields of User that subscriptions are made from, besides those of feature licenses. */
export const USER_FIELDS = [
	'Id',
	'Name',
	'Username',
	'Email',
	'EmployeeNumber',
	'IsActive',
	'UserType',
	'Department',
	'LastLoginDate',
	'CreatedDate',
	'SystemModstamp',
	'FederationIdentifier',
	'ManagerId',
	'Manager.Name',
	'UserRole.Name',
	'ProfileId',
	'Profile.Name',
	'Profile.UserLicenseId',
];

/** What subscriptions need of a user's record: a fifth of it, which counts where there are tens of thousands. */
export function keptOfUser(record: QueriedRecord, features: readonly Feature[]): QueriedRecord {
	const kept: QueriedRecord = {};
	for (const path of USER_FIELDS) {
		const [field = '', nested] = path.split('.');
		if (nested === undefined) kept[field] = record[field];
	}
	const { Manager, UserRole, Profile } = record as Record<string, QueriedRecord | null | undefined>;
	kept.Manager = Manager && { Name: Manager.Name };
	kept.UserRole = UserRole && { Name: UserRole.Name };
	kept.Profile = Profile && { Name: Profile.Name, UserLicenseId: Profile.UserLicenseId };
	for (const { field } of features) if (record[field] === true) kept[field] = true;
	return kept;
}

/** What was read from an org. */
export interface LicenseRecords {
	/** Active users, and those others who hold a license. */
	users: QueriedRecord[];
	/**
	 * Of UserLogin: UserId, IsFrozen, LastModifiedDate of the frozen users, and of those whose log-in was changed since the
	 * selection's moment; undefined where the API user may not know.
	 */
	logins?: QueriedRecord[];
	userLicenses: QueriedRecord[];
	permissionSetLicenses: QueriedRecord[];
	packageLicenses: QueriedRecord[];
	/** Of PermissionSetLicenseAssign: Id, AssigneeId, PermissionSetLicenseId, CreatedDate. */
	permissionSetLicenseAssigns: QueriedRecord[];
	/** Of UserPackageLicense: Id, UserId, PackageLicenseId, CreatedDate. */
	userPackageLicenses: QueriedRecord[];
	features: Feature[];
}

/** What of it is wanted. */
export interface Selection {
	kinds: readonly LicenseKind[];
	/** Names, API names or IDs of licenses; empty for all. */
	licenses: readonly string[];
	systemUsers: boolean;
	/** Milliseconds since 1970: only users changed, and licenses given, since then. */
	changedSince?: number;
}

/** A license in a user's hands, as it is read. */
interface Held extends License {
	/** ID of the record that gives it; null for user and feature licenses, which have none. */
	assignmentId: string | null;
	/** Salesforce knows it only of permission-set and package licenses. */
	assignedSince: string | null;
}

/** A license in a user's hands. */
export interface HeldLicense extends Held {
	/** Whether it lies idle in these hands; see `activity`. */
	isInactive: boolean;
}

/** A user with the licenses that they hold. Moments are ISO 8601. */
export interface Subscriber {
	user: {
		id: string;
		name: string;
		username: string;
		email: string | null;
		employeeNumber: string | null;
		/** By which single sign-on knows the person, in every org the same. */
		federationId: string | null;
		isActive: boolean;
		/** Null where the API user may not know. */
		isFrozen: boolean | null;
		type: string;
		profileId: string;
		profile: string | null;
		role: string | null;
		department: string | null;
		managerId: string | null;
		manager: string | null;
		createdDate: string;
	};
	/** The last log-in; null for never. */
	lastActivity: string | null;
	daysInactive: number;
	/** Without regard to the days of single licenses. */
	isInactive: boolean;
	licenses: HeldLicense[];
}

/** What of a selection names no license that was read. */
export function unknownLicenses(records: LicenseRecords, { kinds, licenses }: Selection): string[] {
	const known = [
		...records.userLicenses.map((record) => licenseOf('user', record)),
		...records.permissionSetLicenses.map((record) => licenseOf('permissionSet', record)),
		...records.packageLicenses.map((record) => licenseOf('package', record)),
		...records.features.map(featureLicense),
	].filter(({ kind }) => kinds.includes(kind));
	return licenses.filter((name) => !known.some((license) => isAbout(name, license)));
}

/** The users who hold a license of the selection, one after another in the order in which they were read. */
export function* subscribers(
	records: LicenseRecords,
	selection: Selection,
	rules: ActivityRules,
): Generator<Subscriber, void> {
	const held = new Holdings(records, selection);
	const logins = records.logins && new Map(records.logins.map((login) => [String(login.UserId), login]));
	const frozen = logins && new Set([...logins].filter(([, { IsFrozen }]) => IsFrozen === true).map(([id]) => id));
	const since = selection.changedSince ?? -Infinity;
	for (const user of records.users) {
		if (!selection.systemUsers && isSystemUser(user)) continue;
		const login = logins?.get(String(user.Id));
		const moments = [user.SystemModstamp, user.LastLoginDate, login?.LastModifiedDate];
		const userChanged = moments.some((moment) => isSince(moment, since));
		const licenses = held.of(user).filter(({ assignedSince }) => userChanged || isSince(assignedSince, since));
		if (licenses.length > 0) yield subscriber(user, licenses, frozen, rules);
	}
}

function isSince(moment: unknown, since: number): boolean {
	return since === -Infinity || (typeof moment === 'string' && Date.parse(moment) >= since);
}

function subscriber(
	user: QueriedRecord,
	held: Held[],
	frozen: ReadonlySet<string> | undefined,
	rules: ActivityRules,
): Subscriber {
	const lastLogin = text(user.LastLoginDate);
	const isFrozen = frozen === undefined ? null : frozen.has(String(user.Id));
	const presence = { lastLogin, created: String(user.CreatedDate), isActive: user.IsActive === true, isFrozen };
	const { daysInactive, isInactive } = activity(presence, rules);
	const isIdle = (license: Held): boolean =>
		rules.daysByLicense.length === 0 ? isInactive : activity(presence, rules, license).isInactive;
	return {
		user: {
			id: String(user.Id),
			name: String(user.Name),
			username: String(user.Username),
			email: text(user.Email),
			employeeNumber: text(user.EmployeeNumber),
			federationId: text(user.FederationIdentifier),
			isActive: presence.isActive,
			isFrozen,
			type: String(user.UserType),
			profileId: String(user.ProfileId),
			profile: parentValue(user, 'Profile', 'Name'),
			role: parentValue(user, 'UserRole', 'Name'),
			department: text(user.Department),
			managerId: text(user.ManagerId),
			manager: parentValue(user, 'Manager', 'Name'),
			createdDate: String(isoMoment(user.CreatedDate)),
		},
		lastActivity: isoMoment(lastLogin),
		daysInactive,
		isInactive,
		licenses: held.map((license) => ({ ...license, isInactive: isIdle(license) })),
	};
}

/** Who holds what. */
class Holdings {
	private readonly userLicenses: Map<string, License>;
	private readonly features: License[];
	private readonly assigned = new Map<string, Held[]>();

	constructor(
		records: LicenseRecords,
		private readonly selection: Selection,
	) {
		this.userLicenses = this.wanted('user', records.userLicenses);
		this.features = this.chosen(records.features.map(featureLicense));
		this.note(
			records.permissionSetLicenseAssigns,
			'AssigneeId',
			'PermissionSetLicenseId',
			this.wanted('permissionSet', records.permissionSetLicenses),
		);
		this.note(
			records.userPackageLicenses,
			'UserId',
			'PackageLicenseId',
			this.wanted('package', records.packageLicenses),
		);
	}

	of(user: QueriedRecord): Held[] {
		const unassigned: License[] = [];
		// A user who is not active holds neither a user license nor a feature.
		if (user.IsActive === true) {
			const license = this.userLicenses.get(parentValue(user, 'Profile', 'UserLicenseId') ?? '');
			if (license !== undefined) unassigned.push(license);
			unassigned.push(...this.features.filter(({ apiName }) => user[apiName] === true));
		}
		return [
			...unassigned.map((license) => ({ ...license, assignmentId: null, assignedSince: null })),
			...(this.assigned.get(String(user.Id)) ?? []),
		];
	}

	private note(
		assignments: QueriedRecord[],
		userField: string,
		licenseField: string,
		licenses: Map<string, License>,
	): void {
		for (const record of assignments) {
			const license = licenses.get(String(record[licenseField]));
			if (license === undefined) continue;
			const held = { ...license, assignmentId: String(record.Id), assignedSince: isoMoment(record.CreatedDate) };
			append(this.assigned, String(record[userField]), held);
		}
	}

	private wanted(kind: ListedKind, records: QueriedRecord[]): Map<string, License> {
		const licenses = this.chosen(records.map((record) => licenseOf(kind, record)));
		return new Map(licenses.map((license) => [license.id, license]));
	}

	private chosen(licenses: License[]): License[] {
		const { kinds, licenses: names } = this.selection;
		const ofKinds = licenses.filter(({ kind }) => kinds.includes(kind));
		return names.length === 0 ? ofKinds : ofKinds.filter((license) => names.some((name) => isAbout(name, license)));
	}
}

function text(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
