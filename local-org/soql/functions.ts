import type { DatabaseSync } from 'node:sqlite';
import { wallClock } from './calendar';

const KNOWN = new WeakSet<DatabaseSync>();
const EARTH_RADIUS_KM = 6371;
const KM_PER_MILE = 1.609344;

/** Latitude and longitude in degrees. */
type Place = readonly [number, number];

/** Adds the functions that compiled queries call to a database; once for each. */
export function addFunctions(database: DatabaseSync): void {
	if (KNOWN.has(database)) return;
	KNOWN.add(database);
	const options = { deterministic: true };
	database.function('soql_fold', options, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
	database.function('soql_labels', options, (values, labels) => {
		if (typeof values !== 'string') return null;
		const known = new Map(Object.entries(JSON.parse(String(labels)) as Record<string, string>));
		return values
			.split(';')
			.map((value) => known.get(value) ?? value)
			.join(';');
	});
	database.function('soql_local', options, (text, zone) =>
		typeof text === 'string' ? wallClock(new Date(text), String(zone)).toISOString() : null,
	);
	database.function('soql_money', options, (amount, code) =>
		amount === null ? null : formattedMoney(Number(amount), String(code)),
	);
	database.function('soql_distance', options, (latitude, longitude, toLatitude, toLongitude, unit) => {
		if (latitude === null || longitude === null) return null;
		const [from, to] = [
			[Number(latitude), Number(longitude)],
			[Number(toLatitude), Number(toLongitude)],
		] as const;
		return unit === 'mi' ? kilometres(from, to) / KM_PER_MILE : kilometres(from, to);
	});
}

/** What FORMAT() makes of an amount in an org with several currencies, for a user of the en_US locale. Assumed. */
const formattedMoney = (amount: number, currency: string): string =>
	`${currency} ${amount.toLocaleString('en-US', { style: 'currency', currency, currencyDisplay: 'code' }).replace(/[^\d.,-]/g, '')}`;

/** Kilometres between two places by the haversine formula (docs:soql-sosl/location-based-soql-query-considerations). */
function kilometres(from: Place, to: Place): number {
	const [latitude, longitude] = from;
	const [toLatitude, toLongitude] = to;
	const radians = (degrees: number) => (degrees * Math.PI) / 180;
	const sine = (difference: number) => Math.sin(radians(difference) / 2) ** 2;
	const chord =
		sine(toLatitude - latitude) +
		Math.cos(radians(latitude)) * Math.cos(radians(toLatitude)) * sine(toLongitude - longitude);
	return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(chord));
}

const integer = (format: string) => (value: string) => `CAST(strftime('${format}', ${value}) AS INTEGER)`;
const month = integer('%m');
const quarter = (value: string) => `((${month(value)} + 2) / 3)`;

/**
 * SQL for SOQL's date functions. Fiscal functions count as calendar ones: a new org's fiscal year begins in
 * January. Week 1 of a year or a month is its first seven days (docs:soql-sosl/date-functions).
 */
export const DATE_FUNCTIONS: Record<string, (value: string) => string> = {
	calendar_year: integer('%Y'),
	calendar_quarter: quarter,
	calendar_month: month,
	fiscal_year: integer('%Y'),
	fiscal_quarter: quarter,
	fiscal_month: month,
	day_in_month: integer('%d'),
	day_in_week: (value) => `(${integer('%w')(value)} + 1)`,
	day_in_year: integer('%j'),
	hour_in_day: integer('%H'),
	week_in_month: (value) => `((${integer('%d')(value)} + 6) / 7)`,
	week_in_year: (value) => `((${integer('%j')(value)} + 6) / 7)`,
	day_only: (value) => `substr(${value}, 1, 10)`,
};
