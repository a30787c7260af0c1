import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { isSystemUser, parentValue } from '../../licenses/users';
import { asError } from '../../salesforce/asError';
import { queryAtOnce, queryRecords } from '../../salesforce/query';
import { likePattern } from '../../salesforce/soql';
import { connectOrg } from '../shared/connectOrg';
import { nodeError } from '../shared/nodeError';

type Entry = INodeListSearchResult['results'][number];

/** The most users that a list shows; whoever is not among them is found by typing more of the name. */
const MOST_USERS = 200;

/** The org's profiles with the license of each, for the list of a parameter. */
export async function searchProfiles(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await entries(this, filter, async () => {
		const profiles = await queryRecords(
			connectOrg(this),
			'SELECT Id, Name, UserLicense.Name FROM Profile ORDER BY Name',
		);
		return profiles.map((profile) => ({
			name: `${String(profile.Name)} (${parentValue(profile, 'UserLicense', 'Name')})`,
			value: String(profile.Id),
		}));
	});
}

/** The org's active users whose name, username or e-mail address has the filter in it. */
export async function searchUsers(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await entries(this, '', async () => {
		const pattern = likePattern(filter, 'contains');
		const users = await queryRecords(
			connectOrg(this),
			`SELECT Id, Name, Username, UserType, Profile.Name FROM User WHERE IsActive = true AND (Name LIKE ${pattern} OR Username LIKE ${pattern} OR Email LIKE ${pattern}) ORDER BY Name LIMIT ${MOST_USERS}`,
		);
		return users
			.filter((user) => !isSystemUser(user))
			.map(({ Id, Name, Username }) => ({ name: `${String(Name)} (${String(Username)})`, value: String(Id) }));
	});
}

/** The org's permission sets, and the groups of them. */
export async function searchPermissionSets(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return await entries(this, filter, async () => {
		const [sets = [], groups = []] = await queryAtOnce(connectOrg(this), [
			"SELECT Id, Name, Label FROM PermissionSet WHERE IsOwnedByProfile = false AND Type != 'Group' ORDER BY Label",
			'SELECT Id, DeveloperName, MasterLabel FROM PermissionSetGroup ORDER BY MasterLabel',
		]);
		return [
			...sets.map(({ Id, Name, Label }) => ({ name: `${String(Label)} (${String(Name)})`, value: String(Id) })),
			...groups.map(({ Id, DeveloperName, MasterLabel }) => ({
				name: `${String(MasterLabel)} (group ${String(DeveloperName)})`,
				value: String(Id),
			})),
		];
	});
}

async function entries(
	host: ILoadOptionsFunctions,
	filter: string,
	read: () => Promise<Entry[]>,
): Promise<INodeListSearchResult> {
	try {
		return { results: (await read()).filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())) };
	} catch (error) {
		throw nodeError(host.getNode(), asError(error));
	}
}
