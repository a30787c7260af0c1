import type { Client } from './client';

/** A job as the org tells of it. */
export interface Job {
	id: string;
	state: string;
	contentUrl: string;
	systemModstamp: string;
	numberRecordsProcessed: number;
	numberRecordsFailed: number;
	errorMessage?: string;
}

/** The calls of ingest jobs; Cases are inserted unless a body says otherwise. */
export function ingestJobs(at: Client) {
	const open = (body: object) => at.call<Job>('POST', 'jobs/ingest', { object: 'Case', operation: 'insert', ...body });
	const upload = (id: string, csv: string) =>
		at.call('PUT', `jobs/ingest/${id}/batches`, csv, { 'content-type': 'text/csv' });
	const complete = (id: string) => at.call<Job>('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' });
	const info = (id: string) => at.call<Job>('GET', `jobs/ingest/${id}`);
	const results = (id: string, kind: string) => at.call('GET', `jobs/ingest/${id}/${kind}`);

	/** A job from beginning to end. */
	async function run(body: object, csv: string): Promise<Job> {
		const { body: job } = await open(body);
		expect((await upload(job.id, csv)).status).toBe(201);
		expect((await complete(job.id)).body.state).toBe('UploadComplete');
		return (await info(job.id)).body;
	}
	return { open, upload, complete, info, results, run };
}
