import type { QueriedRecord } from '../salesforce/query';
import { isoMoment } from './activity';
import { countsOf, featuresIn } from './licenseMetrics';
import type { DayCount, LicenseMetrics } from './licenseMetrics';
import { licenseOf } from './orgLicenses';
import type { ListedKind } from './orgLicenses';
import { productFamily } from './productFamily';

/** What is counted as bought and used: licenses that users hold, and entitlements that are paid by use. */
export type ConsumptionKind = ListedKind | 'feature' | 'usage';

/** How much of a license or an entitlement was bought and used. */
export interface Consumption {
	license: { kind: ConsumptionKind; id: string; apiName: string; name: string; family: string };
	/** Null for unlimited. */
	bought: number | null;
	used: number | null;
	/** Bought less used; negative when more is used than was bought, null for unlimited. */
	free: number | null;
	/** Used of bought in percent, with one decimal; null where nothing was bought, or without limit. */
	percent: number | null;
	status: string | null;
	/** The last day, as a date or a moment in ISO 8601; null for none. */
	expiry: string | null;
	/** What is counted: `users`, `logins`, or an entitlement's resource group. */
	unit: string;
	/** How often the count begins anew; null for never. */
	frequency: string | null;
	/** When Salesforce last counted, where it says so. */
	countedAt: string | null;
	/** By Salesforce's metrics, as of `metricsDate`: how many users hold it; null where the org has no metrics of it. */
	assigned: number | null;
	/** How many of them logged in within the 30 days before. */
	active: number | null;
	metricsDate: string | null;
	/** What the metrics said on each day, the oldest first; absent where it was not asked for. */
	trend?: DayCount[];
}

/** What Salesforce's metrics say of licenses, and whether they go out day by day. */
export interface Metrics {
	counts: LicenseMetrics;
	withTrend: boolean;
}

/** An org without metrics. */
export const NO_METRICS: Metrics = { counts: new Map(), withTrend: false };

/** Feature licenses as consumption; nothing but the metrics counts them. */
export function featureConsumption({ counts, withTrend }: Metrics): Consumption[] {
	return featuresIn(counts).map(({ license, counts: days }) =>
		consumption({ ...license, kind: 'feature' }, days.at(-1)?.bought, days.at(-1)?.assigned, { days, withTrend }),
	);
}

/** The records of one kind as consumption, in their order. */
export function consumptionOf(
	kind: Exclude<ConsumptionKind, 'feature'>,
	records: QueriedRecord[],
	metrics: Metrics = NO_METRICS,
): Consumption[] {
	const measured = ({ id }: { id: string }): Pick<More, 'days' | 'withTrend'> => ({
		days: countsOf({ id }, metrics.counts),
		withTrend: metrics.withTrend,
	});
	switch (kind) {
		case 'user':
			return records.flatMap((record) => userLicense(record, measured({ id: String(record.Id) })));
		case 'permissionSet':
			return records.map((record) =>
				consumption(licenseOf(kind, record), record.TotalLicenses, record.UsedLicenses, {
					status: record.Status,
					expiry: record.ExpirationDate,
					...measured({ id: String(record.Id) }),
				}),
			);
		case 'package':
			return records.map((record) =>
				consumption(licenseOf(kind, record), record.AllowedLicenses, record.UsedLicenses, {
					status: record.Status,
					expiry: isoMoment(record.ExpirationDate),
				}),
			);
		case 'usage':
			return records.map(entitlement);
	}
}

/** The seats of a user license and, where it is sold by log-ins, those as well. */
function userLicense(record: QueriedRecord, measured: Pick<More, 'days' | 'withTrend'>): Consumption[] {
	const license = licenseOf('user', record);
	const more = { status: record.Status, countedAt: isoMoment(record.UsedLicensesLastUpdated), ...measured };
	const seats = consumption(license, record.TotalLicenses, record.UsedLicenses, more);
	const { MonthlyLoginsEntitlement: bought, MonthlyLoginsUsed: used } = record;
	// A license that is not sold by log-ins has none, or zero of them.
	if (typeof bought !== 'number' || (bought === 0 && !used)) return [seats];
	const logins = consumption(license, bought, used ?? 0, {
		status: record.Status,
		unit: 'logins',
		frequency: 'Monthly',
	});
	return [seats, logins];
}

function entitlement(record: QueriedRecord): Consumption {
	const apiName = String(record.Setting);
	const name = String(record.MasterLabel ?? record.Setting);
	return consumption(
		{ kind: 'usage', id: String(record.Id), apiName, name, family: productFamily('usage', apiName, name) },
		record.CurrentAmountAllowed,
		record.AmountUsed,
		{
			expiry: record.EndDate,
			unit: record.ResourceGroupKey,
			frequency: record.Frequency,
			countedAt: isoMoment(record.UsageDate),
		},
	);
}

interface More {
	status?: unknown;
	expiry?: unknown;
	unit?: unknown;
	frequency?: unknown;
	countedAt?: string | null;
	/** What the metrics say, the oldest day first. */
	days?: DayCount[];
	withTrend?: boolean;
}

function consumption(license: Consumption['license'], allowed: unknown, count: unknown, more: More): Consumption {
	// A negative allowance is a site license (assumed: Salesforce writes -1).
	const bought = typeof allowed === 'number' && allowed >= 0 ? allowed : null;
	const used = typeof count === 'number' ? count : null;
	const known = bought !== null && used !== null;
	const { days = [], withTrend = false } = more;
	const last = days.at(-1);
	return {
		license,
		bought,
		used,
		free: known ? bought - used : null,
		percent: known && bought > 0 ? Math.round((used / bought) * 1_000) / 10 : null,
		status: textOrNull(more.status),
		expiry: textOrNull(more.expiry),
		unit: textOrNull(more.unit) ?? 'users',
		frequency: textOrNull(more.frequency),
		countedAt: more.countedAt ?? null,
		assigned: last?.assigned ?? null,
		active: last?.active ?? null,
		metricsDate: last?.date ?? null,
		...(withTrend ? { trend: days } : {}),
	};
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
