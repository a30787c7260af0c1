import type { IDataObject } from 'n8n-workflow';

import { atOnce, bareOrg, split, VERSIONED_ROOT } from './bareOrg';
import type { BareCall } from './bareOrg';
import type { Contender, Entry } from './contender';
import { itemsOf } from './push';
import type { MovesTask } from './push';

/** External IDs of one query, and records of one Collections call. */
const PER_PART = 200;

interface SubRequest {
	method: string;
	url: string;
	body?: unknown;
}

/** As few calls as our nodes make, log-in among them, with nothing around them: five parts of 200 in one call. */
const contender: Contender<MovesTask> = async (access) =>
	await Promise.resolve(async ({ phase, ids }, items) => {
		const call = await bareOrg(access);
		const cases = items.map(caseOf);
		const found = await find(call, cases, phase === 'undone');
		switch (phase) {
			case 'new': {
				const created = await save(call, 'POST', cases);
				await find(call, cases, false, ['CaseNumber']);
				return created;
			}
			case 'repeated':
				return found;
			case 'changed':
				return await save(
					call,
					'PATCH',
					cases.map(({ attributes, Subject, Description, NewSeat__c }, index) => ({
						attributes,
						id: ids[index],
						Subject,
						Description,
						NewSeat__c,
					})),
				);
			case 'undone':
				return await remove(call, ids);
		}
	});

function caseOf({ moveId, movePlanId, newSeat, employeeName }: IDataObject) {
	const what = `${String(employeeName)} moves from no seat to ${String(newSeat)}.\nEffective date: 2020-01-01\nDepartment: \nTeam: \nAssets: \nNotes: `;
	return {
		attributes: { type: 'Case' },
		ExternalID__c: `${String(movePlanId)}:${String(moveId)}`,
		Subject: `Move ${String(employeeName)}: no seat → ${String(newSeat)}`,
		Description: what,
		Department__c: null,
		Team__c: null,
		CurrentSeat__c: null,
		NewSeat__c: newSeat,
		EmployeeAssets__c: null,
		EmployeeNotes__c: null,
	};
}

const STATE = ['CaseNumber', 'Status', 'IsClosed'];
const COMPARED = [
	...['Subject', 'Description', 'Department__c', 'Team__c', 'CurrentSeat__c', 'NewSeat__c'],
	...['EmployeeAssets__c', 'EmployeeNotes__c', 'ClosedDate', 'CreatedDate'],
];

async function find(
	call: BareCall,
	cases: Array<{ ExternalID__c: string }>,
	deletedToo: boolean,
	fields = deletedToo ? [...STATE, 'IsDeleted'] : [...STATE, ...COMPARED],
): Promise<IDataObject[]> {
	const parts = split(cases, PER_PART).map((part) => {
		const list = part.map(({ ExternalID__c: id }) => `'${id}'`).join(',');
		const soql = `SELECT Id, ExternalID__c, ${fields.join(', ')} FROM Case WHERE ExternalID__c IN (${list})`;
		const path = `${VERSIONED_ROOT}/${deletedToo ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
		return { method: 'GET', url: path };
	});
	const pages = (await together(call, parts)) as Array<{ records: IDataObject[] }>;
	return pages.flatMap(({ records }) => records);
}

async function save(call: BareCall, method: string, records: object[]): Promise<IDataObject[]> {
	const parts = split(records, PER_PART).map((part) => ({
		method,
		url: `${VERSIONED_ROOT}/composite/sobjects`,
		body: { allOrNone: false, records: part },
	}));
	return (await together(call, parts)).flat() as IDataObject[];
}

async function remove(call: BareCall, ids: string[]): Promise<IDataObject[]> {
	const parts = split(ids, PER_PART).map((part) => ({
		method: 'DELETE',
		url: `${VERSIONED_ROOT}/composite/sobjects?ids=${part.join(',')}&allOrNone=false`,
	}));
	return (await together(call, parts)).flat() as IDataObject[];
}

/** What the parts answer, five of them in a call. */
async function together(call: BareCall, parts: SubRequest[]): Promise<unknown[]> {
	const answers = await atOnce(split(parts, 5), async (some) => {
		const compositeRequest = some.map((part, index) => ({ ...part, referenceId: `part${index}` }));
		const body = { allOrNone: false, compositeRequest };
		return await call<{ compositeResponse: Array<{ body: unknown }> }>('POST', '/composite', body);
	});
	return answers.flatMap(({ compositeResponse }) => compositeResponse.map(({ body }) => body));
}

/** The same calls as our nodes make. */
export const entry: Entry<MovesTask> = { contender, itemsOf };
