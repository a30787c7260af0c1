/** How an org of a benchmark answers, and how much is asked of it. */
export interface BenchOptions {
	/** Milliseconds that every call takes. */
	delayPerCallMs: number;
	/** Milliseconds more for each record it reads or writes. */
	delayPerRecordMs: number;
	/** Numbers of records instead of the benchmark's own. */
	records?: number[];
	/** Says what is under way, for people. */
	say(line: string): void;
}
