import { stages } from '../support/stage';

const stage = stages();
const reconcile = { type: 'salesforceReconcileLicenses' };

const SALES = { kind: 'user', id: '100', apiName: 'SFDC', name: 'Salesforce', family: 'Sales Cloud' };
const SEATS = { kind: 'package', id: '050', apiName: 'seatmap', name: 'seatmap', family: 'Managed Package' };
const EUROPE = { org: 'Europe', orgId: '00D1' };
const ASIA = { org: 'Asia', orgId: '00D2' };
const holder = (license: object, isInactive: boolean, org = EUROPE) => ({
	...org,
	user: { id: '005' },
	isInactive,
	license,
});
const count = (license: object, bought: number, used: number, org = EUROPE) => ({
	...org,
	license,
	bought,
	used,
	unit: 'users',
});

describe('Salesforce Reconcile Licenses', () => {
	it('sets the items of two orgs against the contracts, each result paired with its sources', async () => {
		const { run, org } = await stage();
		const { outputs, items, error } = await run(
			[
				holder(SALES, false),
				holder(SALES, true),
				{ ...EUROPE, user: { id: '005' }, isInactive: true, licenses: [SALES, SEATS] },
				holder(SALES, false, ASIA),
				count(SALES, 10, 3),
				count(SALES, 5, 1, ASIA),
				{ license: 'Salesforce', org: 'Europe', quantity: 4, unitPrice: '1980', currency: 'eur' },
				{ license: 'sfdc', org: 'Asia', quantity: 1 },
			],
			{ ...reconcile, parameters: { pricePer: 'year' } },
		);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([
			{
				...EUROPE,
				license: { apiName: 'SFDC', family: 'Sales Cloud' },
				owned: 4,
				bought: 10,
				assigned: 3,
				active: 1,
				idle: 2,
				unassigned: 1,
				position: 'overLicensed',
				monthlyPrice: 165,
				currency: 'EUR',
				idleCostPerMonth: 330,
				unassignedCostPerMonth: 165,
			},
			{ ...ASIA, owned: 1, assigned: 1, active: 1, idle: 0, position: 'balanced', idleCostPerMonth: null },
			{ ...EUROPE, license: { apiName: 'seatmap' }, owned: null, assigned: 1, idle: 1 },
		]);
		expect(items[0]?.[0]?.pairedItem).toEqual([4, 0, 1, 2, 6].map((item) => ({ item })));
		expect(org.calls).toEqual([]);
	});

	it('says which item is no contract, or lets the others through', async () => {
		const { run } = await stage();
		const bad = [count(SALES, 10, 3), { license: 'Salesforce', quantity: 'many' }, { quantity: 3 }];
		const { error } = await run(bad, reconcile);
		expect(error).toMatchObject({
			message: 'Item 1: Quantity is not a number of at least 0',
			description: expect.stringContaining('Nothing was reconciled.'),
		});
		const { outputs } = await run(bad, { ...reconcile, onError: 'continueRegularOutput' });
		expect(outputs[0]).toMatchObject([
			{ owned: 10 },
			{ error: expect.stringContaining('Quantity') },
			{ error: expect.stringContaining('Owned License is empty') },
		]);
	});

	it('needs to be told the org of a contract where there are several', async () => {
		const { run } = await stage();
		const { error } = await run(
			[count(SALES, 1, 1), count(SALES, 1, 1, ASIA), { license: 'SFDC', quantity: 1 }],
			reconcile,
		);
		expect(error?.message).toBe('Item 2: The entitlement names no org, and the other items are of several');
	});
});
