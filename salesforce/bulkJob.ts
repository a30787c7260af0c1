import type { Org } from './org';
import { isObject } from './shapes';

/** A Bulk API 2.0 job, as far as it is used. */
export interface BulkJob {
	id: string;
	/** API name of its object. */
	object: string;
	/** `Open`, `UploadComplete`, `InProgress`, `JobComplete`, `Failed` or `Aborted`. */
	state: string;
	/** Why the job as a whole failed. */
	errorMessage?: string;
	/** Of an ingest job: the records that it came to, and those of them that failed. */
	numberRecordsProcessed?: number;
	numberRecordsFailed?: number;
}

/** How long to wait before asking again what has become of a job: first and longest, in milliseconds. */
const WAITS = { first: 500, longest: 15_000, growth: 1.5 };

const WORKING_STATES = ['UploadComplete', 'InProgress'];

/** Whether an answer tells of a job. */
export function isJob(answer: unknown): answer is BulkJob {
	return isObject(answer) && typeof answer.id === 'string' && typeof answer.state === 'string';
}

/**
 * Waits until a job is at work no more.
 *
 * @param path of the job, `/jobs/query/750…`
 * @param settles whether it writes, so that it is asked after although calls are to be kept free
 * @throws OrgError when it cannot be asked
 */
export async function settledJob(org: Org, path: string, settles: boolean): Promise<BulkJob> {
	for (let wait = WAITS.first; ; wait = Math.min(WAITS.longest, wait * WAITS.growth)) {
		const job = await org.call('GET', path, isJob, { settles });
		if (!WORKING_STATES.includes(job.state)) return job;
		await org.wait(wait);
	}
}
