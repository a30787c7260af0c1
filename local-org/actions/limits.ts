import { ok } from '../http';
import type { Action } from './action';

/** Allowances that this org never uses up. */
const UNTOUCHED: Record<string, number> = {
	AnalyticsExternalDataSizeMB: 40_960,
	CdpAiInferenceApiMonthlyLimit: 500_000_000,
	ConcurrentAsyncGetReportInstances: 200,
	ConcurrentEinsteinDataInsightsStoryCreation: 5,
	ConcurrentEinsteinDiscoveryStoryCreation: 2,
	ConcurrentSyncReportRuns: 20,
	ContentDistBandwidthLimitMB: 51_200,
	ContentDistViewLimit: 50_000,
	ContentPublicationLimit: 2500,
	DailyAnalyticsDataflowJobExecutions: 60,
	DailyAnalyticsUploadedFilesSizeMB: 51_200,
	DailyApexCursorLimit: 10_000,
	DailyApexCursorRowsLimit: 100_000_000,
	DailyApexPCursorLimit: 200_000,
	DailyAsyncApexExecutions: 250_000,
	DailyAsyncApexTests: 500,
	DailyBulkApiBatches: 15_000,
	DailyBulkV2QueryFileStorageMB: 976_562,
	DailyBulkV2QueryJobs: 10_000,
	DailyDeliveredPlatformEvents: 10_000,
	DailyDurableGenericStreamingApiEvents: 10_000,
	DailyDurableStreamingApiEvents: 10_000,
	DailyEinsteinDataInsightsStoryCreation: 1000,
	DailyEinsteinDiscoveryOptimizationJobRuns: 25,
	DailyEinsteinDiscoveryPredictAPICalls: 50_000,
	DailyEinsteinDiscoveryPredictionsByCDC: 500_000,
	DailyEinsteinDiscoveryStoryCreation: 100,
	DailyFunctionsApiCallLimit: 50_000,
	DailyGenericStreamingApiEvents: 10_000,
	DailyMetadataRetrievesWithDependencies: 25,
	DailyServiceEmailAgentforceCalls: 5000,
	DailyStandardVolumePlatformEvents: 10_000,
	DailyStreamingApiEvents: 10_000,
	DailyWorkflowEmails: 4000,
	DataStorageMB: 10_240,
	DurableStreamingApiConcurrentClients: 1000,
	ExternalServicesActiveObjects: 3000,
	ExternalServicesActiveOperations: 3000,
	ExternalServicesObjectProperties: 400_000,
	ExternalServicesObjects: 10_000,
	ExternalServicesOperations: 10_000,
	ExternalServicesRegistrations: 700,
	FileStorageMB: 10_240,
	HourlyAsyncReportRuns: 1200,
	HourlyDashboardRefreshes: 200,
	HourlyDashboardResults: 5000,
	HourlyDashboardStatuses: 999_999_999,
	HourlyElevateAsyncReportRuns: 1200,
	HourlyElevateSyncReportRuns: 500,
	HourlyLongTermIdMapping: 100_000,
	HourlyManagedContentPublicRequests: 50_000,
	HourlyODataCallout: 1000,
	HourlyPublishedPlatformEvents: 50_000,
	HourlyPublishedStandardVolumePlatformEvents: 1000,
	HourlyShortTermIdMapping: 100_000,
	HourlySyncReportRuns: 500,
	HourlyTimeBasedWorkflow: 1000,
	MassEmail: 5000,
	MaxContentDocumentsLimit: 30_000_000,
	MonthlyEinsteinDiscoveryStoryCreation: 500,
	Package2VersionCreates: 6,
	Package2VersionCreatesWithoutValidation: 500,
	PlatformEventTriggersWithParallelProcessing: 5,
	PrivateConnectOutboundCalloutHourlyLimitMB: 0,
	PublishCallbackUsageInApex: 5_242_880,
	ScheduledFlowRunLimit: 250_000,
	ScheduledPathRunLimit: 250_000,
	SingleEmail: 5000,
	StreamingApiConcurrentClients: 1000,
};

const MAX_PERMISSION_SETS = { all: 1500, custom: 1000 };

/** GET limits: each allowance and what is left of it, names in alphabetical order. */
export const limits: Action = (org) => {
	const { used, max } = org.apiUsage();
	const [row] = org.storage.all('SELECT count(*) AS n FROM "PermissionSet" WHERE "IsCustom" = 1');
	const custom = Number(row?.n);
	const all: Record<string, object> = {
		...Object.fromEntries(Object.entries(UNTOUCHED).map(([name, Max]) => [name, { Max, Remaining: Max }])),
		DailyApiRequests: { Max: max, Remaining: max - used },
		PermissionSets: {
			Max: MAX_PERMISSION_SETS.all,
			Remaining: MAX_PERMISSION_SETS.all - custom,
			CreateCustom: { Max: MAX_PERMISSION_SETS.custom, Remaining: MAX_PERMISSION_SETS.custom - custom },
		},
	};
	return ok(Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))));
};
