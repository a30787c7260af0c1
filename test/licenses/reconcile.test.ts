import { DateTime } from 'luxon';

import * as rules from '../../licenses/reconcile';
import type { CountItem, Entitlement, HoldingItem } from '../../licenses/reconcile';

const SALES = { kind: 'user', apiName: 'SFDC', name: 'Salesforce', family: 'Sales Cloud' };
const EUROPE = { org: 'Europe', orgId: '00D1' };
const ASIA = { org: 'Asia', orgId: '00D2' };

const NOW = DateTime.fromISO('2026-05-01T12:00:00', { zone: 'Europe/Berlin' });
const reconcile = (holdings: HoldingItem[], counts: CountItem[], entitlements: Entitlement[]) =>
	rules.reconcile(holdings, counts, entitlements, NOW);

const ADA = { id: '005A', name: 'Ada Abbot', username: 'ada@eu.example', email: 'ada@example.com', federationId: null };

let item = 0;
const holding = (isInactive: boolean, more: Partial<HoldingItem> = {}): HoldingItem => ({
	item: item++,
	...EUROPE,
	license: SALES,
	user: ADA,
	isInactive,
	...more,
});
const count = (bought: number | null, used: number | null, more: Partial<CountItem> = {}): CountItem => ({
	item: item++,
	...EUROPE,
	license: SALES,
	bought,
	used,
	unit: 'users',
	status: 'Active',
	expiry: null,
	active: null,
	...more,
});
const owned = (quantity: number, more: Partial<Entitlement> = {}): Entitlement => ({
	item: item++,
	license: 'salesforce',
	org: '',
	unit: '',
	quantity,
	monthlyPrice: null,
	currency: '',
	...more,
});

beforeEach(() => {
	item = 0;
});

