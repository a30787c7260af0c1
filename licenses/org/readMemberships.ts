import { batches } from '../../salesforce/batches';
import { listObjects } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { idKey } from '../../salesforce/recordId';
import { parentValue } from '../users';
import { idList, IDS_PER_QUERY } from './licenseQueries';

/**
 * What a user belongs to, and Salesforce takes along when the user is deactivated, or keeps with less access when they
 * are activated again (Salesforce Help, considerations for deactivating users). What the org does not have or the API
 * user may not see is left out.
 */
export interface Memberships {
	/** Names. */
	queues?: string[];
	groups?: string[];
	/** How many. */
	territories?: number;
	accountTeams?: number;
	opportunityTeams?: number;
	defaultTeams?: number;
}

/** Where single memberships are counted. */
const COUNTED: Array<{ name: keyof Memberships; object: string }> = [
	{ name: 'territories', object: 'UserTerritory2Association' },
	{ name: 'accountTeams', object: 'AccountTeamMember' },
	{ name: 'opportunityTeams', object: 'OpportunityTeamMember' },
	{ name: 'defaultTeams', object: 'UserTeamMember' },
];

/**
 * What users belong to, before they are deactivated.
 *
 * @returns by `idKey`; users who belong to nothing have no entry
 */
export async function readMemberships(org: Org, userIds: readonly string[]): Promise<Map<string, Memberships>> {
	const memberships = new Map<string, Memberships>();
	if (userIds.length === 0) return memberships;
	const objects = new Set((await listObjects(org)).map(({ name }) => name));
	const sources = [
		{ object: 'GroupMember', add: addGroup, soql: membersOfGroups },
		...COUNTED.map(({ name, object }) => ({
			object,
			add: (own: Memberships, { members }: QueriedRecord) => ({ ...own, [name]: Number(members) }),
			soql: (ids: string) =>
				`SELECT UserId member, COUNT(Id) members FROM ${object} WHERE UserId IN ${ids} GROUP BY UserId`,
		})),
	].filter(({ object }) => objects.has(object));
	const readings = batches(userIds, IDS_PER_QUERY).flatMap((ids) => sources.map((source) => ({ ids, source })));
	const outcomes = await queryEach(
		org,
		readings.map(({ ids, source }) => source.soql(idList(ids))),
	);
	outcomes.forEach((outcome, index) => {
		if (!outcome.ok) return;
		for (const record of outcome.records) {
			const key = idKey(String(record.member ?? record.UserOrGroupId));
			memberships.set(key, readings[index]?.source.add(memberships.get(key) ?? {}, record) ?? {});
		}
	});
	return memberships;
}

function membersOfGroups(ids: string): string {
	return `SELECT UserOrGroupId, Group.Name, Group.Type FROM GroupMember WHERE UserOrGroupId IN ${ids}`;
}

function addGroup(own: Memberships, record: QueriedRecord): Memberships {
	const name = parentValue(record, 'Group', 'Name') ?? '';
	return parentValue(record, 'Group', 'Type') === 'Queue'
		? { ...own, queues: [...(own.queues ?? []), name] }
		: { ...own, groups: [...(own.groups ?? []), name] };
}
