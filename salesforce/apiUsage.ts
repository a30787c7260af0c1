import { OrgError } from './errors';

/** How many of its API calls of 24 hours an org has used. */
export interface ApiUsage {
	used: number;
	most: number;
}

/** What `Sforce-Limit-Info` says (`api-usage=6360/5000000`); undefined where it says nothing. */
export function readUsage(header: string | undefined): ApiUsage | undefined {
	const [, used, most] = /api-usage=(\d+)\/(\d+)/.exec(header ?? '') ?? [];
	return used === undefined ? undefined : { used: Number(used), most: Number(most) };
}

/** Of the org's calls how many are used, in percent. */
export function percentUsed({ used, most }: ApiUsage): number {
	return most === 0 ? 100 : (100 * used) / most;
}

/**
 * Why so many calls more must not be made; undefined when they may.
 *
 * @param keepFree percent of the org's calls that are left to others
 */
export function overBudget(usage: ApiUsage, calls: number, keepFree: number): OrgError | undefined {
	if (percentUsed({ ...usage, used: usage.used + calls }) <= 100 - keepFree) return undefined;
	return new OrgError(
		'API_BUDGET',
		`The org has used ${usage.used} of its ${usage.most} API calls, and ${keepFree} percent are to be kept free`,
		'Run again later, or lower the option API Calls to Keep Free.',
	);
}
