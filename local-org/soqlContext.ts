import type { Org } from './org';
import { recordUrl } from './records/show';
import type { SoqlContext } from './soql';

/** Who asks a query, and when, as the SOQL engine wants to know it. */
export function soqlContext(
	org: Org,
	{ userId, version }: { userId: string; version: number },
	includeDeleted: boolean,
): SoqlContext {
	return {
		database: org.storage.database,
		schema: org.catalog,
		now: org.clock(),
		timeZone: String(org.storage.value('User', userId, 'TimeZoneSidKey') ?? 'UTC'),
		userId,
		includeDeleted,
		apiVersion: version,
		recordUrl: (type, id) => recordUrl(version, type, id),
	};
}
