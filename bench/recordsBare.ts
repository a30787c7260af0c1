import { atOnce, bareOrg, queryBare, split } from './bareOrg';
import { measured } from './measure';
import type { Cost } from './measure';
import { recordsOf } from './records';
import type { PhaseJob } from './records';

/** Records of one query; a page holds as many. */
const IDS_PER_QUERY = 400;

/** One phase by as few calls as Salesforce allows, with nothing around them; without the log-in. */
export async function phase(job: PhaseJob): Promise<Cost<string[]>> {
	const call = await bareOrg(job.access);
	const records = recordsOf(job).map((record) => ({ attributes: { type: 'Case' }, ...record }));
	const save = async (method: string, path: string, all: object[]): Promise<string[]> => {
		const answers = await atOnce(split(all), async (batch) => await call<Array<{ id: string }>>(method, path, { allOrNone: false, records: batch }));
		return answers.flat().map(({ id }) => id);
	};
	return await measured(async () => {
		switch (job.phase) {
			case 'create':
				return await save('POST', '/composite/sobjects', records);
			case 'update':
				return await save('PATCH', '/composite/sobjects', records.map((record, index) => ({ ...record, id: job.ids[index] })));
			case 'upsert':
				return await save('PATCH', '/composite/sobjects/Case/ExternalID__c', records);
			case 'read by ID': {
				const queries = split(job.ids, IDS_PER_QUERY).map(
					(ids) =>
						`SELECT Id, Subject, Description, Department__c, Team__c, NewSeat__c, ExternalID__c FROM Case WHERE Id IN ('${ids.join("','")}')`,
				);
				const pages = await atOnce(split(queries, 5), async (five) => await queryBare<{ records: Array<{ Id: string }> }>(call, five));
				return pages.flat().flatMap(({ records: page }) => page.map(({ Id }) => Id));
			}
		}
	});
}
