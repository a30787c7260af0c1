import type { IDataObject } from 'n8n-workflow';

import type { LocalOrg } from '../../local-org';
import { stages } from '../support/stage';
import { ADA, BEN, found, SEED, userId, writes } from './support/licenseDesk';

const stage = stages();
const DAY = 86_400_000;

const YESTERDAY = { LastLoginDate: new Date(Date.now() - DAY).toISOString() };
const COMMUNITY = 'Customer Community Login';

/** An org with a license that is sold by log-ins, and Ada and Ben, who were there yesterday and hold all kinds. */
function fill(org: LocalOrg): void {
	org.seed({
		UserLicense: [
			{
				LicenseDefinitionKey: 'PID_Customer_Community_Login',
				Name: COMMUNITY,
				MasterLabel: COMMUNITY,
				TotalLicenses: 2_000,
				UsedLicenses: 0,
				MonthlyLoginsEntitlement: 100,
				MonthlyLoginsUsed: 40,
			},
			{
				LicenseDefinitionKey: 'No_Logins',
				Name: 'Not Sold by Log-Ins',
				MasterLabel: 'Not Sold by Log-Ins',
				TotalLicenses: 5,
				UsedLicenses: 0,
				MonthlyLoginsEntitlement: 0,
				MonthlyLoginsUsed: 0,
			},
		],
	});
	const psl = found(org, 'PermissionSetLicense', 'DeveloperName', 'CallerPsl').Id;
	const app = found(org, 'PackageLicense', 'NamespacePrefix', 'seatmap').Id;
	const all = [ADA, BEN].map(({ Username }) => userId(org, Username));
	org.seed({
		PermissionSetLicenseAssign: all.map((AssigneeId) => ({ AssigneeId, PermissionSetLicenseId: psl })),
		UserPackageLicense: all.map((UserId) => ({ UserId, PackageLicenseId: app })),
	});
}

describe('the count of licenses', () => {
	const login = (org: LocalOrg, username: string) =>
		String(found(org, 'UserLogin', 'UserId', userId(org, username)).Id);

	it.each<[string, (org: LocalOrg) => void, Record<'Salesforce' | 'Caller' | 'seatmap', number>]>([
		['nobody is locked out', () => undefined, { Salesforce: 0, Caller: 0, seatmap: 0 }],
		[
			'one has left',
			(org) => org.person().update(userId(org), { IsActive: false }),
			{ Salesforce: 0, Caller: 1, seatmap: 1 },
		],
		[
			'one is frozen',
			(org) => org.person().update(login(org, BEN.Username), { IsFrozen: true }),
			{ Salesforce: 1, Caller: 1, seatmap: 1 },
		],
		[
			'one was frozen and has left',
			(org) => {
				org.person().update(login(org, ADA.Username), { IsFrozen: true });
				org.person().update(userId(org), { IsActive: false });
			},
			{ Salesforce: 0, Caller: 1, seatmap: 1 },
		],
		[
			'one has left and one is frozen',
			(org) => {
				org.person().update(userId(org), { IsActive: false });
				org.person().update(login(org, BEN.Username), { IsFrozen: true });
			},
			{ Salesforce: 1, Caller: 2, seatmap: 2 },
		],
		[
			'one was thawed again',
			(org) => {
				for (const IsFrozen of [true, false]) org.person().update(login(org, BEN.Username), { IsFrozen });
			},
			{ Salesforce: 0, Caller: 0, seatmap: 0 },
		],
		[
			'one came back',
			(org) => {
				for (const IsActive of [false, true]) org.person().update(userId(org), { IsActive });
			},
			{ Salesforce: 0, Caller: 0, seatmap: 0 },
		],
	])('calls idle what those hold who cannot log in, though they were there yesterday: %s', async (_what, act, idle) => {
		const { org, run } = await stage({ seed: { ...SEED, User: [ADA, BEN].map((one) => ({ ...one, ...YESTERDAY })) } });
		fill(org);
		act(org);
		const all = await run([{}], { type: 'salesforceDownloadSubscriptions', parameters: { spareNewDays: 0 } });
		const bought = await run([{}], { type: 'salesforceDownloadConsumption' });
		const contracts: IDataObject[] = [
			{ license: 'Salesforce', quantity: 10, unitPrice: 165, currency: 'EUR' },
			{ license: 'Caller', quantity: 5, unitPrice: 50, currency: 'EUR' },
			{ license: 'seatmap', quantity: 5, unitPrice: 7, currency: 'EUR' },
			{ license: COMMUNITY, unit: 'Log-ins / month', quantity: 120, unitPrice: 2, currency: 'EUR' },
		];
		const { outputs, error } = await run([...(all.outputs[0] ?? []), ...(bought.outputs[0] ?? []), ...contracts], {
			type: 'salesforceReconcileLicenses',
		});
		expect(error).toBeUndefined();
		const rows = (name: string) =>
			outputs[0]?.filter(({ license }) => (license as IDataObject).name === name) as IDataObject[];
		// The administrator whom every org begins with never logged in.
		const others = 1;
		expect(rows('Salesforce')).toMatchObject([
			{ idle: idle.Salesforce + others, idleCostPerMonth: (idle.Salesforce + others) * 165 },
		]);
		expect(rows('Caller')).toMatchObject([{ assigned: 2, idle: idle.Caller, idleCostPerMonth: idle.Caller * 50 }]);
		expect(rows('seatmap')).toMatchObject([{ assigned: 2, idle: idle.seatmap, idleCostPerMonth: idle.seatmap * 7 }]);
		expect(rows(COMMUNITY)).toMatchObject([
			{ unit: 'users', owned: 2_000, monthlyPrice: null, idleCostPerMonth: null, unassignedCostPerMonth: null },
			{
				unit: 'logins',
				owned: 120,
				bought: 100,
				assigned: 40,
				unassigned: 80,
				unassignedCostPerMonth: 160,
				idle: null,
			},
		]);
		expect(rows('Not Sold by Log-Ins')).toMatchObject([{ unit: 'users' }]);
		expect(writes(org)).toBe(0);
	});

	it('tells of who was frozen since a moment, which leaves no mark on the user', async () => {
		const { org, run } = await stage({ seed: SEED });
		org.clock.advance(DAY);
		org.person().update(login(org, BEN.Username), { IsFrozen: true });
		const since = new Date(org.clock.now().getTime() - 3_600_000).toISOString();
		const { outputs, error } = await run([{}], {
			type: 'salesforceDownloadSubscriptions',
			parameters: { options: { changedSince: since, kinds: ['user'] } },
		});
		expect(error).toBeUndefined();
		const people = outputs[0]?.map(({ user }) => user as IDataObject) ?? [];
		// The API user has just logged in.
		expect(people.filter(({ username }) => username !== org.username)).toMatchObject([
			{ username: BEN.Username, isFrozen: true },
		]);
	});
});
