import { useOrg } from './support/client';

const NOW = new Date('2026-05-13T12:00:00Z');
const at = useOrg(() => ({ clock: () => NOW }));

const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const user = (name: string, LastLoginDate: string | null, more = {}) => ({
	Username: `${name}@example.com`,
	LastName: name,
	LastLoginDate,
	...more,
});

describe('license metrics', () => {
	beforeEach(() => {
		at.org.seed({
			User: [
				user('new', daysAgo(2), { UserPermissionsMarketingUser: true }),
				user('old', daysAgo(31), { UserPermissionsMarketingUser: true }),
				user('never', null),
				user('gone', daysAgo(3), { IsActive: false, UserPermissionsMarketingUser: true }),
			],
			PermissionSetLicenseAssign: ['new', 'old', 'gone'].map((name) => ({
				Assignee: { Username: `${name}@example.com` },
				PermissionSetLicense: { DeveloperName: 'SalesConsoleUser' },
			})),
		});
	});

	it('count permission-set licenses', async () => {
		const found = await at.query(
			"SELECT MetricsDate, DeveloperName, AssignedUserCount, ActiveUserCount, TotalLicenses, PermissionSetLicense.MasterLabel FROM ActivePermSetLicenseMetric WHERE DeveloperName = 'SalesConsoleUser'",
		);
		expect(found).toMatchObject([
			{
				MetricsDate: '2026-05-13',
				AssignedUserCount: 2,
				ActiveUserCount: 1,
				TotalLicenses: 20,
				PermissionSetLicense: { MasterLabel: 'Sales Console User' },
			},
		]);
	});

	it('count the users of a profile', async () => {
		const found = await at.query(
			"SELECT AssignedUserCount, ActiveUserCount, UserLicense.Name FROM ActiveProfileMetric WHERE Profile.Name = 'Standard User'",
		);
		expect(found).toMatchObject([{ AssignedUserCount: 3, ActiveUserCount: 1, UserLicense: { Name: 'Salesforce' } }]);
	});

	it('count feature licenses, of as many as were bought', async () => {
		at.org.settings.featureLicenses = { MarketingUser: 7 };
		const found = await at.query(
			'SELECT FeatureType, AssignedUserCount, ActiveUserCount, TotalLicenseCount FROM ActiveFeatureLicenseMetric',
		);
		expect(found).toMatchObject([
			{ FeatureType: 'MarketingUser', AssignedUserCount: 2, ActiveUserCount: 1, TotalLicenseCount: 7 },
		]);
	});

	it('keep what was counted on other days, and are read only', async () => {
		at.org.seed({
			ActivePermSetLicenseMetric: [
				{
					MetricsDate: '2026-05-12',
					PermissionSetLicense: { DeveloperName: 'SalesConsoleUser' },
					AssignedUserCount: 5,
				},
			],
		});
		const soql =
			"SELECT Id FROM ActivePermSetLicenseMetric WHERE PermissionSetLicense.DeveloperName = 'SalesConsoleUser'";
		const first = await at.query(soql);
		expect(first).toHaveLength(2);
		expect(await at.query(soql)).toEqual(first);
		const { body } = await at.call('POST', 'sobjects/ActiveProfileMetric', {});
		expect(body).toMatchObject([{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' }]);
	});
});
