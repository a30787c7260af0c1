import type { DateTime } from 'luxon';

/** Whether a license can be used. */
export type LicenseState = 'active' | 'expired' | 'disabled';

/**
 * The state of a license by Salesforce's word for it (`Active`, `Disabled`, `Expired`, `Trial`, `Free`) and by the day on
 * which it ends: what has run out is expired, whatever its status says.
 *
 * @param expiry a date, whose day counts as a whole, or a moment; null for none
 */
export function licenseState(
	{ status, expiry }: { status: string | null; expiry: string | null },
	now: DateTime,
): LicenseState {
	if (status?.toLowerCase() === 'disabled') return 'disabled';
	const isOver =
		expiry !== null && (isDate(expiry) ? expiry < (now.toISODate() ?? '') : Date.parse(expiry) <= now.toMillis());
	return isOver || status?.toLowerCase() === 'expired' ? 'expired' : 'active';
}

function isDate(text: string): boolean {
	return /^\d{4}-\d\d-\d\d$/.test(text);
}
