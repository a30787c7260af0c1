import type { IDataObject } from 'n8n-workflow';

import { atOnce, bareOrg, queryBare, split } from './bareOrg';
import type { BareCall } from './bareOrg';
import type { Contender, Entry } from './contender';
import { itemsOf } from './records';
import type { RecordsTask } from './records';

/** Records of one query; a page holds as many. */
const IDS_PER_QUERY = 400;

/** The same calls as our nodes make, log-in and describe among them, with nothing around them. */
const contender: Contender<RecordsTask> = async (access) =>
	await Promise.resolve(async ({ phase, ids }, items) => {
		const call = await bareOrg(access);
		await call('GET', '/sobjects/Case/describe');
		switch (phase) {
			case 'create':
				return await save(call, 'POST', '/composite/sobjects', items);
			case 'update':
			case 'update, no undo':
				return await save(
					call,
					'PATCH',
					'/composite/sobjects',
					items.map(({ Id, ...values }) => ({ ...values, id: Id })),
				);
			case 'upsert':
				return await save(call, 'PATCH', '/composite/sobjects/Case/ExternalID__c', items);
			case 'read by ID':
				return await read(call, ids);
		}
	});

async function save(call: BareCall, method: string, path: string, items: object[]): Promise<IDataObject[]> {
	const records = items.map((item) => ({ attributes: { type: 'Case' }, ...item }));
	const answers = await atOnce(
		split(records),
		async (batch) => await call<IDataObject[]>(method, path, { allOrNone: false, records: batch }),
	);
	return answers.flat();
}

async function read(call: BareCall, ids: string[]): Promise<IDataObject[]> {
	const queries = split(ids, IDS_PER_QUERY).map(
		(some) =>
			`SELECT Id, Subject, Description, Department__c, Team__c, NewSeat__c, ExternalID__c FROM Case WHERE Id IN ('${some.join("','")}')`,
	);
	const pages = await atOnce(
		split(queries, 5),
		async (five) => await queryBare<{ records: IDataObject[] }>(call, five),
	);
	return pages.flat().flatMap(({ records }) => records);
}

/** As few calls as Salesforce allows. */
export const entry: Entry<RecordsTask> = { contender, itemsOf };
