import { bareOrg, VERSIONED_ROOT } from './bareOrg';
import type { BareCall } from './bareOrg';
import type { OrgReport } from './org';

interface Page {
	records: Array<Record<string, unknown>>;
	nextRecordsUrl?: string;
}

/** The fields that Salesforce Download Subscriptions reads of a user, beside those of feature licenses. */
const USER_FIELDS =
	'Id, Name, Username, Email, EmployeeNumber, IsActive, UserType, Department, LastLoginDate, CreatedDate, SystemModstamp, FederationIdentifier, ManagerId, Manager.Name, UserRole.Name, ProfileId, Profile.Name, Profile.UserLicenseId';

/**
 * The calls of Salesforce Download Subscriptions with nothing around them: its queries, five a call, with the further
 * pages of the queries of a call side by side.
 *
 * @returns how many records came
 */
export async function downloadBare(access: OrgReport): Promise<number> {
	const call = await bareOrg(access);
	const { fields } = await call<{ fields: Array<{ name: string }> }>('GET', '/sobjects/User/describe');
	const features = fields.map(({ name }) => name).filter((name) => name.startsWith('UserPermissions'));
	const lists = await pages(call, [
		'SELECT Id, Name FROM Organization',
		'SELECT UserId, IsFrozen, LastModifiedDate FROM UserLogin WHERE IsFrozen = true',
		'SELECT Id, LicenseDefinitionKey, Name FROM UserLicense',
		'SELECT Id, DeveloperName, MasterLabel FROM PermissionSetLicense',
		'SELECT Id, NamespacePrefix FROM PackageLicense',
	]);
	const holders = await pages(call, [
		`SELECT ${[USER_FIELDS, ...features].join(', ')} FROM User WHERE IsActive = true`,
		'SELECT Id, AssigneeId, PermissionSetLicenseId, CreatedDate FROM PermissionSetLicenseAssign',
		'SELECT Id, UserId, PackageLicenseId, CreatedDate FROM UserPackageLicense',
	]);
	return [...lists, ...holders].flat().length;
}

/** All records of several queries. */
async function pages(call: BareCall, queries: string[]): Promise<Array<Page['records']>> {
	const compositeRequest = queries.map((soql, index) => ({
		method: 'GET',
		referenceId: `query${index}`,
		url: `${VERSIONED_ROOT}/query?q=${encodeURIComponent(soql)}`,
	}));
	const { compositeResponse } = await call<{ compositeResponse: Array<{ body: Page }> }>('POST', '/composite', {
		compositeRequest,
	});
	return await Promise.all(compositeResponse.map(async ({ body }) => await following(call, body)));
}

async function following(call: BareCall, first: Page): Promise<Page['records']> {
	const records = [...first.records];
	for (let next = first.nextRecordsUrl; next !== undefined;) {
		const page = await call<Page>('GET', next.replace(VERSIONED_ROOT, ''));
		for (const record of page.records) records.push(record);
		next = page.nextRecordsUrl;
	}
	return records;
}
