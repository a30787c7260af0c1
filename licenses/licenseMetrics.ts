import type { QueriedRecord } from '../salesforce/query';
import { idKey } from '../salesforce/recordId';
import { featureLicense } from './orgLicenses';
import type { License } from './license';

/** What Salesforce counted of a license on one day; null where it does not say. */
export interface DayCount {
	/** A date, `2026-05-01`. */
	date: string;
	bought: number | null;
	/** How many users held it. */
	assigned: number | null;
	/** How many of them had logged in within the 30 days before. */
	active: number | null;
}

/** The counts of licenses, the oldest first: by `idKey` of the license, or by the type of a feature. */
export type LicenseMetrics = ReadonlyMap<string, DayCount[]>;

/** Which field of a metric names the license, by its ID or as a type of feature, and which says how many were bought. */
export interface MetricFields {
	license: 'UserLicenseId' | 'PermissionSetLicenseId' | 'FeatureType';
	bought?: string;
}

/** The counts in records of a metric; several of one license and day, as of its profiles, are added up. */
export function metricsOf(records: readonly QueriedRecord[], { license, bought }: MetricFields): LicenseMetrics {
	const metrics = new Map<string, DayCount[]>();
	const byDay = [...records].sort((one, other) => (String(one.MetricsDate) < String(other.MetricsDate) ? -1 : 1));
	for (const record of byDay) {
		const name = String(record[license]);
		const key = license === 'FeatureType' ? name : idKey(name);
		const counts = metrics.get(key) ?? [];
		const date = String(record.MetricsDate);
		const last = counts.at(-1);
		const own: DayCount = {
			date,
			bought: bought === undefined ? null : count(record[bought]),
			assigned: count(record.AssignedUserCount),
			active: count(record.ActiveUserCount),
		};
		if (last?.date === date) {
			last.assigned = sum(last.assigned, own.assigned);
			last.active = sum(last.active, own.active);
		} else counts.push(own);
		metrics.set(key, counts);
	}
	return metrics;
}

/** The counts of a license, the oldest first. */
export function countsOf({ id }: { id: string }, metrics: LicenseMetrics): DayCount[] {
	return metrics.get(idKey(id)) ?? [];
}

/**
 * The names of feature licenses as Setup has them; other types are named by their words.
 * Source: object reference, ActiveFeatureLicenseMetric.FeatureType.
 */
const FEATURES: Record<string, string> = {
	AvantgoUser: 'AvantGo User',
	InteractionUser: 'Flow User',
	JigsawProspectingUser: 'Data.com User',
	LiveAgentUser: 'Chat User',
	MobileUser: 'Apex Mobile User',
	SFContentUser: 'Salesforce CRM Content User',
	SiteforceContributorUser: 'Site.com Contributor User',
	SiteforcePublisherUser: 'Site.com Publisher User',
	SupportUser: 'Service Cloud User',
	WorkDotComUserFeature: 'WDC User',
};

/** The feature licenses that metrics tell of, each with its counts. */
export function featuresIn(metrics: LicenseMetrics): Array<{ license: License; counts: DayCount[] }> {
	return [...metrics].map(([type, counts]) => {
		const label = FEATURES[type] ?? type.replace(/([a-z])([A-Z])/g, '$1 $2');
		return { license: featureLicense({ field: `UserPermissions${type}`, label }), counts };
	});
}

function count(value: unknown): number | null {
	return typeof value === 'number' ? value : null;
}

function sum(one: number | null, other: number | null): number | null {
	return one === null ? other : one + (other ?? 0);
}
