import { consumptionOf, featureConsumption } from '../../licenses/consumption';
import { countsOf, metricsOf } from '../../licenses/licenseMetrics';

const SFDC = '100xx0000000001AAA';
const day = (MetricsDate: string, UserLicenseId: string, AssignedUserCount: unknown, ActiveUserCount: unknown) => ({
	MetricsDate,
	UserLicenseId,
	AssignedUserCount,
	ActiveUserCount,
});

describe('metricsOf', () => {
	it('adds up the profiles of a license day by day, the oldest day first', () => {
		const metrics = metricsOf(
			[
				day('2026-05-02', SFDC, 12, 7),
				day('2026-05-01', SFDC, 10, 5),
				day('2026-05-02', '100xx0000000002AAA', 1, 1),
				day('2026-05-01', SFDC.slice(0, 15), 4, null),
				day('2026-05-02', SFDC, null, 2),
			],
			{ license: 'UserLicenseId' },
		);
		expect(countsOf({ id: SFDC }, metrics)).toEqual([
			{ date: '2026-05-01', bought: null, assigned: 14, active: 5 },
			{ date: '2026-05-02', bought: null, assigned: 12, active: 9 },
		]);
		expect(countsOf({ id: '100xx0000000003AAA' }, metrics)).toEqual([]);
	});

	it('says nothing of what Salesforce does not count', () => {
		const metrics = metricsOf([day('2026-05-01', SFDC, null, null)], { license: 'UserLicenseId' });
		expect(countsOf({ id: SFDC }, metrics)).toEqual([
			{ date: '2026-05-01', bought: null, assigned: null, active: null },
		]);
	});
});

describe('consumption with metrics', () => {
	const counts = metricsOf([day('2026-05-01', SFDC, 10, 5), day('2026-05-02', SFDC, 12, 7)], {
		license: 'UserLicenseId',
	});
	const record = { Id: SFDC, LicenseDefinitionKey: 'SFDC', Name: 'Salesforce', TotalLicenses: 20, UsedLicenses: 13 };

	it('says what the newest day says, and the trend where it is wanted', () => {
		expect(consumptionOf('user', [record], { counts, withTrend: false })).toEqual([
			expect.objectContaining({ bought: 20, used: 13, assigned: 12, active: 7, metricsDate: '2026-05-02' }),
		]);
		const [one] = consumptionOf('user', [record], { counts, withTrend: true });
		expect(one?.trend?.map(({ date, active }) => [date, active])).toEqual([
			['2026-05-01', 5],
			['2026-05-02', 7],
		]);
	});

	it('counts log-ins by no users', () => {
		const logins = { ...record, MonthlyLoginsEntitlement: 200, MonthlyLoginsUsed: 50 };
		expect(consumptionOf('user', [logins], { counts, withTrend: true })).toMatchObject([
			{ unit: 'users', assigned: 12 },
			{ unit: 'logins', assigned: null, active: null, metricsDate: null },
		]);
	});

	it('has feature licenses by the names of Setup', () => {
		const features = metricsOf(
			['SupportUser', 'MarketingUser'].map((FeatureType) => ({
				MetricsDate: '2026-05-01',
				FeatureType,
				TotalLicenseCount: 50,
				AssignedUserCount: 20,
				ActiveUserCount: 4,
			})),
			{ license: 'FeatureType', bought: 'TotalLicenseCount' },
		);
		expect(featureConsumption({ counts: features, withTrend: false })).toMatchObject([
			{
				license: {
					kind: 'feature',
					id: '',
					apiName: 'UserPermissionsSupportUser',
					name: 'Service Cloud User',
					family: 'Service Cloud',
				},
				bought: 50,
				used: 20,
				free: 30,
				assigned: 20,
				active: 4,
				unit: 'users',
			},
			{ license: { name: 'Marketing User' } },
		]);
	});
});
