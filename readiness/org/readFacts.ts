import { readIdentity } from '../../salesforce/identity';
import { InputError } from '../../salesforce/inputError';
import type { Org } from '../../salesforce/org';
import { queryEach, queryRecords } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { isObject } from '../../salesforce/shapes';
import { textLiteral } from '../../salesforce/soql';
import { queryTooling } from '../../salesforce/tooling';
import type { OrgFacts, UserFacts } from '../facts';
import { USER_PERMISSIONS } from '../job';
import type { UserPermission } from '../job';
import type { Requirement } from '../requirements';
import { readCaseFields } from './readCaseFields';
import { readCaseValues } from './readCaseValues';
import { readObjects } from './readObjects';
import { readRules } from './readRules';
import { told } from './told';

/** Values of DefaultCaseAccess with which everybody sees every Case. */
const PUBLIC = ['Read', 'Edit', 'ReadEditTransfer', 'All'];

/**
 * Reads what requirements are judged by, of the org and of one user. Writes nothing.
 *
 * @param username of the user; that of whoever is signed in where it is empty
 * @throws InputError when there is no such user
 * @throws OrgError when Salesforce cannot be reached, or refuses the sign-in
 */
export async function readFacts(org: Org, requirements: readonly Requirement[], username: string): Promise<OrgFacts> {
	const user = await readUser(org, username);
	const { userId } = await readIdentity(org);
	return {
		user,
		newestVersion: await told(readNewestVersion(org)),
		apiCalls: await told(readApiCalls(org)),
		objects: await readObjects(org, requirements, user, user.id === userId),
		showsAllCases: requirements.some(({ kind }) => kind === 'seeAllCases')
			? await told(readShowsAllCases(org))
			: undefined,
		caseFields: await readCaseFields(
			org,
			requirements.flatMap((one) => (one.kind === 'field' ? [one.name] : [])),
		),
		rules: await readRules(org, requirements),
		scopes: (await org.scope())?.split(' ').filter((scope) => scope !== ''),
		caseValues: await readCaseValues(org, requirements, user.id === userId),
		setupObjects: await readSetupObjects(org, requirements),
		changeEvents: requirements.some(({ kind }) => kind === 'changeEvents')
			? await told(readChangeEvents(org))
			: undefined,
	};
}

/**
 * A user, with rights and licenses as far as they are told.
 * @throws InputError when there is none of this name
 */
export async function readUser(org: Org, username: string): Promise<UserFacts> {
	const wanted = username.trim();
	const where =
		wanted === '' ? `Id = ${textLiteral((await readIdentity(org)).userId)}` : `Username = ${textLiteral(wanted)}`;
	const [found] = await queryRecords(
		org,
		`SELECT Id, Username, IsActive, Profile.Name, Profile.UserLicense.Name, Profile.UserLicense.LicenseDefinitionKey FROM User WHERE ${where}`,
	);
	if (found === undefined) {
		throw new InputError(
			'The org has no user with the name in API User',
			'Enter the whole username; it has the form of an e-mail address.',
		);
	}
	const id = String(found.Id);
	const names = (Object.keys(USER_PERMISSIONS) as UserPermission[]).map((name) => `PermissionSet.Permissions${name}`);
	const [permissions, licenses] = await queryEach(org, [
		`SELECT ${names.join(', ')} FROM PermissionSetAssignment WHERE AssigneeId = ${textLiteral(id)}`,
		`SELECT PermissionSetLicense.DeveloperName FROM PermissionSetLicenseAssign WHERE AssigneeId = ${textLiteral(id)}`,
	]);
	const profile = found.Profile as {
		Name?: string;
		UserLicense?: { Name?: string; LicenseDefinitionKey?: string } | null;
	} | null;
	return {
		id,
		username: String(found.Username),
		isActive: found.IsActive === true,
		profile: profile?.Name ?? '',
		licenseName: profile?.UserLicense?.Name ?? '',
		license: profile?.UserLicense?.LicenseDefinitionKey ?? '',
		permissions: permissions?.ok === true ? grantedIn(permissions.records) : undefined,
		permissionSetLicenses:
			licenses?.ok === true
				? new Set(
						licenses.records.map((record) => String((record.PermissionSetLicense as QueriedRecord).DeveloperName)),
					)
				: undefined,
	};
}

/** The permissions of all permission sets; every user has one of the profile's, so none at all means that they are hidden. */
function grantedIn(assignments: readonly QueriedRecord[]): Set<string> | undefined {
	if (assignments.length === 0) return undefined;
	const sets = assignments.map(({ PermissionSet: set }) => set as QueriedRecord);
	return new Set(
		Object.keys(USER_PERMISSIONS).filter((name) => sets.some((set) => set[`Permissions${name}`] === true)),
	);
}

async function readNewestVersion(org: Org): Promise<number> {
	const versions = await org.call('GET', '/services/data', isVersionList);
	return Math.max(...versions.map(({ version }) => Number(version)));
}

function isVersionList(answer: unknown): answer is Array<{ version: string }> {
	return (
		Array.isArray(answer) &&
		answer.length > 0 &&
		answer.every((one) => isObject(one) && !Number.isNaN(Number(one.version)))
	);
}

async function readApiCalls(org: Org): Promise<{ max: number; remaining: number } | undefined> {
	const { DailyApiRequests: calls } = await org.call('GET', '/limits', isObject);
	if (!isObject(calls) || typeof calls.Max !== 'number' || typeof calls.Remaining !== 'number') return undefined;
	return { max: calls.Max, remaining: calls.Remaining };
}

/** The org-wide default of Cases, which whoever is signed in may read (Object Reference, Organization). */
async function readShowsAllCases(org: Org): Promise<boolean> {
	const [organization] = await queryRecords(org, 'SELECT DefaultCaseAccess FROM Organization');
	return PUBLIC.includes(String(organization?.DefaultCaseAccess));
}

async function readSetupObjects(org: Org, requirements: readonly Requirement[]): Promise<Map<string, boolean>> {
	const names = requirements.flatMap((one) => (one.kind === 'object' ? [one.object] : []));
	if (names.length === 0) return new Map();
	const outcomes = await queryEach(
		org,
		names.map((name) => `SELECT Id FROM ${name} LIMIT 1`),
	);
	return new Map(names.map((name, index) => [name, outcomes[index]?.ok === true]));
}

/** Objects whose changes are told on the standard channel (Tooling API, PlatformEventChannelMember). */
async function readChangeEvents(org: Org): Promise<Set<string>> {
	const members = await queryTooling(
		org,
		"SELECT SelectedEntity FROM PlatformEventChannelMember WHERE EventChannel = 'ChangeEvents'",
	);
	return new Set(
		members.map(({ SelectedEntity }) =>
			String(SelectedEntity)
				.replace(/__ChangeEvent$/, '__c')
				.replace(/ChangeEvent$/, '')
				.toLowerCase(),
		),
	);
}