describe('reconcile', () => {
	it('sets a contract against the count and the users, with what lies idle in money', () => {
		const { rows, faults } = reconcile(
			[holding(false), holding(true), holding(true)],
			[count(10, 4)],
			[owned(6, { monthlyPrice: 33.333, currency: 'EUR' })],
		);
		expect(faults).toEqual([]);
		expect(rows).toEqual([
			{
				...EUROPE,
				license: SALES,
				unit: 'users',
				owned: 6,
				bought: 10,
				assigned: 4,
				active: 1,
				idle: 2,
				unassigned: 2,
				position: 'overLicensed',
				state: 'active',
				expiry: null,
				activeIn30Days: null,
				monthlyPrice: 33.333,
				currency: 'EUR',
				idleCostPerMonth: 66.67,
				unassignedCostPerMonth: 66.67,
				items: [3, 0, 1, 2, 4],
			},
		]);
	});

	it.each([
		[5, 'overLicensed'],
		[4, 'balanced'],
		[3, 'underLicensed'],
	])('calls 4 assigned of %i owned %s', (quantity, position) => {
		expect(reconcile([], [count(null, 4)], [owned(quantity)]).rows).toMatchObject([{ owned: quantity, position }]);
	});

	it("takes Salesforce's count where there is no contract, and knows unlimited", () => {
		expect(reconcile([], [count(7, 4)], []).rows).toMatchObject([{ owned: 7, unassigned: 3, idleCostPerMonth: null }]);
		expect(reconcile([], [count(null, 4)], []).rows).toMatchObject([
			{ owned: null, position: 'unlimited', unassigned: null },
		]);
	});

	it('does not call active or idle what it has not seen', () => {
		expect(reconcile([], [count(7, 4)], []).rows).toMatchObject([{ active: null, idle: null }]);
		expect(reconcile([], [count(7, 0)], []).rows).toMatchObject([{ active: 0, idle: 0 }]);
		expect(reconcile([holding(true)], [], []).rows).toMatchObject([{ bought: null, assigned: 1, active: 0, idle: 1 }]);
	});

	it('keeps orgs apart and gives each its own contract', () => {
		const { rows } = reconcile(
			[holding(true), holding(false, ASIA)],
			[],
			[owned(1, { org: 'asia', license: 'SFDC' }), owned(5, { org: '00D1' })],
		);
		expect(rows).toMatchObject([
			{ org: 'Europe', owned: 5, idle: 1 },
			{ org: 'Asia', owned: 1, idle: 0, position: 'balanced' },
		]);
	});

	it('adds several contracts for one license, at the average price', () => {
		const { rows } = reconcile([], [count(null, 0)], [owned(1, { monthlyPrice: 10 }), owned(3, { monthlyPrice: 30 })]);
		expect(rows).toMatchObject([{ owned: 4, monthlyPrice: 25, unassignedCostPerMonth: 100 }]);
	});

	it('keeps a contract for a license that no org knows', () => {
		const { rows } = reconcile(
			[holding(false)],
			[],
			[owned(3, { license: 'Slack', monthlyPrice: 2 }), owned(1, { license: 'slack' })],
		);
		expect(rows[1]).toMatchObject({
			...EUROPE,
			license: { kind: 'unknown', name: 'Slack' },
			owned: 4,
			assigned: 0,
			position: 'overLicensed',
		});
	});

	it('refuses a contract without an org where there are several, and two currencies for one license', () => {
		const several = reconcile([holding(true), holding(true, ASIA)], [], [owned(1)]);
		expect(several.faults).toMatchObject([{ item: 2, message: expect.stringContaining('names no org') }]);
		expect(several.rows).toHaveLength(2);
		const mixed = reconcile([holding(true)], [], [owned(1, { currency: 'EUR' }), owned(1, { currency: 'USD' })]);
		expect(mixed.faults).toMatchObject([{ item: 5, message: expect.stringContaining('another currency') }]);
	});

	it('matches contracts to licenses unit for unit', () => {
		const community = {
			kind: 'user',
			apiName: 'PID_Customer_Community_Login',
			name: 'Customer Community Login',
			family: 'Customer Community',
		};
		const counts = [count(2_000, 300, { license: community }), count(100, 40, { license: community, unit: 'logins' })];
		const contract = (quantity: number, unit: string) =>
			owned(quantity, { license: 'customer community login', unit, monthlyPrice: 2, currency: 'EUR' });
		for (const unit of ['logins', 'Login', 'log-ins', 'Monthly Logins']) {
			expect(reconcile([], counts, [contract(120, unit)]).rows).toMatchObject([
				{ unit: 'users', owned: 2_000, assigned: 300, monthlyPrice: null },
				{
					unit: 'logins',
					owned: 120,
					assigned: 40,
					unassigned: 80,
					unassignedCostPerMonth: 160,
					active: null,
					idle: null,
				},
			]);
		}
		for (const unit of ['users', 'Members', 'seats']) {
			expect(reconcile([], counts, [contract(1_000, unit)]).rows).toMatchObject([
				{ unit: 'users', owned: 1_000, unassigned: 700 },
				{ unit: 'logins', owned: 100, monthlyPrice: null },
			]);
		}
		const unsaid = reconcile([], counts, [contract(120, '')]);
		expect(unsaid.faults).toMatchObject([
			{ message: 'The license is counted in several ways, and the entitlement does not say in which: users, logins' },
		]);
		expect(unsaid.rows).toMatchObject([{ owned: 2_000 }, { owned: 100 }]);
	});

	it('keeps a contract in a unit that Salesforce does not count', () => {
		const { rows, faults } = reconcile(
			[],
			[count(10, 4)],
			[owned(500, { unit: 'logins' }), owned(100, { unit: 'logins' })],
		);
		expect(faults).toEqual([]);
		expect(rows).toMatchObject([
			{ unit: 'users', owned: 10 },
			{ unit: 'logins', owned: 600, assigned: 0, license: SALES, bought: null, state: null, active: null },
		]);
	});

	it.each<[string, Partial<CountItem>, string]>([
		['is in force', {}, 'active'],
		['is on trial', { status: 'Trial' }, 'active'],
		['has no status', { status: null }, 'active'],
		['was disabled', { status: 'Disabled' }, 'disabled'],
		['has expired by its status', { status: 'Expired' }, 'expired'],
		['ended yesterday, though its status says otherwise', { expiry: '2026-04-30' }, 'expired'],
		['ends today', { expiry: '2026-05-01' }, 'active'],
		['ended a moment ago', { expiry: '2026-05-01T09:59:59.000Z' }, 'expired'],
		['ends in a moment', { expiry: '2026-05-01T10:00:01.000Z' }, 'active'],
	])('tells a license that %s', (_what, more, state) => {
		expect(reconcile([], [count(7, 4, more)], []).rows).toMatchObject([{ state, expiry: more.expiry ?? null }]);
	});

	it("passes Salesforce's own count of the active on", () => {
		expect(reconcile([], [count(7, 4, { active: 3 })], []).rows).toMatchObject([{ active: null, activeIn30Days: 3 }]);
	});

	it('gives nothing for nothing', () => {
		expect(reconcile([], [], [])).toEqual({ rows: [], people: [], faults: [] });
	});
});
