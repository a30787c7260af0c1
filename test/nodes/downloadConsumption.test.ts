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

	it('names the right that is missing', async () => {
		const { run } = await stage({ settings: { hiddenObjects: ['UserLicense'] } });
		expect((await run([{}], download)).error?.message).toBe('Item 0: Salesforce shows the API user no UserLicense');
	});
});
