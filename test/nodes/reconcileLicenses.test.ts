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

	it.each([
		['its ID as Setup shows it', '00D5g000001AbCd'],
		['its ID', '00D5g000001AbCdEAK'],
		['its name in another case', ' europe '],
	])('finds the org of a contract by %s', async (_what, org) => {
		const { run } = await stage();
		const europe = { ...EUROPE, orgId: '00D5g000001AbCdEAK' };
		const items = [count(SALES, 10, 3, europe), count(SALES, 5, 1, ASIA), { license: 'SFDC', org, quantity: 4 }];
		const { outputs, error } = await run(items, reconcile);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([
			{ org: 'Europe', owned: 4, bought: 10 },
			{ org: 'Asia', owned: 5 },
		]);
	});

	it('keeps orgs apart whose items have no ID', async () => {
		const { run } = await stage();
		const [europe, asia] = [EUROPE, ASIA].map((org) => ({ ...org, orgId: '' }));
		const items = [
			count(SALES, 10, 3, europe),
			count(SALES, 5, 1, asia),
			{ license: 'SFDC', org: 'Asia', quantity: 4 },
		];
		expect((await run(items, reconcile)).outputs[0]).toMatchObject([
			{ org: 'Europe', owned: 10, assigned: 3 },
			{ org: 'Asia', owned: 4, assigned: 1 },
		]);
	});

	it('refuses a contract whose org has the name of another org', async () => {
		const { run } = await stage();
		const sandbox = { ...ASIA, org: 'Europe' };
		const items = [count(SALES, 10, 3), count(SALES, 5, 1, sandbox)];
		const { error } = await run([...items, { license: 'SFDC', org: 'Europe', quantity: 4 }], reconcile);
		expect(error?.message).toBe('Item 2: 2 orgs have the name that the entitlement gives: 00D1, 00D2');
		const { outputs } = await run([...items, { license: 'SFDC', org: '00D2', quantity: 4 }], reconcile);
		expect(outputs[0]).toMatchObject([{ owned: 10 }, { owned: 4 }]);
	});

	it('refuses a contract whose license may be another one, and goes by the API name first', async () => {
		const { run } = await stage();
		const app = { kind: 'package', id: '051', apiName: 'cpq', name: 'Quotes', family: 'Managed Package' };
		const right = { kind: 'permissionSet', id: '0PL', apiName: 'CpqPsl', name: 'Quotes', family: 'Sales Cloud' };
		const named = { ...right, apiName: 'OtherPsl', name: 'cpq' };
		const items = [count(named, 7, 1), count(app, 3, 2), count(right, 5, 4)];
		const { error } = await run([...items, { license: 'Quotes', quantity: 6 }], reconcile);
		expect(error?.message).toBe(
			'Item 3: The entitlement may be for any of 2 licenses: cpq (package), CpqPsl (permissionSet)',
		);
		expect(error?.description).toContain('Give it the API name of the license');
		const { outputs } = await run([...items, { license: 'CPQ', quantity: 6 }], reconcile);
		expect(outputs[0]).toMatchObject([{ owned: 7 }, { owned: 6 }, { owned: 5 }]);
	});

	it.each(['Salesforce  Platform', 'Sales\u200bforce Platform\u00a0', ' salesforce platform'])(
		'finds the license of a contract that is written %j',
		async (license) => {
			const { run } = await stage();
			const platform = { ...SALES, apiName: 'AUL', name: 'Salesforce Platform' };
			const { outputs } = await run([count(platform, 10, 3), { license, quantity: 4 }], reconcile);
			expect(outputs[0]).toMatchObject([{ owned: 4, bought: 10 }]);
		},
	);

	it('reads what a table has made text of, and refuses what is neither', async () => {
		const { run } = await stage();
		const asText = { ...count(SALES, 0, 0), bought: '10', used: '3' };
		const { outputs } = await run([asText, { ...holder(SALES, false), isInactive: 'true' }], reconcile);
		expect(outputs[0]).toMatchObject([{ owned: 10, assigned: 3, idle: 1, position: 'overLicensed' }]);
		const many = await run([{ ...asText, bought: 'ten' }], reconcile);
		expect(many.error?.message).toBe('Item 0: The value bought of the downloaded item is not a number');
		const perhaps = await run([{ ...holder(SALES, false), isInactive: 'perhaps' }], reconcile);
		expect(perhaps.error?.message).toBe('Item 0: The value isInactive of the downloaded item is not true or false');
		const hex = await run([asText, { license: 'SFDC', quantity: '0x10' }], reconcile);
		expect(hex.error?.message).toBe('Item 1: Quantity is not a number of at least 0');
	});
});
