import type { Csv } from './csv';

/** The states of a job, in the order in which it goes through them. */
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** A Bulk 2.0 job, in the words of its JSON. */
export interface Job {
	id: string;
	kind: 'ingest' | 'query';
	operation: string;
	object: string;
	createdById: string;
	createdDate: string;
	/** When it last changed its state. */
	systemModstamp: string;
	state: JobState;
	apiVersion: number;
	lineEnding: 'LF' | 'CRLF';
	columnDelimiter: string;
	externalIdFieldName?: string;
	assignmentRuleId?: string;
	/** The query of a query job. */
	query?: string;
	/** The CSV that was uploaded, or that a query found. */
	content?: string;
	/** When the upload was declared complete, in milliseconds since 1970. */
	closedAt?: number;
	/** Why the job as a whole failed. */
	errorMessage?: string;
	results: JobResults;
}

/** What became of a job's rows. */
export interface JobResults {
	header: string[];
	/** Which columns the results hold, by number: those that the header names to the letter (docs:api-asynch, prepare CSV files). */
	shown: number[];
	successful: { id: string; created: boolean; row: string[] }[];
	failed: { id: string; error: string; row: string[] }[];
	unprocessed: string[][];
	/** The rows that a query found. */
	found: Csv;
}

/** The jobs of an org, in the order in which they were made. */
export class BulkJobs {
	private readonly jobs = new Map<string, Job>();

	add(job: Job): void {
		this.jobs.set(job.id, job);
	}

	get(id: string, kind: Job['kind']): Job | undefined {
		const job = this.jobs.get(id);
		return job?.kind === kind ? job : undefined;
	}

	list(kind: Job['kind']): Job[] {
		return [...this.jobs.values()].filter((job) => job.kind === kind);
	}

	/** Those that wait to be worked on, or are. */
	underWay(): Job[] {
		return [...this.jobs.values()].filter(({ state }) => state === 'UploadComplete' || state === 'InProgress');
	}

	remove(id: string): void {
		this.jobs.delete(id);
	}

	/** How many there have been, for the next ID. */
	made = 0;
}

/** A job's results before it has any. */
export const noResults = (): JobResults => ({
	header: [],
	shown: [],
	successful: [],
	failed: [],
	unprocessed: [],
	found: { header: [], rows: [] },
});
