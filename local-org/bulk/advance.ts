import { toSecond } from '../clock';
import type { Org } from '../org';
import { runIngest } from './ingest';
import type { Job } from './job';
import { runQuery } from './query';

/** Brings every job to the state that it has by the org's clock, doing its work when its time has come. */
export function advanceJobs(org: Org): void {
	for (const job of org.bulkJobs.underWay()) advance(org, job);
}

function advance(org: Org, job: Job): void {
	const { bulkQueueMs, bulkWorkMs } = org.settings;
	const begun = (job.closedAt ?? Infinity) + bulkQueueMs;
	const done = begun + bulkWorkMs;
	const now = org.clock().getTime();
	if (now < begun) return;
	job.state = 'InProgress';
	job.systemModstamp = toSecond(new Date(begun));
	if (now < done) return;
	job.systemModstamp = toSecond(new Date(done));
	org.actingUserId = job.createdById;
	if (job.kind === 'ingest') runIngest(org, job);
	else runQuery(org, job);
}
