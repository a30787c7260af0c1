import type { IDataObject } from 'n8n-workflow';

import { staff } from '../../local-org';
import { stages } from '../support/stage';

const stage = stages();
const download = { type: 'salesforceDownloadConsumption' };

const ENTITLEMENT = {
	Setting: 'force.com/messages',
	MasterLabel: 'Messages',
	ResourceGroupKey: 'SMS',
	StartDate: '2026-01-01',
	EndDate: '2026-12-31',
	Frequency: 'Monthly',
	CurrentAmountAllowed: 1000,
	AmountUsed: 250,
};

describe('Salesforce Download Consumption', () => {
	it('gives bought, used and free of every kind in two calls', async () => {
		const { org, run } = await stage({
			seed: {
				PackageLicense: [{ NamespacePrefix: 'seatmap', AllowedLicenses: -1, UsedLicenses: 0, Status: 'Active' }],
				TenantUsageEntitlement: [ENTITLEMENT],
			},
		});
		const { outputs, error } = await run([{}], { ...download, parameters: { orgName: 'Europe' } });
		expect(error).toBeUndefined();
		const items = outputs[0] ?? [];
		expect(items.every((item) => item.org === 'Europe' && item.orgId === org.organizationId)).toBe(true);
		const of = (apiName: string) => items.find(({ license }) => (license as { apiName: string }).apiName === apiName);
		expect(of('SFDC')).toMatchObject({ bought: 100, used: 2, free: 98, percent: 2, status: 'Active', unit: 'users' });
		expect(of('SalesConsoleUser')).toMatchObject({
			license: { kind: 'permissionSet', family: 'Sales Cloud' },
			bought: 20,
			used: 0,
		});
		expect(of('seatmap')).toMatchObject({ license: { kind: 'package' }, bought: null, free: null });
		expect(of('force.com/messages')).toMatchObject({
			license: { kind: 'usage', name: 'Messages' },
			bought: 1000,
			used: 250,
			percent: 25,
			unit: 'SMS',
			frequency: 'Monthly',
			expiry: '2026-12-31',
		});
		expect(org.apiCalls).toBe(2);
	});

	it('does not ask for the log-ins of orgs without Digital Experiences', async () => {
		const missingFields = ['UserLicense.MonthlyLoginsEntitlement', 'UserLicense.MonthlyLoginsUsed'];
		const { run } = await stage({ settings: { missingFields } });
		const { outputs, error } = await run([{}], download);
		expect(error).toBeUndefined();
		expect(outputs[0]).toContainEqual(expect.objectContaining({ bought: 100, used: 2 }));
	});

	it('gives only the kinds that were chosen, and insists on them', async () => {
		const { run } = await stage({ settings: { hiddenObjects: ['TenantUsageEntitlement'] } });
		const kinds = (...chosen: string[]) => ({ ...download, parameters: { options: { kinds: chosen } } });
		const { outputs } = await run([{}], kinds('permissionSet'));
		expect(new Set(outputs[0]?.map(({ license }) => (license as { kind: string }).kind))).toEqual(
			new Set(['permissionSet']),
		);
		expect((await run([{}], download)).error).toBeUndefined();
		expect((await run([{}], kinds('usage'))).error).toMatchObject({
			message: 'Item 0: Salesforce shows the API user no TenantUsageEntitlement',
			description: expect.stringContaining(
				'Salesforce Download Consumption needs the right "View Setup and Configuration"',
			),
		});
	});

	it('counts who holds and uses a license without reading a user, feature licenses among them', async () => {
		const { org, run } = await stage({ seed: { ...staff({ users: 120 }), TenantUsageEntitlement: [ENTITLEMENT] } });
		org.person().update(String(org.rows('User').find(({ Username }) => Username === 'user7@staff.example')?.Id), {
			UserPermissionsSupportUser: true,
		});
		const { outputs, error } = await run([{}], download);
		expect(error).toBeUndefined();
		const of = (apiName: string) =>
			outputs[0]?.find(({ license }) => (license as { apiName: string }).apiName === apiName) as IDataObject;
		const users = org.rows('User').filter(({ IsActive }) => IsActive === true);
		const standard = org
			.rows('Profile')
			.filter(({ UserLicenseId }) => UserLicenseId === (of('SFDC').license as IDataObject).id);
		const holders = users.filter(({ ProfileId }) => standard.some(({ Id }) => Id === ProfileId));
		const since = Date.now() - 30 * 86_400_000;
		const active = holders.filter(({ LastLoginDate }) => Date.parse(String(LastLoginDate)) >= since);
		expect(of('SFDC')).toMatchObject({ assigned: holders.length, active: active.length });
		expect(of('SalesPsl')).toMatchObject({ license: { kind: 'permissionSet' }, assigned: 60 });
		expect(of('UserPermissionsSupportUser')).toMatchObject({
			license: { kind: 'feature', name: 'Service Cloud User' },
			bought: 50,
			used: 1,
			free: 49,
			assigned: 1,
			metricsDate: new Date().toISOString().slice(0, 10),
		});
		expect(of('SFDC')).not.toHaveProperty('trend');
		expect(org.calls.some(({ path }) => path.includes('FROM%20User%20'))).toBe(false);
		expect(org.apiCalls).toBe(2);
	});

	it('gives a trend by date', async () => {
		const { org, run } = await stage();
		const date = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
		const counted = (days: number, AssignedUserCount: number) => ({
			MetricsDate: date(days),
			FeatureType: 'SupportUser',
			TotalLicenseCount: 50,
			AssignedUserCount,
			ActiveUserCount: 1,
		});
		org.seed({ ActiveFeatureLicenseMetric: [counted(60, 9), counted(20, 8), counted(5, 7)] });
		const { outputs } = await run([{}], {
			...download,
			parameters: { options: { kinds: ['feature'], trendDays: 30 } },
		});
		const support = outputs[0]?.find(
			({ license }) => (license as IDataObject).apiName === 'UserPermissionsSupportUser',
		);
		expect((support?.trend as IDataObject[]).map(({ date: on, assigned }) => [on, assigned])).toEqual([
			[date(20), 8],
			[date(5), 7],
			[date(0), 0],
		]);
	});

	it('does without metrics where the org has none, unless feature licenses were asked for', async () => {
		const hiddenObjects = ['ActiveFeatureLicenseMetric', 'ActivePermSetLicenseMetric', 'ActiveProfileMetric'];
		const { run } = await stage({ settings: { hiddenObjects } });
		const { outputs, error } = await run([{}], download);
		expect(error).toBeUndefined();
		expect(outputs[0]).toContainEqual(
			expect.objectContaining({ bought: 100, used: 2, assigned: null, active: null, metricsDate: null }),
		);
		const asked = await run([{}], { ...download, parameters: { options: { kinds: ['feature'] } } });
		expect(asked.error?.message).toBe('Item 0: Salesforce shows the API user no ActiveFeatureLicenseMetric');
	});

	it('names the right that is missing', async () => {
		const { run } = await stage({ settings: { hiddenObjects: ['UserLicense'] } });
		expect((await run([{}], download)).error?.message).toBe('Item 0: Salesforce shows the API user no UserLicense');
	});

	it('downloads all kinds when the option is there and none is chosen', async () => {
		const { run } = await stage();
		const none = await run([{}], { ...download, parameters: { options: { kinds: [] } } });
		expect(none.outputs[0]?.length).toBeGreaterThan(0);
		expect(none.outputs).toEqual((await run([{}], download)).outputs);
	});
});
