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
	/** The records that a query found, or that an ingest job came to. */
	numberRecordsProcessed?: number;
	/** Of an ingest job: those of them that failed. */
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
 * Waits until a job is at work no more, or for as long as somebody is ready to.
 *
 * @param path of the job, `/jobs/query/750…`
 * @param settles whether it writes, so that it is asked after although calls are to be kept free
 * @param patience milliseconds after which it is waited for no longer; for ever unless said otherwise
 * @returns the job as it is then; see `isAtWork`
 * @throws OrgError when it cannot be asked
 */
export async function settledJob(org: Org, path: string, settles: boolean, patience = Infinity): Promise<BulkJob> {
	let waited = 0;
	for (let wait = WAITS.first; ; wait = Math.min(WAITS.longest, wait * WAITS.growth)) {
		const job = await org.call('GET', path, isJob, { settles });
		if (!isAtWork(job) || waited + wait > patience) return job;
		await org.wait(wait);
		waited += wait;
	}
}

/** Whether a job waits for its turn, or works. */
export function isAtWork({ state }: BulkJob): boolean {
	return WORKING_STATES.includes(state);
}

/** Ends a job whose results nobody wants. That it cannot be ended changes nothing: Salesforce drops it in time. */
export async function abandonJob(org: Org, path: string): Promise<void> {
	await org.call('PATCH', path, isJob, { body: { state: 'Aborted' } }).catch(() => undefined);
}
