import type { Org } from '../../salesforce/org';
import { queryEach } from '../../salesforce/query';
import type { QueryOutcome } from '../../salesforce/query';
import { consumptionOf, featureConsumption } from '../consumption';
import type { Consumption, ConsumptionKind, Metrics } from '../consumption';
import { metricsOf } from '../licenseMetrics';
import type { MetricFields } from '../licenseMetrics';
import { isHidden, LICENSE_OBJECTS, ORGANIZATION, orgStamp, seen } from './licenseQueries';
import type { OrgStamp } from './licenseQueries';

const NODE = 'Salesforce Download Consumption';
const RIGHT = 'View Setup and Configuration';

/** The kinds that have records of their own. */
type RecordedKind = Exclude<ConsumptionKind, 'feature'>;

/** What each kind is read from. */
const SOURCES: Record<RecordedKind, { object: string; fields: string }> = {
	user: {
		object: LICENSE_OBJECTS.user.object,
		fields: `${LICENSE_OBJECTS.user.fields}, Status, TotalLicenses, UsedLicenses, UsedLicensesLastUpdated`,
	},
	permissionSet: {
		object: LICENSE_OBJECTS.permissionSet.object,
		fields: `${LICENSE_OBJECTS.permissionSet.fields}, Status, TotalLicenses, UsedLicenses, ExpirationDate`,
	},
	package: {
		object: LICENSE_OBJECTS.package.object,
		fields: `${LICENSE_OBJECTS.package.fields}, Status, AllowedLicenses, UsedLicenses, ExpirationDate`,
	},
	usage: {
		object: 'TenantUsageEntitlement',
		fields:
			'Id, Setting, MasterLabel, ResourceGroupKey, Frequency, CurrentAmountAllowed, AmountUsed, UsageDate, EndDate',
	},
};

/** Fields of UserLicense that only orgs with Digital Experiences have; naming them elsewhere refuses the query. */
const MONTHLY_LOGINS = 'MonthlyLoginsEntitlement, MonthlyLoginsUsed';

/** The objects in which Salesforce counts, day by day, who holds and uses a license (API version 52 and later). */
const METRICS: Partial<Record<ConsumptionKind, MetricFields & { object: string }>> = {
	user: { object: 'ActiveProfileMetric', license: 'UserLicenseId' },
	permissionSet: { object: 'ActivePermSetLicenseMetric', license: 'PermissionSetLicenseId', bought: 'TotalLicenses' },
	feature: { object: 'ActiveFeatureLicenseMetric', license: 'FeatureType', bought: 'TotalLicenseCount' },
};

/** How many days are looked at for the newest count. */
const NEWEST_WITHIN = 7;

/** What is wanted. */
export interface ConsumptionRequest {
	/** Empty for the organization's own name. */
	orgName: string;
	kinds: readonly ConsumptionKind[];
	/** Whether each kind must be there; otherwise one that the org does not show counts as one it does not have. */
	all: boolean;
	/** Of how many days the counts go out day by day; 0 for none. */
	trendDays: number;
}

/**
 * Reads how much of every license and entitlement was bought and used: two calls, and one for each further page of
 * 2,000 counts; one more where the org has no Digital Experiences.
 *
 * @throws OrgError that names the missing right
 */
export async function readConsumption(
	org: Org,
	{ orgName, kinds, all, trendDays }: ConsumptionRequest,
): Promise<Array<OrgStamp & Consumption>> {
	// User licenses are always read: they tell a kind that the org does not have from one that the user may not see.
	const recorded = (Object.keys(SOURCES) as RecordedKind[]).filter((kind) => kind === 'user' || kinds.includes(kind));
	const measured = (Object.keys(METRICS) as ConsumptionKind[]).filter((kind) => kinds.includes(kind));
	const [organization, ...outcomes] = (await queryEach(org, [
		ORGANIZATION,
		...recorded.map((kind) => recordQuery(kind, true)),
		...measured.map((kind) => metricQuery(kind, trendDays)),
	])) as [QueryOutcome, ...QueryOutcome[]];
	const stamp = orgStamp(seen(organization, 'Organization', RIGHT, NODE), orgName);
	const metrics = (kind: ConsumptionKind): Metrics => {
		const outcome = outcomes[recorded.length + measured.indexOf(kind)];
		const fields = METRICS[kind];
		const isWanted = kind === 'feature' && all;
		if (fields === undefined || outcome === undefined || (isHidden(outcome) && !isWanted)) {
			return { counts: new Map(), withTrend: trendDays > 0 };
		}
		return { counts: metricsOf(seen(outcome, fields.object, RIGHT, NODE), fields), withTrend: trendDays > 0 };
	};
	const consumption: Consumption[] = [];
	for (const [index, kind] of recorded.entries()) {
		const outcome = await withoutLogIns(org, kind, outcomes[index] as QueryOutcome);
		if (kind !== 'user' && !all && isHidden(outcome)) continue;
		const records = seen(outcome, SOURCES[kind].object, RIGHT, NODE);
		if (kinds.includes(kind)) consumption.push(...consumptionOf(kind, records, metrics(kind)));
	}
	if (kinds.includes('feature')) consumption.push(...featureConsumption(metrics('feature')));
	return consumption.map((one) => ({ ...stamp, ...one }));
}

function recordQuery(kind: RecordedKind, withLogIns: boolean): string {
	const { object, fields } = SOURCES[kind];
	return `SELECT ${fields}${kind === 'user' && withLogIns ? `, ${MONTHLY_LOGINS}` : ''} FROM ${object}`;
}

function metricQuery(kind: ConsumptionKind, trendDays: number): string {
	const { object = '', license = '', bought } = METRICS[kind] ?? {};
	const fields = [
		'MetricsDate',
		license,
		'AssignedUserCount',
		'ActiveUserCount',
		...(bought === undefined ? [] : [bought]),
	];
	return `SELECT ${fields.join(', ')} FROM ${object} WHERE MetricsDate >= LAST_N_DAYS:${trendDays || NEWEST_WITHIN}`;
}

async function withoutLogIns(org: Org, kind: RecordedKind, outcome: QueryOutcome): Promise<QueryOutcome> {
	if (kind !== 'user' || outcome.ok || outcome.error.code !== 'INVALID_FIELD') return outcome;
	return (await queryEach(org, [recordQuery(kind, false)]))[0] as QueryOutcome;
}
