import { batches } from '../../salesforce/batches';
import { describeObject } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import { queryAtOnce, queryEach } from '../../salesforce/query';
import type { QueriedRecord, QueryOutcome } from '../../salesforce/query';
import { featuresOf } from '../orgLicenses';
import type { ListedKind } from '../orgLicenses';
import { keptOfUser, USER_FIELDS } from '../subscriptions';
import type { LicenseRecords, Selection } from '../subscriptions';
import { idList, IDS_PER_QUERY, isHidden, LICENSE_OBJECTS, ORGANIZATION, seen } from './licenseQueries';

const NODE = 'Salesforce Download Subscriptions';
const RIGHT = 'View Setup and Configuration';

/** Who is frozen, and whose log-in was changed since a moment: freezing changes nothing of the user's own record. */
function loginQuery(since: number | undefined): string {
	const changed = since === undefined ? '' : ` OR LastModifiedDate >= ${new Date(since).toISOString()}`;
	return `SELECT UserId, IsFrozen, LastModifiedDate FROM UserLogin WHERE IsFrozen = true${changed}`;
}

/** The objects that say who holds a license of a kind. */
const ASSIGNMENTS: Array<{
	kind: 'permissionSet' | 'package';
	object: string;
	userField: string;
	licenseField: string;
}> = [
	{
		kind: 'permissionSet',
		object: 'PermissionSetLicenseAssign',
		userField: 'AssigneeId',
		licenseField: 'PermissionSetLicenseId',
	},
	{ kind: 'package', object: 'UserPackageLicense', userField: 'UserId', licenseField: 'PackageLicenseId' },
];

/**
 * Reads who holds which license: two calls, one for each further page of 2,000 users or assignments, one for the names
 * of the features, and one for every 900 holders who are no longer active.
 *
 * @param kinds what to read
 * @param changedSince milliseconds since 1970, where only what was changed since is wanted
 * @param all whether each kind must be there; otherwise a kind that the org does not show counts as one it does not have
 * @throws OrgError that names the missing right
 */
export async function readLicenseRecords(
	org: Org,
	{ kinds, changedSince }: Pick<Selection, 'kinds' | 'changedSince'>,
	all: boolean,
): Promise<LicenseRecords & { organization: QueriedRecord[] }> {
	const features = kinds.includes('feature') ? featuresOf((await describeObject(org, 'User')).fields) : [];
	const listed: ListedKind[] = ['user', ...ASSIGNMENTS.map(({ kind }) => kind).filter((kind) => kinds.includes(kind))];
	const [organization, logins, ...lists] = (await queryEach(org, [
		ORGANIZATION,
		{
			soql: loginQuery(changedSince),
			keep: ({ UserId, IsFrozen, LastModifiedDate }: QueriedRecord) => ({ UserId, IsFrozen, LastModifiedDate }),
		},
		...listed.map((kind) => `SELECT ${LICENSE_OBJECTS[kind].fields} FROM ${LICENSE_OBJECTS[kind].object}`),
	])) as [QueryOutcome, QueryOutcome, ...QueryOutcome[]];
	const records: Partial<Record<ListedKind, QueriedRecord[]>> = {};
	listed.forEach((kind, index) => {
		const outcome = lists[index] as QueryOutcome;
		// The same right shows all three, so a kind that is hidden beside user licenses is one the org does not have.
		if (kind !== 'user' && !all && isHidden(outcome)) return;
		records[kind] = seen(outcome, LICENSE_OBJECTS[kind].object, RIGHT, NODE);
	});

	const fields = [...USER_FIELDS, ...features.map(({ field }) => field)].join(', ');
	const held = ASSIGNMENTS.filter(({ kind }) => records[kind] !== undefined);
	const keep = (record: QueriedRecord): QueriedRecord => keptOfUser(record, features);
	const [active, ...assignments] = await queryEach(org, [
		{ soql: `SELECT ${fields} FROM User WHERE IsActive = true`, keep },
		...held.map(({ object, userField, licenseField }) => ({
			soql: `SELECT Id, ${userField}, ${licenseField}, CreatedDate FROM ${object}`,
			keep: (record: QueriedRecord) => ({
				Id: record.Id,
				[userField]: record[userField],
				[licenseField]: record[licenseField],
				CreatedDate: record.CreatedDate,
			}),
		})),
	]);
	const users = seen(active as QueryOutcome, 'User', RIGHT, NODE);
	const assigned: Partial<Record<ListedKind, QueriedRecord[]>> = {};
	const known = new Set(users.map(({ Id }) => String(Id)));
	const unknown = new Set<string>();
	held.forEach(({ kind, object, userField }, index) => {
		const found = seen(assignments[index] as QueryOutcome, object, RIGHT, NODE);
		for (const record of found) {
			if (!known.has(String(record[userField]))) unknown.add(String(record[userField]));
		}
		assigned[kind] = found;
	});
	const others = await queryAtOnce(
		org,
		batches([...unknown], IDS_PER_QUERY).map((ids) => ({
			soql: `SELECT ${fields} FROM User WHERE Id IN ${idList(ids)}`,
			keep,
		})),
	);
	return {
		organization: seen(organization, 'Organization', RIGHT, NODE),
		users: users.concat(...others),
		logins: isHidden(logins) ? undefined : seen(logins, 'UserLogin', RIGHT, NODE),
		userLicenses: records.user ?? [],
		permissionSetLicenses: records.permissionSet ?? [],
		packageLicenses: records.package ?? [],
		permissionSetLicenseAssigns: assigned.permissionSet ?? [],
		userPackageLicenses: assigned.package ?? [],
		features,
	};
}
