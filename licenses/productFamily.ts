import type { LicenseKind } from './license';

/** The family of a license that none of the rules knows; such a license is kept as it is. */
const UNRECOGNISED = 'unrecognised';

type Rule = readonly [pattern: RegExp, family: string];

/**
 * User licenses by API name or name; the first that fits counts.
 * Source: the values of LicenseDefinitionKey in the object reference (UserLicense), and the licenses' names in Setup.
 */
const USER_LICENSES: Rule[] = [
	[/company.?communit/i, 'Company Community'],
	[/partner.?communit|gold partner|strategic_prm|channel account/i, 'Partner Community'],
	[/customer.?communit|customer.?portal|authenticated website|platform_portal_user/i, 'Customer Community'],
	[/chatter/i, 'Chatter'],
	[/integration/i, 'Integration'],
	[/identity/i, 'Identity'],
	[/guest/i, 'Guest'],
	[/^(AUL|AUL1|AUL_LIGHT|FDC_ONE|FDC_SUB|PID_FDC_FREE)$|platform|force\.com/i, 'Platform'],
	// Salesforce's own full license is sold as Sales Cloud and as Service Cloud; the API does not tell which.
	[/^(SFDC|salesforce)$/i, 'Sales Cloud'],
];

/** Permission-set and feature licenses and usage-based entitlements, which carry their product in their names. */
const ADDED_LICENSES: Rule[] = [
	[/field.?service/i, 'Field Service'],
	[/service.?cloud|service.?user|supportuser|live.?agent|digital.?engagement|messaging/i, 'Service Cloud'],
	[/sales.?(cloud|user|console|engagement)|high.?velocity.?sales|crm.?user|forecast/i, 'Sales Cloud'],
	[/communit|experience.?cloud|partner|portal/i, 'Experience Cloud'],
	[/marketing/i, 'Marketing'],
	[/knowledge/i, 'Knowledge'],
	[/einstein|analytics|tableau/i, 'Analytics'],
	[/integration|api.?only/i, 'Integration'],
	[/identity/i, 'Identity'],
	[/platform/i, 'Platform'],
];

/** The product that a license belongs to, such as `Sales Cloud` or `Partner Community`; `unrecognised` where no rule knows. */
export function productFamily(kind: LicenseKind | 'usage', apiName: string, name: string): string {
	if (kind === 'package') return 'Managed Package';
	const rules = kind === 'user' ? USER_LICENSES : ADDED_LICENSES;
	return rules.find(([pattern]) => pattern.test(apiName) || pattern.test(name))?.[1] ?? UNRECOGNISED;
}
