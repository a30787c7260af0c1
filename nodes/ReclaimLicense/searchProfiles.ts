import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { parentValue } from '../../licenses/users';
import { asError } from '../../salesforce/asError';
import { queryRecords } from '../../salesforce/query';
import { connectOrg } from '../shared/connectOrg';
import { nodeError } from '../shared/nodeError';

/** The org's profiles with the licence of each, for the list of a parameter. */
export async function searchProfiles(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	try {
		const profiles = await queryRecords(
			connectOrg(this),
			'SELECT Id, Name, UserLicense.Name FROM Profile ORDER BY Name',
		);
		const entries = profiles.map((profile) => ({
			name: `${String(profile.Name)} (${parentValue(profile, 'UserLicense', 'Name')})`,
			value: String(profile.Id),
		}));
		return { results: entries.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase())) };
	} catch (error) {
		throw nodeError(this.getNode(), asError(error));
	}
}
