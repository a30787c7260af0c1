import { mintId } from '../ids';
import type { Org } from '../org';
import type { Row } from '../storage';

const DAY = 24 * 60 * 60 * 1000;
/** Who logged in within this time is active (docs:object-reference/activepermsetlicensemetric). */
const DAYS_ACTIVE = 30;

/** Counts of the users `u` of a statement. Assumed: those who are deactivated hold nothing. */
const COUNTS = `count(u."Id") AS "AssignedUserCount",
	coalesce(sum(u."LastLoginDate" >= :since), 0) AS "ActiveUserCount"`;

/** How many of each license are held and used, one statement for each metric. */
const STATEMENTS: Record<string, string> = {
	ActivePermSetLicenseMetric: `SELECT l."Id" AS "PermissionSetLicenseId", l."DeveloperName", l."MasterLabel",
		l."TotalLicenses", ${COUNTS} FROM "PermissionSetLicense" l
		LEFT JOIN "PermissionSetLicenseAssign" a ON a."PermissionSetLicenseId" = l."Id" AND a."IsDeleted" = 0
		LEFT JOIN "User" u ON u."Id" = a."AssigneeId" AND u."IsActive" = 1
		WHERE l."IsDeleted" = 0 GROUP BY l."Id"`,
	ActiveProfileMetric: `SELECT p."Id" AS "ProfileId", p."UserLicenseId", ${COUNTS} FROM "Profile" p
		LEFT JOIN "User" u ON u."ProfileId" = p."Id" AND u."IsActive" = 1 GROUP BY p."Id"`,
};

const metrics = /\bActive(?:FeatureLicense|PermSetLicense|Profile)Metric\b/i;

/** Whether a query reads a metric. */
export const readsMetrics = (soql: string): boolean => metrics.test(soql);

/**
 * Counts the metrics of the day that it is by the org's clock, as Salesforce does once a day; those of other days, which
 * a seed may have brought, stay.
 */
export function refreshMetrics(org: Org): void {
	const now = org.clock();
	const today = now.toISOString().slice(0, 10);
	const since = new Date(now.getTime() - DAYS_ACTIVE * DAY).toISOString();
	const read = (sql: string) => org.storage.database.prepare(sql).all({ since }) as Row[];
	for (const [object, sql] of Object.entries(STATEMENTS)) replace(org, object, today, read(sql));
	const features = Object.entries(org.settings.featureLicenses).map(([FeatureType, TotalLicenseCount]) => {
		const held = `u."UserPermissions${FeatureType}" = 1`;
		const [counts] = read(`SELECT ${COUNTS} FROM "User" u WHERE u."IsActive" = 1 AND ${held}`);
		return { FeatureType, TotalLicenseCount, ...counts };
	});
	replace(org, 'ActiveFeatureLicenseMetric', today, features);
}

function replace(org: Org, object: string, today: string, rows: Row[]): void {
	const { storage } = org;
	const prefix = org.catalog.stored(object).keyPrefix ?? '000';
	storage.run(`DELETE FROM "${object}" WHERE "MetricsDate" = ?`, today);
	// The same record has the same ID however often it is counted anew on one day.
	const first = Math.floor(Date.parse(today) / DAY) * 10_000;
	rows.forEach((row, index) =>
		storage.insert(object, {
			Id: mintId(prefix, first + index),
			MetricsDate: today,
			SystemModstamp: org.now(),
			...row,
		}),
	);
}
