import type { Org } from './org';

/** A Bulk API 2.0 job, as far as it is used. */
export interface BulkJob {
	id: string;
	/** API name of its object. */
	object: string;
	/** `Open`, `UploadComplete`, `InProgress`, `JobComplete`, `Failed` or `Aborted`. */
	state: string;
	/** Why the job as a whole failed. */
	errorMessage?: string;
}

/** How long to wait before asking again what has become of a job: first and longest, in milliseconds. */
const WAITS = { first: 500, longest: 15_000, growth: 1.5 };

const WORKING_STATES = ['UploadComplete', 'InProgress'];

/**
 * Waits until a job is at work no more.
 *
 * @param path of the job, `/jobs/query/750…`
 * @throws OrgError when it cannot be asked
 */
export async function settledJob(org: Org, path: string): Promise<BulkJob> {
	for (let wait = WAITS.first; ; wait = Math.min(WAITS.longest, wait * WAITS.growth)) {
		const job = await org.call<BulkJob>('GET', path);
		if (!WORKING_STATES.includes(job.state)) return job;
		await org.wait(wait);
	}
}
