import { ok } from '../http';
import type { Action } from './action';

/** Allowances of an Enterprise Edition that this org never uses up. */
const UNTOUCHED: Record<string, number> = {
	ConcurrentAsyncGetReportInstances: 200,
	ConcurrentSyncReportRuns: 20,
	DailyAsyncApexExecutions: 250_000,
	DailyBulkApiBatches: 15_000,
	DailyBulkV2QueryFileStorageMB: 976_562,
	DailyBulkV2QueryJobs: 10_000,
	DailyGenericStreamingApiEvents: 10_000,
	DailyStreamingApiEvents: 10_000,
	DailyWorkflowEmails: 8040,
	DataStorageMB: 10_240,
	FileStorageMB: 10_240,
	HourlyAsyncReportRuns: 1200,
	HourlyDashboardRefreshes: 200,
	HourlyODataCallout: 1000,
	HourlySyncReportRuns: 500,
	HourlyTimeBasedWorkflow: 1000,
	MassEmail: 5000,
	SingleEmail: 5000,
	StreamingApiConcurrentClients: 1000,
};

/** GET limits: each allowance and what is left of it, names in alphabetical order. */
export const limits: Action = (org) => {
	const { used, max } = org.apiUsage();
	const all = Object.entries(UNTOUCHED).map(([name, Max]) => [name, { Max, Remaining: Max }] as const);
	const entries = [...all, ['DailyApiRequests', { Max: max, Remaining: max - used }] as const];
	return ok(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
};
