import { productFamily } from '../../licenses/productFamily';

describe('productFamily', () => {
	it.each([
		['SFDC', 'Salesforce', 'Sales Cloud'],
		['AUL', 'Salesforce Platform', 'Platform'],
		['AUL_LIGHT', 'Salesforce Platform Light', 'Platform'],
		['FDC_SUB', 'Lightning Platform App Subscription', 'Platform'],
		['PID_Customer_Community', 'Customer Community', 'Customer Community'],
		['PID_Customer_Community_Login', 'Customer Community Login', 'Customer Community'],
		['Overage_Platform_Portal_User', 'Overage Authenticated Website', 'Customer Community'],
		['PID_Partner_Community', 'Partner Community', 'Partner Community'],
		['PID_STRATEGIC_PRM', 'Gold Partner', 'Partner Community'],
		['PID_Company_Community', 'Company Community', 'Company Community'],
		['PID_CHATTER', 'Chatter Only', 'Chatter'],
		['PID_Salesforce_Integration', 'Salesforce Integration', 'Integration'],
		['PID_IDEAS', 'Ideas Only', 'unrecognised'],
	])('knows the user license %s (%s) as %s', (apiName, name, family) => {
		expect(productFamily('user', apiName, name)).toBe(family);
	});

	it.each([
		['permissionSet', 'SalesConsoleUser', 'Sales Console User', 'Sales Cloud'],
		['permissionSet', 'ServiceUserPsl', 'Service User', 'Service Cloud'],
		['feature', 'UserPermissionsSupportUser', 'Service Cloud User', 'Service Cloud'],
		['feature', 'UserPermissionsMarketingUser', 'Marketing User', 'Marketing'],
		['feature', 'UserPermissionsOfflineUser', 'Offline User', 'unrecognised'],
		['package', 'seatmap', 'seatmap', 'Managed Package'],
	] as const)('knows the %s license %s (%s) as %s', (kind, apiName, name, family) => {
		expect(productFamily(kind, apiName, name)).toBe(family);
	});
});
