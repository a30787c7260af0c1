import type { QueriedRecord } from '../salesforce/query';
import { isoMoment } from './activity';
import { licenseOf } from './orgLicenses';
import type { ListedKind } from './orgLicenses';
import { productFamily } from './productFamily';

/** What is counted as bought and used: licences that users hold, and entitlements that are paid by use. */
export type ConsumptionKind = ListedKind | 'usage';

/** How much of a licence or an entitlement was bought and used. */
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
}

/** The records of one kind as consumption, in their order. */
export function consumptionOf(kind: ConsumptionKind, records: QueriedRecord[]): Consumption[] {
	switch (kind) {
		case 'user':
			return records.flatMap(userLicense);
		case 'permissionSet':
			return records.map((record) =>
				consumption(licenseOf(kind, record), record.TotalLicenses, record.UsedLicenses, {
					status: record.Status,
					expiry: record.ExpirationDate,
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

/** The seats of a user licence and, where it is sold by log-ins, those as well. */
function userLicense(record: QueriedRecord): Consumption[] {
	const license = licenseOf('user', record);
	const more = { status: record.Status, countedAt: isoMoment(record.UsedLicensesLastUpdated) };
	const seats = consumption(license, record.TotalLicenses, record.UsedLicenses, more);
	if (typeof record.MonthlyLoginsEntitlement !== 'number') return [seats];
	const logins = consumption(license, record.MonthlyLoginsEntitlement, record.MonthlyLoginsUsed ?? 0, {
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
}

function consumption(license: Consumption['license'], allowed: unknown, count: unknown, more: More): Consumption {
	// A negative allowance is a site licence (assumed: Salesforce writes -1).
	const bought = typeof allowed === 'number' && allowed >= 0 ? allowed : null;
	const used = typeof count === 'number' ? count : null;
	const known = bought !== null && used !== null;
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
	};
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
