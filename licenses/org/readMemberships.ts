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
	caseTeams?: number;
	/** Of other users, for their accounts and opportunities. */
	defaultTeams?: number;
	/** Records that somebody shared with the user by hand. */
	sharedRecords?: number;
}

/** A kind of membership that is counted: where its records are, and which field names the user. */
interface Counted {
	name: 'territories' | 'accountTeams' | 'opportunityTeams' | 'caseTeams' | 'defaultTeams' | 'sharedRecords';
	object: string;
	userField: string;
	condition?: string;
}

const COUNTED: Counted[] = [
	{ name: 'territories', object: 'UserTerritory2Association', userField: 'UserId' },
	{ name: 'accountTeams', object: 'AccountTeamMember', userField: 'UserId' },
	{ name: 'opportunityTeams', object: 'OpportunityTeamMember', userField: 'UserId' },
	{ name: 'caseTeams', object: 'CaseTeamMember', userField: 'MemberId' },
	{ name: 'defaultTeams', object: 'UserAccountTeamMember', userField: 'UserId' },
	{ name: 'defaultTeams', object: 'UserTeamMember', userField: 'UserId' },
	...['Account', 'Case', 'Contact', 'Lead', 'Opportunity'].map((shared): Counted => ({
		name: 'sharedRecords',
		object: `${shared}Share`,
		userField: 'UserOrGroupId',
		condition: "RowCause = 'Manual'",
	})),
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
		...COUNTED.map(({ name, object, userField, condition }) => ({
			object,
			add: (own: Memberships, { members }: QueriedRecord) => ({
				...own,
				[name]: (own[name] ?? 0) + Number(members),
			}),
			soql: (ids: string) =>
				`SELECT ${userField} member, COUNT(Id) members FROM ${object} WHERE ${[`${userField} IN ${ids}`, condition].filter(Boolean).join(' AND ')} GROUP BY ${userField}`,
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
