import { stages } from '../support/stage';

const stage = stages();
const reconcile = { type: 'salesforceReconcileLicenses' };

const SALES = { kind: 'user', id: '100', apiName: 'SFDC', name: 'Salesforce', family: 'Sales Cloud' };
const SEATS = { kind: 'package', id: '050', apiName: 'seatmap', name: 'seatmap', family: 'Managed Package' };
const EUROPE = { org: 'Europe', orgId: '00D1' };
const ASIA = { org: 'Asia', orgId: '00D2' };
let users = 0;
/** Each is a user of their own. */
const holder = (license: object, isInactive: boolean, org = EUROPE) => ({
	...org,
	user: { id: `005${users++}` },
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
				{ ...EUROPE, user: { id: '005X' }, isInactive: true, licenses: [SALES, SEATS] },
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

	it('sets one person over several orgs side by side, by the second output', async () => {
		const { run } = await stage();
		const ada = (org: object, id: string, isInactive: boolean) => ({
			...org,
			user: { id, name: 'Ada', username: `ada@${id}.example`, email: 'ada@example.com', federationId: null },
			isInactive,
			license: SALES,
		});
		const { outputs, items, error } = await run(
			[
				ada(EUROPE, '0051', false),
				holder(SALES, false),
				ada(ASIA, '0052', true),
				{ license: 'SFDC', org: 'Europe', quantity: 10, unitPrice: 165, currency: 'EUR' },
				{ license: 'SFDC', org: 'Asia', quantity: 10, unitPrice: 150, currency: 'EUR' },
			],
			{ ...reconcile, fromOutput: 0 },
		);
		expect(error).toBeUndefined();
		expect(outputs[1]).toMatchObject([
			{
				name: 'Ada',
				matchedBy: 'email',
				orgs: ['Europe', 'Asia'],
				paidTwice: true,
				costs: [{ currency: 'EUR', perMonth: 315 }],
				seats: [
					{ org: 'Europe', userId: '0051', isInactive: false, monthlyPrice: 165 },
					{ org: 'Asia', userId: '0052', isInactive: true, monthlyPrice: 150 },
				],
			},
		]);
		expect(items[1]?.[0]?.pairedItem).toEqual([{ item: 0 }, { item: 2 }]);
	});

	it('judges the licenses of one user each by its own days', async () => {
		const { run } = await stage();
		const licenses = [
			{ ...SALES, isInactive: false },
			{ ...SEATS, isInactive: true },
		];
		const { outputs } = await run([{ ...EUROPE, user: { id: '005' }, isInactive: true, licenses }], reconcile);
		expect(outputs[0]).toMatchObject([{ idle: 0 }, { idle: 1 }]);
	});

	it('reads the unit of a contract', async () => {
		const { run } = await stage();
		const { outputs } = await run(
			[
				count(SALES, 10, 3),
				{ ...count(SALES, 100, 40), unit: 'logins' },
				{ license: 'SFDC', quantity: 120, unit: 'logins' },
			],
			reconcile,
		);
		expect(outputs[0]).toMatchObject([
			{ unit: 'users', owned: 10 },
			{ unit: 'logins', owned: 120, unassigned: 80 },
		]);
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
