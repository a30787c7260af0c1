import { stages } from '../support/stage';

const stage = stages();

/** Nodes with options, and the parameters that they need beside them. */
const NODES: Array<[type: string, parameters: object]> = [
	['salesforcePushMove', { moveId: 'm', movePlanId: 'p' }],
	['salesforceUndoMove', { moveId: 'm', movePlanId: 'p' }],
	['salesforceSoqlQuery', { query: 'SELECT Id FROM Case' }],
	['salesforceGetRecordFields', { object: 'Case', recordId: '500000000000001AAA', fields: ['Status'] }],
	['salesforceCreateOrUpdateRecord', { object: 'Case', valuesFrom: 'item' }],
	['salesforceDownloadSubscriptions', {}],
	['salesforceDownloadConsumption', {}],
	['salesforceReclaimLicense', { userId: '005000000000001AAA', dryRun: false, orgId: '' }],
];

describe.each(NODES)('%s', (type, parameters) => {
	it.each([
		['an expression that gives nothing', '={{ $json.nothing }}'],
		['an expression that gives options', '={{ { orgName: "Europe" } }}'],
		['text', 'excludedUsers'],
		['a list', []],
	])('stops before any call when its options as a whole are %s', async (_what, options) => {
		const { org, run } = await stage();
		const { error } = await run([{ Subject: 'A' }], { type, parameters: { ...parameters, options } });
		expect(error?.message).toBe('Item 0: Options is not a collection of options');
		expect(org.calls).toEqual([]);
	});
});
