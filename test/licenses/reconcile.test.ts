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
/** Each is of another user, unless told otherwise. */
const holding = (isInactive: boolean, more: Partial<HoldingItem> = {}): HoldingItem => ({
	item,
	...EUROPE,
	license: SALES,
	user: { ...ADA, id: `005A${item++}` },
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
		for (const unit of [
			'logins',
			'Login',
			'log-ins',
			'Monthly Logins',
			'Log-Ins / Month',
			'logins per month',
			' LOG INS ',
		]) {
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
		for (const unit of ['users', 'Members', 'seats', 'User(s)', 'Named Users', 'Licences']) {
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

	it.each(['GB', 'conversations', 'logouts', '…'])('refuses a contract whose unit is none of a license: %s', (unit) => {
		const { rows, faults } = reconcile([], [count(10, 4)], [owned(500, { unit })]);
		expect(faults).toMatchObject([
			{ message: 'The license is not counted in the unit of the entitlement, but in users', item: 1 },
		]);
		expect(rows).toMatchObject([{ unit: 'users', owned: 10 }]);
	});

	it('takes the unit of what is paid by use as it is', () => {
		const files = { kind: 'usage', apiName: 'files', name: 'File Storage', family: 'unrecognised' };
		const used = count(10, 4, { license: files, unit: 'Storage GB' });
		const { rows, faults } = reconcile([], [used], [owned(20, { license: 'File Storage', unit: 'storage gb' })]);
		expect(faults).toEqual([]);
		expect(rows).toMatchObject([{ unit: 'Storage GB', owned: 20, assigned: 4 }]);
	});

	it('gives the seats of a license that is sold by log-ins no price of a log-in', () => {
		const login = { kind: 'user', apiName: 'PartnerLogin', name: 'Partner Login', family: 'Partner Community' };
		const contract = owned(100, { license: 'Partner Login', unit: 'logins', monthlyPrice: 9, currency: 'EUR' });
		const counts = [count(2_000, 2, { license: login }), count(100, 40, { license: login, unit: 'logins' })];
		const { rows, people } = reconcile(
			[holding(true, { license: login, user: ADA }), holding(true, { ...ASIA, license: login, user: ADA })],
			counts,
			[{ ...contract, org: 'Europe' }],
		);
		expect(rows.filter(({ org }) => org === 'Europe')).toMatchObject([
			{ unit: 'users', idle: 1, idleCostPerMonth: null, monthlyPrice: null },
			{ unit: 'logins', idle: null, idleCostPerMonth: null, unassignedCostPerMonth: 540 },
		]);
		expect(people).toMatchObject([{ paidTwice: false, costs: [] }]);
	});

	it('counts a user whose license comes twice once', () => {
		const twice = holding(true, { user: ADA });
		const { rows, people } = reconcile(
			[
				twice,
				{ ...twice, item: 7 },
				holding(false, { user: { ...ADA, id: '005B', email: null, username: 'ben@eu.example' } }),
				holding(true, { ...ASIA, user: ADA }),
			],
			[],
			[owned(3, { org: 'Europe', monthlyPrice: 10, currency: 'EUR' })],
		);
		expect(rows[0]).toMatchObject({ assigned: 2, active: 1, idle: 1, idleCostPerMonth: 10 });
		expect(rows[0]?.items).toContain(7);
		expect(people).toMatchObject([{ seats: [{ org: 'Europe' }, { org: 'Asia' }], costs: [{ perMonth: 10 }] }]);
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
