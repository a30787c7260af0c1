import { consumptionOf } from '../../licenses/consumption';

const SALESFORCE = { Id: 'ul1', LicenseDefinitionKey: 'SFDC', Name: 'Salesforce', Status: 'Active' };

describe('consumptionOf', () => {
	it('counts what is free and how much is used', () => {
		expect(
			consumptionOf('user', [
				{
					...SALESFORCE,
					TotalLicenses: 300,
					UsedLicenses: 100,
					UsedLicensesLastUpdated: '2026-05-01T00:00:00.000+0000',
				},
			]),
		).toEqual([
			{
				license: { kind: 'user', id: 'ul1', apiName: 'SFDC', name: 'Salesforce', family: 'Sales Cloud' },
				bought: 300,
				used: 100,
				free: 200,
				percent: 33.3,
				status: 'Active',
				expiry: null,
				unit: 'users',
				frequency: null,
				countedAt: '2026-05-01T00:00:00.000Z',
				assigned: null,
				active: null,
				metricsDate: null,
			},
		]);
	});

	it('shows more used than bought as what it is', () => {
		expect(consumptionOf('user', [{ ...SALESFORCE, TotalLicenses: 10, UsedLicenses: 12 }])).toMatchObject([
			{ free: -2, percent: 120 },
		]);
	});

	it('has no percentage of nothing', () => {
		expect(consumptionOf('user', [{ ...SALESFORCE, TotalLicenses: 0, UsedLicenses: 0 }])).toMatchObject([
			{ free: 0, percent: null },
		]);
	});

	it('counts log-ins beside seats where a license is sold by them', () => {
		const login = {
			...SALESFORCE,
			TotalLicenses: 5,
			UsedLicenses: 1,
			MonthlyLoginsEntitlement: 200,
			MonthlyLoginsUsed: 50,
		};
		expect(consumptionOf('user', [login])).toMatchObject([
			{ unit: 'users', bought: 5, frequency: null },
			{ unit: 'logins', bought: 200, used: 50, percent: 25, frequency: 'Monthly' },
		]);
		expect(consumptionOf('user', [{ ...login, MonthlyLoginsEntitlement: null }])).toHaveLength(1);
	});

	it('takes a site license for unlimited', () => {
		const site = {
			Id: 'pkg1',
			NamespacePrefix: 'seatmap',
			Status: 'Active',
			AllowedLicenses: -1,
			UsedLicenses: 7,
			ExpirationDate: null,
		};
		expect(consumptionOf('package', [site])).toMatchObject([{ bought: null, used: 7, free: null, percent: null }]);
	});

	it('gives an entitlement its unit, frequency and last day', () => {
		const entitlement = {
			Id: 'u1',
			Setting: 'force.com/messages',
			MasterLabel: 'Messages',
			ResourceGroupKey: 'SMS',
			Frequency: 'Monthly',
			CurrentAmountAllowed: 1000,
			AmountUsed: 250,
			UsageDate: null,
			EndDate: '2026-12-31',
		};
		expect(consumptionOf('usage', [entitlement])).toMatchObject([
			{
				license: { kind: 'usage', apiName: 'force.com/messages', name: 'Messages' },
				unit: 'SMS',
				frequency: 'Monthly',
				expiry: '2026-12-31',
				percent: 25,
			},
		]);
		expect(consumptionOf('usage', [{ ...entitlement, AmountUsed: null }])).toMatchObject([
			{ used: null, free: null, percent: null },
		]);
	});
});
