import type { Org } from '../org';
import { runIngest } from './ingest';
import type { Job } from './job';
import { runQuery } from './query';

/** Brings a job to the state that it has by the org's clock, doing its work when its time has come. */
export function advance(org: Org, job: Job): void {
	if (job.closedAt === undefined || (job.state !== 'UploadComplete' && job.state !== 'InProgress')) return;
	const { bulkQueueMs, bulkWorkMs } = org.settings;
	const waited = org.clock().getTime() - job.closedAt;
	if (waited < bulkQueueMs) return;
	job.state = 'InProgress';
	job.systemModstamp = org.now();
	if (waited < bulkQueueMs + bulkWorkMs) return;
	if (job.kind === 'ingest') runIngest(org, job);
	else runQuery(org, job);
}
