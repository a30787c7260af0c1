import type { IDataObject, INodeType } from 'n8n-workflow';

import { SalesforceDownloadConsumption } from '../../nodes/DownloadConsumption/SalesforceDownloadConsumption.node';
import { SalesforceDownloadSubscriptions } from '../../nodes/DownloadSubscriptions/SalesforceDownloadSubscriptions.node';
import { SalesforceReconcileLicenses } from '../../nodes/ReconcileLicenses/SalesforceReconcileLicenses.node';
import { stages } from '../support/stage';
import workflow from '../../workflows/reconcile-licenses.json';

const stage = stages();
const PACKAGE = 'n8n-nodes-salesforce-ops.';
const ours = new Map<string, INodeType>(
	[new SalesforceDownloadConsumption(), new SalesforceDownloadSubscriptions(), new SalesforceReconcileLicenses()].map(
		(node) => [PACKAGE + node.description.name, node],
	),
);
const used = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));

describe('workflows/reconcile-licenses.json', () => {
	it('uses our nodes with parameters that they have', () => {
		expect(used).toHaveLength(5);
		for (const { type, parameters } of used) {
			const names = ours.get(type)?.description.properties.map(({ name }) => name) ?? [];
			expect(names).toEqual(expect.arrayContaining(Object.keys(parameters)));
		}
	});

	it('connects nodes that exist, each once, and holds no credential', () => {
		const names = workflow.nodes.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const [from, { main }] of Object.entries(workflow.connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat()) expect(names).toContain(node);
		}
		expect(JSON.stringify(workflow)).not.toContain('credentials');
	});

	it('gives a row for each license of both orgs when its items are put together as it does', async () => {
		const items: IDataObject[] = [];
		for (const orgName of ['Europe', 'Asia']) {
			const { run } = await stage();
			for (const type of ['salesforceDownloadSubscriptions', 'salesforceDownloadConsumption']) {
				items.push(...((await run([{}], { type, parameters: { orgName } })).outputs[0] ?? []));
			}
		}
		const contracts = workflow.nodes.find(({ name }) => name === 'Owned licenses')?.parameters.jsonOutput ?? '';
		items.push(...(JSON.parse(contracts) as { owned: IDataObject[] }).owned);
		const { run } = await stage();
		const { outputs, error } = await run(items, { type: 'salesforceReconcileLicenses' });
		expect(error).toBeUndefined();
		const sales = outputs[0]?.filter(({ license }) => (license as { apiName: string }).apiName === 'SFDC');
		expect(sales).toMatchObject([
			{
				org: 'Europe',
				owned: 90,
				assigned: 2,
				active: 1,
				idle: 1,
				position: 'overLicensed',
				idleCostPerMonth: 165,
				currency: 'EUR',
			},
			{ org: 'Asia', owned: 60, assigned: 2, active: 1, idle: 1, currency: 'USD' },
		]);
	});
});
