import { MODSTAMP, READ_ONLY, field, picklist, recordId, reference, text } from '../fields';
import type { Extra } from '../fields';
import type { FieldSchema, ObjectSchema } from '../types';

const FIXED: Extra = { ...READ_ONLY, nillable: false };
const count = (name: string, label: string) => field(name, label, 'int', READ_ONLY);

/** Who holds a license or profile, and who of them logged in within the last 30 days. */
const COUNTS: FieldSchema[] = [
	count('AssignedUserCount', 'Assigned User Count'),
	count('ActiveUserCount', 'Active User Count'),
];

/**
 * A metric: counts of one day, made by Salesforce, since API version 52 (docs:object-reference, each by its name). The
 * key prefixes are assumed.
 */
function metric(name: string, label: string, keyPrefix: string, fields: FieldSchema[]): ObjectSchema {
	return {
		name,
		label,
		labelPlural: `${label}s`,
		keyPrefix,
		createable: false,
		updateable: false,
		deletable: false,
		searchable: false,
		setup: true,
		fields: [
			recordId(`${label} ID`),
			field('MetricsDate', 'Metrics Date', 'date', FIXED),
			...fields,
			MODSTAMP,
			...COUNTS,
		],
	};
}

/** Feature licenses: those of the check boxes of a user, such as *Marketing User*. */
export const ACTIVE_FEATURE_LICENSE_METRIC = metric(
	'ActiveFeatureLicenseMetric',
	'Active Feature License Metric',
	'5Fm',
	[
		picklist('FeatureType', 'Primary Grain', [], { ...FIXED, length: 40 }),
		count('TotalLicenseCount', 'Total License Count'),
	],
);

/** Permission-set licenses. */
export const ACTIVE_PERM_SET_LICENSE_METRIC = metric(
	'ActivePermSetLicenseMetric',
	'Active Permission Set License Metric',
	'5Lm',
	[
		reference('PermissionSetLicenseId', 'Permission Set License ID', 'PermissionSetLicense', FIXED),
		text('DeveloperName', 'Permission Set License Developer Name', 255, READ_ONLY),
		text('MasterLabel', 'Permission Set License Master Label', 255, READ_ONLY),
		count('TotalLicenses', 'Total License Count'),
	],
);

/** Profiles, with the user license of each; there is no total. */
export const ACTIVE_PROFILE_METRIC = metric('ActiveProfileMetric', 'Active Profile Metric', '5Pm', [
	reference('UserLicenseId', 'User License ID', 'UserLicense', FIXED),
	reference('ProfileId', 'Profile ID', 'Profile', READ_ONLY),
]);
